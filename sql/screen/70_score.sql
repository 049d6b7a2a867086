-- screen.score: the sum of the points of all indicators, at most 100, and the lane.
--
-- The indicators are the files in sql/rule: the strength from 0 to 1 that they
-- find in a line, times their weight, gives the points. screen.line shows them
-- one by one. row_hash tells whether the row of a line is still the same.
CREATE OR REPLACE TABLE screen.score AS
WITH pointed AS (
    SELECT line, declaration_id, item_no, source_row, duty_at_stake,
        {{line_points}}
        + CASE WHEN found THEN {{finding_points}} ELSE 0 END AS points
    FROM screen.fact
), capped AS (
    SELECT *, least(100, round(points, 1))::FLOAT AS score
    FROM pointed
)
SELECT line,
    hash(declaration_id, item_no, source_row) AS row_hash,
    score,
    CASE
        WHEN score >= {{lane_red}} THEN 'red'
        WHEN score >= {{lane_yellow}} THEN 'yellow'
        WHEN score >= {{lane_blue}} THEN 'blue'
        ELSE 'green'
    END AS lane,
    duty_at_stake
FROM capped;
