-- screen.outlier: the lines of screen.measure with a z that counts, of either unit value.
CREATE OR REPLACE TABLE screen.outlier AS
FROM screen.measure
WHERE abs(mass_z) > {{z_from}} OR abs(unit_z) > {{z_from}};
