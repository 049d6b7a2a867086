-- customs.exchange_rate: rates of exchange, one row a currency and day, from which customs.money converts.
--
-- A rate holds from its day until the next one of the same pair.
--
-- Needs: currency; rate; rate_date.
-- Key: currency; rate_date, base.
CREATE TABLE IF NOT EXISTS customs.exchange_rate (
    currency         VARCHAR,        -- currency, ISO 4217; currency_normalize; e.g. USD
    rate_date        DATE,           -- first day of the rate; e.g. 2024-02-29
    rate             DECIMAL(18, 8), -- price of one unit of currency in units of base; e.g. 3.6725
    base             VARCHAR,        -- currency of the price, ISO 4217; NULL is the reporting currency; currency_normalize; e.g. AED
    raw              JSON,           -- cells whose text the columns above don't give back, by name in the source; see customs.cell
    extra            JSON,           -- columns of the source that fit nowhere here; e.g. {"Bank": "central"}
    source_id        INTEGER,        -- the import that the row came with, in customs.source_file; e.g. 1
    source_file      VARCHAR,        -- name of the file the row came from; e.g. rates.csv
    source_row       BIGINT,         -- number of the data row in that file, from 1; e.g. 1
    source_line      BIGINT          -- line of the file or row of the sheet; NULL in formats without lines; e.g. 2
);
