-- x: tariff codes as customs files hold them. Subheadings of HS2022 and HS2017,
-- most with a national suffix; of a hundred 70 are plain digits, 16 dotted, 10
-- integers whose lost zero shows in chapters 01 to 09, 2 have a label or words, one
-- is no code and one NULL.
WITH code AS (
	SELECT row_number() OVER (ORDER BY code, edition) - 1 AS n, code AS hs FROM ref.hs
	WHERE level = 6 AND edition IN ('HS2017', 'HS2022')
), line AS (
	SELECT hash(i) % (SELECT count(*) FROM code) AS n, printf('%04d', hash(i, 1) % 100 * 100) AS suffix, hash(i, 2) % 100 AS form
	FROM range(getvariable('rows')) t(i)
)
SELECT CASE
	WHEN form < 30 THEN hs
	WHEN form < 50 THEN hs || suffix[1:2]
	WHEN form < 70 THEN hs || suffix
	WHEN form < 80 THEN hs[1:4] || '.' || hs[5:6]
	WHEN form < 86 THEN hs[1:4] || '.' || hs[5:6] || '.' || suffix[1:2]
	WHEN form < 96 THEN hs::BIGINT::VARCHAR
	WHEN form < 97 THEN 'HS ' || hs[1:4] || '.' || hs[5:6]
	WHEN form < 98 THEN hs || ' - other goods'
	WHEN form < 99 THEN 'see the invoice'
END AS x
FROM line JOIN code USING (n)
