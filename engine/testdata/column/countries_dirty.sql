-- x: all names of countries that are known, in equal shares, as nobody has
-- cleaned them: in capitals, in small letters, with blanks and marks around
-- them, with other punctuation; one in twenty is no country.
WITH spelling AS (
	SELECT row_number() OVER (ORDER BY hash(alias)) - 1 AS n, alias FROM ref.country_alias
), line AS (
	SELECT (hash(i) % (SELECT count(*) FROM spelling))::BIGINT AS n, hash(i, 1) % 20 AS form FROM range(getvariable('rows')) t(i)
)
SELECT CASE
	WHEN form < 5 THEN alias
	WHEN form < 9 THEN upper(alias)
	WHEN form < 11 THEN lower(alias)
	WHEN form < 13 THEN ' ' || alias || ' '
	WHEN form < 15 THEN alias || '.'
	WHEN form < 17 THEN replace(alias, ' ', '  ')
	WHEN form < 19 THEN replace(replace(alias, '-', ' '), ',', ' -')
	ELSE alias || ' unknown'
END AS x
FROM line JOIN spelling USING (n)
