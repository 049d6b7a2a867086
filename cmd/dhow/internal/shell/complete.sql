-- What may stand at the end of an unfinished text, and from which byte of it on.
SELECT suggestion, suggestion_start FROM sql_auto_complete($text) LIMIT 500
