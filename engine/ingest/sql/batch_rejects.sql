-- Give the rejects of files that were loaded together the import, the file and the numbers that are
-- their own. Parameter: the number of the import under which all of them were loaded.
UPDATE customs.reject SET source_id = own.source_id, source_file = own.source_file, source_row = own.source_row, reject_id = own.reject_id
FROM (
    SELECT d.id, b.source_id, b.source_file, d.n - b.first_row + 1 AS source_row,
        row_number() OVER (PARTITION BY b.source_id ORDER BY d.reject_id) AS reject_id
    FROM (SELECT rowid AS id, source_row AS n, reject_id FROM customs.reject WHERE source_id = $1) d
    ASOF JOIN temp.ingest_batch b ON d.n >= b.first_row
) own
WHERE customs.reject.rowid = own.id;
