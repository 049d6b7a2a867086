-- ingest_western: western digits, one kind of space and no direction marks. Text of ASCII alone, the
-- most, has nothing to translate, which costs a microsecond a cell.
CREATE OR REPLACE TEMP MACRO ingest_western(t) AS
    CASE WHEN strlen(t) = length(t) THEN t ELSE translate(t,
        '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹' || chr(160) || chr(8239) || chr(8201) || '’−€£¥﷼' || chr(8206) || chr(8207) || chr(1564),
        '01234567890123456789' || '    -') END;

-- ingest_text: a text without spaces around it, or NULL if nothing is left. Two comparisons tell whether there is
-- anything to do, as trim costs ten times as much; all that sorts before '!' is empty or begins with a space.
CREATE OR REPLACE TEMP MACRO ingest_text(t) AS
    CASE WHEN t < '!' OR suffix(t, ' ') THEN nullif(trim(t), '') ELSE t END;
