-- floats
SELECT v, v::FLOAT AS f, [v] AS l
FROM (VALUES (0.0::DOUBLE), (-0.0), ('nan'), ('-nan'), ('inf'), ('-inf'), (1e15), (1e16), (9999999999999998), (1e-4), (0.00099),
	(9.9999e-5), (16777216), (16777217), (33554432), (1e20), (1e-38), (123456.789), (0.1), (-1e-7), (999999999999999.9)) t(v);
-- largest and least floats
SELECT unnest([1.7976931348623157e308, 5e-324, 2.2250738585072014e-308]) AS d, unnest([3.4028235e38, 1e-45, 0.3]::FLOAT[]) AS f;
-- decimals
SELECT unnest(['0', '-0.1', '0.0001', '-0.9999', '0.9999']::DECIMAL(4,4)[]) AS a,
	unnest(['0', '-0.01', '1.5', '99.99', '-99.99']::DECIMAL(4,2)[]) AS b,
	unnest(['0', '-1', '1234567', '1', '9']::DECIMAL(9,0)[]) AS c,
	unnest(['0', '-0.0001', '12345678901234.5678', '1', '-99999999999999.9999']::DECIMAL(18,4)[]) AS d,
	unnest(['0', '-0.01', '1e37', '123456789012345678901234567890.5', '-0.5']::DECIMAL(38,0)[]) AS e,
	unnest(['0', '-0.01', '0.5', '0.00000000000000000000000000000000000001', '-0.99']::DECIMAL(38,38)[]) AS f,
	unnest(['0', '-0.01', '18446744073709551616', '340282366920938463463.37', '-0.5']::DECIMAL(38,2)[]) AS g;
-- wide integers
SELECT unnest(['-170141183460469231731687303715884105728', '-1', '0', '18446744073709551615', '18446744073709551616',
		'9999999999999999999', '10000000000000000000', '100000000000000000000000000000000000000']::HUGEINT[]) AS h,
	unnest(['340282366920938463463374607431768211455', '1', '0', '18446744073709551616', '184467440737095516160000000000000000000',
		'99999999999999999999999999999999999999', '100000000000000000000000000000000000000', '7']::UHUGEINT[]) AS u,
	unnest(['340282366920938463463374607431768211455000', '-1', '0', '-18446744073709551616', '255', '256', '-255', '-256']::BIGNUM[]) AS b;
-- dates
SELECT unnest(['infinity', '-infinity', '0001-01-01', '0001-12-31 (BC)', '0044-03-15 (BC)', '9999-12-31', '10000-01-01', '2000-02-29',
	'1900-02-28', '5877642-06-25 (BC)', '5881580-07-10', '1582-10-10', '1969-12-31']::DATE[]) AS d;
-- timestamps
SELECT unnest(['infinity', '-infinity', '0001-01-01 00:00:00', '0044-03-15 (BC) 23:59:59.999999', '1969-12-31 23:59:59.5',
	'294247-01-10 04:00:54.775806', '290309-12-22 (BC) 00:00:00', '2020-01-01 00:00:00.1', '2020-01-01 00:00:00.000001']::TIMESTAMP[]) AS ts,
	unnest(['infinity', '-infinity', '0001-01-01 00:00:00', '0044-03-15 (BC) 23:59:59', '1969-12-31 23:59:59',
	'294247-01-10 04:00:54', '290309-12-22 (BC) 00:00:00', '2020-01-01 00:00:00', '2020-01-01 00:00:00']::TIMESTAMP_S[]) AS s,
	unnest(['infinity', '-infinity', '0001-01-01 00:00:00', '0044-03-15 (BC) 23:59:59.999', '1969-12-31 23:59:59.5',
	'294247-01-10 04:00:54.775', '290309-12-22 (BC) 00:00:00', '2020-01-01 00:00:00.1', '2020-01-01 00:00:00.001']::TIMESTAMP_MS[]) AS ms,
	unnest(['infinity', '-infinity', '1677-09-22 00:00:00', '1969-12-31 23:59:59.999999999', '2262-04-11 23:47:16.854775806',
	'2020-01-01 00:00:00.000000001', '2020-01-01', '2020-01-01 00:00:00.1', '1970-01-01']::TIMESTAMP_NS[]) AS ns,
	unnest(['infinity', '-infinity', '0001-01-01 00:00:00+00', '0044-03-15 (BC) 23:59:59.999999+00', '1969-12-31 23:59:59.5+00',
	'294247-01-10 04:00:54.775806+00', '290309-12-22 (BC) 00:00:00+00', '2020-01-01 00:00:00.1+00', '1582-10-10 00:00:00+00']::TIMESTAMPTZ[]) AS tz;
-- times
SELECT unnest(['00:00:00', '24:00:00', '23:59:59.999999', '01:02:03.1']::TIME[]) AS t,
	unnest(['00:00:00', '24:00:00', '23:59:59.999999999', '01:02:03.000000001']::TIME_NS[]) AS ns,
	unnest(['00:00:00+15:59:59', '24:00:00-15:59:59', '23:59:59.999999+05:30', '01:02:03-00:00:01']::TIMETZ[]) AS tz;
-- intervals
SELECT unnest([INTERVAL '0 days', INTERVAL '1 month', INTERVAL '-1 month', INTERVAL '13 months', INTERVAL '-13 months',
	INTERVAL '-24 months', INTERVAL '1 day', INTERVAL '-1 day', INTERVAL '2 days', INTERVAL '-1 microsecond', INTERVAL '100 hours',
	INTERVAL '1 year 1 month -1 day -1 second', INTERVAL '-59 seconds', to_microseconds(-9223372036854775807),
	to_microseconds(9223372036854775807), to_months(-2147483648), to_days(-2147483648)]) AS iv;
-- blobs and bits
SELECT unnest([''::BLOB, '\x00\x1F\x20\x7E\x7F\x80\xFF', 'a"b''c', '\x5C', '\xD8\xB3'::BLOB, 'more than twelve bytes \x00 of it']) AS b,
	unnest(['0', '1', '01010101', '010101011', '111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111',
	'0000000']::BIT[]) AS bits;
-- uuids and enums
SELECT unnest(['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '80000000-0000-0000-7fff-000000000001',
	'01234567-89ab-cdef-0123-456789abcdef']::UUID[]) AS u,
	unnest(['', 'NULL', 'a, b', 'سلام']::ENUM('', 'NULL', 'a, b', 'سلام', 'it''s')[]) AS e,
	[unnest(['', 'NULL', 'a, b', 'سلام']::ENUM('', 'NULL', 'a, b', 'سلام', 'it''s')[])] AS l;
-- texts
SELECT unnest(['', ' ', 'twelve bytes', 'thirteen byte', 'a' || chr(0) || 'b', 'سلام عليكم', chr(128512), repeat('x', 100000), NULL]) AS t;
-- type names
SELECT {'a': 1, 'b c': 2, 'select': 3, 'é': 1, '1a': 2, 'x"y': 3, '_a': 1, 'name': 1, 'date': 1, 'Year': 1, 'a$b': 1, 'it''s': 2, 'b\s': 1} AS s,
	ROW(1, 'x') AS r, union_value("a b" := 1) AS u, MAP {'a': [1]} AS m, [[1, 2], NULL]::INT[2][] AS l, []::INT[] AS e, MAP {}::MAP(INT, INT) AS em,
	'1'::JSON AS j, 1::VARIANT AS v, {'j': '1'::JSON} AS sj, ['x'::ENUM('it''s', 'x')] AS le;
-- nested nulls
SELECT [NULL, NULL]::INT[] AS a, {'a': NULL::INT, 'b': [NULL]::INT[]} AS b, MAP {'a': NULL::VARCHAR} AS c, [[], NULL, [NULL]]::INT[][] AS d, NULL::INT[] AS e,
	NULL::STRUCT(a INT) AS f, NULL::MAP(INT, INT) AS g, NULL::INT[2] AS h, [NULL, 1]::INT[2] AS i, NULL::UNION(a INT) AS j,
	union_value(a := NULL::INT) AS k, [union_value(a := NULL::INT)] AS l, NULL::VARIANT AS m, NULL::JSON AS n, NULL::GEOMETRY AS o
UNION ALL
SELECT [1], {'a': NULL::INT, 'b': []::INT[]}, MAP {'b': 'c'}, NULL, [1], {'a': 1}, MAP {1: 2}, [1, 2], [3, NULL], 5, union_value(a := 5), NULL, 5, 'null', NULL;
-- quoting in nested values
SELECT [DATE '2020-01-01', 'infinity', '0001-01-01 (BC)'] AS d, [TIME '01:02:03'] AS t, [INTERVAL 1 YEAR, INTERVAL 1 HOUR] AS i,
	['\xAA\x27'::BLOB, 'a b', ''] AS b, ['{"a":[1]}'::JSON, NULL, 'null'] AS j, [['{"a":1}'::JSON]] AS jj, {'a': '{"a":1}'::JSON} AS sj,
	['{"a":1}'::JSON]::JSON[1] AS aj, array_value('', ' a', 'a,b', 'NULL', NULL, 'it''s') AS av, array_value(['a,b']) AS al, MAP {'x': '"1"'::JSON} AS mj, MAP {{'a': 1}: [1]} AS ms, MAP {DATE '2020-01-01': TIME '01:02:03'} AS md,
	{'u': union_value(k := 'a,b')} AS u, [union_value(k := [',', 'b'])] AS lu, [[['a,b', 'c']]] AS lll, [1.5, NULL]::DECIMAL(3,1)[] AS dec,
	['POINT(1 2)'::GEOMETRY] AS g, {'v': 'a,b'::VARIANT} AS v, [ROW('x,y', NULL::INT)] AS r, [MAP {'a b': 'c'}] AS lm, MAP {'null': ' '} AS mn;
-- geometries
SELECT unnest(['POINT(1 2)', 'POINT EMPTY', 'POINT(nan -0)', 'POINT Z (1 2.5 1e20)', 'POINT M (1 2 3)', 'POINT ZM (1 2 3 4)', 'LINESTRING EMPTY',
	'LINESTRING(0 0, 1e-7 123456789.123)', 'POLYGON((0 0, 1 1, 2 2, 0 0), (1 1, 2 2, 3 3, 1 1))', 'POLYGON ZM((0 0 1 2, 1 1 3 4, 2 2 5 6, 0 0 1 2))',
	'POLYGON EMPTY', 'MULTIPOINT((1 2), EMPTY)', 'MULTIPOINT Z EMPTY', 'MULTIPOINT Z (1 2 3, 4 5 6)', 'MULTILINESTRING((0 0, 1 1), EMPTY)',
	'MULTIPOLYGON(((0 0, 1 1, 2 2, 0 0)), EMPTY)', 'GEOMETRYCOLLECTION EMPTY', 'GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0, 1 1))',
	'GEOMETRYCOLLECTION Z (POINT Z (1 2 3), GEOMETRYCOLLECTION Z (POINT Z EMPTY))', 'POINT(1e15 1e16)', 'POINT(0.1 1000000)']::GEOMETRY[]) AS g,
	'POINT(1 2)'::GEOMETRY('OGC:CRS84') AS crs;
-- variants
SELECT unnest([true::VARIANT, false::VARIANT, 1::TINYINT::VARIANT, (-1)::SMALLINT::VARIANT, 42::VARIANT, (-5000000000)::VARIANT,
	(-170141183460469231731687303715884105728)::HUGEINT::VARIANT, 1::UTINYINT::VARIANT, 65535::USMALLINT::VARIANT, 4294967295::UINTEGER::VARIANT,
	18446744073709551615::UBIGINT::VARIANT, 340282366920938463463374607431768211455::UHUGEINT::VARIANT, 0.1::FLOAT::VARIANT, 1e20::DOUBLE::VARIANT,
	1.50::DECIMAL(4,2)::VARIANT, (-1.50)::DECIMAL(9,2)::VARIANT, (-1.50)::DECIMAL(18,2)::VARIANT, (-1.50)::DECIMAL(38,2)::VARIANT, (-0.5)::DECIMAL(2,2)::VARIANT,
	'a,b'::VARIANT, ''::VARIANT, repeat('x', 300)::VARIANT, '\xAA\x00'::BLOB::VARIANT, '01234567-89ab-cdef-0123-456789abcdef'::UUID::VARIANT,
	DATE '2020-01-01'::VARIANT, TIME '01:02:03.5'::VARIANT, '01:02:03.123456789'::TIME_NS::VARIANT, '2020-01-01 00:00:00'::TIMESTAMP_S::VARIANT,
	'2020-01-01 00:00:00.123'::TIMESTAMP_MS::VARIANT, TIMESTAMP '2020-01-01 00:00:00.123456'::VARIANT, '2020-01-01 00:00:00.123456789'::TIMESTAMP_NS::VARIANT,
	'01:02:03+05:30'::TIMETZ::VARIANT, TIMESTAMPTZ '2020-01-01 00:00:00+00'::VARIANT, INTERVAL '1 month -1 second'::VARIANT,
	{'b': [1, NULL], 'd': ['x y'], 'e': [['a,b']], 'a': {'c': NULL}}::VARIANT, []::VARIANT, [[]]::VARIANT, MAP {'k': 1}::VARIANT, (-12345678901234567890)::BIGNUM::VARIANT,
	'0101'::BIT::VARIANT, ['', 'a,b', NULL]::VARIANT, ['', 'a,b']::VARIANT, [1::VARIANT, '', 'a,b', ['a,b']::VARIANT]::VARIANT,
	{'a': NULL, 'b': '', 'c': [TIMESTAMP '2020-01-01']}::VARIANT, [TIMESTAMP '2020-01-01', NULL]::VARIANT, [{'a': ','}, {'a': NULL}]::VARIANT, 'POINT(1 2)'::GEOMETRY::VARIANT, '{"a": [1.5, null, "x"]}'::JSON::VARIANT, NULL]) AS v;
