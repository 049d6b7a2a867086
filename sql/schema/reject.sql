-- customs.reject: rows of a source file that could not be loaded, and why.
CREATE TABLE IF NOT EXISTS customs.reject (
    source_file VARCHAR, -- name of the file the row came from
    source_row  BIGINT,  -- number of the data row in that file, from 1; NULL if unknown
    source_line BIGINT,  -- line of the file, if known
    column_name VARCHAR, -- column at fault, as the file names it
    raw         VARCHAR, -- the cell, or the whole line, as it came
    reason      VARCHAR  -- what was wrong
);
