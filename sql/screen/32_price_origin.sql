-- screen.price_origin: median and scale of ln unit value per HS code, origin, currency and unit.
--
-- The first rung of the ladder, only for groups with enough lines. spread is
-- 1.4826 MAD, or IQR / 1.349 where the MAD is zero.
CREATE OR REPLACE TABLE screen.price_origin AS
WITH member AS (
    SELECT g.key, p.ln_price
    FROM screen.price AS p JOIN screen.price_group AS g USING (key)
    WHERE g.n > {{group_above}}
), sample AS (
    SELECT key, count(*) AS n, median(ln_price) AS center, mad_scale(ln_price) AS mad
    FROM member
    GROUP BY key
), flat AS (
    SELECT key, (quantile_cont(ln_price, 0.75) - quantile_cont(ln_price, 0.25)) / 1.349 AS iqr
    FROM member
    WHERE key IN (SELECT key FROM sample WHERE mad < 1e-9 AND n > {{group_above}})
    GROUP BY key
)
SELECT
    key, n, center,
    CASE WHEN mad >= 1e-9 THEN mad ELSE coalesce(iqr, 0) END AS spread,
    CASE WHEN mad >= 1e-9 THEN 'MAD' ELSE 'IQR' END AS spread_from
FROM sample LEFT JOIN flat USING (key);
