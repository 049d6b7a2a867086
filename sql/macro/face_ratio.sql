-- face_ratio(fob, cif): Share of a CIF value that is the goods themselves, without freight and insurance.
--
-- 0.9 is common; 1 says that nothing was added for transport. NULL where either is not above zero.
CREATE OR REPLACE TEMP MACRO face_ratio(fob, cif) AS
    CASE WHEN fob > 0 AND cif > 0 THEN fob / cif END;
