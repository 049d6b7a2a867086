-- quantity_differs: The quantity in kilograms is not the net mass.
-- family: data
-- weight: 20
--
-- By more than half: drained and packed quantities differ by less.

-- strength
CASE WHEN unit IN ('KGM', 'KG') AND net_mass > 0 AND (quantity > 1.5 * net_mass OR quantity < net_mass / 1.5) THEN 1 END

-- reason
'quantity ' || screen.figure(quantity) || ' kg but net mass ' || screen.figure(net_mass) || ' kg'
