-- The first lines of the ranking.
WITH first AS MATERIALIZED (
    SELECT line, score, lane, duty_at_stake, row_number() OVER () AS rank
    FROM (FROM screen.score ORDER BY score DESC, duty_at_stake DESC NULLS LAST, line LIMIT {{limit}})
)
SELECT t.rank, l.declaration_id, l.item_no, l.declaration_date, coalesce(l.importer, l.declarant, l.exporter),
    coalesce(l.hs_code, l.hs_text), coalesce(h.name_en, l.description) AS goods, l.origin, l.amount, l.currency,
    l.unit_value, l.fair_unit_value, l.price_unit, l.like_lines, l.z, t.duty_at_stake,
    t.score, t.lane, coalesce(to_json(r.reasons)::VARCHAR, '[]')
FROM first AS t
JOIN screen.fact AS l ON l.line = t.line
LEFT JOIN (FROM screen.reason WHERE line IN (SELECT line FROM first)) AS r ON r.line = t.line
LEFT JOIN ref.hs_heading AS h ON h.heading = left(l.hs_code, 4)
ORDER BY t.rank
