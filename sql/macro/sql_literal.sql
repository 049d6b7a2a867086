-- sql_literal(x): A value as it is written in SQL, with its type, for a text that query() runs.
--
-- NULL is NULL, whatever its type.
--
-- Example: SELECT sql_literal('it''s') → 'it''s'::VARCHAR
-- Example: SELECT sql_literal(2.50) → '2.50'::DECIMAL(3,2)
CREATE OR REPLACE TEMP MACRO sql_literal(x) AS
    coalesce('''' || replace(x::VARCHAR, '''', '''''') || '''::' || typeof(x), 'NULL');
