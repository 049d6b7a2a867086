-- screen.line: every declared line with its unit value, fair price, score, lane, reasons and points.
--
-- duty_at_stake is there where the unit value is an outlier: what is missing
-- within the usual spread of prices is not at stake. points are NULL where the
-- score is 0. A row of customs.declaration that was added since the screening,
-- or has taken the place of a deleted one, is not shown until the next one.
CREATE OR REPLACE VIEW screen.line AS
SELECT f.line, f.declaration_id, f.item_no, f.declaration_date, f.office, f.procedure, f.transport_mode,
    f.declarant, f.importer, f.exporter, coalesce(f.importer, f.declarant, f.exporter) AS trader,
    f.hs_code, f.hs_text, f.description, f.origin, f.departure, f.port, f.quantity, f.unit, f.net_mass, f.gross_mass,
    f.value, f.amount, f.currency, f.duty_rate, f.duty, f.extra, f.source_file, f.source_row,
    p.unit AS price_unit,
    exp(m.ln_price) AS unit_value,
    exp(m.ln_fair_price) AS fair_unit_value,
    p.level AS price_level, p.goods AS like_goods, p.n AS like_lines, p.spread AS scale, p.scale_from,
    m.z, m.mass_z, m.unit_z,
    coalesce(f.expected_value, exp(m.ln_fair_price) * CASE WHEN m.by_unit THEN f.quantity ELSE f.net_mass END) AS expected_value,
    coalesce(f.gap, exp(m.ln_fair_price) * CASE WHEN m.by_unit THEN f.quantity ELSE f.net_mass END - f.amount) AS gap,
    f.duty_at_stake, s.score, s.lane, r.points, coalesce(r.reasons, []) AS reasons
FROM screen.fact AS f
JOIN screen.score AS s ON s.line = f.line AND s.row_hash = hash(f.declaration_id, f.item_no, f.source_row)
LEFT JOIN screen.measure AS m ON m.line = f.line
LEFT JOIN screen.fair_price AS p ON p.key = m.key
LEFT JOIN screen.reason AS r ON r.line = f.line;
