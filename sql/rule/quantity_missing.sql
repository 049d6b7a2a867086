-- quantity_missing: Neither mass nor quantity is above zero, so the value can't be judged.
-- family: data
-- weight: 15
--
-- Counts only where the declarations have masses or quantities at all.

-- strength
CASE WHEN (has_net_mass OR has_quantity) AND coalesce(net_mass, 0) <= 0 AND coalesce(quantity, 0) <= 0 THEN 1 END

-- reason
CASE WHEN net_mass IS NULL THEN 'no net mass' ELSE 'net mass ' || screen.figure(net_mass) || ' kg' END
    || ' and no quantity: the value can''t be compared'
