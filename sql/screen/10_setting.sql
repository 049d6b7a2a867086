-- screen.setting: the numbers that steer a screening, one named row each.
--
-- They are part of the database: UPDATE screen.setting SET value = 70 WHERE
-- name = 'lane_red' holds for every later screening of that database.
CREATE SCHEMA IF NOT EXISTS screen;

CREATE TABLE IF NOT EXISTS screen.setting (
    name        VARCHAR PRIMARY KEY,
    value       DOUBLE,
    description VARCHAR
);

INSERT INTO screen.setting VALUES
    ('group_above', 10, 'a group of like goods gives a fair price when it has more lines than this'),
    ('trader_share', 0.5, 'largest share of one trader in a group of like goods at which the group still stands for the market'),
    ('scale_floor', 0.05, 'least scale of ln unit value, where all prices of a group are nearly equal; 0.05 is about 5 %'),
    ('z_from', 2, 'robust z from which a unit value begins to count'),
    ('z_full', 6, 'robust z from which a unit value counts in full'),
    ('z_outlier', 3.5, 'robust z beyond which a unit value is an outlier (Iglewicz and Hoaglin)'),
    ('slip_z', 1.5, 'robust z below which a unit value is normal once its unit is corrected'),
    ('slip_residual', 0.5, 'greatest distance of ln ratio from ln factor at which a unit mistake is believed'),
    ('sibling_evidence', 3, 'log likelihood ratio from which a unit value speaks for another code of the heading'),
    ('rate_share', 0.5, 'share of the lines of a code from which its most frequent duty rate is the usual one'),
    ('new_trader_days', 14, 'days after its first declaration during which a trader is new'),
    ('new_trader_history', 60, 'days of data that must lie before, for a trader to count as new'),
    ('split_threshold', 1000, 'value below which goods enter with less duty or control, in the currency of the line'),
    ('split_from', 0.7, 'share of split_threshold from which a value is just under it'),
    ('split_declarations', 3, 'declarations of a trader on one day, just under split_threshold, from which they look split'),
    ('lane_red', 60, 'score from which a line is red: examine the goods'),
    ('lane_yellow', 30, 'score from which a line is yellow: check the documents'),
    ('lane_blue', 10, 'score from which a line is blue: audit after release; below it is green')
ON CONFLICT (name) DO NOTHING;
