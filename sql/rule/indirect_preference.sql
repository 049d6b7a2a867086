-- indirect_preference: A rate below the usual one, on goods that were not sent from their origin.
-- family: origin
-- weight: 15
-- scope: finding
--
-- Agreements mostly ask for direct transport, and a switched origin shows as a
-- departure elsewhere.

-- strength
CASE WHEN usual_rate IS NOT NULL AND origin <> departure THEN 1 END

-- reason
'origin ' || origin || ' but sent from ' || departure || ', at duty rate ' || screen.figure(duty_rate)
    || ' % against the usual ' || screen.figure(usual_rate) || ' % for HS ' || hs_code
