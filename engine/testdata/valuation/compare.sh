#!/bin/sh
# Judges declared lines with dhow, pandas and polars: see README.md.
set -e
cd "$(dirname "$0")"
rows=${1:-2000000}
lines=$(mktemp -d)
trap 'rm -r "$lines"' EXIT
"$DHOW" -c "COPY ($(sed "s/ROWS/$rows/g" lines.sql)) TO '$lines/lines.parquet'"
for round in 1 2 3; do
	"$PYTHON" ladder_pandas.py "$lines/lines.parquet"
	"$PYTHON" ladder_polars.py "$lines/lines.parquet"
	/usr/bin/time -f 'dhow, all of valuation_anomalies: %U + %S s' "$DHOW" -csv -noheader -c "CREATE VIEW line AS FROM '$lines/lines.parquet'" \
		-c "SELECT count(*) FILTER (abs(z) > 3.5) || ' of ' || count(*) || ' lines' FROM valuation_anomalies('line')"
done
