-- customs.conversion: Rates into the reporting currency, from customs.exchange_rate: as they stand, turned round, or by way of a third currency.
--
-- rate is exact and there only for rates as they stand; factor is there for all.
CREATE OR REPLACE VIEW customs.conversion AS
WITH given AS (
    SELECT e.currency, e.rate_date, e.rate, coalesce(e.base, s.value) AS base, s.value AS reporting
    FROM customs.exchange_rate AS e CROSS JOIN (FROM customs.setting WHERE name = 'reporting_currency') AS s
    WHERE e.rate > 0 AND s.value IS NOT NULL
), direct AS (
    SELECT currency, rate_date, rate, rate::DOUBLE AS factor FROM given WHERE base = reporting
    UNION ALL
    SELECT base, rate_date, NULL, 1 / rate::DOUBLE FROM given WHERE currency = reporting AND base <> reporting
), crossed AS (
    SELECT g.currency, g.rate_date, NULL::DECIMAL(18, 8) AS rate, g.rate::DOUBLE * d.factor AS factor
    FROM given AS g ASOF JOIN direct AS d ON g.base = d.currency AND g.rate_date >= d.rate_date
    WHERE g.base <> g.reporting AND g.currency <> g.reporting
)
SELECT currency, rate_date, max(rate) AS rate, any_value(factor ORDER BY rate NULLS LAST) AS factor
FROM (FROM direct UNION ALL SELECT * FROM crossed WHERE (currency, rate_date) NOT IN (SELECT (currency, rate_date) FROM direct))
GROUP BY currency, rate_date;
