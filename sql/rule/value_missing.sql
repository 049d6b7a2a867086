-- value_missing: The value is missing, zero or negative.
-- family: data
-- weight: 20
--
-- Counts only where the declarations have values at all.

-- strength
CASE WHEN has_value AND (amount IS NULL OR amount <= 0) THEN 1 END

-- reason
CASE WHEN amount IS NULL THEN 'no value declared' ELSE 'declared value ' || screen.figure(amount) || ' is not a price' END
