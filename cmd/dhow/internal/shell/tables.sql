-- The tables and views of the user whose name matches a pattern.
WITH relation AS (
    SELECT database_name, schema_name, table_name AS name, 'table' AS kind, temporary,
           estimated_size AS "rows", column_count AS "columns", comment
    FROM duckdb_tables()
    WHERE NOT internal
    UNION ALL
    SELECT database_name, schema_name, view_name, 'view', temporary, NULL, column_count, comment
    FROM duckdb_views()
    WHERE NOT internal
)
SELECT CASE WHEN database_name IN (current_database(), 'temp') THEN '' ELSE database_name || '.' END
       || CASE WHEN schema_name = 'main' THEN '' ELSE schema_name || '.' END
       || name AS name,
       kind, "rows", "columns", comment
FROM relation
WHERE name ILIKE $text ESCAPE '\' OR schema_name || '.' || name ILIKE $text ESCAPE '\'
ORDER BY 1
