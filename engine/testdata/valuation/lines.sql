SELECT 'D' || (i // 4) AS declaration_id, (i % 4 + 1)::INTEGER AS item_no, DATE '2023-01-01' + (i * 730 // ROWS)::INTEGER AS declaration_date,
	'Trader ' || (hash(i + 1e12::BIGINT) % 20000) AS importer, printf('%08d', 1010000 + k // 4 * 78000 + k % 4 * 10) AS hs_code,
	chr((65 + o)::INTEGER) AS origin, 'KGM' AS unit, exp(2 + 2 * u) AS quantity, quantity AS net_mass,
	(quantity * exp(hash(k) % 1000 / 200.0 + 0.3 * sqrt(-2 * ln(1e-9 + v)) * cos(2 * pi() * w)))::DECIMAL(18, 4) AS value,
	'AED' AS currency, (hash(k) % 4 * 5)::DOUBLE AS duty_rate
FROM (SELECT i, (hash(i) % 5000)::BIGINT AS k, hash(i + 2e12::BIGINT) % 20 AS o, hash(i + 3e12::BIGINT) % 1000 / 1000.0 AS u,
	hash(i + 4e12::BIGINT) % 1000000 / 1e6 AS v, hash(i + 5e12::BIGINT) % 1000000 / 1e6 AS w FROM range(ROWS) t(i))
