-- misclassification(t, evidence_from := 2, digits := 4, least := 10, traders := 5, rate_gap := 0, scale_floor := 0.05, per := 'mass', trader := 'importer'): Lines whose price fits a neighbouring code with more duty better than the one that is declared.
--
-- t is the name of a table or view with columns of customs.declaration, as a text: misclassification('customs.declaration'). It
-- must have hs_code, value, duty_rate, and the column trader; see priced_lines, which has per too. Neighbours have the same
-- first digits of the code, the heading unless given, the same basis and currency, and a usual duty rate (the most frequent one)
-- that is above that of the declared code by more than rate_gap, and above the rate of the line. Both codes have more than least
-- lines.
--
-- evidence is price_evidence of the line's unit value for the neighbour against the declared code. The center and scale of a
-- code are the median and mad_scale of the median ln unit values of its traders, one vote each, or of its lines if it has fewer
-- than traders traders; the scale is at least scale_floor. Of several neighbours the one with the most evidence is taken. Only
-- lines with evidence of at least evidence_from are there. trader_evidence is the same for the median price of the trader's
-- lines of that code, and trader_neighbour_lines how many lines it declares under the neighbour. strength is 'both codes' if
-- trader_evidence is at least evidence_from and the trader declares both, 'trader' if only the former holds, else 'line'.
-- duty_at_stake is the difference of the rates on the value.
--
-- A price alone proves little. On a million lines of the sample, of which 1,264 are declared under another code of their
-- heading, it lists 25 % of these, with the true code for 90 % of them, among lines that are mostly honest; but of those with
-- strength 'both codes' 92 % are misclassified (80 % in another sample, 38 % in one of 100,000 lines, where fewer traders stand
-- for a code). Precision, and recall of those 1,264:
--
--   evidence_from   all lines     trader and both codes   both codes
--   2               14 %, 25 %    40 %, 20 %              92 %, 15 %
--   4               23 %, 11 %    54 %, 10 %              97 %, 6 %
--
-- It can't see goods declared under a code with the same prices. Those declared under another heading need digits := 2, which
-- compares with more codes and is wrong more often. An over-valued line looks like a dearer neighbour.
--
-- Sources: C. Javorcik and G. Narciso, “Differentiated Products and Evasion of Import Tariffs”, Journal of International
-- Economics 76(2), 2008, pp. 208–222, and R. Fisman and S.-J. Wei, “Tax Rates and Tax Evasion: Evidence from ‘Missing Imports’
-- in China”, Journal of Political Economy 112(2), 2004, pp. 471–496, for similar goods with less duty; the likelihood ratio is
-- dhow's.
--
-- Example: WITH goods AS (SELECT 'T' || i % 8 AS importer, CASE WHEN i = 0 THEN '870310' WHEN i % 2 = 1 THEN '870321' ELSE '870310' END AS hs_code, 100 * CASE WHEN i = 0 OR i % 2 = 1 THEN 8 ELSE 1 END * (1 + 0.1 * sin(i)) AS value, 10 AS net_mass, CASE WHEN i % 2 = 1 THEN 20 ELSE 5 END AS duty_rate FROM range(64) t(i)) SELECT string_agg(hs_code || ' ' || neighbour || ' ' || round(duty_at_stake), ', ') FROM misclassification('goods') → 870310 870321 120.0
CREATE OR REPLACE TEMP MACRO misclassification(t, evidence_from := 2, digits := 4, least := 10, traders := 5, rate_gap := 0, scale_floor := 0.05, per := 'mass', trader := 'importer') AS TABLE
WITH line AS MATERIALIZED (
    SELECT l.*, row_number() OVER () AS number, left(hs_code, {{digits}}) AS family, hash(l.trader) AS trader_key
    FROM priced_lines({{t}}, caller := 'misclassification', trader := {{trader}}, per := {{per}}, needs := ['duty_rate']) AS l
    WHERE ln_price IS NOT NULL AND duty_rate IS NOT NULL
), own AS MATERIALIZED (
    SELECT goods, trader_key, any_value(hs_code) AS hs_code, any_value(family) AS family, any_value(basis) AS basis,
        any_value(currency) AS currency, count(*) AS n, median(ln_price) AS center, mode(duty_rate) AS rate
    FROM line
    GROUP BY goods, trader_key
), by_line AS (
    SELECT goods, median(ln_price) AS center, mad_scale(ln_price) AS scale, mode(duty_rate) AS rate FROM line GROUP BY goods
), by_trader AS (
    SELECT goods, any_value(hs_code) AS hs_code, any_value(family) AS family, any_value(basis) AS basis, any_value(currency) AS currency,
        sum(n)::BIGINT AS n, count(*) AS traders_of, median(center) AS center, mad_scale(center) AS scale
    FROM own
    GROUP BY goods
), code AS MATERIALIZED (
    SELECT t.goods, hs_code, family, basis, currency, n, traders_of, l.rate,
        CASE WHEN traders_of >= {{traders}} THEN t.center ELSE l.center END AS center,
        greatest(CASE WHEN traders_of >= {{traders}} THEN t.scale ELSE l.scale END, {{scale_floor}}) AS scale
    FROM by_trader AS t JOIN by_line AS l USING (goods)
    WHERE n > {{least}}
), pair AS MATERIALIZED (
    SELECT d.goods, d.center, d.scale, b.goods AS other_goods, b.hs_code AS other_code, b.rate AS other_rate,
        b.center AS other_center, b.scale AS other_scale, b.n AS other_n
    FROM code AS d JOIN code AS b
        ON b.family = d.family AND b.basis = d.basis AND b.currency IS NOT DISTINCT FROM d.currency AND b.goods <> d.goods
    WHERE b.rate > d.rate + {{rate_gap}} AND NOT starts_with(b.hs_code, d.hs_code) AND NOT starts_with(d.hs_code, b.hs_code)
), judged AS (
    SELECT l.*, p.* EXCLUDE (goods), price_evidence(ln_price, p.center, p.scale, other_center, other_scale) AS evidence
    FROM line AS l JOIN pair AS p ON p.goods = l.goods AND p.other_rate > l.duty_rate
    WHERE evidence >= {{evidence_from}}
    QUALIFY row_number() OVER (PARTITION BY number ORDER BY evidence DESC, other_code) = 1
)
SELECT j.declaration_id, j.item_no, j.declaration_date, j.trader, j.hs_code, j.origin, j.currency, j.value, j.amount, j.basis,
    j.unit_value, j.duty_rate, other_code AS neighbour, other_rate AS neighbour_rate,
    exp(j.center) AS usual_price, exp(other_center) AS neighbour_price, other_n AS neighbour_lines,
    evidence, o.n AS trader_lines, price_evidence(o.center, j.center, j.scale, other_center, other_scale) AS trader_evidence,
    coalesce(b.n, 0) AS trader_neighbour_lines,
    CASE WHEN trader_evidence >= {{evidence_from}} AND trader_neighbour_lines > 0 THEN 'both codes' WHEN trader_evidence >= {{evidence_from}} THEN 'trader'
        ELSE 'line' END AS strength,
    (other_rate - j.duty_rate) / 100 * j.value AS duty_at_stake
FROM judged AS j LEFT JOIN own AS o ON o.goods = j.goods AND o.trader_key = j.trader_key AND j.trader IS NOT NULL
    LEFT JOIN own AS b ON b.goods = j.other_goods AND b.trader_key = j.trader_key AND j.trader IS NOT NULL;
