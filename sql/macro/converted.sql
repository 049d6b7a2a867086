-- converted(amount, rate, factor): An amount in another currency: times the exact rate if there is one, else times the factor.
--
-- The result has four decimals, rounded half away from zero.
CREATE OR REPLACE TEMP MACRO converted(amount, rate, factor) AS
    coalesce(CAST(CAST(amount AS DECIMAL(20, 4)) * rate AS DECIMAL(24, 4)), CAST(CAST(amount AS DOUBLE) * factor AS DECIMAL(24, 4)));
