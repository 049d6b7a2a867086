-- printed_number(value, print): A number, given as text, in the way plain, float or fixed n; see printed_text.
CREATE OR REPLACE TEMP MACRO printed_number(value, print) AS
    CASE
        WHEN print = 'float' THEN CAST(CAST(value AS DOUBLE) AS VARCHAR)
        WHEN print LIKE 'fixed %' THEN format('{:.' || print[7:] || 'f}', CAST(value AS DOUBLE))
        WHEN suffix(CAST(CAST(value AS DOUBLE) AS VARCHAR), '.0') THEN CAST(CAST(value AS DOUBLE) AS VARCHAR)[:-3]
        ELSE CAST(CAST(value AS DOUBLE) AS VARCHAR)
    END;
