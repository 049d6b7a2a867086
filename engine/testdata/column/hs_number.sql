-- x: subheadings and national codes that were stored as integers.
WITH code AS (
	SELECT row_number() OVER (ORDER BY code, edition) - 1 AS n, code FROM ref.hs
	WHERE level = 6 AND edition IN ('HS2017', 'HS2022')
), line AS (
	SELECT hash(i) % (SELECT count(*) FROM code) AS n, hash(i, 1) % 3 AS form FROM range(getvariable('rows')) t(i)
)
SELECT (code || CASE form WHEN 0 THEN '' WHEN 1 THEN '10' ELSE '0010' END)::BIGINT AS x
FROM line JOIN code USING (n)
