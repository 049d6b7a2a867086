-- customs.cell: The cells of loaded rows as their files had them, one row a cell: its place, column and text.
--
-- Ask for one row or one import: FROM customs.cell WHERE source_id = 1 AND source_row = 17.
--
-- A text comes from raw, where its cell was cleaned, or from extra, where its column fits nowhere; else its value prints
-- as it was written, in the way that customs.source_file has in mapping. An empty cell and none are both ''. Quotes, the
-- encoding and cells beyond the header are not told.
CREATE OR REPLACE VIEW customs.cell AS
WITH loaded AS (
    SELECT source_id, source_row, raw, extra, to_json(t) AS fields FROM customs.declaration AS t
    UNION ALL SELECT source_id, source_row, raw, extra, to_json(t) FROM customs.trade_flow AS t
    UNION ALL SELECT source_id, source_row, raw, extra, to_json(t) FROM customs.inspection AS t
    UNION ALL SELECT source_id, source_row, raw, extra, to_json(t) FROM customs.party AS t
    UNION ALL SELECT source_id, source_row, raw, extra, to_json(t) FROM customs.exchange_rate AS t
), named AS (
    SELECT source_id, generate_subscripts(m, 1) AS place, unnest(m) AS mapped
    FROM (SELECT source_id, mapping->'$[*]' AS m FROM customs.source_file)
), known AS (
    SELECT source_id, place, mapped->>'name' AS name, '/' || replace(replace(mapped->>'name', '~', '~0'), '/', '~1') AS pointer,
        CASE mapped->>'column' WHEN 'hs_code' THEN 'hs_text' ELSE mapped->>'column' END AS field, mapped->>'print' AS print
    FROM named
)
SELECT l.source_id, l.source_row, k.place, k.name AS column_name,
    coalesce(l.raw->>k.pointer, l.extra->>k.pointer, printed_text(l.fields->>k.field, k.print), '') AS cell
FROM loaded AS l JOIN known AS k USING (source_id);
