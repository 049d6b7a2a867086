-- customs.mapping: how the columns of files were mapped, one row a shape of file and table, for the next file of that shape.
--
-- The shape is the set of the column names, in any order, written in one form.
-- To have a shape mapped afresh, delete its row.
CREATE TABLE IF NOT EXISTS customs.mapping (
    shape         VARCHAR,   -- SHA-256 of the column names, hexadecimal
    target        VARCHAR,   -- table that the rows went to; e.g. customs.declaration
    columns       JSON,      -- column of the table by the name in the file, empty for one that is kept in extra; e.g. {"CIF": "value"}
    constants     JSON,      -- values of columns that the file lacks; e.g. {"currency": "AED"}
    details       JSON,      -- unit, currency and scale of columns that their names don't say; e.g. {"weight": {"unit": "t"}}
    decided_by    VARCHAR,   -- user if the user had a say in it, else program
    source_file   VARCHAR,   -- file that it was last used for; e.g. 2024.csv
    remembered_at TIMESTAMP  -- when, UTC; e.g. 2024-03-01 08:15:00
);
