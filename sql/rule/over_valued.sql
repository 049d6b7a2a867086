-- over_valued: The unit value is far above that of like goods.
-- family: valuation
-- weight: 30
-- scope: finding
--
-- Over-valuation carries money abroad or claims a refund; it costs no duty, so
-- it weighs half of under-valuation.

-- strength
CASE WHEN at_fault IS NULL THEN screen.ramp(z, {{z_from}}, {{z_full}}) END

-- reason
'unit value ' || screen.price_of(unit_value, currency, price_unit) || ' against only ' || screen.figure(fair_unit_value)
    || ' for ' || screen.goods_of(like_goods, price_level, origin) || ', n = ' || screen.figure(like_lines)
    || ', robust z ' || screen.signed(z) || screen.scale_of(scale_from)
    || '; ' || screen.figure(-gap) || ' above the expected value'
