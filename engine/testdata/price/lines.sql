-- 900 lines of 3 codes, 3 origins and 14 traders over three years, with prices that look random. Three lines have no price.
SELECT 'D' || i // 2 AS declaration_id, 1 + i % 2 AS item_no, DATE '2022-01-10' + (i * 1093 // 900)::INTEGER AS declaration_date,
    'T' || ((hash(i, 1) % 14) * (hash(i, 1) % 14)) // 14 AS importer, ['610910', '610990', '870323'][(1 + hash(i, 2) % 3)::BIGINT] AS hs_code,
    [NULL, 'CN', 'IN'][(1 + hash(i, 3) % 3)::BIGINT] AS origin, CASE WHEN i IN (5, 77) THEN 0 ELSE 10 + hash(i, 4) % 90 END AS net_mass,
    CASE WHEN i = 300 THEN NULL ELSE net_mass * exp((hash(i, 5) % 1000) / 3000) * (1 + (hash(importer, hs_code) % 7) / 10)
        * CASE WHEN importer = 'T1' AND declaration_date >= DATE '2024-01-01' THEN 0.4 ELSE 1 END END AS value,
    'AED' AS currency, 5 AS duty_rate
FROM range(900) t(i)
