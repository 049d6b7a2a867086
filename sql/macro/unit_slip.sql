-- unit_slip(distance, spread, least): The unit factor that explains how far a price is from the fair one, or NULL; see unit_factor.
--
-- distance is ln(unit value / fair price), more than 3.5 spreads and 0.5 from 0. Of the factors 1000, 100, 12, 10, 2.2046 and 2
-- that are least or more the nearest is taken, and its inverse for a price that is too low, if what remains is small: less than
-- half the way from 100 to 1000 (1.15) for these, as nothing else puts a price so far off; for smaller ones 0.7 if least is below
-- 12, which says that the unit is known to be wrong, and else 0.5 and 1.5 spreads. Unlike unit_factor it doesn't ask that no other
-- factor fits: that the unit is wrong is clear before the factor is.
CREATE OR REPLACE TEMP MACRO unit_slip(distance, spread, least) AS
    CASE WHEN abs(distance) > 3.5 * spread AND abs(distance) > 0.5 THEN
        list_transform(list_sort(list_filter(
            list_transform([1000, 100, 12, 10, 2.2046226218, 2]::DOUBLE[], lambda f: {'rest': abs(abs(distance) - ln(f)), 'factor': f}),
            lambda v: v.factor >= least AND v.rest < CASE WHEN v.factor >= 100 THEN 1.15 WHEN least < 12 THEN 0.7 ELSE least(1.5 * spread, 0.5) END)),
            lambda v: CASE WHEN distance < 0 THEN 1 / v.factor ELSE v.factor END)[1]
    END;
