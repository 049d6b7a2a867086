-- valuation_anomalies(t, fair := NULL, as_of := NULL, lang := 'en'): Each declared line with what its goods are worth, how odd its value is, and why.
--
-- t is the name of a table or view with some or all columns of customs.declaration, as a text: valuation_anomalies('customs.declaration').
-- A row has the columns of t and what is listed below. Each line is compared with others:
--
--   fair := NULL   with the other lines of t: its own value is left out of the median and the scale
--   fair := 'f'    with the table f that was made by fair_price: for new declarations, in a fraction of the time
--   as_of := day   with the lines of t before that day; only those from the day on are in the result
--   lang           of the explanation: en, fr or ar
--
-- The group of a line is the narrowest on the ladder of fair_price, from level 1 on, whose lines count more than 10 with no
-- trader counting for more than a quarter; else more than 4; else the narrowest with more than 10 lines of whomever. Of
-- kilograms and the unit of the quantity that one is taken in which prices vary less. x is ln unit value:
--
--   kind           OK; UNDER or OVER, if z or habit_z is beyond 3.5; UNIT, if a unit factor explains that; MISCLASSIFIED?, if another
--                  code of the heading explains it that pays more duty; DATA, without a price or a code; NULL, without like goods
--   unit_value, price_unit     declared value of one price_unit (KGM or the unit of the quantity), in currency
--   fair_price, fair_low, fair_high   what it usually is, with the interval of ±1.96 scales; of the nearest price line where a
--                  group has several, see price_lines
--   level, like_lines          the rung of fair_price that was used, and how many lines of others it has
--   z              (x − ln fair_price) / scale; scale² is (w·s² + 10·p²)/(w + 10) with w the weight of the group, s its 1.4826·MAD, or
--                  else IQR/1.349, and p the scale of the next wider group, or p² if s is 0, and 0.05 at least: see evidence.spread_from
--   market_z       the same, from the median of the whole group
--   habit_z        (x − m) / √(s² + 1/(n/s² + 1/b²)): with n other lines of the same importer and exporter in level 1, of median h
--                  and scale s, b² = scale² − s², and m = (n/s²·h + 1/b²·ln fair)/(n/s² + 1/b²); z without such lines
--   beyond_fence   outside the adjusted boxplot of the group; beyond_line: from the line of prices on quantities of price_ladder by
--   line_z         scales, more than one line in a hundred groups would be
--   price_line     number of the price line that x is on, the cheapest first; NULL where there is one, or none is near
--   value_gap      fair_price · quantity − value, in gap_currency: the reporting currency of customs.setting, by the last rate on or
--                  before declaration_date, or without one the currency of the line. 0 where the quantity is at fault, NULL for OK
--   duty_at_stake  of it, by duty_rate or else duty / value; or what the other code would pay more
--   evidence       STRUCT of spread and spread_from, price_lines of the group, other_z of the price by the other measure, habit_price,
--                  habit_lines, unit_factor, neighbour with neighbour_evidence (ln of the ratio of likelihoods), flaw
--   explanation    all this in a sentence
--
-- A unit factor (1000, 100, 12, 10, 2.2046 or 2, or one over it) is believed at any size if the price by the other measure, as
-- kilograms beside pieces, is off by less than half or more than one and a half times as much: then a quantity is wrong and not the
-- value. It is believed from 12 on if there is no other measure and no mass, and from 100 on otherwise: less may be fraud.
--
-- Columns of t whose names begin with _ are left out, and so are those named like one above. An unknown lang, a fair that isn't a
-- table of fair_price, or a t without any rows that can be read as these columns, is an error.
--
-- Sources: B. Iglewicz and D. Hoaglin, How to Detect and Handle Outliers, ASQC, 1993, for z and 3.5; S. R. Searle, G. Casella and
-- C. E. McCulloch, Variance Components, Wiley, 1992, chapter 7, for m of habit_z; those of price_ladder, unit_factor and price_lines.
CREATE OR REPLACE TEMP MACRO valuation_anomalies(t, fair := NULL, as_of := NULL, lang := 'en') AS TABLE
WITH _lines AS NOT MATERIALIZED (
    SELECT *,
        CASE WHEN _kilo_price IS NOT NULL THEN 'KGM' END AS _kilo_unit,
        CASE WHEN _piece_price IS NOT NULL THEN coalesce(_unit, '') END AS _piece_unit,
        hash(_code_number, _origin, currency, _kilo_unit, _piece_unit) AS _goods_key
    FROM declared_prices({{t}})
    WHERE {{as_of}} IS NULL OR declaration_date >= {{as_of}}::DATE
), _rungs AS MATERIALIZED (
    SELECT level, code_number, origin_number, currency, unit, rung AS r,
        hash(level, code_number, CASE WHEN level <= 1 THEN origin_number ELSE 0 END, pair_number, currency, unit) AS rung_key
    FROM query(fair_source({{t}}, {{fair}}, {{as_of}}))
), _usable AS (
    SELECT rung_key, r.n AS n, r.weight AS weight, r.scale AS scale
    FROM _rungs
    WHERE level > 0 AND r.n > 10
), _goods AS (
    FROM query(CASE WHEN {{fair}} IS NULL AND {{as_of}} IS NULL
        THEN 'SELECT DISTINCT hash(code_number, origin_number, currency, kilo_unit, piece_unit) AS _goods_key,
            code_number AS _code_number, origin_number AS _origin, currency, kilo_unit AS _kilo_unit, piece_unit AS _piece_unit
            FROM (SELECT code_number, origin_number, currency, coalesce(unit, '''') AS unit FROM _rungs WHERE level = 1) AS r,
            LATERAL (VALUES (''KGM'', unit), (CASE WHEN unit = ''KGM'' THEN unit END, CASE WHEN unit <> ''KGM'' THEN unit END)) AS u(kilo_unit, piece_unit)'
        ELSE 'SELECT DISTINCT _goods_key, _code_number, _origin, currency, _kilo_unit, _piece_unit
            FROM _lines WHERE _kilo_unit IS NOT NULL OR _piece_unit IS NOT NULL' END)
), _bases AS (
    SELECT DISTINCT hash(_code_number, _origin, currency, unit) AS basis_key, _code_number, _origin, currency, nullif(unit, '') AS unit
    FROM (SELECT _code_number, _origin, currency, unnest([_kilo_unit, _piece_unit]) AS unit FROM _goods)
    WHERE unit IS NOT NULL
), _steps AS (
    SELECT basis_key, unit, currency, level, CASE WHEN level = 1 THEN _origin ELSE 0 END AS origin_number,
        CASE WHEN level <= 2 THEN _code_number WHEN len(_code_number::VARCHAR) > digits THEN left(_code_number::VARCHAR, digits + 1)::BIGINT END AS code_number
    FROM _bases, (VALUES (1::BIGINT, 0), (2, 0), (3, 8), (4, 6), (5, 4)) AS rungs(level, digits)
), _climbed AS (
    SELECT basis_key,
        arg_min(rung_key, place) AS rung_key, arg_min(weight, place) AS weight, arg_min(scale, place, 2) FILTER (scale >= 1e-9) AS scales
    FROM (
        SELECT basis_key, u.rung_key, u.scale, u.weight, level + CASE WHEN u.weight > 10 THEN 0 WHEN u.weight > 4 THEN 10 ELSE 20 END AS place
        FROM _steps JOIN _usable AS u ON u.rung_key = hash(level, code_number, origin_number, 0::BIGINT, currency, unit)
    )
    GROUP BY basis_key
), _reference AS (
    SELECT basis_key, level, r, scales[1] AS first_scale,
        10 / (c.weight + 10) AS wider,
        CASE WHEN r.scale >= 1e-9 THEN wider * coalesce(scales[2], first_scale) ** 2 ELSE wider * first_scale ** 2 END AS wider_variance,
        greatest(0.05, sqrt((1 - wider) * first_scale ** 2 + wider_variance)) AS spread,
        CASE WHEN first_scale IS NULL OR first_scale < 0.05 THEN 3 WHEN r.scale < 1e-9 THEN 2 WHEN r.scale_from = 'IQR' THEN 1 ELSE 0 END::TINYINT AS spread_from
    FROM _climbed AS c JOIN _rungs USING (rung_key)
), _chosen AS (
    SELECT _goods_key, coalesce(p.spread < 0.99 * k.spread, k.level IS NULL) AS by_piece_,
        CASE WHEN by_piece_ THEN p.level ELSE k.level END AS level,
        CASE WHEN by_piece_ THEN p.r ELSE k.r END AS r,
        CASE WHEN by_piece_ THEN p.spread ELSE k.spread END AS spread,
        CASE WHEN by_piece_ THEN p.spread_from ELSE k.spread_from END AS spread_from,
        CASE WHEN by_piece_ THEN p.wider ELSE k.wider END AS wider,
        CASE WHEN by_piece_ THEN p.wider_variance ELSE k.wider_variance END AS wider_variance,
        CASE WHEN by_piece_ THEN k.r.median ELSE p.r.median END AS other_median,
        CASE WHEN by_piece_ THEN k.spread ELSE p.spread END AS other_spread
    FROM _goods AS g
    LEFT JOIN _reference AS k ON k.basis_key = CASE WHEN _kilo_unit IS NOT NULL THEN hash(_code_number, _origin, currency, _kilo_unit) END
    LEFT JOIN _reference AS p ON p.basis_key = CASE WHEN _piece_unit IS NOT NULL THEN hash(_code_number, _origin, currency, _piece_unit) END
    WHERE k.level IS NOT NULL OR p.level IS NOT NULL
), _flat AS (
    SELECT _goods_key, by_piece_ AS _by_piece, level::TINYINT AS _level, spread AS _rung_spread, spread_from AS _spread_from, 1 - wider AS _own, wider_variance AS _wider,
        other_median AS _other_median, other_spread AS _other_spread,
        r.n AS _n, r.median AS _median, r.levels AS _levels, r.within AS _within,
        r.below_median AS _below, r.below_out AS _below_out, r.below_in AS _below_in,
        r.above_median AS _above, r.above_out AS _above_out, r.above_in AS _above_in, r.at_median AS _at, r.at_in AS _at_in,
        r.elasticity AS _elasticity, r.line_intercept AS _line, r.line_scale AS _line_scale,
        r.fence_lower AS _fence_lower, r.fence_upper AS _fence_upper
    FROM _chosen
), _compared_with AS (
    -- By way of a list, so that the lines are looked up in this and not the other way round: its size can't be foreseen.
    SELECT unnest((SELECT list(f) FROM _flat AS f), recursive := true)
), _habits AS (
    SELECT rung_key, r.n AS _habit_n, r.median AS _habit_median, r.scale AS _habit_scale,
        r.below_median AS _habit_below, r.below_out AS _habit_below_out,
        r.above_median AS _habit_above, r.above_out AS _habit_above_out, r.at_median AS _habit_at
    FROM _rungs
    WHERE level = 0
), _compared AS (
    SELECT l.*, c.* EXCLUDE (_goods_key),
        CASE WHEN _by_piece THEN _piece_price ELSE _kilo_price END AS _x,
        CASE WHEN _by_piece THEN _kilo_price ELSE _piece_price END AS _other_x,
        CASE WHEN _by_piece THEN _pieces ELSE _kilos END AS _measure,
        CASE WHEN _by_piece THEN nullif(_piece_unit, '') WHEN NOT _by_piece THEN _kilo_unit END AS _main_unit,
        {{fair}} IS NULL AND {{as_of}} IS NULL AS _left_out
    FROM _lines AS l LEFT JOIN _compared_with AS c USING (_goods_key)
), _left AS (
    SELECT c.*, h.* EXCLUDE (rung_key),
        CASE WHEN NOT _left_out THEN _median WHEN _x < _median THEN _below WHEN _x > _median THEN _above ELSE _at END AS _centre,
        CASE WHEN _left_out THEN _habit_n - 1 ELSE _habit_n END AS _habit_others,
        CASE WHEN NOT _left_out THEN _habit_median WHEN _x < _habit_median THEN _habit_below WHEN _x > _habit_median THEN _habit_above ELSE _habit_at END AS _habit,
        CASE WHEN NOT _left_out THEN _habit_scale WHEN _x < _habit_median THEN _habit_below_out WHEN _x > _habit_median THEN _habit_above_out
            ELSE _habit_scale END AS _own_spread
    FROM _compared AS c
    LEFT JOIN _habits AS h ON h.rung_key = hash(0::BIGINT, c._code_number, c._origin, c._pair, c.currency, c._main_unit)
), _spread AS (
    SELECT *,
        greatest(0.05, CASE WHEN NOT _left_out OR _spread_from > 0 THEN _rung_spread ELSE sqrt(_wider + _own * CASE
            WHEN _x < _median THEN CASE WHEN 1.482602218505602 * (_centre - _x) >= _below_out THEN _below_out ELSE _below_in END
            WHEN _x > _median THEN CASE WHEN 1.482602218505602 * (_x - _centre) >= _above_out THEN _above_out ELSE _above_in END
            ELSE _at_in
        END ** 2) END) AS _spread,
        CASE WHEN len(_levels) > 1 THEN
            list_sort(list_transform(_levels, lambda v, i: {
                'distance': abs(_x - v.centre) / greatest(v.scale, 0.05), 'number': i, 'centre': v.centre, 'scale': greatest(v.scale, 0.05)}))[1]
        END AS _nearest,
        robust_z(_other_x, _other_median, _other_spread) AS _other_z,
        (_x - _line - _elasticity * ln(_measure)) / greatest(_line_scale, 0.05) AS _line_z,
        greatest(sqrt(shrink(_own_spread * _own_spread, _habit_others, _within * _within)), 0.05) AS _habit_spread
    FROM _left
), _precise AS (
    SELECT *,
        coalesce(_nearest['centre'], _centre) AS _fair,
        coalesce(_nearest['scale'], _spread) AS _fair_spread,
        _habit_others / (_habit_spread * _habit_spread) AS _habit_weight,
        1 / greatest(_spread * _spread - _habit_spread * _habit_spread, 0.01 * _spread * _spread) AS _market_weight
    FROM _spread
), _expected AS (
    SELECT *,
        (_x - _fair) / _fair_spread AS _z,
        (_habit_weight * _habit + _market_weight * _centre) / (_habit_weight + _market_weight) AS _expected
    FROM _precise
), _scored AS (
    SELECT *,
        coalesce((_x - _expected) / sqrt(_habit_spread * _habit_spread + 1 / (_habit_weight + _market_weight)), _z) AS _habit_z
    FROM _expected
), _judged AS (
    SELECT *,
        abs(_z) > 3.5 OR abs(_habit_z) > 3.5 AS _odd,
        -- A wrong value moves the prices by both measures alike, a wrong quantity one of them.
        abs(_other_x - _other_median - (_x - _centre)) > abs(_x - _centre) / 2 AS _differs
    FROM _scored
), _usual AS (
    SELECT _code_number AS code_number, arg_max(rate, n) AS usual_rate
    FROM (SELECT _code_number, duty_rate AS rate, count(*) AS n FROM _lines WHERE duty_rate IS NOT NULL GROUP BY ALL)
    GROUP BY _code_number
), _headings AS (
    SELECT hash(left(code, 4), currency, unit) AS heading_key,
        list({'code': code, 'centre': centre, 'spread': spread, 'rate': usual_rate}) AS _siblings
    FROM (
        SELECT substr(code_number::VARCHAR, 2) AS code, currency, unit, r.median AS centre, greatest(r.scale, 0.05) AS spread, usual_rate
        FROM _rungs LEFT JOIN _usual USING (code_number)
        WHERE level = 2 AND r.weight > 10
    )
    GROUP BY ALL
    HAVING count(*) > 1
), _currency AS (
    SELECT max(reporting) AS _reporting, coalesce(map_from_entries(list((currency, rates))), MAP {}) AS _rates
    FROM (
        SELECT currency, list({'day': rate_date, 'factor': factor} ORDER BY rate_date) AS rates, any_value(reporting) AS reporting
        FROM query(reporting_rates_sql({{t}}))
        WHERE factor IS NOT NULL
        GROUP BY currency
    )
), _slips AS (
    SELECT s.*, r.*, h._siblings,
        CASE WHEN _odd THEN unit_slip(CASE WHEN abs(_z) > 3.5 THEN _x - _fair ELSE _x - _expected END,
            CASE WHEN abs(_z) > 3.5 THEN _fair_spread ELSE _habit_spread END, CASE
            WHEN _differs THEN 2
            WHEN _other_z IS NULL AND _main_unit IS DISTINCT FROM 'KGM' THEN 12
            ELSE 100 END) END AS _slip,
        CASE
            WHEN abs(_z) <= 3.5 AND abs(_other_z) > 3.5 THEN unit_slip(_other_x - _other_median, _other_spread, 2)
            WHEN abs(_z) <= 2 AND abs(_other_z) > 2 THEN unit_slip(_other_x - _other_median, least(_other_spread, 0.5), 10)
        END AS _other_slip,
        CASE WHEN _odd THEN coalesce(duty_rate, 100 * duty::DOUBLE / _amount) END AS _own_rate
    FROM _judged AS s
    CROSS JOIN _currency AS r
    LEFT JOIN _headings AS h ON h.heading_key = CASE WHEN s._odd THEN hash(left(s._code, 4), s.currency, s._main_unit) END
), _neighbours AS (
    SELECT *,
        CASE WHEN _odd AND _slip IS NULL THEN
            list_sort(list_filter(list_transform(_siblings, lambda v: {
                'evidence': misfit(_x, _centre, _spread) - misfit(_x, v.centre, v.spread), 'code': v.code, 'price': exp(v.centre), 'rate': v.rate,
                'z': (_x - v.centre) / v.spread, 'other': NOT starts_with(v.code, _code) AND NOT starts_with(_code, v.code)}),
                lambda v: v.other AND v.evidence > 3 AND abs(v.z) < 2 AND (v.rate > _own_rate OR v.rate IS NULL AND _own_rate IS NULL)), 'DESC')[1]
        END AS _neighbour,
        CASE
            WHEN _code IS NULL THEN 'code'
            WHEN _amount IS NULL THEN 'value'
            WHEN _kilo_price IS NULL AND _piece_price IS NULL THEN 'quantity'
        END AS _flaw
    FROM _slips
), _named AS (
    SELECT *,
        CASE
            WHEN _flaw IS NOT NULL THEN 'DATA'
            WHEN _z IS NULL THEN NULL
            WHEN _other_slip IS NOT NULL THEN 'UNIT'
            WHEN NOT _odd THEN 'OK'
            WHEN _slip IS NOT NULL THEN 'UNIT'
            WHEN _neighbour IS NOT NULL THEN 'MISCLASSIFIED?'
            WHEN CASE WHEN abs(_z) > 3.5 THEN _z ELSE _habit_z END < 0 THEN 'UNDER'
            ELSE 'OVER'
        END AS _kind
    FROM _neighbours
), _valued AS (
    SELECT *,
        CASE
            WHEN _kind = 'UNIT' AND (_other_slip IS NOT NULL OR _differs) THEN 0
            WHEN _kind = 'UNIT' THEN _amount / _slip - _amount
            WHEN _kind IN ('UNDER', 'OVER') THEN exp(CASE WHEN abs(_z) > 3.5 THEN _fair ELSE _expected END) * _measure - _amount
        END AS _gap,
        CASE
            WHEN _kind IS NULL OR _kind IN ('OK', 'DATA') THEN NULL
            WHEN _reporting IS NULL OR currency = _reporting THEN 1
            ELSE list_filter(_rates[currency], lambda v: v.day <= declaration_date::DATE)[-1].factor
        END AS _factor
    FROM _named
), _stakes AS (
    SELECT *,
        CASE
            WHEN _kind = 'MISCLASSIFIED?' THEN _amount * _factor * (_neighbour['rate'] - _own_rate) / 100
            ELSE greatest(_gap * _factor, 0) * coalesce(duty_rate, 100 * duty::DOUBLE / _amount) / 100
        END AS _duty_at_stake,
        CASE WHEN _factor IS NOT NULL THEN coalesce(_reporting, currency) END AS _gap_currency,
        CASE WHEN _left_out THEN _n - 1 ELSE _n END AS _like_lines
    FROM _valued
), _worded AS (
    SELECT *, CASE WHEN _kind <> 'OK' AND _kind <> 'DATA' THEN {
        'unit_value': shown_price(exp(_x), currency, _main_unit), 'fair_price': shown_number(exp(_fair)), 'n': _like_lines, 'z': shown_number(_z),
        'goods': 'HS ' || CASE _level WHEN 3 THEN left(_code, 8) WHEN 4 THEN left(_code, 6) WHEN 5 THEN left(_code, 4) ELSE _code END
            || CASE WHEN _level = 1 THEN coalesce(' × ' || origin, '') ELSE '' END,
        'habit': CASE WHEN _habit_others > 0 THEN shown_number(exp(_habit)) END, 'habit_z': shown_number(_habit_z),
        'factor': shown_number(coalesce(_other_slip, _slip)), 'neighbour': _neighbour['code'], 'neighbour_price': shown_number(_neighbour['price']),
        'neighbour_rate': shown_number(_neighbour['rate']), 'gap': shown_number(abs(_gap * _factor)) || coalesce(' ' || _gap_currency, ''),
        'duty': shown_number(nullif(_duty_at_stake, 0))} END AS _why
    FROM _stakes
)
SELECT COLUMNS(lambda c: NOT starts_with(c, '_') AND c NOT IN ('kind', 'unit_value', 'price_unit', 'fair_price', 'fair_low', 'fair_high', 'level',
        'like_lines', 'z', 'market_z', 'habit_z', 'line_z', 'beyond_fence', 'beyond_line', 'price_line', 'value_gap', 'gap_currency',
        'duty_at_stake', 'evidence', 'explanation')),
    _kind AS kind, exp(_x) AS unit_value, _main_unit AS price_unit,
    exp(_fair) AS fair_price, exp(_fair - 1.959963984540054 * _fair_spread) AS fair_low, exp(_fair + 1.959963984540054 * _fair_spread) AS fair_high,
    _level::INTEGER AS level, _like_lines AS like_lines,
    _z AS z, (_x - _centre) / _spread AS market_z, _habit_z AS habit_z, _line_z AS line_z,
    _x < _fence_lower OR _x > _fence_upper AS beyond_fence,
    abs(_line_z) > bonferroni_z(_n) AS beyond_line,
    CASE WHEN _nearest['distance'] <= 3.5 THEN _nearest['number']::INTEGER END AS price_line,
    _gap * _factor AS value_gap, _gap_currency AS gap_currency, _duty_at_stake AS duty_at_stake,
    {'spread': _fair_spread, 'spread_from': CASE WHEN _nearest IS NOT NULL THEN 'price line' ELSE ['MAD', 'IQR', 'parent', 'floor'][_spread_from + 1] END,
        'price_lines': len(_levels), 'other_z': _other_z, 'habit_price': exp(_habit), 'habit_lines': _habit_others,
        'unit_factor': CASE WHEN _kind = 'UNIT' THEN coalesce(_other_slip, _slip) END,
        'neighbour': CASE WHEN _kind = 'MISCLASSIFIED?' THEN _neighbour['code'] END,
        'neighbour_evidence': CASE WHEN _kind = 'MISCLASSIFIED?' THEN _neighbour['evidence'] END, 'flaw': _flaw} AS evidence,
    valuation_text({{lang}}, _kind, _flaw, _why) AS explanation
FROM _worded;
