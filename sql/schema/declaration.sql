-- customs.declaration: declared goods, one row an item of a declaration.
--
-- Amounts are in the currency of their row; masses in kilograms; rates in per
-- cent. A column that the source file does not have is NULL throughout.
CREATE SCHEMA IF NOT EXISTS customs;

CREATE TABLE IF NOT EXISTS customs.declaration (
    declaration_id   VARCHAR,        -- declaration number, SAD box A
    item_no          INTEGER,        -- item number within the declaration, SAD box 32
    declaration_date DATE,           -- date of registration
    office           VARCHAR,        -- customs office
    procedure        VARCHAR,        -- customs procedure, SAD box 37
    transport_mode   VARCHAR,        -- mode of transport at the border, SAD box 25
    declarant        VARCHAR,        -- declarant or broker, SAD box 14
    importer         VARCHAR,        -- consignee, SAD box 8
    exporter         VARCHAR,        -- consignor or seller, SAD box 2
    hs_code          VARCHAR,        -- commodity code, digits only, SAD box 33
    hs_text          VARCHAR,        -- commodity code as it came
    description      VARCHAR,        -- goods description, SAD box 31
    origin           VARCHAR,        -- country of origin, ISO alpha-2 where known, SAD box 34
    departure        VARCHAR,        -- country of dispatch, ISO alpha-2 where known, SAD box 15
    port             VARCHAR,        -- port or place of unloading, SAD box 27
    quantity         DOUBLE,         -- supplementary units, SAD box 41
    unit             VARCHAR,        -- unit of quantity, UN Rec 20 where known
    net_mass         DOUBLE,         -- kg, SAD box 38
    gross_mass       DOUBLE,         -- kg, SAD box 35
    value            DECIMAL(18, 4), -- customs (CIF) value, SAD box 46
    currency         VARCHAR,        -- currency of value, ISO 4217
    duty_rate        DOUBLE,         -- per cent of the value, SAD box 47
    duty             DECIMAL(18, 4), -- duty assessed, in the currency of value
    extra            JSON,           -- columns of the source that fit nowhere here
    source_file      VARCHAR,        -- name of the file the row came from
    source_row       BIGINT          -- number of the data row in that file, from 1
);
