-- screen.unit_factor: the factors between units that are mixed up in practice.
CREATE OR REPLACE TABLE screen.unit_factor AS
FROM (VALUES
    (1000, 'g for kg, kg for t, or a decimal comma read as a thousands mark'),
    (100, 'a decimal point lost'),
    (12, 'dozens for pieces'),
    (10, 'a digit lost or added')
) AS f (factor, meaning);
