-- round_value: The value is a round number.
-- family: valuation
-- weight: 3
--
-- A thousand or more, with at most two digits that aren't zero: an estimate
-- rather than an invoice.

-- strength
CASE WHEN amount >= 1000 AND amount % 100 = 0 AND amount % pow(10, floor(log10(amount)) - 1) = 0 THEN 1 END

-- reason
'round value ' || screen.figure(amount)
