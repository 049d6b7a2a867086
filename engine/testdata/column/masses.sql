-- x: units of mass in five spellings.
SELECT ['KGM', 'kg', 'TNE', 'lb', 'Grams'][(hash(i) % 5)::BIGINT + 1] AS x FROM range(getvariable('rows')) t(i)
