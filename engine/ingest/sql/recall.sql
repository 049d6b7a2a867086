-- The mapping that is remembered of a shape, into one table if that is given.
SELECT target, columns::VARCHAR, constants::VARCHAR, details::VARCHAR, decided_by, source_file, remembered_at
FROM customs.mapping WHERE shape = $1 AND ($2 = '' OR target = $2)
ORDER BY decided_by = 'user' DESC, remembered_at DESC LIMIT 1;
