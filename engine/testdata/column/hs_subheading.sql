-- x: subheadings of HS2017 as six digits.
WITH code AS (
	SELECT row_number() OVER (ORDER BY code) - 1 AS n, code FROM ref.hs WHERE level = 6 AND edition = 'HS2017'
), line AS (
	SELECT hash(i) % (SELECT count(*) FROM code) AS n FROM range(getvariable('rows')) t(i)
)
SELECT code AS x FROM line JOIN code USING (n)
