-- price_drift by year, comparing each change with each other one.
WITH cell AS (
    SELECT importer, hs_code, origin, year(declaration_date) AS y, median(ln(value / net_mass)) AS center
    FROM goods
    WHERE net_mass > 0 AND value > 0
    GROUP BY ALL
    HAVING count(*) >= 3
), step AS (
    SELECT c.importer, c.hs_code, c.origin, c.y, c.center - b.center AS change
    FROM cell AS c JOIN cell AS b ON b.importer = c.importer AND b.hs_code = c.hs_code AND b.origin IS NOT DISTINCT FROM c.origin AND b.y = c.y - 1
), other AS (
    SELECT s.importer, s.hs_code, s.origin, s.y, s.change, o.hs_code = s.hs_code AS same, o.change AS other
    FROM step AS s JOIN step AS o ON o.y = s.y AND left(o.hs_code, 4) = left(s.hs_code, 4)
        AND (o.importer <> s.importer OR o.hs_code <> s.hs_code OR o.origin IS DISTINCT FROM s.origin)
)
SELECT importer, hs_code, origin, y, exp(any_value(change)) AS ratio, count(*) FILTER (same) >= 5 AS by_goods,
    exp(CASE WHEN count(*) FILTER (same) >= 5 THEN median(other) FILTER (same) WHEN count(*) >= 5 THEN median(other) END) AS market
FROM other
GROUP BY ALL
