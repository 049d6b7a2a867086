-- low_duty_code: The unit value fits a code of the same heading that pays more duty.
-- family: classification
-- weight: 25
-- scope: finding
--
-- A hint for a look at the goods, not a finding: see screen.sibling.

-- strength
screen.ramp(sibling_evidence, 0, 10)

-- reason
'unit value ' || screen.price_of(unit_value, currency, price_unit) || ' fits HS ' || sibling_hs_code || ' (usually '
    || screen.figure(sibling_unit_value) || ', duty ' || screen.figure(sibling_rate) || ' %) better than HS ' || hs_code
    || coalesce(' (duty ' || screen.figure(rate) || ' %)', '')
