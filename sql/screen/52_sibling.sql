-- screen.sibling: for outliers, the code of the same heading with a higher duty rate that the unit value fits best.
--
-- evidence is the log of the likelihood ratio of the unit value under the
-- other code and under the declared one, both normal in ln unit value. Unit
-- values per kilogram only.
CREATE OR REPLACE TABLE screen.sibling AS
WITH code AS (
    SELECT DISTINCT g.code_key AS key, g.hs_code, left(g.hs_code, 4) AS heading, g.currency, c.n, c.center,
        greatest(c.spread, {{scale_floor}}) AS spread, r.usual_rate
    FROM screen.price_group AS g
    JOIN screen.price_code AS c ON c.key = g.code_key
    JOIN screen.usual_rate AS r ON r.hs_code = g.hs_code
    WHERE c.n > {{group_above}} AND g.unit = 'KGM'
), pair AS (
    SELECT own.key, own.center AS own_center, own.spread AS own_spread,
        other.hs_code, other.usual_rate, other.n, other.center, other.spread
    FROM code AS own JOIN code AS other
        ON other.heading = own.heading AND other.currency IS NOT DISTINCT FROM own.currency
    WHERE other.usual_rate > own.usual_rate
        AND NOT starts_with(other.hs_code, own.hs_code) AND NOT starts_with(own.hs_code, other.hs_code)
), hint AS (
    SELECT o.line, p.hs_code, p.usual_rate, p.n, exp(p.center) AS fair_unit_value,
        robust_z(o.ln_price, p.own_center, p.own_spread) AS own_z,
        robust_z(o.ln_price, p.center, p.spread) AS other_z,
        (own_z * own_z - other_z * other_z) / 2 + ln(p.own_spread / p.spread) AS evidence
    FROM screen.outlier AS o
    JOIN screen.price_group AS g ON g.key = o.mass_key
    JOIN pair AS p ON p.key = g.code_key
    JOIN customs.declaration AS d ON d.rowid = o.line AND d.duty_rate < p.usual_rate
    WHERE abs(o.z) > {{z_outlier}} AND NOT o.by_unit
        AND o.line NOT IN (SELECT line FROM screen.unit_slip)
)
SELECT line,
    arg_max(hs_code, evidence) AS hs_code,
    arg_max(usual_rate, evidence) AS usual_rate,
    arg_max(fair_unit_value, evidence) AS fair_unit_value,
    max(evidence) AS evidence
FROM hint
WHERE abs(other_z) < 1 AND evidence > {{sibling_evidence}}
GROUP BY line;
