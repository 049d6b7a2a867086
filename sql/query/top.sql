-- The first lines of the ranking, and their number in all.
SELECT
    row_number() OVER (ORDER BY l.score DESC, l.duty_at_stake DESC NULLS LAST, l.line) AS rank,
    l.declaration_id, l.item_no, l.declaration_date, l.trader, coalesce(l.hs_code, l.hs_text), {{goods}} AS goods, l.origin,
    l.amount, l.currency, l.unit_value, l.fair_unit_value, l.price_unit, l.like_lines, l.z, l.duty_at_stake,
    l.score, l.lane, to_json(l.reasons)::VARCHAR
FROM (
    FROM screen.line
    WHERE line IN (SELECT line FROM screen.score ORDER BY score DESC, duty_at_stake DESC NULLS LAST, line LIMIT {{limit}})
) AS l {{headings}}
ORDER BY rank;
