-- ingest_tidy_number: the text of a number without signs of currency or per cent. A minus behind and
-- brackets around are a minus.
CREATE OR REPLACE TEMP MACRO ingest_tidy_number(t) AS
    list_transform([trim(replace(replace(replace(ingest_western(t), '''', ' '), '$', ''), '%', ''))], lambda x: CASE
        WHEN x LIKE '(%)' THEN '-' || trim(x[2:-2])
        WHEN x LIKE '_%-' THEN '-' || trim(x[:-2])
        ELSE x END)[1];

-- ingest_number_point: a number with a decimal point, as a text that casts; NULL if it is none.
-- Groups are of three digits, or two as in India. The list gives the tidy text a name.
CREATE OR REPLACE TEMP MACRO ingest_number_point(t) AS
    list_transform([ingest_tidy_number(t)], lambda x:
        CASE WHEN regexp_full_match(translate(x, '٫٬،', '.,,'),
            '[+-]?[\s\v]*((\d+|\d{1,3}([ ,]\d{2,3})*[ ,]\d{3})(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?')
        THEN translate(x, '٫٬،, ', '.') END)[1];

-- ingest_number_comma: a number with a decimal comma, as a text that casts; NULL if it is none.
CREATE OR REPLACE TEMP MACRO ingest_number_comma(t) AS
    list_transform([ingest_tidy_number(t)], lambda x:
        CASE WHEN regexp_full_match(translate(x, '٫٬،', ',.,'),
            '[+-]?[\s\v]*((\d+|\d{1,3}([ .]\d{3})+)(,\d*)?|,\d+)([eE][+-]?\d{1,3})?')
        THEN translate(x, '٫،,٬. ', '...') END)[1];

-- ingest_finite: NULL for infinities and NaN, which a cast reads but no file means.
CREATE OR REPLACE TEMP MACRO ingest_finite(d) AS CASE WHEN isfinite(d) THEN d END;

-- ingest_whole: a whole number of 32 bits, else NULL.
CREATE OR REPLACE TEMP MACRO ingest_whole(d) AS
    list_transform([d], lambda x: CASE WHEN x = trunc(x) AND abs(x) <= 2147483647 THEN CAST(x AS INTEGER) END)[1];

-- ingest_plain: a number as text, without the .0 of a float that is whole.
CREATE OR REPLACE TEMP MACRO ingest_plain(d) AS
    CASE WHEN d = trunc(d) AND abs(d) < 1e15 THEN CAST(CAST(d AS BIGINT) AS VARCHAR) ELSE CAST(d AS VARCHAR) END;
