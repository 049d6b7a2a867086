-- customs.money: The amounts of declared lines in the reporting currency, with the rate and its date; NULL where reason says why.
--
-- The reporting currency is a row of customs.setting, the rates are rows of customs.exchange_rate. A rate holds from its day
-- until the next: a line is converted by the last one on or before its declaration_date. Amounts are rounded to four
-- decimals, half away from zero. invoice_value is converted from invoice_currency, all else from currency.
CREATE OR REPLACE VIEW customs.money AS
WITH line AS (
    SELECT d.declaration_id, d.item_no, d.declaration_date, d.source_id, d.source_row, d.currency, d.invoice_currency,
        d.value, d.fob_value, d.freight, d.insurance, d.duty, d.vat, d.excise, d.total_tax, d.invoice_value,
        s.value AS reporting_currency
    FROM customs.declaration AS d LEFT JOIN customs.setting AS s ON s.name = 'reporting_currency'
), rated AS (
    SELECT l.*, r.rate_date,
        CASE WHEN l.currency = l.reporting_currency THEN 1::DECIMAL(18, 8) ELSE r.rate END AS rate,
        CASE WHEN l.currency = l.reporting_currency THEN 1 ELSE r.factor END AS factor
    FROM line AS l ASOF LEFT JOIN customs.conversion AS r ON l.currency = r.currency AND l.declaration_date >= r.rate_date
), both_rated AS (
    SELECT l.*,
        CASE WHEN l.invoice_currency = l.reporting_currency THEN 1::DECIMAL(18, 8) ELSE r.rate END AS invoice_rate,
        CASE WHEN l.invoice_currency = l.reporting_currency THEN 1 ELSE r.factor END AS invoice_factor
    FROM rated AS l ASOF LEFT JOIN customs.conversion AS r ON l.invoice_currency = r.currency AND l.declaration_date >= r.rate_date
)
SELECT declaration_id, item_no, declaration_date, source_id, source_row, currency, reporting_currency, factor AS rate, rate_date,
    converted(value, rate, factor) AS value,
    converted(fob_value, rate, factor) AS fob_value,
    converted(freight, rate, factor) AS freight,
    converted(insurance, rate, factor) AS insurance,
    converted(duty, rate, factor) AS duty,
    converted(vat, rate, factor) AS vat,
    converted(excise, rate, factor) AS excise,
    converted(total_tax, rate, factor) AS total_tax,
    converted(invoice_value, invoice_rate, invoice_factor) AS invoice_value,
    CASE
        WHEN factor IS NOT NULL THEN NULL
        WHEN reporting_currency IS NULL THEN 'no reporting currency is set: UPDATE customs.setting SET value = ''AED'' WHERE name = ''reporting_currency'''
        WHEN currency IS NULL THEN 'the line has no currency'
        WHEN declaration_date IS NULL THEN 'the line has no date to look up a rate by'
        ELSE 'customs.exchange_rate has no rate from ' || currency || ' to ' || reporting_currency || ' on or before ' || declaration_date
    END AS reason
FROM both_rated;
