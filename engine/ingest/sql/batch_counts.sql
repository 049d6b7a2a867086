-- What became of the rows of imports, by their number. Parameters: the first and the last.
SELECT source_id, sum(loaded)::BIGINT, sum(rejected)::BIGINT, sum(overlapping)::BIGINT
FROM (
    SELECT source_id, 1 AS loaded, 0 AS rejected, 0 AS overlapping FROM {{target}} WHERE source_id BETWEEN $1 AND $2
    UNION ALL
    SELECT source_id, 0, 1, CASE WHEN reason LIKE 'is already there, from import%' THEN 1 ELSE 0 END
    FROM customs.reject WHERE source_id BETWEEN $1 AND $2
)
GROUP BY source_id;
