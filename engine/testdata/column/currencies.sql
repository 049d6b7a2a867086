-- x: currencies as customs files hold them. Of a hundred 84 are codes, 5 codes in
-- small letters, 3 numbers, 6 names or symbols, one is ambiguous and one NULL.
WITH currency AS (
	SELECT row_number() OVER (ORDER BY hash(code)) - 1 AS n, code, numeric FROM ref.currency WHERE status = 'current'
), spelling AS (
	SELECT row_number() OVER (ORDER BY hash(alias)) - 1 AS m, alias FROM ref.currency_alias
), line AS (
	SELECT hash(i, 2) % 100 AS form, (hash(i, 3) % (SELECT count(*) FROM spelling))::BIGINT AS m,
		CASE hash(i) % 10 WHEN 0 THEN hash(i, 1) % 150 ELSE hash(i, 1) % 12 END AS n
	FROM range(getvariable('rows')) t(i)
)
SELECT CASE
	WHEN form < 84 THEN code
	WHEN form < 89 THEN lower(code)
	WHEN form < 92 THEN numeric
	WHEN form < 98 THEN alias
	WHEN form < 99 THEN '$'
END AS x
FROM line JOIN currency USING (n) JOIN spelling USING (m)
