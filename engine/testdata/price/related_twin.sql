-- The discounts of related_prices by year, comparing each trader with each other one.
WITH line AS (
    SELECT importer, hs_code, origin, year(declaration_date) AS y, ln(value / net_mass) AS price FROM goods WHERE net_mass > 0 AND value > 0
), cell AS (
    SELECT importer, hs_code, origin, y, median(price) AS center FROM line GROUP BY ALL
), wide AS (
    SELECT importer, hs_code, y, median(center) AS center FROM cell GROUP BY ALL
), near AS (
    SELECT c.*, count(o.center) AS n, median(o.center) AS market
    FROM cell AS c LEFT JOIN cell AS o ON o.hs_code = c.hs_code AND o.y = c.y AND o.origin IS NOT DISTINCT FROM c.origin AND o.importer <> c.importer
    GROUP BY ALL
), compared AS (
    SELECT n.importer, n.hs_code, n.y, n.center - CASE WHEN n.n >= 5 THEN n.market ELSE median(o.center) END AS d
    FROM near AS n LEFT JOIN wide AS o ON o.hs_code = n.hs_code AND o.y = n.y AND o.importer <> n.importer
    GROUP BY n.importer, n.hs_code, n.origin, n.y, n.center, n.n, n.market
    HAVING n.n >= 5 OR count(o.center) >= 5
), by_goods AS (
    SELECT importer, hs_code, median(d) AS d FROM compared GROUP BY ALL
), by_year AS (
    SELECT importer, y, median(d) AS d FROM compared GROUP BY ALL
)
SELECT importer, 1 - exp(median(d)) AS discount, count(*) AS goods, count(*) FILTER (d < 0) AS goods_below,
    (SELECT count(*) FILTER (d < 0) FROM by_year AS b WHERE b.importer = g.importer) AS years_below
FROM by_goods AS g
GROUP BY importer
