-- customs.setting: choices that hold for a whole database, one row each.
CREATE TABLE IF NOT EXISTS customs.setting (
    name  VARCHAR PRIMARY KEY, -- name of the setting; e.g. reporting_currency
    value VARCHAR,             -- its value as text; e.g. AED
    about VARCHAR              -- what it does; e.g. the currency of customs.money
);

INSERT OR IGNORE INTO customs.setting VALUES
    ('reporting_currency', NULL, 'currency into which customs.money converts, ISO 4217');
