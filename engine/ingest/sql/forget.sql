-- Leave only the newest mapping of a shape into a table.
DELETE FROM customs.mapping AS old WHERE shape = $1 AND target = $2 AND rowid < (
    SELECT max(rowid) FROM customs.mapping WHERE shape = $1 AND target = $2);
