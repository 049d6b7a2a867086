-- The rows of one file that can't be loaded: those with a fault in extra, and those that the scan of
-- the file found unsound. Parameters: line of a row less its number, identifier of the first row.
INSERT INTO customs.reject (source_file, source_row, source_line, column_name, raw, reason)
SELECT d.source_file, d.n, coalesce(f.line, TRY_CAST(d.extra->>'line' AS BIGINT), d.n + $1),
    CASE WHEN f.n IS NULL THEN d.extra->>'column' END,
    CASE WHEN f.n IS NULL THEN d.extra->>'raw' ELSE f.raw END,
    CASE WHEN f.n IS NULL THEN d.extra->>'reason' ELSE f.reason END
FROM (SELECT *, rowid - $2 + 1 AS n FROM {{target}} WHERE rowid >= $2 AND source_row = 0) d
LEFT JOIN temp.ingest_fault f ON f.n = d.n ORDER BY d.n;
