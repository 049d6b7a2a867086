-- hs_invalid: The HS code is missing, incomplete or none that exists.
-- family: data
-- weight: 20
--
-- Six digits or more, in chapters 01 to 99 without the reserved 77. Counts only
-- where the declarations have HS codes at all.

-- strength
CASE
    WHEN NOT has_hs_code THEN 0
    WHEN hs_code IS NULL OR length(hs_code) < 6 OR hs_code < '01' OR hs_code >= ':' OR (hs_code >= '77' AND hs_code < '78') THEN 1
END

-- reason
CASE
    WHEN hs_code IS NULL AND coalesce(hs_text, '') = '' THEN 'no HS code'
    WHEN hs_code IS NULL THEN 'HS code "' || hs_text || '" can''t be read'
    WHEN length(hs_code) < 6 THEN 'HS code ' || hs_code || ' has only ' || length(hs_code) || ' digits'
    ELSE 'HS code ' || hs_code || ' does not exist'
END
