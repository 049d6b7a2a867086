-- x: countries as countries.sql has them, but for those that are none: functions that
-- refuse what is no country run over such columns.
WITH country AS (
	SELECT row_number() OVER (ORDER BY hash(alpha2)) - 1 AS n, * FROM ref.country
), line AS (
	SELECT hash(i, 2) % 100 AS form, hash(i, 3) % 3 AS language,
		CASE hash(i) % 10 WHEN 0 THEN hash(i, 1) % 250 ELSE hash(i, 1) % 20 END AS n
	FROM range(getvariable('rows')) t(i)
)
SELECT CASE
	WHEN form < 77 THEN alpha2
	WHEN form < 83 THEN alpha3
	WHEN form < 87 THEN m49::VARCHAR
	WHEN form < 91 THEN upper(name_en)
	WHEN form < 99 THEN [name_en, name_fr, name_ar][(language + 1)::BIGINT]
END AS x
FROM line JOIN country USING (n)
