-- screen.line: every declared line with its unit value, fair price, score, lane, reasons and points.
--
-- Points and reasons are written when they are read, the reasons in the order
-- of their points: a query for the first fifty lines costs fifty lists. Where
-- the score is 0 there are none. A row
-- of customs.declaration that was added since the screening, or has taken the
-- place of a deleted one, is not shown until the next screening.
CREATE OR REPLACE VIEW screen.line AS
WITH compared AS (
    SELECT f.* EXCLUDE (found, z, key, by_unit, ln_price, ln_fair_price, expected_value, value_correction, gap, rate),
        s.score, s.lane, m.z, m.mass_z, m.unit_z,
        coalesce(f.importer, f.declarant, f.exporter) AS trader,
        p.unit AS price_unit, p.goods AS like_goods, p.level AS price_level, p.n AS like_lines, p.spread AS scale, p.scale_from,
        exp(m.ln_price) AS unit_value,
        exp(m.ln_fair_price) AS fair_unit_value,
        exp(m.ln_fair_price) * CASE WHEN m.by_unit THEN f.quantity ELSE f.net_mass END AS usual_value,
        coalesce(f.expected_value, usual_value) AS expected_value,
        coalesce(f.gap, usual_value - f.amount) AS gap,
        f.rate
    FROM screen.fact AS f
    JOIN screen.score AS s ON s.line = f.line AND s.row_hash = hash(f.declaration_id, f.item_no, f.source_row)
    LEFT JOIN screen.measure AS m ON m.line = f.line
    LEFT JOIN screen.fair_price AS p ON p.key = m.key
), pointed AS (
    SELECT *, CASE WHEN score > 0 THEN {{points}} END AS points
    FROM compared
)
SELECT line, declaration_id, item_no, declaration_date, office, procedure, transport_mode, declarant, importer, exporter,
    trader, amount, hs_code, hs_text, description, origin, departure, port, quantity, unit, net_mass, gross_mass,
    value, currency, duty_rate, duty, extra, source_file, source_row,
    price_unit, unit_value, fair_unit_value, price_level, like_goods, like_lines, scale, scale_from, z, mass_z, unit_z,
    expected_value, gap, duty_at_stake, score, lane, points,
    CASE WHEN score > 0 THEN list_transform(list_sort(list_filter([{{reasons}}],
        lambda reason: reason.points < 0)), lambda reason: reason.reason)
    ELSE [] END AS reasons
FROM pointed;
