-- origin_missing: The country of origin is missing.
-- family: data
-- weight: 10
--
-- Counts only where the declarations have origins at all.

-- strength
CASE WHEN has_origin AND origin IS NULL THEN 1 END

-- reason
'no country of origin'
