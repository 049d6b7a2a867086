-- price_filter(t, tail := 0.25, quarters := 4, least := 10, share := 0.5, per := 'unit', trader := 'importer'): Amounts by which lines lie below or above the middle prices of their goods: the price filter.
--
-- t is the name of a table or view with columns of customs.declaration, as a text: price_filter('customs.declaration'). It must
-- have hs_code, value, and the column trader; see priced_lines, which has per too. There is a row for each line of t.
--
-- low and high are the quantiles tail and 1 − tail, the quartiles unless given, of the unit values of the other lines of the
-- same goods, interpolated as by quantile_cont: one code, basis and currency, and of one origin if that has at least least other
-- lines, else of all origins, if they have. trader_share is the largest share that one trader has of them; where it is above
-- share, all origins are taken instead if theirs is not. compared_with says which it is, and others how many lines. They are of
-- as many calendar quarters as quarters says, the last of which is that of the line; with 0, of all dates. Lines without a date
-- are compared with their like.
--
--   under_invoiced = max(low − unit_value, 0) · amount
--   over_invoiced  = max(unit_value − high, 0) · amount
--
-- both in the currency of the line; duty_at_stake is under_invoiced at the duty rate of the line. verdict is under, over or
-- inside; 'no price' where priced_lines has none, and 'no market' where there are too few lines. The amounts are NULL then.
--
-- The filter is wide: a quarter of all honest lines lies below the quartile, by the definition of it. On a million lines of the
-- sample, verdict is under for 83 % of the under-valued lines and 23 % of those without fault; with tail := 0.05 for 43 and 5 %,
-- with 0.01 for 18 and 1.5 %. So add amounts up over a trader, a code or a country, and compare the sums. They are ruled by
-- mistaken units, which are off a thousandfold: of the 100 traders with the largest under_invoiced as a share of their value, 5
-- under-value, as many as by chance; without lines below an eighth of low, 46 do. Where a trader has most lines it is compared
-- with itself, so that in 100,000 lines of the sample only 55 % of the under-valued ones are under. Goods of several grades
-- under one code give large amounts without fraud.
--
-- Sources: M. E. de Boyrie, S. J. Pak and J. S. Zdanowicz, “Estimating the Magnitude of Capital Flight Due to Abnormal Pricing
-- in International Trade: The Russia–USA Case”, Accounting Forum 29(3), 2005, pp. 249–270; that a line's own value is left out,
-- and the choice between an origin and all, are dhow's.
--
-- Example: WITH goods AS (SELECT 'A' AS importer, '610910' AS hs_code, v AS value, 10 AS net_mass FROM (VALUES (20), (100), (110), (120), (130)) t(v)) SELECT list(under_invoiced ORDER BY value) FROM price_filter('goods', least := 4) → [87.5, 0.0, 0.0, 0.0, 0.0]
CREATE OR REPLACE TEMP MACRO price_filter(t, tail := 0.25, quarters := 4, least := 10, share := 0.5, per := 'unit', trader := 'importer') AS TABLE
WITH line AS MATERIALIZED (
    SELECT *, hash(goods, origin) AS goods_of_origin, CASE WHEN l.trader IS NOT NULL THEN hash(l.trader) END AS trader_key,
        CASE WHEN {{quarters}} > 0 THEN coalesce(4 * year(declaration_date) + quarter(declaration_date), -1) ELSE 0 END AS period
    FROM priced_lines({{t}}, caller := 'price_filter', trader := {{trader}}, per := {{per}}) AS l
), member AS (
    SELECT goods_of_origin AS market, period, trader_key, unit_value FROM line WHERE unit_value IS NOT NULL
    UNION ALL
    SELECT goods, period, trader_key, unit_value FROM line WHERE unit_value IS NOT NULL
), later AS (
    FROM range(greatest({{quarters}}, 1)) AS r(later)
), band AS MATERIALIZED (
    SELECT market, period + later AS period, quantile_band(unit_value, {{tail}}) AS q FROM member, later GROUP BY ALL
    HAVING count(*) > greatest({{least}}, 1)
), largest AS (
    SELECT market, period, max(n) AS n
    FROM (
        SELECT market, period + later AS period, trader_key, sum(n)::BIGINT AS n
        FROM (SELECT market, period, trader_key, count(*) AS n FROM member WHERE trader_key IS NOT NULL GROUP BY ALL), later
        GROUP BY ALL
    )
    GROUP BY ALL
), shared AS MATERIALIZED (
    SELECT market, period, q.*, coalesce(g.n / q.n, 0) AS trader_share, trader_share <= {{share}} AS broad
    FROM band AS b LEFT JOIN largest AS g USING (market, period)
), choice AS (
    SELECT m.goods_of_origin, m.period, o.broad OR o.market IS NOT NULL AND w.broad IS NOT TRUE AS by_origin,
        CASE WHEN by_origin THEN o ELSE w END AS band
    FROM (SELECT DISTINCT goods_of_origin, goods, period FROM line) AS m
    LEFT JOIN shared AS o ON o.market = m.goods_of_origin AND o.period = m.period
    LEFT JOIN shared AS w ON w.market = m.goods AND w.period = m.period
), chosen AS MATERIALIZED (
    SELECT goods_of_origin, period, CASE WHEN by_origin THEN 'origin' ELSE 'all origins' END AS compared_with,
        band.n - 1 AS others, band.trader_share, band.low_a, band.low_b, band.low_c, band.low_part,
        band.high_a, band.high_b, band.high_c, band.high_part
    FROM choice
    WHERE band.n IS NOT NULL
), compared AS (
    SELECT l.*, c.compared_with, c.others, c.trader_share,
        quantile_without(low_a, low_b, low_c, low_part, unit_value) AS low,
        quantile_without(high_a, high_b, high_c, high_part, unit_value) AS high
    FROM line AS l LEFT JOIN chosen AS c
        ON c.goods_of_origin = l.goods_of_origin AND c.period = CASE WHEN l.unit_value IS NOT NULL THEN l.period END
)
SELECT declaration_id, item_no, declaration_date, c.trader, hs_code, origin, currency, value, amount, basis, unit_value,
    compared_with, others, trader_share, low, high,
    CASE WHEN unit_value IS NULL THEN 'no price' WHEN low IS NULL THEN 'no market'
        WHEN unit_value < low THEN 'under' WHEN unit_value > high THEN 'over' ELSE 'inside' END AS verdict,
    CASE WHEN low IS NOT NULL THEN greatest(low - unit_value, 0) * amount END AS under_invoiced,
    CASE WHEN low IS NOT NULL THEN greatest(unit_value - high, 0) * amount END AS over_invoiced,
    under_invoiced * duty_rate / 100 AS duty_at_stake
FROM compared AS c;
