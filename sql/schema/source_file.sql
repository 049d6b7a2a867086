-- customs.source_file: what was imported, one row a file and table: rows read are loaded or rejected, none is lost.
CREATE TABLE IF NOT EXISTS customs.source_file (
    source_id     INTEGER,   -- number of the import; e.g. 1
    target        VARCHAR,   -- table that the rows went to; e.g. customs.declaration
    path          VARCHAR,   -- path as it was given; e.g. data/train.csv
    source_file   VARCHAR,   -- name of the file, as rows have it; e.g. train.csv
    sheet         VARCHAR,   -- sheet of a workbook; e.g. Table 7
    size          BIGINT,    -- size; bytes; e.g. 4180233
    sha256        VARCHAR,   -- SHA-256 of the file, hexadecimal
    format        VARCHAR,   -- format that was recognised; e.g. csv
    encoding      VARCHAR,   -- encoding of text; e.g. windows-1256
    delimiter     VARCHAR,   -- delimiter of text; e.g. ;
    mapping       JSON,      -- columns of the source: name, column of the model, confidence and how its text is written
    rows_read     BIGINT,    -- rows of data in the file; e.g. 37385
    rows_loaded   BIGINT,    -- rows that went to the table; e.g. 37380
    rows_rejected BIGINT,    -- rows that went to customs.reject; e.g. 5
    rows_replaced BIGINT,    -- rows of earlier imports that these replaced; e.g. 0
    imported_by   VARCHAR,   -- user of the system who imported; e.g. amina
    imported_at   TIMESTAMP  -- when, UTC; e.g. 2024-03-01 08:15:00
);
