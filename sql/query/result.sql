-- Every line in the order of the ranking, for a file.
SELECT row_number() OVER () AS rank, *
FROM (
    SELECT l.score, l.lane, {{reasons}} AS reasons, l.* EXCLUDE (line, amount, score, lane, reasons, points), {{goods}} AS goods, {{points}} AS points
    FROM screen.line AS l {{headings}}
    ORDER BY l.score DESC, l.duty_at_stake DESC NULLS LAST, l.line
)
