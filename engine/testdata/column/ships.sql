-- x: numbers of ships, each row another, with a random check digit; one in ten has
-- IMO before it, one in fifty is none.
SELECT CASE
	WHEN hash(i) % 50 = 0 THEN 'unknown'
	WHEN hash(i) % 10 = 1 THEN 'IMO ' || (9000000 + hash(i, 1) % 1000000)
	ELSE (9000000 + hash(i, 1) % 1000000)::VARCHAR
END AS x FROM range(getvariable('rows')) t(i)
