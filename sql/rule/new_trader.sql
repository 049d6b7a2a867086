-- new_trader: The trader's first declarations.
-- family: trader
-- weight: 4
-- scope: finding
--
-- Needs data from before; in the first weeks of the data everyone looks new.

-- strength
CASE WHEN new_trader_date IS NOT NULL THEN 1 END

-- reason
'new trader: first declaration on ' || new_trader_date::VARCHAR
