-- x: numbers of air waybills, each row another, with a random check digit; one in ten
-- has another form, one in fifty is none.
SELECT CASE
	WHEN hash(i) % 50 = 0 THEN 'by sea'
	WHEN hash(i) % 20 = 1 THEN printf('176 %04d %04d', (hash(i, 1) % 10000)::BIGINT, (hash(i, 2) % 10000)::BIGINT)
	WHEN hash(i) % 20 = 2 THEN printf('AWB 607-%08d', (hash(i, 1) % 100000000)::BIGINT)
	ELSE printf('%03d-%08d', (hash(i, 2) % 999)::BIGINT + 1, (hash(i, 1) % 100000000)::BIGINT)
END AS x FROM range(getvariable('rows')) t(i)
