-- screen.coverage: which columns the declarations have at all, and from when. One row.
--
-- A column that the source does not have is no fault of its lines.
CREATE OR REPLACE TABLE screen.coverage AS
SELECT
    count(*) AS lines,
    count(hs_code) > 0 AS has_hs_code,
    count(origin) > 0 AS has_origin,
    count(net_mass) > 0 AS has_net_mass,
    count(quantity) > 0 AS has_quantity,
    count(value) > 0 AS has_value,
    min(declaration_date) AS first_date,
    max(declaration_date) AS last_date
FROM customs.declaration;
