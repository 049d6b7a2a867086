-- Honest lines of a sample, in which a twentieth of the traders halve their price of some goods from the last year on.
SELECT l.* REPLACE (CASE WHEN drifts AND year(declaration_date) = 2024 THEN value / 2 ELSE value END AS value), drifts
FROM (SELECT *, hash(importer, hs_normalize(hs_code), origin) % 20 = 0 AS drifts FROM sample_declarations(rows := 200000, seed := 3)) AS l
ANTI JOIN (FROM sample_truth(rows := 200000, seed := 3) WHERE kind NOT IN ('lost_zero', 'name_variant')) USING (declaration_id, item_no)
