-- x: legal entity identifiers, each row another, with random letters and digits.
SELECT printf('%04d00%s%02d', (hash(i) % 10000)::BIGINT, upper(printf('%012x', (hash(i, 1) % 281474976710656)::BIGINT)), (hash(i, 2) % 100)::BIGINT) AS x
FROM range(getvariable('rows')) t(i)
