-- x: maritime identities, each row another, of ships of 100 flags and others; one in
-- fifty is none.
SELECT CASE WHEN hash(i) % 50 = 0 THEN 'unknown' ELSE (470000000 + hash(i, 1) % 100000000)::VARCHAR END AS x
FROM range(getvariable('rows')) t(i)
