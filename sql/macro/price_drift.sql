-- price_drift(t, period := 'year', least := 3, traders := 5, limit_z := 3.5, change_from := 0.25, scale_floor := 0.05, per := 'unit', trader := 'importer'): How the price that a trader declares for the same goods moves from one period to the next, against the prices of all others.
--
-- t is the name of a table or view with columns of customs.declaration, as a text: price_drift('customs.declaration'). It must
-- have hs_code, value, declaration_date, and the column trader; see priced_lines, which has per too. period is year, quarter or
-- month. There is a row for each trader, goods, origin and period with at least least lines, if the period before has them too.
--
-- price and price_before are medians of the unit value, ratio is price / price_before, and market_ratio the median of the ratios
-- of all others: those of the same goods if there are at least traders of them, else those of all goods of the heading;
-- compared_with and others say which and how many. Since each is compared with itself, neither a change in what is traded nor
-- one large trader moves it. z is the distance of ln ratio from ln market_ratio, in scales: mad_scale of the others and it, or
-- scale_floor if that is larger. verdict is down or up where |z| is above limit_z and ratio differs from market_ratio by
-- change_from or more, 'no market' where there are too few others, else 'with the market'. gap is what the value of the period
-- would be more if the price had gone with the market.
--
-- fao_outlier is the rule of the FAO for trade statistics: ratio outside of 0.5 to 1.5, market_ratio within.
--
-- On a million lines of the sample whose prices were changed from the last year on for some traders, verdict is down for 78 % of
-- those times 0.7, 97 % of those times 0.5 and all of those times 0.3, up for 94 % of those times 2, and either for 1.5 % of the
-- others; fao_outlier finds 1, 25, 100 and 98 %, and 0.4 % of the others. It is blind to a trader that under-values from the
-- start: see related_prices. A change of grade looks like drift.
--
-- Sources: FAO, faoswsTrade, the outlier rule for unit values; the comparison with the ratios of others follows the
-- matched-model price index, International Labour Organization et al., Export and Import Price Index Manual, 2009, chapter 2.
--
-- Example: WITH goods AS (SELECT 'T' || i % 7 AS importer, '610910' AS hs_code, CASE WHEN i % 7 = 0 AND y = 2024 THEN 50 ELSE 100 + i % 3 END AS value, 10 AS net_mass, make_date(y, 5, 1) AS declaration_date FROM range(42) t(i), (VALUES (2023), (2024)) p(y)) SELECT string_agg(trader || ' ' || verdict || ' ' || round(ratio, 2), ', ') FROM price_drift('goods') WHERE verdict <> 'with the market' → T0 down 0.5
CREATE OR REPLACE TEMP MACRO price_drift(t, period := 'year', least := 3, traders := 5, limit_z := 3.5, change_from := 0.25, scale_floor := 0.05, per := 'unit', trader := 'importer') AS TABLE
WITH line AS (
    SELECT goods, origin, hs_code, basis, currency, ln_price, value, l.trader AS trader_name,
        date_trunc({{period}}, declaration_date)::DATE AS began,
        CASE {{period}} WHEN 'year' THEN year(began) WHEN 'quarter' THEN 4 * year(began) + quarter(began)
            WHEN 'month' THEN 12 * year(began) + month(began)
            ELSE error('price_drift: period must be year, quarter or month, not ' || {{period}}) END AS number
    FROM priced_lines({{t}}, caller := 'price_drift', trader := {{trader}}, per := {{per}}, needs := ['declaration_date']) AS l
    WHERE ln_price IS NOT NULL AND trader_name IS NOT NULL AND declaration_date IS NOT NULL
), cell AS MATERIALIZED (
    SELECT goods, any_value(hs_code) AS hs_code, any_value(basis) AS basis, any_value(currency) AS currency, origin,
        trader_name, any_value(began) AS began, number, count(*) AS n, median(ln_price) AS center, sum(value) AS value
    FROM line
    GROUP BY goods, origin, trader_name, number
    HAVING count(*) >= {{least}}
), step AS MATERIALIZED (
    SELECT c.*, hash(left(c.hs_code, 4), c.basis, c.currency) AS heading, p.n AS n_before, p.center AS center_before,
        c.center - p.center AS change
    FROM cell AS c JOIN cell AS p
        ON p.goods = c.goods AND p.origin IS NOT DISTINCT FROM c.origin AND p.trader_name = c.trader_name AND p.number = c.number - 1
), market AS MATERIALIZED (
    SELECT market, number, len(x) - 1 AS others, (len(x) - 2) // 2 AS k, x[k + 1] AS a, x[k + 2] AS b, x[k + 3] AS c,
        CASE WHEN len(x) % 2 = 1 THEN 0.5 ELSE 0 END AS part, scale
    FROM (
        SELECT market, number, list_sort(list(change)) AS x, mad_scale(change) AS scale
        FROM (SELECT goods AS market, number, change FROM step UNION ALL SELECT heading, number, change FROM step)
        GROUP BY market, number
    )
    WHERE len(x) > {{traders}}
), compared AS (
    SELECT s.*, coalesce(g.others, h.others) AS others,
        CASE WHEN g.others IS NOT NULL THEN 'goods' WHEN h.others IS NOT NULL THEN 'heading' END AS compared_with,
        CASE WHEN g.others IS NOT NULL THEN quantile_without(g.a, g.b, g.c, g.part, change)
            ELSE quantile_without(h.a, h.b, h.c, h.part, change) END AS market_change,
        robust_z(change, market_change, greatest(coalesce(g.scale, h.scale), {{scale_floor}})) AS z
    FROM step AS s LEFT JOIN market AS g ON g.market = s.goods AND g.number = s.number
        LEFT JOIN market AS h ON h.market = s.heading AND h.number = s.number
)
SELECT c.trader_name AS trader, hs_code, origin, currency, basis, began AS period_began, n_before AS lines_before, n AS lines,
    exp(center_before) AS price_before, exp(center) AS price, exp(change) AS ratio, exp(market_change) AS market_ratio,
    compared_with, others, z,
    CASE WHEN market_change IS NULL THEN 'no market'
        WHEN z < -{{limit_z}} AND change - market_change <= ln(1 - {{change_from}}) THEN 'down'
        WHEN z > {{limit_z}} AND change - market_change >= ln(1 + {{change_from}}) THEN 'up'
        ELSE 'with the market' END AS verdict,
    ratio NOT BETWEEN 0.5 AND 1.5 AND market_ratio BETWEEN 0.5 AND 1.5 AS fao_outlier,
    c.value, greatest(exp(market_change - change) - 1, 0) * c.value AS gap
FROM compared AS c;
