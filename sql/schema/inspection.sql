-- customs.inspection: results of inspections, one row an inspected item or declaration, to learn from.
--
-- Needs: declaration_id; result, found, infringement, recovered, value_found, hs_code_found or origin_found.
-- Key: declaration_id; item_no, inspection_date, kind.
CREATE TABLE IF NOT EXISTS customs.inspection (
    declaration_id   VARCHAR,        -- number of the declaration; SAD A; e.g. 2024-TIA00-C-10427
    item_no          INTEGER,        -- number of the item; NULL for the whole declaration; SAD 32; e.g. 1
    inspection_date  DATE,           -- date of the inspection; e.g. 2024-03-01
    office           VARCHAR,        -- customs office; e.g. TIA00
    inspector        VARCHAR,        -- who inspected; e.g. 4411
    lane             VARCHAR,        -- lane of the selection; e.g. red
    kind             VARCHAR,        -- kind of inspection: documents, scan, physical or after release; e.g. physical
    reason           VARCHAR,        -- why it was selected; e.g. risk profile 14
    result           VARCHAR,        -- result as its office writes it; e.g. under-valued
    found            BOOLEAN,        -- true if something was wrong; e.g. true
    critical         BOOLEAN,        -- true if it was grave; e.g. false
    infringement     VARCHAR,        -- kind of infringement; e.g. misclassification
    hs_code_found    VARCHAR,        -- commodity code found; hs_normalize; e.g. 87032490
    origin_found     VARCHAR,        -- country of origin found; country_normalize; e.g. CN
    quantity_found   DOUBLE,         -- quantity found, in the unit of the declaration; e.g. 520
    net_mass_found   DOUBLE,         -- net mass found; kg; e.g. 1300
    value_found      DECIMAL(18, 4), -- customs value found; currency; e.g. 51000
    recovered        DECIMAL(18, 4), -- duty and tax recovered; currency; e.g. 2300
    penalty          DECIMAL(18, 4), -- penalty; currency; e.g. 1000
    currency         VARCHAR,        -- currency of the amounts, ISO 4217; currency_normalize; e.g. AED
    remarks          VARCHAR,        -- what the inspector wrote; e.g. engine above 2000 cc
    raw              JSON,           -- cells whose text the columns above don't give back, by name in the source; see customs.cell
    extra            JSON,           -- columns of the source that fit nowhere here; e.g. {"Shift": "B"}
    source_id        INTEGER,        -- the import that the row came with, in customs.source_file; e.g. 1
    source_file      VARCHAR,        -- name of the file the row came from; e.g. inspections.csv
    source_row       BIGINT,         -- number of the data row in that file, from 1; e.g. 1
    source_line      BIGINT          -- line of the file or row of the sheet; NULL in formats without lines; e.g. 2
);
