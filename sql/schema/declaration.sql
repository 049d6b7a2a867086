-- customs.declaration: declared goods, one row an item of a declaration.
--
-- Columns follow the single administrative document (SAD) and the WCO Data
-- Model. Amounts are in the currency of the row, invoice_ amounts and the unit
-- price in invoice_currency; masses in kilograms; rates in per cent. A column
-- that the source does not have is NULL throughout.
--
-- Needs: hs_code; value, quantity, net_mass, gross_mass, invoice_value or fob_value.
-- Key: declaration_id; item_no.
CREATE SCHEMA IF NOT EXISTS customs;

CREATE TABLE IF NOT EXISTS customs.declaration (
    declaration_id   VARCHAR,        -- number of the declaration; SAD A; e.g. 2024-TIA00-C-10427
    item_no          INTEGER,        -- number of the item within the declaration; SAD 32; WCO 006; e.g. 1
    version          INTEGER,        -- version of the declaration, the greater the later; e.g. 2
    declaration_type VARCHAR,        -- kind of declaration as its country writes it; SAD 1; e.g. IM 4
    declaration_date DATE,           -- date of registration or acceptance; SAD A; WCO 023; e.g. 2024-02-29
    assessment_date  DATE,           -- date of the assessment; e.g. 2024-03-01
    release_date     DATE,           -- date of release or exit; e.g. 2024-03-02
    status           VARCHAR,        -- where the declaration stands; e.g. released
    office           VARCHAR,        -- customs office of the declaration; SAD A; e.g. TIA00
    border_office    VARCHAR,        -- office of entry or exit; SAD 29; e.g. BRT01
    procedure        VARCHAR,        -- customs procedure; SAD 37; e.g. 4000
    additional_procedure VARCHAR,    -- national or additional procedure; SAD 37; e.g. C07
    declarant        VARCHAR,        -- declarant or broker; SAD 14; e.g. Gulf Clearing LLC
    declarant_id     VARCHAR,        -- number of the declarant; SAD 14; e.g. 791
    importer         VARCHAR,        -- consignee; SAD 8; WCO R014; e.g. Al Noor Trading LLC
    importer_id      VARCHAR,        -- tax or trader number of the consignee; SAD 8; WCO R015; e.g. 100000000000003
    importer_address VARCHAR,        -- address of the consignee; SAD 8; e.g. Ward 1, Lalitpur
    exporter         VARCHAR,        -- consignor or seller; SAD 2; WCO R020; e.g. Northwind Trading Ltd
    exporter_id      VARCHAR,        -- tax or trader number of the consignor; SAD 2; WCO R021; e.g. EX7781
    exporter_address VARCHAR,        -- address of the consignor; SAD 2; e.g. Unit 12, Shenzhen
    manufacturer     VARCHAR,        -- maker of the goods; e.g. Northwind Works
    hs_code          VARCHAR,        -- commodity code, digits only; hs_normalize; SAD 33; WCO 145; e.g. 87032319
    hs_text          VARCHAR,        -- commodity code as it came; SAD 33; e.g. 8703.23.19
    additional_code  VARCHAR,        -- additional or precision codes; SAD 33; e.g. 000
    description      VARCHAR,        -- description of the goods; SAD 31; WCO 137; e.g. Motor car, 1998 cc
    brand            VARCHAR,        -- brand or trade mark; SAD 31; e.g. Toyota
    model            VARCHAR,        -- model or type; SAD 31; e.g. Corolla
    origin           VARCHAR,        -- country of origin, ISO alpha-2 where known; country_normalize; SAD 34; WCO 063; e.g. JP
    departure        VARCHAR,        -- country of dispatch or export, ISO alpha-2 where known; country_normalize; SAD 15; e.g. AE
    trading_country  VARCHAR,        -- country of the seller, ISO alpha-2 where known; country_normalize; SAD 11; e.g. SG
    destination      VARCHAR,        -- country of destination, ISO alpha-2 where known; country_normalize; SAD 17; e.g. NP
    preference       VARCHAR,        -- preference that is claimed; SAD 36; e.g. 300
    quota            VARCHAR,        -- number of the quota; SAD 39; e.g. 091104
    valuation_method VARCHAR,        -- method of valuation; SAD 43; e.g. 1
    transport_mode   VARCHAR,        -- mode of transport at the border; SAD 25; e.g. 4
    inland_mode      VARCHAR,        -- mode of transport inland; SAD 26; e.g. 3
    vessel           VARCHAR,        -- vessel, flight or vehicle at the border; SAD 21; e.g. MSC OSCAR
    carrier          VARCHAR,        -- carrier or transport company; e.g. Maersk
    loading_port     VARCHAR,        -- port or place of loading; e.g. CNSHA
    port             VARCHAR,        -- port or place of unloading; SAD 27; e.g. AEJEA
    transport_document VARCHAR,      -- bill of lading or airway bill; SAD 44; e.g. 555-12345678
    manifest         VARCHAR,        -- manifest or summary declaration; SAD 40; e.g. 2026/1436
    container        VARCHAR,        -- numbers of containers; SAD 31; WCO 159; e.g. MSKU1234565
    warehouse        VARCHAR,        -- identification of the warehouse; SAD 49; e.g. W0012
    documents        VARCHAR,        -- documents, certificates and licences; SAD 44; e.g. N380 209-1
    package_count    DOUBLE,         -- number of packages; SAD 31; WCO 144; e.g. 12
    package_type     VARCHAR,        -- kind of packages; SAD 31; WCO 141; e.g. CT
    quantity         DOUBLE,         -- quantity in units of the column unit; SAD 41; WCO 130; e.g. 500
    unit             VARCHAR,        -- unit of the quantity, UN Rec 20 where known; unit_normalize; SAD 41; e.g. H87
    net_mass         DOUBLE,         -- net mass; SAD 38; WCO 128; kg; e.g. 1250.5
    gross_mass       DOUBLE,         -- gross mass; SAD 35; WCO 126; kg; e.g. 1310
    incoterm         VARCHAR,        -- delivery terms; incoterm_normalize; SAD 20; e.g. CIF
    delivery_place   VARCHAR,        -- place of delivery; SAD 20; e.g. Jebel Ali
    invoice_no       VARCHAR,        -- number of the invoice; SAD 44; e.g. DEMO-209-1
    invoice_value    DECIMAL(18, 4), -- invoiced price of the item; SAD 42; invoice_currency; e.g. 10500
    invoice_total    DECIMAL(18, 4), -- total of the invoice, of all items; SAD 22; invoice_currency; e.g. 48200
    invoice_currency VARCHAR,        -- currency of the invoice, ISO 4217; currency_normalize; SAD 22; e.g. USD
    unit_price       DECIMAL(18, 6), -- price of one unit; invoice_currency; e.g. 21
    exchange_rate    DECIMAL(18, 8), -- declared rate: currency for one of invoice_currency; SAD 23; e.g. 3.6725
    fob_value        DECIMAL(18, 4), -- value free on board; currency; e.g. 36800
    freight          DECIMAL(18, 4), -- freight to the border; currency; e.g. 1300
    insurance        DECIMAL(18, 4), -- insurance; currency; e.g. 90
    other_costs      DECIMAL(18, 4), -- other costs in the customs value, less deductions; SAD 45; currency; e.g. 0
    value            DECIMAL(18, 4), -- customs (CIF) value; SAD 46; WCO 108; currency; e.g. 38561.25
    currency         VARCHAR,        -- currency of value and of all amounts but those of the invoice, ISO 4217; currency_normalize; e.g. AED
    duty_rate        DOUBLE,         -- rate of duty; SAD 47; per cent; e.g. 5
    duty             DECIMAL(18, 4), -- duty assessed; SAD 47; currency; e.g. 1928.06
    vat_rate         DOUBLE,         -- rate of value added or sales tax; SAD 47; per cent; e.g. 13
    vat              DECIMAL(18, 4), -- value added or sales tax; SAD 47; currency; e.g. 5263.61
    excise           DECIMAL(18, 4), -- excise; SAD 47; currency; e.g. 0
    other_taxes      DECIMAL(18, 4), -- other duties, taxes and fees; SAD 47; currency; e.g. 565
    total_tax        DECIMAL(18, 4), -- all duties, taxes and fees; SAD 47; currency; e.g. 7756.67
    payment          VARCHAR,        -- method or terms of payment; SAD 48; e.g. 11
    raw              JSON,           -- cells whose text the columns above don't give back, by name in the source; see customs.cell
    extra            JSON,           -- columns of the source that fit nowhere here; e.g. {"Courier ID": "K77"}
    source_id        INTEGER,        -- the import that the row came with, in customs.source_file; e.g. 1
    source_file      VARCHAR,        -- name of the file the row came from; e.g. train.csv
    source_row       BIGINT,         -- number of the data row in that file, from 1; e.g. 1
    source_line      BIGINT          -- line of the file or row of the sheet; NULL in formats without lines; e.g. 2
);
