-- The report for a person: what fails first, the worst first.
SELECT rule, dimension, severity, rows_tested, rows_failing, round(100 * share, 2) AS percent,
    array_to_string(examples, ', ') AS examples, advice
FROM data_quality($text)
ORDER BY rows_failing = 0, rows_tested = 0, CASE severity WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, rows_failing DESC, rule
