-- screen.unit_value: ln(value / mass) and ln(value / quantity) of each line, with the key of its like goods.
--
-- Values in different currencies and quantities in different units have
-- different keys, so that they are never compared. A value or quantity that is
-- zero, negative, missing or absurd is a finding about the data, not a price: NULL.
-- The keys are 64-bit hashes: in a million groups two collide with a chance of
-- 3 in 100 million. line is the rowid in customs.declaration.
CREATE OR REPLACE TABLE screen.unit_value AS
SELECT
    line,
    CASE WHEN importer IS NOT NULL THEN hash(importer) END AS trader_key,
    CASE WHEN amount > 0 AND net_mass > 1e-9 AND net_mass < 1e15 THEN hash(hs_code, origin, currency, 'KGM') END AS mass_key,
    CASE WHEN mass_key IS NOT NULL THEN ln(amount / net_mass) END AS mass_price,
    CASE WHEN amount > 0 AND quantity > 1e-9 AND quantity < 1e15 AND unit NOT IN ('KGM', 'KG') THEN hash(hs_code, origin, currency, unit) END AS unit_key,
    CASE WHEN unit_key IS NOT NULL THEN ln(amount / quantity) END AS unit_price
FROM (
    SELECT rowid AS line, importer, hs_code, origin, currency, unit, net_mass, quantity, value::DOUBLE AS amount
    FROM customs.declaration
    WHERE hs_code IS NOT NULL
);
