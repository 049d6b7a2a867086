-- shrink(estimate, n, parent, k := 10): Estimate of a small group, drawn towards that of its parent group.
--
-- (n · estimate + k · parent) / (n + k): n is the number of values behind the estimate, k how many values the parent
-- counts for, 10 if not given. With n = k it is their mean; the more values, the more the estimate counts. It suits
-- medians of logarithms and scales, level by level down a ladder of groups: HS4, HS6, HS8, origin.
-- Where the estimate is NULL or n is 0 or NULL, it is the parent; where the parent is NULL, the estimate. NULL where n
-- or k is negative.
CREATE OR REPLACE TEMP MACRO shrink(estimate, n, parent, k := 10) AS
    CASE
        WHEN n < 0 OR k < 0 THEN NULL
        WHEN estimate IS NULL OR coalesce(n, 0) = 0 THEN parent
        WHEN parent IS NULL THEN estimate
        ELSE (n * estimate + k * parent)::DOUBLE / (n + k)
    END;
