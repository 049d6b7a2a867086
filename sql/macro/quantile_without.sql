-- quantile_without(a, b, c, part, own): Quantile of a group without one of its values, from the three values around it.
--
-- Without own, the m other values of a group have their quantile p at the rank 1 + (m − 1)·p, of which k is the whole part and
-- part the rest. a, b and c are the values of rank k, k + 1 and k + 2 among all, own included. c may be NULL where there is
-- none. With it a group is sorted once, and each of its values compared with the others.
--
-- Example: SELECT quantile_without(2, 4, 7, 0.5, 4) → 4.5
-- Example: SELECT quantile_without(2, 4, 7, 0.5, 9) → 3.0
CREATE OR REPLACE TEMP MACRO quantile_without(a, b, c, part, own) AS
    CASE WHEN a < own THEN a ELSE b END
    + CASE WHEN part > 0 THEN part * (CASE WHEN b < own THEN b ELSE c END - CASE WHEN a < own THEN a ELSE b END) ELSE 0 END;
