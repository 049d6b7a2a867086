-- data_quality(t): Report on the quality of declarations, one row for each rule of quality.rule.
--
-- t is the name of a table or view with the columns of customs.declaration, as a text: data_quality('customs.declaration').
-- A rule tests some of the rows and says how many fail, their share, three examples, how severe that is and what to do.
-- Rules are rows of the table quality.rule, which appears with the first declarations; rows that you add hold at once.
CREATE OR REPLACE TEMP MACRO data_quality(t) AS TABLE FROM query(data_quality_sql(t));
