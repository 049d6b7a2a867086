-- price_filter, comparing each line with each other one.
WITH line AS (
    SELECT declaration_id, item_no, importer, hs_code, origin, net_mass, value / net_mass AS price, 4 * year(declaration_date) + quarter(declaration_date) AS q
    FROM goods
    WHERE net_mass > 0 AND value > 0
), pair AS (
    SELECT l.declaration_id, l.item_no, any_value(l.price) AS own, any_value(l.net_mass) AS mass,
        list(o.price) FILTER (o.origin IS NOT DISTINCT FROM l.origin) AS near, list(o.price) AS wide,
        list(o.importer) FILTER (o.origin IS NOT DISTINCT FROM l.origin) || [any_value(l.importer)] AS near_traders,
        list(o.importer) || [any_value(l.importer)] AS wide_traders
    FROM line AS l JOIN line AS o ON o.hs_code = l.hs_code AND o.q BETWEEN l.q - 3 AND l.q
        AND (o.declaration_id <> l.declaration_id OR o.item_no <> l.item_no)
    GROUP BY ALL
), share AS (
    SELECT *, len(near) >= 10 AS has_near, len(wide) >= 10 AS has_wide,
        list_max(map_values(list_histogram(near_traders))) / len(near_traders) AS near_share,
        list_max(map_values(list_histogram(wide_traders))) / len(wide_traders) AS wide_share
    FROM pair
), chosen AS (
    SELECT *, CASE WHEN has_near AND (near_share <= 0.2 OR NOT (has_wide AND wide_share <= 0.2)) THEN near WHEN has_wide THEN wide END AS others FROM share
)
SELECT declaration_id, item_no, list_aggregate(others, 'quantile_cont', 0.25) AS low, list_aggregate(others, 'quantile_cont', 0.75) AS high,
    len(others) AS n, greatest(low - own, 0) * mass AS under
FROM chosen
