-- x: numbers of containers, each row another, with a random check digit; one in
-- ten has blanks and a dash, one in fifty is none.
SELECT CASE hash(i) % 50
	WHEN 0 THEN 'not packed'
	WHEN 1 THEN printf('MSKU %06d-%d', (hash(i, 1) % 1000000)::BIGINT, (hash(i, 2) % 10)::BIGINT)
	WHEN 2 THEN printf('tcnu %07d', (hash(i, 1) % 10000000)::BIGINT)
	WHEN 3 THEN printf('CMAU %07d', (hash(i, 1) % 10000000)::BIGINT)
	WHEN 4 THEN printf('HLXU-%07d', (hash(i, 1) % 10000000)::BIGINT)
	WHEN 5 THEN printf('OOLU %06d/%d', (hash(i, 1) % 1000000)::BIGINT, (hash(i, 2) % 10)::BIGINT)
	ELSE printf('%s%07d', ['MSKU', 'TCNU', 'CMAU', 'HLXU', 'OOLU'][(hash(i, 3) % 5)::BIGINT + 1], (hash(i, 1) % 10000000)::BIGINT)
END AS x FROM range(getvariable('rows')) t(i)
