-- screen.price_group: the groups of like goods: lines with one HS code, origin, currency and unit.
--
-- share is the largest share that one trader has of the lines. code_key,
-- hs6_key and hs4_key lead to the wider groups around each.
CREATE OR REPLACE TABLE screen.price_group AS
WITH grouped AS (
    SELECT key, any_value(line) AS line, any_value(by_mass) AS by_mass, sum(n)::BIGINT AS n,
        coalesce(max(CASE WHEN trader_key IS NOT NULL THEN n END) / sum(n), 0) AS share
    FROM screen.price_trader
    GROUP BY key
), named AS (
    SELECT g.key, d.hs_code, d.origin, d.currency, CASE WHEN g.by_mass THEN 'KGM' ELSE d.unit END AS unit, g.n, g.share
    FROM grouped AS g JOIN customs.declaration AS d ON d.rowid = g.line
)
SELECT *,
    hash(hs_code, currency, unit) AS code_key,
    hash(left(hs_code, 6), currency, unit) AS hs6_key,
    hash(left(hs_code, 4), currency, unit) AS hs4_key
FROM named;
