-- fair_source(t, fair, as_of): The query from which valuation_anomalies takes the ladder of prices: that of t itself, or a kept one.
CREATE OR REPLACE TEMP MACRO fair_source(t, fair, as_of) AS
    CASE WHEN fair IS NULL
        THEN 'FROM declared_rungs(''' || replace(t, '''', '''''') || '''' || coalesce(', as_of := DATE ''' || as_of::DATE || '''', '') || ')'
        ELSE 'SELECT level::BIGINT AS level, (''1'' || code)::BIGINT AS code_number,
            CASE WHEN level <= 1 THEN (hash(origin) >> 25)::BIGINT ELSE 0 END AS origin_number,
            CASE WHEN level = 0 THEN (hash(trader, exporter) >> 1)::BIGINT ELSE 0 END AS pair_number, currency, unit,
            {''n'': n, ''weight'': weight, ''median'': others.median, ''scale'': scale, ''scale_from'': scale_from,
            ''below_median'': others.below_median, ''below_out'': others.below_out, ''below_in'': others.below_in,
            ''above_median'': others.above_median, ''above_out'': others.above_out, ''above_in'': others.above_in,
            ''at_median'': others.at_median, ''at_in'': others.at_in, ''within'': within, ''elasticity'': elasticity,
            ''line_intercept'': ln(line_price), ''line_scale'': line_scale, ''fence_lower'': ln(fence_lower), ''fence_upper'': ln(fence_upper),
            ''levels'': list_transform(price_lines, lambda l: {''centre'': ln(l.centre), ''share'': l.share, ''scale'': l.scale})} AS rung
            FROM query_table(''' || replace(fair, '''', '''''') || ''')'
    END;
