-- fair_price(t, as_of := NULL): What goods are worth, for each group of like goods on the ladder from a trader's own to the HS heading.
--
-- t is the name of a table or view with some or all columns of customs.declaration, as a text: fair_price('customs.declaration').
-- With as_of only lines before that day count. Keep the result for later declarations: see valuation_anomalies.
--
-- CREATE TABLE fair AS FROM fair_price('customs.declaration');
--
-- All lines of a group have one currency and one unit; the levels are
--
--   0  the lines of level 1 of one importer and exporter, if there are at least two
--   1  the code and the country of origin
--   2  the code
--   3  its first 8 digits, where it has as many
--   4  its first 6 digits
--   5  its first 4 digits
--
-- Kilograms are compared where there is a net mass (unit KGM), and the unit of the quantity beside it; a line may be in both.
-- Units are brought to one spelling by unit_normalize, but not converted. A line whose value or quantity is missing, zero,
-- negative, not a number or beyond 10^15 has no price, and one whose code hs_normalize can't read no group.
--
--   n, traders     lines, and traders (importer_id, or else importer; lines without one count each as a trader)
--   weight         what the lines count together: n where no trader has more than a quarter; see price_ladder
--   first_date     period of the lines
--   price          fair price of one unit, in currency: the median of the unit values
--   min to max     smallest and largest unit value and quantiles at 5, 25, 75 and 95 %
--   scale          robust scale of ln unit value, 1.4826·MAD, or else IQR/1.349: about 0.1 for ±10 %; scale_from says which,
--                  and is empty where both are 0, as more than half of the prices are equal then
--   fence_lower    unit values beyond which adjusted_fence sees outliers, on the logarithms
--   elasticity     of the price to the quantity: −0.1 says that ten times as much is 21 % cheaper; NULL below 15 lines
--   line_price     price at quantity 1 on that line, line_scale the scale around it
--   price_lines    levels of the price where there are two or more: centre, share of the lines, scale of the logarithms
--   within         scale of ln unit value around the median of each importer and exporter
--   others         what a line of the group itself is compared with: logarithms of the median without it, and scales
--
-- Formulas, units and sources are those of price_ladder.
CREATE OR REPLACE TEMP MACRO fair_price(t, as_of := NULL) AS TABLE
WITH _rungs AS (
    FROM declared_rungs({{t}}, as_of := {{as_of}})
), _origins AS (
    SELECT _origin AS origin_number, any_value(origin) AS origin FROM declared_prices({{t}}) GROUP BY _origin
), _pairs AS (
    SELECT _pair AS pair_number, any_value(coalesce(importer_id, importer)) AS trader, any_value(exporter) AS exporter
    FROM declared_prices({{t}})
    WHERE _pair <> 0
    GROUP BY _pair
)
SELECT level::INTEGER AS level, substr(code_number::VARCHAR, 2) AS code, origin, trader, exporter, currency, unit,
    rung.n AS n, rung.traders AS traders, rung.weight AS weight,
    CASE WHEN rung.first_day > 0 THEN DATE '1900-01-01' + rung.first_day::INTEGER END AS first_date,
    CASE WHEN rung.last_day > 0 THEN DATE '1900-01-01' + rung.last_day::INTEGER END AS last_date,
    exp(rung.median) AS price,
    exp(rung.min) AS min, exp(rung.p05) AS p05, exp(rung.q1) AS q1, exp(rung.q3) AS q3, exp(rung.p95) AS p95, exp(rung.max) AS max,
    rung.scale AS scale, rung.scale_from AS scale_from,
    exp(rung.fence_lower) AS fence_lower, exp(rung.fence_upper) AS fence_upper,
    rung.elasticity AS elasticity, exp(rung.line_intercept) AS line_price, rung.line_scale AS line_scale,
    list_transform(rung.levels, lambda l: {'centre': exp(l.centre), 'share': l.share, 'scale': l.scale}) AS price_lines,
    rung.within AS within,
    {'median': rung.median, 'below_median': rung.below_median, 'below_out': rung.below_out, 'below_in': rung.below_in,
        'above_median': rung.above_median, 'above_out': rung.above_out, 'above_in': rung.above_in,
        'at_median': rung.at_median, 'at_in': rung.at_in} AS others
FROM _rungs
LEFT JOIN _origins ON level <= 1 AND _origins.origin_number = _rungs.origin_number
LEFT JOIN _pairs ON level = 0 AND _pairs.pair_number = _rungs.pair_number;
