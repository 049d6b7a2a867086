-- screen.rate: how many lines pay which duty rate, by HS code and origin.
CREATE OR REPLACE TABLE screen.rate AS
SELECT hs_code, origin, duty_rate, count(*) AS n
FROM customs.declaration
WHERE hs_code IS NOT NULL AND duty_rate IS NOT NULL
GROUP BY hs_code, origin, duty_rate;
