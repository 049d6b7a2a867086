-- screen.finding: what the steps before found, one row for each line with a finding.
--
-- The columns up to scale_from are NULL where the unit value is normal.
CREATE OR REPLACE TABLE screen.finding AS
WITH priced AS (
    SELECT o.line, o.z, o.by_unit,
        exp(o.ln_price) AS unit_value, exp(o.ln_fair_price) AS fair_unit_value, f.unit AS price_unit,
        f.goods AS like_goods, f.level AS price_level, f.n AS like_lines, f.scale_from,
        t.lines AS trader_lines, t.low AS trader_low, t.low_share AS trader_low_share
    FROM screen.outlier AS o
    LEFT JOIN screen.fair_price AS f ON f.key = o.key
    LEFT JOIN screen.trader AS t ON t.trader_key = o.trader_key
)
SELECT line, priced.* EXCLUDE (line),
    u.at_fault, u.factors, u.correction, u.goods AS slip_goods, u.level AS slip_level, u.origin AS slip_origin,
    s.hs_code AS sibling_hs_code, s.usual_rate AS sibling_rate, s.fair_unit_value AS sibling_unit_value, s.evidence AS sibling_evidence,
    r.usual_rate, r.usual_share AS usual_rate_share, r.usual_n AS usual_rate_lines, r.origin_share AS rate_origin_share,
    p.declarations AS split_declarations, p.total AS split_total,
    n.first_date AS new_trader_date
FROM priced
LEFT JOIN screen.unit_slip AS u USING (line)
LEFT JOIN screen.sibling AS s USING (line)
FULL JOIN screen.low_rate AS r USING (line)
FULL JOIN screen.split AS p USING (line)
FULL JOIN screen.new_trader AS n USING (line);
