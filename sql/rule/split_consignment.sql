-- split_consignment: Several declarations of the trader on one day, each just under the threshold.
-- family: trader
-- weight: 25
-- scope: finding
--
-- The threshold is split_threshold in screen.setting: set it to the limit
-- below which your country asks for less duty or control.

-- strength
CASE WHEN split_declarations IS NOT NULL THEN 1 END

-- reason
screen.figure(split_declarations) || ' declarations of trader ' || importer || ' on ' || declaration_date::VARCHAR
    || ' just under the threshold, ' || screen.figure(split_total) || coalesce(' ' || currency, '') || ' together'
