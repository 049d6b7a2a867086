-- priced_lines(t, caller := 'priced_lines', trader := 'importer', per := 'unit', needs := []::VARCHAR[]): Declared lines with their unit value and the trader that a column names, in the form in which the macros on prices compare them.
--
-- t is the name of a table or view with columns of customs.declaration, as a text: priced_lines('customs.declaration'). hs_code,
-- value and the column trader must be there, and those of the list needs; others that it lacks are NULL. An error about a
-- missing column begins with caller. The code is read by hs_normalize, so that 8703.23.19 is 87032319.
--
-- unit_value is value / amount in the currency of the line. With per := 'mass' the amount is the net mass in kilograms, or,
-- where that is not above zero, a quantity in a unit of mass, converted. With per := 'unit' it is the quantity in its unit, and
-- the mass where that is no price: a unit of mass, or no unit. basis says which it is: KGM or a unit of UN Rec 20. goods is a
-- number that lines share which may be compared: those of one code, basis and currency.
--
-- ln_price is ln unit_value. Both are NULL where there is no price: no code, or a value or amount that is zero, negative, NaN
-- or missing, below 1e-9 or above 1e15. There is a row for each line of t.
--
-- Example: WITH goods AS (SELECT '8703.23.19' AS hs_code, 600 AS value, 'A' AS importer, 2 AS quantity, 'TNE' AS unit) SELECT unit_value || ' ' || basis FROM priced_lines('goods') → 0.3 KGM
CREATE OR REPLACE TEMP MACRO priced_lines(t, caller := 'priced_lines', trader := 'importer', per := 'unit', needs := []::VARCHAR[]) AS TABLE
WITH declared AS NOT MATERIALIZED (
    FROM query_table({{t}})
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS declaration_id, NULL::INTEGER AS item_no, NULL::DATE AS declaration_date, NULL::VARCHAR AS hs_code,
        NULL::VARCHAR AS origin, NULL::DOUBLE AS quantity, NULL::VARCHAR AS unit, NULL::DOUBLE AS net_mass,
        NULL::DOUBLE AS value, NULL::VARCHAR AS currency, NULL::DOUBLE AS duty_rate, NULL::DOUBLE AS duty
    WHERE false
    UNION ALL BY NAME
    FROM query('SELECT NULL::VARCHAR AS "' || replace({{trader}}, '"', '""') || '" WHERE false')
), spelled AS NOT MATERIALIZED (
    SELECT declaration_id::VARCHAR AS declaration_id, item_no, origin::VARCHAR AS origin, currency::VARCHAR AS currency,
        -- Where a column is missing, so that it is NULL throughout, DuckDB must not take the check for superfluous.
        CASE WHEN sound THEN TRY_CAST(declaration_date AS DATE) ELSE DATE '1970-01-01' END AS declaration_date,
        CASE WHEN sound THEN hs_normalize(hs_code::VARCHAR) ELSE '' END AS hs_code,
        CASE WHEN sound THEN TRY_CAST(value AS DOUBLE) ELSE 0 END AS value,
        CASE WHEN sound THEN TRY_CAST(duty_rate AS DOUBLE) ELSE 0 END AS duty_rate, TRY_CAST(duty AS DOUBLE) AS duty,
        TRY_CAST(quantity AS DOUBLE) AS quantity, TRY_CAST(net_mass AS DOUBLE) AS net_mass,
        unit_normalize(unit::VARCHAR) AS known_unit, coalesce(known_unit, unit::VARCHAR) AS any_unit,
        CASE WHEN sound THEN COLUMNS(c -> lower(c) = lower({{trader}}))::VARCHAR ELSE '' END AS party
    FROM declared, (SELECT require_columns({{t}}, {{caller}}, ['hs_code', 'value', lower({{trader}})] || {{needs}}) AS sound)
), measured AS NOT MATERIALIZED (
    SELECT *, unit_dimension(known_unit) IS NOT DISTINCT FROM 'mass' AS is_mass,
        {{per}} <> 'mass' AND any_unit IS NOT NULL AND NOT is_mass AND quantity BETWEEN 1e-9 AND 1e15 AS by_unit,
        CASE WHEN by_unit THEN quantity WHEN net_mass BETWEEN 1e-9 AND 1e15 THEN net_mass
            WHEN is_mass THEN unit_convert(quantity, known_unit, 'KGM') END AS measure
    FROM spelled
)
SELECT declaration_id, item_no, declaration_date, party AS trader, hs_code, origin, currency, value,
    coalesce(duty_rate, 100 * duty / nullif(value, 0)) AS duty_rate,
    CASE WHEN by_unit THEN any_unit ELSE 'KGM' END AS basis,
    CASE WHEN measure BETWEEN 1e-9 AND 1e15 THEN measure END AS amount,
    CASE WHEN hs_code IS NOT NULL AND value BETWEEN 1e-9 AND 1e15 THEN unit_value(value, amount) END AS unit_value,
    ln(unit_value) AS ln_price,
    hash(hs_code, basis, currency) AS goods
FROM measured;
