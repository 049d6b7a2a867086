-- customs.party: traders, brokers and other parties, one row a party of a register.
--
-- Needs: party_id or name; role, country, address, city, activity, status, since, authorised or phone.
-- Key: party_id.
CREATE TABLE IF NOT EXISTS customs.party (
    party_id         VARCHAR,        -- tax, trader or EORI number; e.g. 100000000000003
    name             VARCHAR,        -- name of the party; e.g. Al Noor Trading LLC
    role             VARCHAR,        -- importer, exporter, declarant, carrier and so on; e.g. importer
    country          VARCHAR,        -- country of the party, ISO alpha-2 where known; country_normalize; e.g. AE
    address          VARCHAR,        -- street or post box; e.g. P.O. Box 1221
    city             VARCHAR,        -- town; e.g. Dubai
    phone            VARCHAR,        -- telephone; e.g. +971 4 123 4567
    email            VARCHAR,        -- address of e-mail; e.g. info@example.com
    activity         VARCHAR,        -- what the party does, ISIC where known; e.g. 4690
    since            DATE,           -- date of registration; e.g. 2019-05-01
    until            DATE,           -- date of its end; e.g. 2024-12-31
    status           VARCHAR,        -- where the registration stands; e.g. active
    authorised       BOOLEAN,        -- true for an authorised economic operator; e.g. false
    raw              JSON,           -- cells whose text the columns above don't give back, by name in the source; see customs.cell
    extra            JSON,           -- columns of the source that fit nowhere here; e.g. {"Owner": "A. Noor"}
    source_id        INTEGER,        -- the import that the row came with, in customs.source_file; e.g. 1
    source_file      VARCHAR,        -- name of the file the row came from; e.g. traders.xlsx
    source_row       BIGINT,         -- number of the data row in that file, from 1; e.g. 1
    source_line      BIGINT          -- line of the file or row of the sheet; NULL in formats without lines; e.g. 2
);
