-- screen.figure(x): a number as reasons show it: three significant digits, thousands grouped.
CREATE OR REPLACE MACRO screen.figure(x) AS
    CASE WHEN abs(x) < 999.5 THEN format('{:.3g}', x::DOUBLE) ELSE format('{:,.0f}', x::DOUBLE) END;
