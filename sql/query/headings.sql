-- Short names of goods: a table function of the heading and its name.
LEFT JOIN hs_headings() AS h ON h.heading = left(l.hs_code, 4)
