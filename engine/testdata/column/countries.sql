-- x: countries as customs files hold them; twenty of them have most of the trade. Of a
-- hundred 75 are alpha-2 codes, 6 alpha-3 codes, 4 numbers, 12 names in English,
-- French or Arabic, some in capitals, 2 are no country and one NULL.
WITH country AS (
	SELECT row_number() OVER (ORDER BY hash(alpha2)) - 1 AS n, * FROM ref.country
), line AS (
	SELECT hash(i, 2) % 100 AS form, hash(i, 3) % 3 AS language,
		CASE hash(i) % 10 WHEN 0 THEN hash(i, 1) % 250 ELSE hash(i, 1) % 20 END AS n
	FROM range(getvariable('rows')) t(i)
)
SELECT CASE
	WHEN form < 75 THEN alpha2
	WHEN form < 81 THEN alpha3
	WHEN form < 85 THEN m49::VARCHAR
	WHEN form < 89 THEN upper(name_en)
	WHEN form < 97 THEN [name_en, name_fr, name_ar][(language + 1)::BIGINT]
	WHEN form < 99 THEN 'n/a'
END AS x
FROM line JOIN country USING (n)
