-- screen.fact: all that the strength of an indicator can depend on, one row a declared line.
--
-- The columns of customs.declaration, and those of screen.finding and
-- screen.coverage. expected_value is the fair price times the quantity, once a
-- unit mistake is corrected, and gap what the declared value falls short of it;
-- duty_at_stake is the duty on that. All three are NULL where the unit value is
-- normal.
CREATE OR REPLACE VIEW screen.fact AS
WITH joined AS (
    SELECT d.*,
        d.rowid AS line,
        d.value::DOUBLE AS amount,
        f.line IS NOT NULL AS found,
        f.* EXCLUDE (line),
        CASE WHEN f.line IS NOT NULL THEN
            f.fair_unit_value
                * CASE WHEN f.by_unit THEN d.quantity ELSE d.net_mass END
                * CASE WHEN f.at_fault = CASE WHEN f.by_unit THEN 'quantity' ELSE 'mass' END THEN f.correction ELSE 1 END
        END AS expected_value,
        CASE WHEN f.at_fault = 'value' THEN f.correction ELSE 1 END AS value_correction,
        coalesce(d.duty_rate, 100 * d.duty::DOUBLE / nullif(d.value::DOUBLE, 0)) AS rate,
        c.has_hs_code, c.has_origin, c.has_net_mass, c.has_quantity, c.has_value
    FROM customs.declaration AS d
    LEFT JOIN screen.finding AS f ON f.line = d.rowid
    CROSS JOIN screen.coverage AS c
), compared AS (
    SELECT *, CASE WHEN found THEN expected_value - amount * value_correction END AS gap
    FROM joined
)
SELECT *, CASE WHEN found THEN greatest(gap, 0) * rate / 100 END AS duty_at_stake
FROM compared;
