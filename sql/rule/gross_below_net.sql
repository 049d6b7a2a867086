-- gross_below_net: The gross mass is less than the net mass.
-- family: data
-- weight: 8

-- strength
CASE WHEN gross_mass > 0 AND gross_mass < net_mass * 0.999 THEN 1 END

-- reason
'gross mass ' || screen.figure(gross_mass) || ' kg is less than net mass ' || screen.figure(net_mass) || ' kg'
