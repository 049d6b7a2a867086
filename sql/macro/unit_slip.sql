-- unit_slip(distance, spread, least): The unit factor that explains how far a price is from the fair one, or NULL; see unit_factor.
--
-- distance is ln(unit value / fair price), more than 3.5 spreads from 0. Of the factors 1000, 100, 12, 10, 2.2046 and 2 that are
-- least or more, the nearest is taken, and its inverse for a price that is too low, if what remains is less than 1.5 spreads and
-- than 0.5. Unlike unit_factor it doesn't ask that no other factor fits: that the unit is wrong is clear before the factor is.
CREATE OR REPLACE TEMP MACRO unit_slip(distance, spread, least) AS
    CASE WHEN abs(distance) > 3.5 * spread AND abs(distance) > 0.5 THEN
        list_transform(list_sort(list_filter(
            list_transform([1000, 100, 12, 10, 2.2046226218, 2]::DOUBLE[], lambda f: {'rest': abs(abs(distance) - ln(f)), 'factor': f}),
            lambda v: v.factor >= least AND v.rest < least(1.5 * spread, 0.5))), lambda v: CASE WHEN distance < 0 THEN 1 / v.factor ELSE v.factor END)[1]
    END;
