-- customs.loaded: what has been loaded from each file: lines, rejects, period, traders, codes and value per currency.
CREATE OR REPLACE VIEW customs.loaded AS
WITH declared AS (
    SELECT source_file, currency, count(*) AS lines, min(declaration_date) AS first_date, max(declaration_date) AS last_date,
        count(DISTINCT importer) AS traders, count(DISTINCT hs_code) AS hs_codes, sum(value) AS value
    FROM customs.declaration
    GROUP BY source_file, currency
), rejected AS (
    SELECT source_file, count(DISTINCT source_row) AS rejects
    FROM customs.reject
    GROUP BY source_file
)
SELECT source_file, currency, lines, coalesce(rejects, 0) AS rejects_of_file, first_date, last_date, traders, hs_codes, value
FROM declared FULL JOIN rejected USING (source_file)
ORDER BY source_file, currency;
