-- customs.reject: rows of a source that could not be loaded, and why.
--
-- record has every cell of the row, so that it can be mended and imported
-- again; a line that could not be cut into cells stands in raw as a whole.
CREATE TABLE IF NOT EXISTS customs.reject (
    source_file VARCHAR, -- name of the file the row came from; e.g. train.csv
    source_row  BIGINT,  -- number of the data row in that file, from 1; NULL if unknown; e.g. 17
    source_line BIGINT,  -- line of the file or row of the sheet, if known; e.g. 18
    column_name VARCHAR, -- column at fault, as the file names it; e.g. Net Mass
    raw         VARCHAR, -- the cell, or the whole line, as it came; e.g. heavy
    reason      VARCHAR, -- what was wrong; e.g. is not a number
    record      JSON,    -- all cells of the row by their names in the file, as they came
    source_id   INTEGER, -- the import that met the row, in customs.source_file; e.g. 1
    reject_id   INTEGER, -- number of the reject within its import; e.g. 1
    resolved_by INTEGER  -- the import that loaded the mended row; NULL while there is none; e.g. 4
);
