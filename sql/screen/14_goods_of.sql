-- screen.goods_of(code, level_, origin_): the like goods of a fair price in words: HS 610910 from CN.
CREATE OR REPLACE MACRO screen.goods_of(code, level_, origin_) AS
    CASE level_ WHEN 3 THEN 'HS subheading ' WHEN 4 THEN 'HS heading ' ELSE 'HS ' END
    || code
    || CASE WHEN level_ > 1 THEN '' ELSE coalesce(' from ' || origin_, ' without origin') END;
