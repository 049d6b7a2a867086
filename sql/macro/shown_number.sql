-- shown_number(x): A number as explanations show it: three significant digits, thousands grouped from 1,000 on.
CREATE OR REPLACE TEMP MACRO shown_number(x) AS
    CASE WHEN abs(x) < 999.5 THEN format('{:.3g}', x::DOUBLE) ELSE format('{:,.0f}', x::DOUBLE) END;
