-- under_valued: The unit value is far below that of like goods.
-- family: valuation
-- weight: 60
-- scope: finding
--
-- Strength rises with the robust z of ln unit value, from −2 to −6 as set in
-- screen.setting. A line whose unit looks mistaken is left to unit_mistake.

-- strength
CASE WHEN at_fault IS NULL THEN screen.ramp(-z, {{z_from}}, {{z_full}}) END

-- reason
'unit value ' || screen.price_of(unit_value, currency, price_unit) || ' against ' || screen.figure(fair_unit_value)
    || ' for ' || screen.goods_of(like_goods, price_level, origin) || ', n = ' || screen.figure(like_lines)
    || ', robust z ' || screen.signed(z) || screen.scale_of(scale_from)
    || coalesce('; ' || screen.figure(nullif(duty_at_stake, 0)) || ' duty at stake', '')
