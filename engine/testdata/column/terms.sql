-- x: terms of delivery. Of a hundred 70 are codes, 15 codes with one of a thousand
-- places, 13 other spellings that are known and 2 no term.
WITH spelling AS (
	SELECT row_number() OVER (ORDER BY hash(alias)) - 1 AS n, alias FROM ref.incoterm_alias
), line AS (
	SELECT i, hash(i) % 100 AS form, (hash(i, 1) % 8)::BIGINT AS few, (hash(i, 2) % (SELECT count(*) FROM spelling))::BIGINT AS n
	FROM range(getvariable('rows')) t(i)
), place AS (
	SELECT *, ['CIF', 'FOB', 'EXW', 'CFR', 'DAP', 'FCA', 'CPT', 'DDU'][few + 1] AS code, hash(i, 3) % 1000 AS door FROM line
)
SELECT CASE
	WHEN form < 70 THEN code
	WHEN form < 85 THEN code || ' Jebel Ali gate ' || door
	WHEN form < 98 THEN alias
	ELSE 'see invoice'
END AS x
FROM place JOIN spelling USING (n)
