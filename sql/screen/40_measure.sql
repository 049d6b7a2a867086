-- screen.measure: how far the unit value of each line is from the fair price, in robust z.
--
-- mass_z compares values per kilogram, unit_z values per supplementary unit. z
-- is by mass, unless the group of the other has a clearly smaller scale, hence a
-- sharper price; key is its group in screen.fair_price.
CREATE OR REPLACE VIEW screen.measure AS
WITH compared AS (
    SELECT u.*,
        m.key AS fair_mass_key, m.center AS mass_center, q.key AS fair_unit_key, q.center AS unit_center,
        robust_z(u.mass_price, m.center, m.spread) AS mass_z,
        robust_z(u.unit_price, q.center, q.spread) AS unit_z,
        coalesce(q.spread < 0.99 * m.spread, q.key IS NOT NULL) AS by_unit
    FROM screen.unit_value AS u
    LEFT JOIN screen.fair_price AS m ON m.key = u.mass_key
    LEFT JOIN screen.fair_price AS q ON q.key = u.unit_key
)
SELECT line, trader_key, mass_key, unit_key, mass_z, unit_z, by_unit,
    CASE WHEN by_unit THEN unit_price ELSE mass_price END AS ln_price,
    CASE WHEN by_unit THEN unit_center ELSE mass_center END AS ln_fair_price,
    CASE WHEN by_unit THEN fair_unit_key ELSE fair_mass_key END AS key,
    CASE WHEN by_unit THEN unit_z ELSE mass_z END AS z
FROM compared;
