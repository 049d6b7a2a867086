-- screen.low_rate: the lines with a rate below the usual one of their HS code that their origin doesn't explain.
--
-- Either most lines of the origin pay another rate, or the goods came from elsewhere.
-- origin_share is the share of that rate among the lines of the code and origin.
CREATE OR REPLACE TABLE screen.low_rate AS
WITH low AS (
    SELECT r.hs_code, r.origin, r.duty_rate, u.usual_rate, u.share AS usual_share, u.n AS usual_n,
        r.n / sum(r.n) OVER (PARTITION BY r.hs_code, r.origin) AS origin_share
    FROM screen.rate AS r JOIN screen.usual_rate AS u USING (hs_code)
    WHERE u.n > {{group_above}} AND u.share >= {{rate_share}}
    QUALIFY r.duty_rate < u.usual_rate - 0.01
)
SELECT d.rowid AS line, low.usual_rate, low.usual_share, low.usual_n, low.origin_share
FROM customs.declaration AS d JOIN low
    ON low.hs_code = d.hs_code AND low.origin IS NOT DISTINCT FROM d.origin AND low.duty_rate = d.duty_rate
WHERE low.origin_share < 0.5 OR d.origin <> d.departure;
