-- party_clusters(t, names): Names of a column with the cluster of names that are probably one firm's, in whatever script or spelling.
--
-- t is the name of a table or view and names that of its column, both as texts: party_clusters('customs.declaration',
-- 'importer'). The table may be temporary or not committed yet. A row has a name, its number of lines, the number of its
-- cluster, and the name in the cluster that has the most lines. Each name is in one cluster; NULL is left out.
--
-- Two names are in one cluster if party_normalize gives the same for both, or if a chain of names joins them whose
-- party_similarity is at least 0.9 from each to the next. Only names that share a block are compared: those with the same
-- consonants in their party_key, also after one consonant is left out of either or both, and those with the same key. In a block
-- of more than 25 names each is compared with the 24 behind it, the most frequent first. A name of which nothing is left but
-- its legal form is alone. The work grows with the number of different names, in memory of about 300 bytes each.
--
-- Look at a cluster before you take it for a firm: names that are alike may be two firms, and a chain may join what its ends
-- don't have in common.
CREATE OR REPLACE TEMP MACRO party_clusters(t, names) AS TABLE
WITH spelled AS (
    SELECT party, count(*) AS lines
    FROM (SELECT party::VARCHAR AS party FROM (SELECT COLUMNS(c -> lower(c) = lower(names)) FROM query_table(t)) AS s(party))
    WHERE party IS NOT NULL
    GROUP BY party
), ranked AS (
    SELECT list(party ORDER BY lines DESC, party) AS parties, list(lines ORDER BY lines DESC, party) AS counts,
        string_agg(replace(party, chr(0), ' '), chr(0) ORDER BY lines DESC, party) AS texts
    FROM spelled
), numbered AS (
    SELECT unnest(parties) AS name, unnest(counts) AS lines, unnest(party_cluster_numbers(texts))::BIGINT AS cluster FROM ranked
)
SELECT name, lines, cluster, first(name) OVER (PARTITION BY cluster ORDER BY lines DESC, name) AS cluster_name FROM numbered;
