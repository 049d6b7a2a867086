-- The statements that make the tables, views and indexes whose table matches a pattern.
WITH relation AS (
    SELECT 1 AS step, schema_name, table_name AS name, sql FROM duckdb_tables() WHERE NOT internal
    UNION ALL
    SELECT 2, schema_name, view_name, sql FROM duckdb_views() WHERE NOT internal
    UNION ALL
    SELECT 3, schema_name, table_name, sql FROM duckdb_indexes()
)
SELECT rtrim(sql, E'; \n') || ';'
FROM relation
WHERE sql IS NOT NULL
  AND (name ILIKE $text ESCAPE '\' OR schema_name || '.' || name ILIKE $text ESCAPE '\')
ORDER BY step, schema_name, name
