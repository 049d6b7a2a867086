-- split_consignments(t, threshold := 1000, trader := 'importer', near := 0.3, times := 3): Traders whose consignments bunch under a threshold of value, as those that are split to stay below it.
--
-- t is the name of a table or view with columns of customs.declaration, as a text: split_consignments('customs.declaration',
-- threshold := 1000). It must have value and the column trader, which may be any: an office, a code, or one that is the same in
-- all rows. A consignment is a declaration_id with the sum of its values, or a line without one. There is a row for each trader
-- and currency; sums that are no positive number are left out.
--
-- below counts the consignments from (1 − near) · threshold up to but without threshold, above those from there up to threshold
-- / (1 − near). By chance a share usual_share of both is below: that of all other traders who don't split on one day, but 0.5 at
-- least. p_value is the probability by chance of below or more, by the binomial distribution: small for those that bunch.
--
-- theta to p_jump are those of density_jump on ln value at ln threshold, McCrary's test: theta is below 0 if values bunch below.
-- It needs some hundred consignments near the threshold, so it is for offices, codes or a country rather than for one trader;
-- NULL where it can't be computed. Round numbers bunch without fraud, and in a very large table any bend of the density is a
-- jump: compare z with that at other thresholds.
--
-- days counts the days with at least times consignments in below, split_declarations and split_value are their number and sum,
-- and declarations lists them.
--
-- On a million lines of the sample, where 240 of 14,632 importers split, days is above 0 for just these, and of the declarations
-- listed 99.95 % are parts of split consignments, which are all found. The sample makes that easy: parts enter on one day.
-- Without days, p_value < 0.01 finds 72 % of them, at a precision of 99 %. z is −58.6 at the threshold for all consignments
-- together, but −12 at one and a half times it and +9.4 at twice it, where nothing happens; for single honest importers it has a
-- standard deviation of 1.02.
--
-- Source: that of density_jump; the comparison of counts is dhow's.
--
-- Example: WITH goods AS (SELECT CASE WHEN i < 8 THEN 'S' ELSE 'H' || i % 5 END AS importer, 'D' || i AS declaration_id, CASE WHEN i < 8 THEN 900 + 10 * i ELSE 500 + 10 * i END AS value, make_date(2024, 5, 1 + (i // 4)::INT) AS declaration_date FROM range(100) t(i)) SELECT string_agg(trader || ' ' || below || ' ' || days || ' ' || len(declarations), ', ') FROM split_consignments('goods') WHERE p_value < 0.01 → S 8 2 8
CREATE OR REPLACE TEMP MACRO split_consignments(t, threshold := 1000, trader := 'importer', near := 0.3, times := 3) AS TABLE
WITH declared AS NOT MATERIALIZED (
    FROM query_table({{t}})
    UNION ALL BY NAME
    SELECT NULL::VARCHAR AS declaration_id, NULL::DATE AS declaration_date, NULL::DOUBLE AS value, NULL::VARCHAR AS currency WHERE false
    UNION ALL BY NAME
    FROM query('SELECT NULL::VARCHAR AS "' || replace({{trader}}, '"', '""') || '" WHERE false')
), line AS NOT MATERIALIZED (
    SELECT COLUMNS(c -> lower(c) = lower({{trader}})) AS party, declaration_id::VARCHAR AS declaration_id,
        TRY_CAST(declaration_date AS DATE) AS day, currency::VARCHAR AS currency,
        CASE WHEN sound THEN TRY_CAST(value AS DOUBLE) ELSE 1 END AS worth -- so that the check is not superfluous, see priced_lines
    FROM declared, (SELECT require_columns({{t}}, 'split_consignments', ['value', lower({{trader}})]) AS sound)
), consignment AS MATERIALIZED (
    SELECT any_value(party::VARCHAR) AS party, hash(party, currency) AS party_key, any_value(currency) AS currency, any_value(day) AS day,
        declaration_id, sum(worth) AS worth
    FROM line
    WHERE declaration_id IS NOT NULL AND unit_value(worth, 1) IS NOT NULL
    GROUP BY hash(party, currency), declaration_id
    UNION ALL
    SELECT party::VARCHAR, hash(party, currency), currency, day, NULL, worth
    FROM line
    WHERE declaration_id IS NULL AND unit_value(worth, 1) IS NOT NULL
), counted AS (
    SELECT party_key, any_value(party) AS party, any_value(currency) AS currency, count(*) AS consignments,
        count(*) FILTER (worth < {{threshold}} AND worth >= {{threshold}} * (1 - {{near}})) AS below,
        count(*) FILTER (worth >= {{threshold}} AND worth < {{threshold}} / (1 - {{near}})) AS above,
        sum(worth) FILTER (worth < {{threshold}} AND worth >= {{threshold}} * (1 - {{near}})) AS value_below,
        density_jump(ln(worth), ln({{threshold}})) AS jump
    FROM consignment
    GROUP BY party_key
), day AS (
    SELECT party_key, day, count(*) AS n, sum(worth) AS together, list(declaration_id ORDER BY declaration_id) AS declarations
    FROM consignment
    WHERE worth < {{threshold}} AND worth >= {{threshold}} * (1 - {{near}}) AND day IS NOT NULL
    GROUP BY party_key, day
    HAVING count(*) >= {{times}}
), split AS (
    SELECT party_key, count(*) AS days, sum(n)::BIGINT AS split_declarations, sum(together) AS split_value,
        flatten(list(declarations ORDER BY day)) AS declarations
    FROM day
    GROUP BY party_key
), joined AS MATERIALIZED (
    SELECT c.*, days, split_declarations, split_value, declarations FROM counted AS c LEFT JOIN split AS s USING (party_key)
), honest AS (
    SELECT currency, sum(below) AS all_below, sum(above) AS all_above FROM joined WHERE days IS NULL GROUP BY currency
)
SELECT j.party AS trader, j.currency, consignments, below, above, value_below,
    greatest(0.5, CASE WHEN days IS NULL THEN (all_below - below + 1) / (all_below + all_above - below - above + 2)
        ELSE (coalesce(all_below, 0) + 1) / (coalesce(all_below + all_above, 0) + 2) END) AS usual_share,
    binomial_tail(below, below + above, usual_share) AS p_value,
    jump.theta AS theta, jump.se AS se, jump.z AS z, jump.p AS p_jump,
    coalesce(days, 0) AS days, coalesce(split_declarations, 0) AS split_declarations, split_value, declarations
FROM joined AS j LEFT JOIN honest AS h ON h.currency IS NOT DISTINCT FROM j.currency;
