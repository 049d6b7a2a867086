-- Remember a mapping. What the user once decided stays decided.
INSERT INTO customs.mapping (shape, target, columns, constants, decided_by, source_file, remembered_at)
SELECT $1, $2, $3, $4, CASE WHEN bool_or(decided_by = 'user') THEN 'user' ELSE $5 END, $6, now() AT TIME ZONE 'UTC'
FROM customs.mapping WHERE shape = $1 AND target = $2;
