-- Every line in the order of the ranking, for a file.
--
-- The order is found on narrow rows first, and the numbers are rounded to what
-- they can mean: half the time goes into writing digits.
WITH ranked AS (
    SELECT line, score, lane, row_number() OVER () AS rank
    FROM (FROM screen.score ORDER BY score DESC, duty_at_stake DESC NULLS LAST, line)
)
SELECT r.rank, round(r.score, 1) AS score, r.lane, {{reasons}} AS reasons,
    l.declaration_id, l.item_no, l.declaration_date, l.office, l.procedure, l.transport_mode,
    l.declarant, l.importer, l.exporter, l.hs_code, l.hs_text, coalesce(h.name_en, l.description) AS goods, l.description,
    l.origin, l.departure, l.port, l.quantity, l.unit, l.net_mass, l.gross_mass, l.value, l.currency, l.duty_rate, l.duty,
    round(exp(m.ln_price), 4) AS unit_value, round(exp(m.ln_fair_price), 4) AS fair_unit_value, p.unit AS price_unit, p.level AS price_level, p.n AS like_lines,
    round(m.z, 2) AS z,
    round(coalesce(l.expected_value, exp(m.ln_fair_price) * CASE WHEN m.by_unit THEN l.quantity ELSE l.net_mass END), 2) AS expected_value,
    round(l.gap, 2) AS gap, round(l.duty_at_stake, 2) AS duty_at_stake,
    l.extra, l.source_file, l.source_row, {{indicators}} AS indicators
FROM ranked AS r
JOIN screen.fact AS l ON l.line = r.line
LEFT JOIN screen.measure AS m ON m.line = r.line
LEFT JOIN screen.fair_price AS p ON p.key = m.key
LEFT JOIN screen.reason AS w ON w.line = r.line
LEFT JOIN ref.hs_heading AS h ON h.heading = left(l.hs_code, 4)
ORDER BY r.rank
