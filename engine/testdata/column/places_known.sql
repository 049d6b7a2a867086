-- x: codes of ports, nine in ten without a blank.
WITH port AS (
	SELECT row_number() OVER (ORDER BY hash(code)) - 1 AS n, code FROM ref.port
), line AS (
	SELECT hash(i, 2) % 10 AS form, CASE hash(i) % 10 WHEN 0 THEN hash(i, 1) % 1600 ELSE hash(i, 1) % 50 END AS n
	FROM range(getvariable('rows')) t(i)
)
SELECT CASE form WHEN 0 THEN code[1:2] || ' ' || code[3:5] ELSE code END AS x FROM line JOIN port USING (n)
