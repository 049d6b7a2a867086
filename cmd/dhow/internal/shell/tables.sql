-- The tables and views of the user whose name matches a pattern. The tables of
-- reference facts are many and always the same: who wants them asks for ref.%.
WITH relation AS (
    SELECT database_name, schema_name, table_name AS name, 'table' AS kind,
           estimated_size AS "rows", column_count AS "columns", comment
    FROM duckdb_tables()
    WHERE NOT internal
    UNION ALL
    SELECT database_name, schema_name, view_name, 'view', NULL, column_count, comment
    FROM duckdb_views()
    WHERE NOT internal
), named AS (
    SELECT CASE WHEN database_name IN (current_database(), 'temp') THEN '' ELSE database_name || '.' END
           || CASE WHEN schema_name = 'main' THEN '' ELSE schema_name || '.' END
           || name AS full_name, *
    FROM relation
)
SELECT full_name AS name, kind, "rows", "columns", comment
FROM named
WHERE (name ILIKE $text ESCAPE '\' OR schema_name || '.' || name ILIKE $text ESCAPE '\' OR full_name ILIKE $text ESCAPE '\')
  AND (database_name <> 'ref' OR $text <> '%')
ORDER BY 1
