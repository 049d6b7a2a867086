-- x: ports and airports. Fifty ports have nine in ten of the lines. Of a hundred 60
-- are codes, 10 codes with a blank, 20 names, half of them with the country, 5 IATA
-- codes, 3 names in Arabic and other spellings, 2 no place.
WITH port AS (
	SELECT row_number() OVER (ORDER BY hash(code)) - 1 AS n, code, name, country FROM ref.port
), airport AS (
	SELECT row_number() OVER (ORDER BY hash(code)) - 1 AS m, code AS iata FROM ref.airport LIMIT 100
), spelling AS (
	SELECT row_number() OVER (ORDER BY hash(alias)) - 1 AS k, alias FROM ref.port_alias LIMIT 300
), line AS (
	SELECT hash(i, 2) % 100 AS form, (hash(i, 3) % 100)::BIGINT AS m, (hash(i, 4) % 300)::BIGINT AS k,
		CASE hash(i) % 10 WHEN 0 THEN hash(i, 1) % 1600 ELSE hash(i, 1) % 50 END AS n
	FROM range(getvariable('rows')) t(i)
)
SELECT CASE
	WHEN form < 60 THEN code
	WHEN form < 70 THEN code[1:2] || ' ' || code[3:5]
	WHEN form < 80 THEN name
	WHEN form < 90 THEN name || ', ' || country
	WHEN form < 95 THEN iata
	WHEN form < 98 THEN alias
	ELSE 'various ports'
END AS x
FROM line JOIN port USING (n) JOIN airport USING (m) JOIN spelling USING (k)
