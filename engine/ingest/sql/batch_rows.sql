-- Give the rows of files that were loaded together the import, the file and the number that are their
-- own. Parameter: the number of the import under which all of them were loaded.
UPDATE {{target}} SET source_id = own.source_id, source_file = own.source_file, source_row = own.source_row
FROM (
    SELECT d.id, b.source_id, b.source_file, d.n - b.first_row + 1 AS source_row
    FROM (SELECT rowid AS id, source_row AS n FROM {{target}} WHERE source_id = $1) d
    ASOF JOIN temp.ingest_batch b ON d.n >= b.first_row
) own
WHERE {{target}}.rowid = own.id;
