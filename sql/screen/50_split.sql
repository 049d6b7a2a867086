-- screen.split: lines of traders that made several declarations on one day just under the threshold.
CREATE OR REPLACE TABLE screen.split AS
WITH low AS (
    SELECT rowid AS line, importer, declaration_date, currency, declaration_id, value
    FROM customs.declaration
    WHERE value < {{split_threshold}}::DECIMAL(18, 4) AND value >= ({{split_threshold}} * {{split_from}})::DECIMAL(18, 4)
        AND importer IS NOT NULL
), day AS (
    SELECT importer, declaration_date, currency, count(DISTINCT declaration_id) AS declarations, sum(value)::DOUBLE AS total
    FROM low
    GROUP BY importer, declaration_date, currency
    HAVING count(DISTINCT declaration_id) >= {{split_declarations}}
)
SELECT low.line, day.declarations, day.total
FROM low JOIN day
    ON day.importer = low.importer AND day.declaration_date = low.declaration_date
    AND day.currency IS NOT DISTINCT FROM low.currency;
