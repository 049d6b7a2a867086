-- screen.price_group: the groups of like goods: lines with one HS code, origin, currency and unit.
--
-- code_key, hs6_key and hs4_key lead to the wider groups around each.
CREATE OR REPLACE TABLE screen.price_group AS
WITH grouped AS (
    SELECT key, any_value(line) AS line, any_value(by_mass) AS by_mass, count(*) AS n
    FROM screen.price
    GROUP BY key
), named AS (
    SELECT g.key, d.hs_code, d.origin, d.currency, CASE WHEN g.by_mass THEN 'KGM' ELSE d.unit END AS unit, g.n
    FROM grouped AS g JOIN customs.declaration AS d ON d.rowid = g.line
)
SELECT *,
    hash(hs_code, currency, unit) AS code_key,
    hash(left(hs_code, 6), currency, unit) AS hs6_key,
    hash(left(hs_code, 4), currency, unit) AS hs4_key
FROM named;
