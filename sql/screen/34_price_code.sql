-- screen.price_code: median and scale of ln unit value per HS code, currency and unit.
--
-- The second rung of the ladder: all origins together. share is as in
-- screen.price_group.
CREATE OR REPLACE TABLE screen.price_code AS
WITH member AS (
    SELECT g.code_key AS key, p.ln_price
    FROM screen.price AS p JOIN screen.price_group AS g USING (key)
), sample AS (
    SELECT key, count(*) AS n, median(ln_price) AS center, mad_scale(ln_price) AS mad
    FROM member
    GROUP BY key
), flat AS (
    SELECT key, (quantile_cont(ln_price, 0.75) - quantile_cont(ln_price, 0.25)) / 1.349 AS iqr
    FROM member
    WHERE key IN (SELECT key FROM sample WHERE mad < 1e-9 AND n > {{group_above}})
    GROUP BY key
), by_trader AS (
    SELECT g.code_key AS key, t.trader_key, sum(t.n) AS n
    FROM screen.price_trader AS t JOIN screen.price_group AS g USING (key)
    GROUP BY ALL
), largest AS (
    SELECT key, coalesce(max(CASE WHEN trader_key IS NOT NULL THEN n END) / sum(n), 0) AS share
    FROM by_trader
    GROUP BY key
)
SELECT
    key, n, share, center,
    CASE WHEN mad >= 1e-9 THEN mad ELSE coalesce(iqr, 0) END AS spread,
    CASE WHEN mad >= 1e-9 THEN 'MAD' ELSE 'IQR' END AS spread_from
FROM sample JOIN largest USING (key) LEFT JOIN flat USING (key);
