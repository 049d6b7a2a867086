-- bonferroni_z(n): The distance in standard deviations that one of n normal values passes in a hundred groups: Φ⁻¹(1 − 0.005/n).
--
-- By √(u − ln u) with u = 2·ln(n / (0.005·√(2π))): off by less than 0.011 for n from 5 on.
CREATE OR REPLACE TEMP MACRO bonferroni_z(n) AS
    sqrt(2 * ln(n / 0.01253314137) - ln(2 * ln(n / 0.01253314137)));
