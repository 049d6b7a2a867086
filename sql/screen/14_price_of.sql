-- screen.price_of(x, currency_, unit_): a unit value in words: 3.1 USD/kg.
CREATE OR REPLACE MACRO screen.price_of(x, currency_, unit_) AS
    screen.figure(x) || coalesce(' ' || currency_ || '/', ' per ') || CASE WHEN unit_ = 'KGM' THEN 'kg' ELSE unit_ END;
