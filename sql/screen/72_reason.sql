-- screen.reason: for each line with a score its reasons in words, and the points of each indicator.
--
-- Points and reasons are written when they are read, the reasons in the order
-- of their points: a query for fifty lines costs fifty lists.
CREATE OR REPLACE VIEW screen.reason AS
WITH scored AS MATERIALIZED (
    SELECT f.*
    FROM screen.fact AS f JOIN screen.score AS s ON s.line = f.line
    WHERE s.score > 0
), pointed AS (
    SELECT *, {{points}} AS points
    FROM scored
)
SELECT line, points,
    list_transform(list_sort(list_filter([{{reasons}}],
        lambda reason: reason.points < 0)), lambda reason: reason.reason) AS reasons
FROM pointed;
