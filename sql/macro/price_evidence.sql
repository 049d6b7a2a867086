-- price_evidence(ln_price, center, scale, other_center, other_scale): How much a price speaks for other goods rather than those declared: the logarithm of the likelihood ratio.
--
-- ln f(ln_price | other) − ln f(ln_price | declared), where f is the density of Student's t with 4 degrees of freedom round each
-- center, with the same quartiles as a normal one of that scale: its long tails keep a single odd price from proving too much. 0
-- says nothing, 2 that the price is 7.4 times as likely under the other code, below 0 that it fits the declared one better. NULL
-- where a scale is not above 0.
--
-- Example: SELECT round(price_evidence(ln(20), ln(5), 0.3, ln(20), 0.3), 4) → 5.0164
-- Example: SELECT price_evidence(ln(20), ln(5), 0, ln(20), 0.3) → NULL
CREATE OR REPLACE TEMP MACRO price_evidence(ln_price, center, scale, other_center, other_scale) AS
    CASE WHEN scale > 0 AND other_scale > 0 THEN
        2.5 * ln((1 + 0.301488374271642716 * ((ln_price - center) / scale) ** 2) / (1 + 0.301488374271642716 * ((ln_price - other_center) / other_scale) ** 2))
        + ln(scale / other_scale)
    END;
