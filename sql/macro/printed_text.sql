-- printed_text(value, print): A value, as DuckDB prints it, in one of the ways that customs.source_file names.
--
-- plain is a number as short as it can be, float one with a point, fixed 2 with two decimals; comma before these has a
-- comma for the point. A format such as %d/%m/%Y is for a date, 1|0 for true and false. Without print the value stays.
CREATE OR REPLACE TEMP MACRO printed_text(value, print) AS
    CASE
        WHEN print IS NULL THEN value
        WHEN print LIKE 'comma %' THEN replace(printed_number(value, print[7:]), '.', ',')
        WHEN print LIKE '\%%' ESCAPE '\' THEN CASE print
            WHEN '%Y-%m-%d' THEN value
            WHEN '%d/%m/%Y' THEN strftime(CAST(value AS DATE), '%d/%m/%Y')
            WHEN '%d-%m-%Y' THEN strftime(CAST(value AS DATE), '%d-%m-%Y')
            WHEN '%d.%m.%Y' THEN strftime(CAST(value AS DATE), '%d.%m.%Y')
            WHEN '%m/%d/%Y' THEN strftime(CAST(value AS DATE), '%m/%d/%Y')
            WHEN '%m-%d-%Y' THEN strftime(CAST(value AS DATE), '%m-%d-%Y')
            WHEN '%Y%m%d' THEN replace(value, '-', '') END
        WHEN contains(print, '|') THEN CASE value WHEN 'true' THEN split_part(print, '|', 1) WHEN 'false' THEN split_part(print, '|', 2) END
        ELSE printed_number(value, print)
    END;
