-- quality.rule: the rules of data_quality, one row each.
--
-- tested and fails are SQL over one row of the declarations: a row counts where
-- tested holds, and fails where fails holds too. With scope 'table' they are
-- aggregates over all rows: how many count, and how many fail. example is shown
-- of rows that fail. Add rows of your own; they hold for every later report.
CREATE SCHEMA IF NOT EXISTS quality;

CREATE TABLE IF NOT EXISTS quality.rule AS
SELECT * FROM (VALUES
    ('declaration_id_missing', 'completeness', 'high', 'row', 'true', 'declaration_id IS NULL', 'source_row::VARCHAR',
        'Without a number a line can''t be found again: map the column, or ask for a new export.'),
    ('date_missing', 'completeness', 'medium', 'row', 'true', 'declaration_date IS NULL', 'declaration_id',
        'Trends and time splits leave these lines out.'),
    ('importer_missing', 'completeness', 'medium', 'row', 'true', 'coalesce(importer, declarant, exporter) IS NULL', 'declaration_id',
        'No trader profile can be made of these lines.'),
    ('hs_code_missing', 'completeness', 'high', 'row', 'true', 'hs_code IS NULL', 'coalesce(hs_text, declaration_id)',
        'Look at hs_status(hs_text): it says why a code can''t be read.'),
    ('origin_missing', 'completeness', 'medium', 'row', 'true', 'origin IS NULL', 'declaration_id',
        'Preferences and origin risks can''t be checked.'),
    ('value_missing', 'completeness', 'high', 'row', 'true', 'value IS NULL', 'declaration_id',
        'Without a value a line has no price and no duty.'),
    ('quantity_missing', 'completeness', 'high', 'row', 'true', 'net_mass IS NULL AND quantity IS NULL', 'declaration_id',
        'Without a mass or a quantity a line has no unit value.'),
    ('unit_missing', 'completeness', 'medium', 'row', 'quantity IS NOT NULL', 'unit IS NULL', 'declaration_id',
        'A quantity without a unit can''t be compared.'),
    ('hs_code_unknown', 'validity', 'high', 'row', 'hs_code IS NOT NULL AND hs2(hs_code) NOT IN (''98'', ''99'')',
        'hs_editions(hs_code) IS NULL', 'hs_code', 'The code is in no edition of the HS: a typing error, or a national code cut short.'),
    ('hs_code_short', 'validity', 'medium', 'row', 'hs_code IS NOT NULL', 'hs_level(hs_code) < 6', 'hs_code',
        'A chapter or a heading is no subheading: the goods are not told.'),
    ('hs_code_old', 'validity', 'low', 'row', 'hs_editions(hs_code) IS NOT NULL', 'NOT hs_valid(hs_code, ''HS2022'')', 'hs_code',
        'The code is of an older edition: convert it with hs_best(code, edition, ''HS2022'').'),
    ('origin_unknown', 'validity', 'medium', 'row', 'origin IS NOT NULL', 'country_normalize(origin) IS NULL', 'origin',
        'country_status(origin) says why; add the spelling to your own list.'),
    ('currency_unknown', 'validity', 'medium', 'row', 'currency IS NOT NULL', 'currency_normalize(currency) IS NULL', 'currency',
        'Amounts in this currency are compared with no others.'),
    ('unit_unknown', 'validity', 'medium', 'row', 'unit IS NOT NULL', 'unit_normalize(unit) IS NULL', 'unit',
        'Quantities in this unit can''t be converted.'),
    ('net_above_gross', 'consistency', 'medium', 'row', 'net_mass IS NOT NULL AND gross_mass IS NOT NULL', 'net_mass > gross_mass', 'declaration_id',
        'The net mass can''t be above the gross mass: they may be swapped.'),
    ('duty_differs', 'consistency', 'medium', 'row', 'duty IS NOT NULL AND value > 0 AND duty_rate IS NOT NULL',
        'abs(duty::DOUBLE - value::DOUBLE * duty_rate / 100) > greatest(1, 0.01 * value::DOUBLE)', 'declaration_id',
        'The duty is not value × rate: a relief, a specific duty, or a wrong rate.'),
    ('mass_differs', 'consistency', 'medium', 'row', 'unit_normalize(unit) = ''KGM'' AND quantity > 0 AND net_mass > 0',
        'quantity / net_mass NOT BETWEEN 0.5 AND 2', 'declaration_id', 'Quantity and net mass are both kilograms but differ: a mistaken unit.'),
    ('line_repeated', 'uniqueness', 'high', 'table', 'count(declaration_id)',
        'count(declaration_id) - count(DISTINCT (declaration_id, item_no))', 'NULL', 'Lines that came twice count twice in every sum.'),
    ('date_in_future', 'timeliness', 'high', 'row', 'declaration_date IS NOT NULL', 'declaration_date > current_date', 'declaration_date::VARCHAR',
        'Day and month may be swapped, or the year is wrong.'),
    ('date_old', 'timeliness', 'low', 'row', 'declaration_date IS NOT NULL', 'declaration_date < DATE ''1988-01-01''', 'declaration_date::VARCHAR',
        'The HS did not exist yet: a default date, or a Hijri date read as Gregorian.'),
    ('value_not_positive', 'plausibility', 'high', 'row', 'value IS NOT NULL', 'value <= 0', 'declaration_id',
        'A value of zero or less is no price.'),
    ('mass_not_positive', 'plausibility', 'high', 'row', 'net_mass IS NOT NULL', 'net_mass <= 0', 'declaration_id',
        'A mass of zero or less gives no unit value.'),
    ('rate_above_300', 'plausibility', 'low', 'row', 'duty_rate IS NOT NULL', 'duty_rate NOT BETWEEN 0 AND 300', 'declaration_id',
        'Few duties are above 300 %: a specific duty or an amount in the column of the rate.')
) AS t(name, dimension, severity, scope, tested, fails, example, advice);
