-- screen.trader: each importer's first declaration, its lines, and how many of them are priced low.
--
-- low counts the lines with z below that from which it counts (−2), unit
-- mistakes left out. low_share is shrunk towards the 2.3 % that chance alone
-- gives, by 10 lines.
CREATE OR REPLACE TABLE screen.trader AS
WITH declared AS (
    SELECT importer, min(declaration_date) AS first_date, count(*) AS lines
    FROM customs.declaration
    WHERE importer IS NOT NULL
    GROUP BY importer
), priced AS (
    SELECT trader_key, count(*) AS low
    FROM screen.outlier
    WHERE z < -{{z_from}} AND line NOT IN (SELECT line FROM screen.unit_slip)
    GROUP BY trader_key
)
SELECT hash(importer) AS trader_key, importer, first_date, lines, coalesce(low, 0) AS low, (coalesce(low, 0) + 10 * 0.023) / (lines + 10) AS low_share
FROM declared LEFT JOIN priced ON priced.trader_key = hash(declared.importer);
