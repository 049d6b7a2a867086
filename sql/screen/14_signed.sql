-- screen.signed(x): a score with one decimal and a true minus sign.
CREATE OR REPLACE MACRO screen.signed(x) AS replace(format('{:.1f}', x), '-', '−');
