package ingest

import "fmt"

// fixed returns the expressions of the columns that have one value in all
// rows: constants, and the currencies and units that headers name.
func (st *statement) fixed() map[string]string {
	all := st.stated()
	for column, value := range st.constants {
		all[column] = value
	}
	out := map[string]string{}
	for column, value := range all {
		out[column] = constant(st.target.column(column), value)
	}
	return out
}

// stated returns the currencies and units that headers name, by the column for
// them, where no column of the file says it. The header of the value goes
// before those of other amounts.
func (st *statement) stated() map[string]string {
	found := map[string]string{}
	for _, m := range st.mapped {
		unit := st.target.column(m.Column).unit
		if m.Currency != "" && st.target.kind(unit) == kindCode && (found[unit] == "" || m.Column == "value") {
			found[unit] = m.Currency
		}
		if column := unitColumns[m.Column]; m.Unit != "" && st.target.index(column) >= 0 {
			found[column] = m.Unit
		}
	}
	for _, m := range st.mapped {
		delete(found, m.Column)
	}
	return found
}

// unitColumns are the columns with the units of quantities.
var unitColumns = map[string]string{"quantity": "unit", "second_quantity": "second_unit"}

// constant returns the SQL of a value that a column has in all rows.
func constant(c targetColumn, value string) string {
	switch c.kind {
	case kindCode, kindHS:
		return fmt.Sprintf("coalesce(%s(%s), upper(%[2]s))", c.normalizer, quoteText(value))
	case kindText, kindFlow:
		return quoteText(value)
	}
	return fmt.Sprintf("CAST(%s AS %s)", quoteText(value), c.typ)
}
