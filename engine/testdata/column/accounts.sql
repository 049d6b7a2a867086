-- x: account numbers of five countries, each row another, with random check digits;
-- one in ten is in groups of four.
WITH account AS (
	SELECT i, hash(i) % 5 AS country, printf('%02d', (hash(i, 1) % 100)::BIGINT) AS checks,
		printf('%018d', (hash(i, 2) % 1000000000000000000)::BIGINT) AS digits
	FROM range(getvariable('rows')) t(i)
), text AS (
	SELECT i, CASE country
		WHEN 0 THEN 'AE' || checks || '0' || digits
		WHEN 1 THEN 'SA' || checks || '80' || digits
		WHEN 2 THEN 'DE' || checks || digits
		WHEN 3 THEN 'KW' || checks || 'CBKU' || digits || '0000'
		ELSE 'GB' || checks || 'NWBK' || digits[1:14]
	END AS iban
	FROM account
)
SELECT CASE WHEN hash(i, 3) % 10 = 0
	THEN concat_ws(' ', iban[1:4], iban[5:8], iban[9:12], iban[13:16], iban[17:20], iban[21:])
	ELSE iban
END AS x FROM text
