-- screen.price: the unit values of screen.unit_value, one a row, whatever the unit.
CREATE OR REPLACE VIEW screen.price AS
SELECT line, trader_key, mass_key AS key, mass_price AS ln_price, true AS by_mass FROM screen.unit_value WHERE mass_key IS NOT NULL
UNION ALL
SELECT line, trader_key, unit_key, unit_price, false FROM screen.unit_value WHERE unit_key IS NOT NULL;
