-- misfit(x, centre, spread): Minus the logarithm of the normal density of x, but for ln √(2π): the less, the better x fits.
CREATE OR REPLACE TEMP MACRO misfit(x, centre, spread) AS ln(spread) + ((x - centre) / spread) ** 2 / 2;
