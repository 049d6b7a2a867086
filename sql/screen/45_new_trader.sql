-- screen.new_trader: the lines of traders that had not declared before, although there are data from before.
CREATE OR REPLACE TABLE screen.new_trader AS
SELECT d.rowid AS line, t.first_date
FROM customs.declaration AS d JOIN screen.trader AS t USING (importer)
WHERE t.first_date >= (SELECT first_date + {{new_trader_history}}::INTEGER FROM screen.coverage)
    AND d.declaration_date <= t.first_date + {{new_trader_days}}::INTEGER;
