-- related_prices(t, period := 'quarter', traders := 5, limit_z := 2.5, scale_floor := 0.05, per := 'unit', trader := 'importer'): How far below or above the market each trader declares, over all its goods, and how persistently.
--
-- t is the name of a table or view with columns of customs.declaration, as a text: related_prices('customs.declaration'). It
-- must have hs_code, value, and the column trader; see priced_lines, which has per too. To look at pairs of related parties,
-- give it a view with a column such as importer || ' / ' || exporter, and the name of that. There is a row for each trader that
-- can be compared.
--
-- A trader's price of goods in a period (year, quarter or month) is its median unit value there. It is compared with the market:
-- the median of the prices of the other traders, for the same origin if there are at least traders of them, else for all
-- origins. Each trader has one vote, and none is compared with itself, so that a flood of lines moves nothing. Then over each
-- trader's goods and periods:
--
--   discount     1 − exp(d), where d is the median over its goods of d_g, the median of ln price − ln market
--   z            −√goods · median(d_g / s_g) / 1.2533, with s_g the mad_scale of d_g over traders, at least scale_floor
--   p_goods      probability by chance of goods_below or more goods of goods with d_g < 0, by the sign test
--   p_periods    likewise of periods with a median below the market: the persistence of the discount
--   persistence  share of steps from one period to the next in which a price stays on its side of the market
--
-- verdict is 'persistent discount' where z is above limit_z and at least three quarters of at least three periods lie below the
-- market, 'persistent premium' for −z and above, else none. gap is what the market would have declared more, for a trader with a
-- discount. Goods and periods of one trader aren't independent, so take p_goods and p_periods as orders of magnitude.
--
-- On a million lines of the sample, half of the lines of under-valued lanes are honest, and grades of quality differ by as much
-- as the fraud does. Of 8,146 traders with at least three periods 86 have a persistent discount; 59 % of them under-value and 8
-- % misclassify. They are 25 % of those who under-value more than 30 % of their lines. z is above 2.5 for 0.6 % of honest
-- traders. A trader of the cheap grade looks like one who under-values.
--
-- Source: W. J. Conover, Practical Nonparametric Statistics, 3rd edition, Wiley, 1999, section 3.4, for the sign test; 1.2533 is
-- √(π/2), the standard error of a median of normal values by that of their mean.
--
-- Example: WITH goods AS (SELECT 'T' || i % 7 AS importer, '610910' AS hs_code, (100 + i % 3) * CASE WHEN i % 7 = 0 THEN 0.6 ELSE 1 END AS value, 10 AS net_mass, make_date(2024, 1 + 3 * q, 1) AS declaration_date FROM range(42) t(i), range(4) p(q)) SELECT string_agg(trader || ' ' || round(discount, 2) || ' ' || p_periods, ', ') FROM related_prices('goods') WHERE verdict = 'persistent discount' → T0 0.4 0.0625
CREATE OR REPLACE TEMP MACRO related_prices(t, period := 'quarter', traders := 5, limit_z := 2.5, scale_floor := 0.05, per := 'unit', trader := 'importer') AS TABLE
WITH cell AS MATERIALIZED (
    SELECT goods, hash(goods, origin) AS goods_of_origin, l.trader AS trader_name,
        coalesce(date_trunc({{period}}, declaration_date)::DATE, DATE '0001-01-01') AS began, -- lines without a date are a period
        count(*) AS n, median(ln_price) AS center, sum(value) AS value
    FROM priced_lines({{t}}, caller := 'related_prices', trader := {{trader}}, per := {{per}}) AS l
    WHERE ln_price IS NOT NULL AND trader_name IS NOT NULL
    GROUP BY ALL
), own AS MATERIALIZED (
    SELECT goods AS market, began, trader_name, median(center) AS center FROM cell GROUP BY ALL
    UNION ALL
    SELECT goods_of_origin, began, trader_name, center FROM cell
), market AS MATERIALIZED (
    SELECT market, began, len(x) - 1 AS others, (len(x) - 2) // 2 AS k, x[k + 1] AS a, x[k + 2] AS b, x[k + 3] AS c,
        CASE WHEN len(x) % 2 = 1 THEN 0.5 ELSE 0 END AS part
    FROM (SELECT market, began, list_sort(list(center)) AS x FROM own GROUP BY market, began)
    WHERE len(x) > {{traders}}
), discount AS MATERIALIZED (
    SELECT c.*,
        CASE WHEN o.others IS NOT NULL THEN quantile_without(o.a, o.b, o.c, o.part, c.center)
            ELSE quantile_without(g.a, g.b, g.c, g.part, w.center) END AS market_center,
        c.center - market_center AS distance
    FROM cell AS c LEFT JOIN market AS o ON o.market = c.goods_of_origin AND o.began = c.began
        LEFT JOIN market AS g ON g.market = c.goods AND g.began = c.began
        LEFT JOIN own AS w ON w.market = c.goods AND w.began = c.began AND w.trader_name = c.trader_name
    WHERE market_center IS NOT NULL
), by_goods AS (
    SELECT trader_name, goods, median(distance) AS distance FROM discount GROUP BY ALL
), usual AS (
    SELECT goods, greatest(mad_scale(distance), {{scale_floor}}) AS scale FROM by_goods GROUP BY goods
), over_goods AS (
    SELECT trader_name, count(*) AS goods, count(*) FILTER (distance < 0) AS goods_below, median(distance) AS distance,
        -median(distance / scale) * sqrt(count(*)) / 1.2533141373155 AS z
    FROM by_goods JOIN usual USING (goods)
    GROUP BY trader_name
), over_periods AS (
    SELECT trader_name, count(*) AS periods, count(*) FILTER (distance < 0) AS periods_below,
        count(*) FILTER (distance > 0) AS periods_above
    FROM (SELECT trader_name, began, median(distance) AS distance FROM discount GROUP BY ALL)
    GROUP BY trader_name
), kept AS (
    SELECT trader_name, count(*) AS steps, count(*) FILTER (sign(distance) = sign(before)) AS stays
    FROM (
        SELECT trader_name, distance, lag(distance) OVER (PARTITION BY goods_of_origin, trader_name ORDER BY began) AS before
        FROM discount
    )
    WHERE before IS NOT NULL
    GROUP BY trader_name
), summed AS (
    SELECT trader_name, sum(n)::BIGINT AS lines, sum(value) AS value FROM discount GROUP BY trader_name
)
SELECT s.trader_name AS trader, s.lines, s.value, g.goods, g.goods_below, p.periods, p.periods_below,
    1 - exp(g.distance) AS discount, z,
    binomial_tail(g.goods_below, g.goods, 0.5) AS p_goods, binomial_tail(p.periods_below, p.periods, 0.5) AS p_periods,
    stays / nullif(steps, 0) AS persistence,
    CASE WHEN z > {{limit_z}} AND p.periods >= 3 AND p.periods_below >= 0.75 * p.periods THEN 'persistent discount'
        WHEN z < -{{limit_z}} AND p.periods >= 3 AND p.periods_above >= 0.75 * p.periods THEN 'persistent premium' ELSE 'none' END AS verdict,
    greatest(exp(-g.distance) - 1, 0) * s.value AS gap
FROM summed AS s JOIN over_goods AS g USING (trader_name) JOIN over_periods AS p USING (trader_name)
    LEFT JOIN kept USING (trader_name);
