-- x: codes of currencies in use, nine in ten in capitals.
WITH currency AS (
	SELECT row_number() OVER (ORDER BY hash(code)) - 1 AS n, code FROM ref.currency WHERE status = 'current'
), line AS (
	SELECT hash(i, 2) % 10 AS form, CASE hash(i) % 10 WHEN 0 THEN hash(i, 1) % 150 ELSE hash(i, 1) % 12 END AS n
	FROM range(getvariable('rows')) t(i)
)
SELECT CASE form WHEN 0 THEN lower(code) ELSE code END AS x FROM line JOIN currency USING (n)
