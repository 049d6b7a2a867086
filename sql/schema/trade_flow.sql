-- customs.trade_flow: trade statistics, one row a sum such as those of UN Comtrade, Eurostat Comext or a census.
--
-- Rows of different aggregation stand side by side in most sources: 870323 is
-- within 8703, and that within 87 and TOTAL. Add up rows of one level only.
--
-- Needs: hs_code, hs_text or description; value, fob_value, cif_value, quantity, net_mass or gross_mass; reporter, partner, period, year, flow, office or second_partner.
-- Key: period, year; month, flow, reporter, partner, second_partner, office, hs_edition, hs_text, description, procedure, transport_mode.
CREATE TABLE IF NOT EXISTS customs.trade_flow (
    flow             VARCHAR,        -- direction of trade: M import, X export, RM and RX again; e.g. M
    period           VARCHAR,        -- year, or year and month, as the source writes it; e.g. 202401
    year             INTEGER,        -- year; e.g. 2024
    month            INTEGER,        -- month; NULL or above 12 for a year as a whole; e.g. 1
    reporter         VARCHAR,        -- country that reports, ISO alpha-2 where known; country_normalize; e.g. TH
    partner          VARCHAR,        -- partner: origin of imports, destination of exports; country_normalize; e.g. NZ
    second_partner   VARCHAR,        -- country of consignment; country_normalize; e.g. SG
    office           VARCHAR,        -- customs office or district; e.g. TIA00
    hs_edition       VARCHAR,        -- edition of the nomenclature; e.g. H5
    hs_code          VARCHAR,        -- commodity code, digits only; NULL for a total; hs_normalize; WCO 145; e.g. 030613
    hs_text          VARCHAR,        -- commodity code as it came; e.g. TOTAL
    description      VARCHAR,        -- name of the commodity; e.g. Shrimps and prawns, frozen
    procedure        VARCHAR,        -- customs procedure; e.g. C00
    transport_mode   VARCHAR,        -- mode of transport; e.g. 2100
    quantity         DOUBLE,         -- quantity in units of the column unit; e.g. 292990
    unit             VARCHAR,        -- unit of the quantity, UN Rec 20 where known; unit_normalize; e.g. KGM
    second_quantity  DOUBLE,         -- quantity in units of second_unit; e.g. 1200
    second_unit      VARCHAR,        -- unit of the second quantity; unit_normalize; e.g. H87
    net_mass         DOUBLE,         -- net mass; kg; e.g. 292990
    gross_mass       DOUBLE,         -- gross mass; kg; e.g. 310000
    value            DECIMAL(24, 4), -- value that the source puts first; currency; e.g. 2482223
    cif_value        DECIMAL(24, 4), -- value with cost, insurance and freight; currency; e.g. 2482223
    fob_value        DECIMAL(24, 4), -- value free on board; currency; e.g. 2301200
    dutiable_value   DECIMAL(24, 4), -- value on which duty was assessed; currency; e.g. 809426
    duty             DECIMAL(24, 4), -- duty; currency; e.g. 40471.3
    currency         VARCHAR,        -- currency of the amounts, ISO 4217; currency_normalize; e.g. USD
    is_reported      BOOLEAN,        -- false for an estimate of the source; e.g. true
    is_aggregate     BOOLEAN,        -- true for a sum of other rows; e.g. false
    raw              JSON,           -- cells whose text the columns above don't give back, by name in the source; see customs.cell
    extra            JSON,           -- columns of the source that fit nowhere here; e.g. {"mos_code": "0"}
    source_id        INTEGER,        -- the import that the row came with, in customs.source_file; e.g. 1
    source_file      VARCHAR,        -- name of the file the row came from; e.g. comtrade.csv
    source_row       BIGINT,         -- number of the data row in that file, from 1; e.g. 1
    source_line      BIGINT          -- line of the file or row of the sheet; NULL in formats without lines; e.g. 2
);
