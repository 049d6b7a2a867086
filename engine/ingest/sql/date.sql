-- ingest_sane_date: NULL for a date that no declaration has; mostly a year of two digits read as it stands.
CREATE OR REPLACE TEMP MACRO ingest_sane_date(d) AS
    CASE WHEN d BETWEEN DATE '1900-01-01' AND DATE '2099-12-31' THEN d END;

-- ingest_date_iso: 2006-01-02, with or without a time behind, without a regular expression. The time
-- zone is left out: the day is the one that was written. A cast to DATE would pass over rubbish behind
-- the day, one to TIMESTAMP doesn't.
CREATE OR REPLACE TEMP MACRO ingest_date_iso(t) AS
    ingest_sane_date(CAST(TRY_CAST(CASE WHEN strlen(t) = 10 THEN t
        WHEN t LIKE '____-__-__ __:__%' OR t LIKE '____-__-__T__:__%' THEN left(t, 10) END AS TIMESTAMP) AS DATE));

-- ingest_tidy_date: western digits, one dash between parts, no time and no sign of the Gregorian era.
CREATE OR REPLACE TEMP MACRO ingest_tidy_date(t) AS
    list_transform([rtrim(trim(ingest_western(t)), ' م')], lambda x: replace(replace(translate(
        CASE WHEN contains(x, ':') THEN regexp_replace(x, '[T ]+\d{1,2}:\d\d.*$', '') ELSE x END,
        '/., ', '----'), '--', '-'), '--', '-'))[1];

-- ingest_year: the year that two digits mean, as POSIX has it: 69 to 99 are of the last century.
CREATE OR REPLACE TEMP MACRO ingest_year(y) AS
    CASE WHEN strlen(y) = 4 THEN y WHEN y >= '69' THEN '19' || y ELSE '20' || y END;

-- ingest_date: a date in any of the ways that declarations write it; the positions say where day and
-- month stand where that is in doubt. A year from 1343 to 1500 is one of the Hijri calendar. The lists give each step a name: were it written twice, DuckDB
-- would take it out as a common expression and run it on every row, needed or not.
CREATE OR REPLACE TEMP MACRO ingest_date(t, day, month) AS
    list_transform([ingest_tidy_date(t)], lambda x: coalesce(list_transform([CASE
        WHEN regexp_full_match(x, '\d{1,2}-\d{1,2}-(\d{4}|\d{2})')
        THEN list_transform([string_split(x, '-')], lambda p: TRY_CAST(ingest_year(p[3]) || '-' || p[month] || '-' || p[day] AS DATE))[1]
        WHEN regexp_full_match(x, '\d{4}-\d{1,2}-\d{1,2}') THEN TRY_CAST(x AS DATE)
        WHEN regexp_full_match(x, '\d{8}') THEN TRY_CAST(left(x, 4) || '-' || substr(x, 5, 2) || '-' || right(x, 2) AS DATE)
        WHEN regexp_full_match(x, '\d{1,2}-[A-Za-z]{3,9}-\d{4}') THEN CAST(try_strptime(x, ['%d-%b-%Y', '%d-%B-%Y']) AS DATE)
        WHEN regexp_full_match(x, '\d{1,2}-[A-Za-z]{3,9}-\d{2}') THEN CAST(try_strptime(x, ['%d-%b-%y', '%d-%B-%y']) AS DATE)
        WHEN regexp_full_match(x, '[A-Za-z]{3,9}-\d{1,2}-\d{4}') THEN CAST(try_strptime(x, ['%b-%d-%Y', '%B-%d-%Y']) AS DATE)
        -- The days of a spreadsheet since 1899-12-30, with the time as a fraction.
        WHEN regexp_full_match(x, '[2-7]\d{4}(-\d+)?') THEN DATE '1899-12-30' + CAST(left(x, 5) AS INTEGER)
        END], lambda d: ingest_sane_date(d))[1], hijri_date(x)))[1];

-- ingest_date_dmy: a date with the day first, where that is in doubt.
CREATE OR REPLACE TEMP MACRO ingest_date_dmy(t) AS ingest_date(t, 1, 2);

-- ingest_date_mdy: a date with the month first, where that is in doubt.
CREATE OR REPLACE TEMP MACRO ingest_date_mdy(t) AS ingest_date(t, 2, 1);
