-- ingest_western: western digits, one kind of space and no direction marks. Text of ASCII alone, the
-- most, has nothing to translate, which costs a microsecond a cell.
CREATE OR REPLACE TEMP MACRO ingest_western(t) AS
    CASE WHEN strlen(t) = length(t) THEN t ELSE translate(t,
        '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹' || chr(160) || chr(8239) || chr(8201) || '’−€£¥﷼' || chr(8206) || chr(8207) || chr(1564),
        '01234567890123456789' || '    -') END;
