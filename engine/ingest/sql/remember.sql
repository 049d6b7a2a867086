-- Remember a mapping. What the user once decided stays decided.
INSERT INTO customs.mapping (shape, target, columns, constants, details, decided_by, source_file, remembered_at)
SELECT $1, $2, $5, $6, $7, CASE WHEN bool_or(decided_by = 'user') THEN 'user' ELSE $3 END, $4, now() AT TIME ZONE 'UTC'
FROM customs.mapping WHERE shape = $1 AND target = $2;
