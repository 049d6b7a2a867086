-- screen.price_trader: how many lines each trader has in each group of like goods.
CREATE OR REPLACE TABLE screen.price_trader AS
SELECT key, trader_key, any_value(line) AS line, any_value(by_mass) AS by_mass, count(*) AS n
FROM screen.price
GROUP BY key, trader_key;
