-- x: units as customs files of several senders hold them: four in ten are kilograms in
-- one of five spellings, three are pieces, the rest all spellings that are known and,
-- one in fifty, what is no unit.
WITH spelling AS (
	SELECT row_number() OVER (ORDER BY hash(alias)) - 1 AS n, alias FROM ref.unit_alias
), line AS (
	SELECT hash(i) % 50 AS form, (hash(i, 1) % 5)::BIGINT AS few, (hash(i, 2) % (SELECT count(*) FROM spelling))::BIGINT AS n
	FROM range(getvariable('rows')) t(i)
)
SELECT CASE
	WHEN form < 20 THEN ['KGM', 'KG', 'KGS', 'Kg.', 'كجم'][few + 1]
	WHEN form < 35 THEN ['U', 'PCS', 'NMB', 'No.', 'عدد'][few + 1]
	WHEN form < 49 THEN alias
	ELSE 'see list'
END AS x
FROM line JOIN spelling USING (n)
