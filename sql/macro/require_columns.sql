-- require_columns(t, caller, names): True if a table has all columns of a list, else an error that names those it lacks.
--
-- t is the name of a table or view, names a list of column names in lower case, and caller the name that the error begins with.
--
-- Example: WITH goods AS (SELECT 1 AS value) SELECT require_columns('goods', 'my_report', ['value']) → true
CREATE OR REPLACE TEMP MACRO require_columns(t, caller, names) AS (
    SELECT CASE WHEN len(missing) = 0 THEN true ELSE error(
            caller || ': ' || t || ' has no column ' || array_to_string(missing, ', ') || '; make a view that names it so'
        ) END
    FROM (
        SELECT list_filter(names, lambda n: NOT list_contains(found, n)) AS missing
        FROM (
            SELECT list(lower(column_name)) AS found
            FROM query('SELECT column_name FROM (DESCRIBE FROM query_table(''' || replace(t, '''', '''''') || '''))')
        )
    )
);
