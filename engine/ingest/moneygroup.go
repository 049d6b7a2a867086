package ingest

import "slices"

// Amounts of one row are in one currency, the column currency, and those of
// its invoice in another, the column invoice_currency. A file often has each
// amount twice, in the local currency and in dollars; taken together they
// would be wrong by the rate of exchange.

// statedMore is how much more an amount counts of which the currency is known.
const statedMore = 1.15

// oneCurrency takes out the amounts that are in another currency than the
// others, and the currency columns that aren't about the amounts that stay.
func oneCurrency(t *target, all []candidate) []candidate {
	invoiceColumn(t, all)
	for _, unit := range []string{"currency", "invoice_currency"} {
		if t.index(unit) < 0 {
			continue
		}
		if unit == "invoice_currency" {
			all = statedOrColumn(t, all, unit)
		}
		all = statedOrColumn(t, inOneCurrency(t, all, unit), unit)
	}
	return all
}

// inOneCurrency keeps the amounts of the currency that fills most columns. An
// amount whose header names no currency is in that of the others, unless the
// file has the same amount in a currency that it does name.
func inOneCurrency(t *target, all []candidate, unit string) []candidate {
	isAmount := func(c candidate) bool { return t.column(c.column).unit == unit }
	groups, stated, unstated := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range all {
		if !isAmount(c) {
			continue
		}
		groups[moneyGroup(c)] = true
		if moneyGroup(c) == "" {
			unstated[c.column] = true
		} else {
			stated[c.column] = true
		}
	}
	twice := false
	for column := range stated {
		twice = twice || unstated[column]
	}
	if len(groups) < 2 || len(groups) == 2 && groups[""] && !twice {
		return all
	}
	best := bestGroup(all, groups, isAmount)
	return slices.DeleteFunc(all, func(c candidate) bool { return isAmount(c) && moneyGroup(c) != best })
}

// moneyGroup returns which amounts an amount stands with. What is said to be
// in the local currency stands with what says nothing.
func moneyGroup(c candidate) string {
	if c.currency == localCurrency {
		return ""
	}
	return c.currency
}

// bestGroup returns the currency in which most columns can be filled; a value
// counts three times.
func bestGroup(all []candidate, groups map[string]bool, isAmount func(candidate) bool) string {
	best, bestSum := "", 0.0
	for group := range groups {
		scores := map[string]float64{}
		for _, c := range all {
			if isAmount(c) && moneyGroup(c) == group {
				scores[c.column] = max(scores[c.column], c.score)
			}
		}
		sum := 0.0
		for column, score := range scores {
			if column == "value" {
				score *= 3
			}
			sum += score
		}
		if len(group) == 3 {
			sum *= statedMore
		}
		if sum > bestSum || sum == bestSum && group < best {
			best, bestSum = group, sum
		}
	}
	return best
}

// invoiceColumn decides what a column named just "currency" is about. Where
// the headers of the amounts name their currency, or the file has a rate of
// exchange and an invoiced amount, it is the currency of the invoice.
func invoiceColumn(t *target, all []candidate) {
	has := columnsIn(all)
	invoiced := has["invoice_value"] || has["invoice_total"] || has["unit_price"]
	if !invoiced || has["invoice_currency"] || t.index("invoice_currency") < 0 {
		return
	}
	if !statedIn(t, all, "currency") && !has["exchange_rate"] && (has["value"] || has["fob_value"]) {
		return
	}
	for i := range all {
		if all[i].column == "currency" {
			all[i].column = "invoice_currency"
			all[i].why += "; the amounts are in another one"
		}
	}
}

// statedOrColumn settles what the currency of amounts is if a column has it
// and headers of amounts name one: what the column doesn't fit goes.
func statedOrColumn(t *target, all []candidate, unit string) []candidate {
	if !columnsIn(all)[unit] || !statedIn(t, all, unit) {
		return all
	}
	byColumn := false // some amounts are in the currency of the column
	for _, c := range all {
		byColumn = byColumn || t.column(c.column).unit == unit && len(c.currency) != 3
	}
	if unit == "currency" {
		byColumn = false // a customs value in dollars is what screening wants
	}
	return slices.DeleteFunc(all, func(c candidate) bool {
		if byColumn {
			return t.column(c.column).unit == unit && len(c.currency) == 3
		}
		return c.column == unit
	})
}

func columnsIn(all []candidate) map[string]bool {
	has := map[string]bool{}
	for _, c := range all {
		has[c.column] = true
	}
	return has
}

// statedIn tells whether a header of an amount names its currency.
func statedIn(t *target, all []candidate, unit string) bool {
	return slices.ContainsFunc(all, func(c candidate) bool {
		return t.column(c.column).unit == unit && len(c.currency) == 3
	})
}
