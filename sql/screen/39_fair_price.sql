-- screen.fair_price: for each group of like goods the price to compare with, and where it comes from.
--
-- The rungs are 1 HS code and origin, 2 HS code, 3 subheading, 4 heading. The
-- first one with enough lines, of which no trader has more than its share,
-- gives the median and n; if there is none, the first one with enough lines:
-- a trader who sets the price of a group would else be compared with itself.
-- The scale is that rung's MAD, else its IQR, else the scale of the next rung
-- up that has one, else the floor of screen.setting; scale_from says which.
CREATE OR REPLACE TABLE screen.fair_price AS
WITH ladder AS (
    SELECT g.key, g.code_key, g.hs_code, g.origin, g.currency, g.unit,
        CASE
            WHEN o.n IS NOT NULL AND g.share <= {{trader_share}} THEN 1
            WHEN c.n > {{group_above}} AND c.share <= {{trader_share}} THEN 2
            WHEN s.n > {{group_above}} AND s.share <= {{trader_share}} THEN 3
            WHEN o.n IS NOT NULL THEN 1
            WHEN c.n > {{group_above}} THEN 2
            WHEN s.n > {{group_above}} THEN 3
            WHEN h.n > {{group_above}} THEN 4
        END AS level,
        CASE level WHEN 1 THEN o.n WHEN 2 THEN c.n WHEN 3 THEN s.n WHEN 4 THEN h.n END AS n,
        CASE level WHEN 1 THEN o.center WHEN 2 THEN c.center WHEN 3 THEN s.center WHEN 4 THEN h.center END AS center,
        CASE level WHEN 1 THEN o.spread_from WHEN 2 THEN c.spread_from WHEN 3 THEN s.spread_from WHEN 4 THEN h.spread_from END AS spread_from,
        CASE
            WHEN level = 1 AND o.spread >= 1e-9 THEN 1
            WHEN level <= 2 AND c.n > {{group_above}} AND c.spread >= 1e-9 THEN 2
            WHEN level <= 3 AND s.n > {{group_above}} AND s.spread >= 1e-9 THEN 3
            WHEN h.n > {{group_above}} AND h.spread >= 1e-9 THEN 4
        END AS scale_level,
        CASE scale_level WHEN 1 THEN o.spread WHEN 2 THEN c.spread WHEN 3 THEN s.spread WHEN 4 THEN h.spread END AS spread
    FROM screen.price_group AS g
    LEFT JOIN screen.price_origin AS o ON o.key = g.key
    LEFT JOIN screen.price_code AS c ON c.key = g.code_key
    LEFT JOIN screen.price_hs6 AS s ON s.key = g.hs6_key
    LEFT JOIN screen.price_hs4 AS h ON h.key = g.hs4_key
)
SELECT key, code_key, hs_code, origin, currency, unit, level, n, center,
    CASE level WHEN 3 THEN left(hs_code, 6) WHEN 4 THEN left(hs_code, 4) ELSE hs_code END AS goods,
    CASE WHEN spread >= {{scale_floor}} THEN spread ELSE {{scale_floor}} END AS spread,
    CASE
        WHEN spread IS NULL OR spread < {{scale_floor}} THEN 'floor'
        WHEN scale_level > level THEN 'parent'
        ELSE spread_from
    END AS scale_from
FROM ladder
WHERE level IS NOT NULL;
