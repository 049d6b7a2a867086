-- screen.unit_slip: lines whose unit value is normal once its unit is corrected by a factor.
--
-- A unit value |z| > 3.5 away that comes within 1.5 by one of the factors of
-- screen.unit_factor. Where both the value per kilogram and the value per
-- supplementary unit are off to the same side, not a quantity is wrong but the
-- value, and only factors from 100 on are believed: less may be fraud.
-- factors lists the fitting ones, the best first. correction is what the
-- mass, quantity or value at fault must be multiplied with.
CREATE OR REPLACE TABLE screen.unit_slip AS
WITH far AS (
    SELECT o.line, o.mass_z AS z, o.unit_z AS other_z, f.spread, f.unit, f.goods, f.level, f.origin, true AS by_mass
    FROM screen.outlier AS o JOIN screen.fair_price AS f ON f.key = o.mass_key
    WHERE abs(o.mass_z) > {{z_outlier}}
    UNION ALL
    SELECT o.line, o.unit_z, o.mass_z, f.spread, f.unit, f.goods, f.level, f.origin, false
    FROM screen.outlier AS o JOIN screen.fair_price AS f ON f.key = o.unit_key
    WHERE abs(o.unit_z) > {{z_outlier}}
), fit AS (
    SELECT far.*, factor, abs(abs(z * spread) - ln(factor)) AS residual,
        coalesce(other_z * z > 0 AND abs(other_z) > {{z_outlier}}, false) AS both_off
    FROM far, screen.unit_factor
    WHERE residual < least({{slip_z}} * spread, {{slip_residual}}) AND (factor >= 100 OR NOT both_off)
), best AS (
    SELECT line, by_mass, any_value(both_off) AS both_off, any_value(z) AS z,
        any_value(goods) AS goods, any_value(level) AS level, any_value(origin) AS origin,
        list(factor ORDER BY residual) AS factors, min(residual) AS residual
    FROM fit
    GROUP BY line, by_mass
)
SELECT line,
    arg_min(CASE WHEN both_off THEN 'value' WHEN by_mass THEN 'mass' ELSE 'quantity' END, residual) AS at_fault,
    arg_min(factors, residual) AS factors,
    arg_min(CASE WHEN (z < 0) <> both_off THEN 1 / factors[1] ELSE factors[1] END, residual) AS correction,
    arg_min(goods, residual) AS goods, arg_min(level, residual) AS level, arg_min(origin, residual) AS origin
FROM best
GROUP BY line;
