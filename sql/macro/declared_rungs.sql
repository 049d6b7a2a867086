-- declared_rungs(t, as_of := NULL): The ladder of prices of declared lines with numbers for names, as price_ladder computes it.
--
-- t is as for fair_price, which shows the same with names. A row is a rung: level, code_number, origin_number, pair_number,
-- currency, unit, and the struct rung.
CREATE OR REPLACE TEMP MACRO declared_rungs(t, as_of := NULL) AS TABLE
WITH _line AS NOT MATERIALIZED (
    FROM declared_prices(t) WHERE as_of IS NULL OR declaration_date < as_of::DATE
), _price AS (
    SELECT _code, _code_number, _origin * 16777216 + _day AS origin_day, _trader, _pair, currency, 'KGM' AS unit, _kilo_price AS price, ln(_kilos) AS quantity
    FROM _line
    WHERE _kilo_price IS NOT NULL
    UNION ALL
    SELECT _code, _code_number, _origin * 16777216 + _day, _trader, _pair, currency, _unit, _piece_price, ln(_pieces)
    FROM _line
    WHERE _piece_price IS NOT NULL AND _unit IS DISTINCT FROM 'KGM'
), _climbed AS (
    SELECT any_value(currency) AS currency, any_value(unit) AS unit,
        unnest(price_ladder(_code_number, origin_day, _trader, _pair, price, quantity).rungs) AS rung
    FROM _price
    GROUP BY hash(left(_code, 4), currency, unit)
)
SELECT rung.level AS level, rung.code AS code_number, rung.origin AS origin_number, rung.pair AS pair_number, currency, unit, rung
FROM _climbed;
