-- x: the worst case for what remembers names: importers of the sample's declarations,
-- each with a number behind it, so that no two rows are equal.
SELECT importer || ' ' || row_number() OVER () AS x FROM sample_declarations(rows := getvariable('rows'), seed := 1)
