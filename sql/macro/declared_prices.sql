-- declared_prices(t): Declared lines with the logarithms of their unit values, and numbers for what these are compared by.
--
-- t is the name of a table or view with some or all columns of customs.declaration, as a text. A row has the columns of t,
-- as NULL those that t lacks among the ones that prices need, and
--
--   _code          the digits of hs_code, by hs_normalize
--   _code_number   1 and these digits as a number; _origin, _trader, _pair and _day stand for origin, importer_id or else
--                  importer, that and exporter (0 for none), and the days since 1900-01-01 (0 for no date)
--   _amount        value, where it is a price: above 0 and below 10^15
--   _kilos         net_mass, or else quantity if that is in kilograms, between 10^-9 and 10^15
--   _pieces        quantity, between the same bounds
--   _unit          unit, by unit_normalize, or as it is where that knows none
--   _kilo_price    ln(_amount / _kilos)
--   _piece_price   ln(_amount / _pieces), but for quantities that are the mass again
--
-- What is no number, zero, negative or absurd has no price: NULL. fair_price and valuation_anomalies are made of this.
CREATE OR REPLACE TEMP MACRO declared_prices(t) AS TABLE
WITH _declared AS (
    FROM query_table(t)
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS hs_code, NULL::VARCHAR AS origin, NULL::VARCHAR AS importer, NULL::VARCHAR AS importer_id,
        NULL::VARCHAR AS exporter, NULL::VARCHAR AS unit, NULL::VARCHAR AS currency, NULL::DATE AS declaration_date,
        NULL::DOUBLE AS quantity, NULL::DOUBLE AS net_mass, NULL::DOUBLE AS value, NULL::DOUBLE AS duty_rate, NULL::DOUBLE AS duty
    WHERE false
), _cleaned AS (
    SELECT *,
        hs_normalize(hs_code) AS _code,
        CASE WHEN value > 0 AND value < 1e15 THEN value::DOUBLE END AS _amount,
        coalesce(unit_normalize(unit), unit) AS _unit,
        CASE WHEN quantity > 1e-9 AND quantity < 1e15 THEN quantity::DOUBLE END AS _pieces
    FROM _declared
), _measured AS (
    SELECT *,
        CASE WHEN net_mass > 1e-9 AND net_mass < 1e15 THEN net_mass::DOUBLE WHEN _unit = 'KGM' THEN _pieces END AS _kilos
    FROM _cleaned
)
SELECT *,
    ('1' || _code)::BIGINT AS _code_number,
    (hash(origin) >> 25)::BIGINT AS _origin,
    CASE WHEN importer IS NULL AND importer_id IS NULL THEN 0 ELSE (hash(coalesce(importer_id, importer)) >> 1)::BIGINT END AS _trader,
    CASE WHEN _trader = 0 AND exporter IS NULL THEN 0 ELSE (hash(coalesce(importer_id, importer), exporter) >> 1)::BIGINT END AS _pair,
    coalesce(greatest(declaration_date::DATE - DATE '1900-01-01', 0), 0)::BIGINT AS _day,
    CASE WHEN _code IS NOT NULL THEN ln(_amount / _kilos) END AS _kilo_price,
    CASE
        WHEN _code IS NULL OR _unit IS NULL AND _kilos IS NOT NULL THEN NULL
        WHEN _unit = 'KGM' AND abs(_pieces / _kilos - 1) < 0.01 THEN NULL
        ELSE ln(_amount / _pieces)
    END AS _piece_price
FROM _measured;
