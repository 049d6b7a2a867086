-- low_priced_trader: The trader's unit values are low again and again.
-- family: trader
-- weight: 15
-- scope: finding
--
-- Chance alone puts about 2.3 % of a trader's lines below z = −2. Three
-- are needed to speak of a habit. Only the
-- lines that are low themselves get the points.

-- strength
CASE WHEN at_fault IS NULL AND z < -{{z_from}} AND trader_low >= 3 THEN screen.ramp(trader_low_share, 0.1, 0.4) END

-- reason
screen.figure(trader_low) || ' of ' || screen.figure(trader_lines) || ' lines of trader ' || importer
    || ' are priced low (robust z below −2)'
