-- x: numbers of declarations, each row another: year, procedure and serial number with
-- three kinds of separators.
SELECT concat_ws(['/', '-', ' '][(hash(i, 3) % 3)::BIGINT + 1], 2020 + hash(i) % 5, ['IM4', 'IM7', 'EX1'][(hash(i, 1) % 3)::BIGINT + 1], 100000 + i) AS x
FROM range(getvariable('rows')) t(i)
