-- screen.reason: for each line with a score its reasons in words, and the points of each indicator.
--
-- Points and reasons are written when they are read: a query for fifty lines
-- costs fifty lists. reasons and indicators are in the order of the points.
CREATE OR REPLACE VIEW screen.reason AS
WITH scored AS MATERIALIZED (
    SELECT f.*
    FROM screen.fact AS f JOIN screen.score AS s ON s.line = f.line
    WHERE s.score > 0
), pointed AS (
    SELECT *, {{points}} AS points
    FROM scored
), listed AS (
    SELECT line, points, list_sort(list_filter([{{reasons}}], lambda entry: entry.points < 0)) AS entries
    FROM pointed
)
SELECT line, points,
    list_transform(entries, lambda entry: entry.indicator || ' ' || format('{:.1f}', -entry.points)) AS indicators,
    list_transform(entries, lambda entry: entry.reason) AS reasons
FROM listed;
