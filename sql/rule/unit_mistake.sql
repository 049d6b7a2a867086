-- unit_mistake: The unit value is normal once its unit is corrected by a factor.
-- family: data
-- weight: 25
-- scope: finding
--
-- A mistake rather than fraud: grams entered as kilograms, dozens as pieces.
-- See screen.unit_slip for the rule.

-- strength
CASE WHEN at_fault IS NOT NULL THEN 1 END

-- reason
'looks like a unit mistake ×' || array_to_string(list_transform(factors, lambda f: f::INTEGER), ' or ×')
    || ' in the ' || at_fault || ': '
    || CASE WHEN at_fault = 'value' THEN screen.figure(amount * correction) || coalesce(' ' || currency, '')
        WHEN at_fault = 'mass' THEN screen.figure(net_mass * correction) || ' kg'
        ELSE screen.figure(quantity * correction) || ' ' || unit END
    || ' would fit the other declarations of ' || screen.goods_of(slip_goods, slip_level, slip_origin)
