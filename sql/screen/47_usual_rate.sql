-- screen.usual_rate: the duty rate that most lines of an HS code pay, and its share of them.
CREATE OR REPLACE TABLE screen.usual_rate AS
WITH summed AS (
    SELECT hs_code, duty_rate, sum(n)::BIGINT AS n
    FROM screen.rate
    GROUP BY hs_code, duty_rate
)
SELECT hs_code, arg_max(duty_rate, {n: n, rate: duty_rate}) AS usual_rate, max(n) / sum(n) AS share, sum(n)::BIGINT AS n
FROM summed
GROUP BY hs_code;
