-- The rows of one file that can't be loaded: those with a fault in extra, those that the scan of the
-- file found unsound, and those that are there already. Parameters: name of the file, number of the import.
INSERT INTO customs.reject BY NAME
SELECT $1 AS source_file, n AS source_row, line AS source_line, column_name, raw, reason, record,
    $2 AS source_id, row_number() OVER (ORDER BY n) AS reject_id
FROM (
    SELECT d.n, coalesce(f.line, d.line) AS line,
        CASE WHEN f.n IS NULL THEN d.extra->'fault'->>'column' END AS column_name,
        CASE WHEN f.n IS NULL THEN d.extra->'fault'->>'raw' ELSE f.raw END AS raw,
        CASE WHEN f.n IS NULL THEN d.extra->'fault'->>'reason' ELSE f.reason END AS reason,
        CASE WHEN f.n IS NULL THEN d.extra->'record' END AS record
    FROM (SELECT extra, -source_row AS n, source_line AS line FROM {{target}} WHERE source_id = $2 AND source_row < 0) d
    LEFT JOIN temp.ingest_fault f ON f.n = d.n
    {{overlap}}
) r
ORDER BY n;
