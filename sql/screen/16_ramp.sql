-- screen.ramp(x, from_, full_): strength of evidence: 0 up to from_, 1 from full_ on, linear between; NULL counts as 0.
CREATE OR REPLACE MACRO screen.ramp(x, from_, full_) AS
    coalesce(least(1, greatest(0, (x - from_) / (full_ - from_))), 0);
