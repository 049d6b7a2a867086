package ingest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// statement builds the INSERT of a file. A cell is first read the way DuckDB
// reads it, which costs least; only what that can't read meets the rules of
// its column's style, and only what these can't read is a fault.
//
// A row that can't be loaded is inserted all the same, with what is wrong with
// it in extra and its number below zero, and moved to customs.reject in the same
// transaction: so the file is read once.
type statement struct {
	target    *target
	constants map[string]string
	source    *source
	mapped    []Mapped
	styles    map[string]style
	extra     bool  // keep the columns that fit nowhere
	raw       bool  // keep the cells that can't be told from their values
	id        int64 // of the import
}

func (st *statement) sql() string {
	values, raws := st.values()
	columns := make([]string, 0, len(st.mapped)+5)
	for _, m := range st.mapped {
		columns = append(columns, m.Column)
	}
	if st.target.hsText && slices.Contains(columns, "hs_code") {
		columns = append(columns, "hs_text")
	}
	for column, expression := range st.fixed() {
		columns = append(columns, column)
		values = append(values, expression+" AS "+column)
	}
	list := strings.Join(columns, ", ")
	return fmt.Sprintf(`INSERT INTO %s (%s, raw, extra, source_id, source_file, source_line, source_row)
SELECT %[2]s, %s, CASE WHEN fault IS NULL THEN kept ELSE %s END, %d, %s, raw_line, CASE WHEN fault IS NULL THEN raw_row ELSE -raw_row END
FROM (SELECT *, %s AS fault
FROM (SELECT %s
FROM %s))`, st.target.name, list, st.rawCells(), st.rejected(), st.id, quoteText(st.source.file.name), st.fault(), strings.Join(append(values, raws...), ",\n    "), st.source.from)
}

// values returns the expressions of the model's columns, and of what is needed
// to tell what is wrong with a row.
func (st *statement) values() (values, raws []string) {
	for _, m := range st.mapped {
		c := st.source.column(m.Source)
		values = append(values, st.value(m, c)+" AS "+m.Column)
		kind := st.target.kind(m.Column)
		if kind.isRaw() || st.raw {
			raws = append(raws, c.text()+" AS raw_"+m.Column)
		}
		if m.UnitFrom != "" {
			raws = append(raws, st.massUnitCell(m)+" AS "+massUnit(m))
		}
		if kind == kindHS && m.Column == "hs_code" {
			values = append(values, cell(c)+" AS hs_text")
		}
	}
	first := slices.IndexFunc(st.source.columns, func(c sourceColumn) bool { return !strings.HasPrefix(c.name, MendPrefix) })
	raws = append(raws, cell(st.source.columns[max(first, 0)])+" AS raw_first")
	raws = append(raws, st.source.row+" AS raw_row", st.source.line+" AS raw_line")
	for i, c := range st.cells() {
		raws = append(raws, quoteName(st.source.columns[i].name)+" AS "+c.name)
	}
	return values, append(raws, st.kept()+" AS kept")
}

// cells returns the columns of the source as the outer queries know them.
func (st *statement) cells() []sourceColumn {
	cells := slices.Clone(st.source.columns)
	for i := range cells {
		cells[i].name = fmt.Sprintf("cell_%d", i)
	}
	return cells
}

// rejected returns the JSON in which a row with a fault waits for
// customs.reject. Its cells are put together here and nowhere else: what an
// expression has twice DuckDB computes for all rows.
func (st *statement) rejected() string {
	return fmt.Sprintf("json_object('fault', fault, 'record', %s)", st.source.record(st.cells()))
}

// cell returns a text column without spaces around it; nothing is NULL.
func cell(c sourceColumn) string {
	return "ingest_text(" + c.text() + ")"
}

func (st *statement) value(m Mapped, c sourceColumn) string {
	into := st.target.column(m.Column)
	if m.Read != "" {
		return m.readBy("(" + cell(c) + ")")
	}
	switch into.kind {
	case kindNumber, kindWhole:
		if m.UnitFrom != "" {
			return st.inKilograms(m, st.number(into, c))
		}
		if m.Scale != 0 && m.Scale != 1 {
			return fmt.Sprintf("TRY_CAST(%s * %s AS %s)", st.number(into, c), strconv.FormatFloat(m.Scale, 'f', -1, 64), into.typ)
		}
		return st.number(into, c)
	case kindDate:
		return st.date(m.Column, c)
	case kindTruth:
		return truth(c)
	case kindCode:
		// What isn't known as a code or a name stays as it is, unless it says that there is none.
		return fmt.Sprintf("coalesce(%s(%s), CASE WHEN NOT %s THEN upper(%s) END)", into.normalizer, c.text(), listed("lower("+cell(c)+")", "empty"), cell(c))
	case kindFlow:
		return flow(c)
	case kindHS:
		return "hs_normalize(" + c.text() + ")"
	}
	return cell(c)
}

// listed is true where a text is one of the words of a kind. DuckDB makes a
// join of a long IN, and an INSERT with a join doesn't keep the order of rows.
func listed(text, kind string) string {
	return fmt.Sprintf("list_contains([%s], %s)", known.lists[kind], text)
}

// truth reads a column that is true or false.
func truth(c sourceColumn) string {
	if c.typ == "BOOLEAN" {
		return quoteName(c.name)
	}
	x := "lower(" + cell(c) + ")"
	return fmt.Sprintf("CASE WHEN %s THEN true WHEN %s THEN false END", listed(x, "yes"), listed(x, "no"))
}

// flow reads a direction of trade; what isn't known stays as it is.
func flow(c sourceColumn) string {
	x := "lower(" + cell(c) + ")"
	var b strings.Builder
	b.WriteString("CASE")
	for _, code := range []string{"M", "X", "RM", "RX"} {
		fmt.Fprintf(&b, " WHEN %s THEN '%s'", listed(x, code), code)
	}
	return b.String() + " ELSE upper(" + cell(c) + ") END"
}

func (st *statement) number(into targetColumn, c sourceColumn) string {
	typ := into.typ
	if into.kind == kindWhole {
		typ = "DOUBLE"
	}
	x := quoteName(c.name)
	var read string
	switch {
	case c.isNumber():
		read = fmt.Sprintf("TRY_CAST(%s AS %s)", x, typ)
	case st.styles[into.name].comma:
		// A point separates groups here, so a cell with one can't simply be cast.
		read = fmt.Sprintf("coalesce(CASE WHEN NOT contains(%s, '.') THEN TRY_CAST(replace(%[1]s, ',', '.') AS %s) END, TRY_CAST(ingest_number_comma(%[1]s) AS %[2]s))", c.text(), typ)
	default:
		read = fmt.Sprintf("coalesce(TRY_CAST(%s AS %s), TRY_CAST(ingest_number_point(%[1]s) AS %[2]s))", c.text(), typ)
	}
	switch {
	case into.kind == kindWhole:
		return "ingest_whole(ingest_finite(" + read + "))"
	case typ == "DOUBLE":
		return "ingest_finite(" + read + ")"
	}
	return read
}

func (st *statement) date(column string, c sourceColumn) string {
	x := c.text()
	if c.isDate() {
		return "CAST(" + quoteName(c.name) + " AS DATE)"
	}
	s := st.styles[column]
	order := "ingest_date_dmy"
	if s.monthFirst {
		order = "ingest_date_mdy"
	}
	quick := "ingest_date_iso(" + x + ")"
	if s.format != "" {
		quick = fmt.Sprintf("ingest_sane_date(CAST(try_strptime(%s, '%s') AS DATE))", x, s.format)
	}
	return fmt.Sprintf("coalesce(%s, %s(%s))", quick, order, x)
}

// kept returns the columns that fit nowhere, as JSON.
func (st *statement) kept() string {
	if !st.extra {
		return "NULL::JSON"
	}
	var pairs []string
	for _, c := range st.source.columns {
		if !strings.HasPrefix(c.name, MendPrefix) && !slices.ContainsFunc(st.mapped, func(m Mapped) bool { return m.Source == c.name }) {
			pairs = append(pairs, quoteText(c.name)+", "+quoteName(c.name))
		}
	}
	if len(pairs) == 0 {
		return "NULL::JSON"
	}
	return "json_object(" + strings.Join(pairs, ", ") + ")"
}

// fault returns the expression that is NULL for a row that can be loaded, and
// else tells why not.
func (st *statement) fault() string {
	// AND looks at all its parts, CASE only where it must: in a sound file
	// these are a few null checks a row.
	parts := []string{fmt.Sprintf("CASE WHEN %s IS NULL THEN CASE WHEN %s THEN %s\n        WHEN %s THEN %s END END",
		st.needed(), st.blank(), st.describe("", "NULL", "'the row is blank'"),
		st.total(), st.describe("", "raw_first", "'the row is a total of others'"))}
	for _, m := range st.mapped {
		var reason string
		switch st.target.kind(m.Column) {
		case kindNumber, kindWhole:
			if reason = st.numberReason(m.Column); m.UnitFrom != "" {
				reason = massReason(m, reason)
			}
		case kindDate:
			reason = "'is not a date between 1900 and 2099'"
		case kindTruth:
			reason = "'is neither yes nor no'"
		default:
			continue
		}
		parts = append(parts, fmt.Sprintf("CASE WHEN %s IS NULL AND raw_%[1]s IS NOT NULL THEN CASE WHEN NOT %s THEN %s END END",
			m.Column, listed("lower(trim(raw_"+m.Column+"))", "empty"), st.describe(m.Source, "raw_"+m.Column, reason)))
	}
	return "coalesce(" + strings.Join(parts, ",\n    ") + ")"
}

func (st *statement) numberReason(column string) string {
	if st.target.kind(column) == kindWhole {
		return "'is not a whole number'"
	}
	macro := "ingest_number_point"
	if st.styles[column].comma {
		macro = "ingest_number_comma"
	}
	return fmt.Sprintf("CASE WHEN %s(raw_%s) IS NULL THEN 'is not a number' ELSE 'is too large a number' END", macro, column)
}

// describe returns what is wrong with a row, as JSON.
func (st *statement) describe(column, raw, reason string) string {
	name := "NULL"
	if column != "" {
		name = quoteText(column)
	}
	return fmt.Sprintf("json_object('column', %s, 'raw', %s, 'reason', %s)", name, raw, reason)
}

// blank is true if no mapped column has anything.
func (st *statement) blank() string {
	parts := []string{"raw_first IS NULL"}
	for _, m := range st.mapped {
		switch kind := st.target.kind(m.Column); {
		case kind.isRaw():
			parts = append(parts, fmt.Sprintf("coalesce(trim(raw_%s), '') = ''", m.Column))
		case m.Column == "hs_code":
			parts = append(parts, "hs_text IS NULL")
		default:
			parts = append(parts, m.Column+" IS NULL")
		}
	}
	return strings.Join(parts, " AND ")
}

// needed returns the first column that the table needs: only a row without it
// may be blank or a total.
func (st *statement) needed() string {
	for _, group := range st.target.needs {
		for _, m := range st.mapped {
			if slices.Contains(group, m.Column) {
				return m.Column
			}
		}
	}
	return "NULL"
}

// dimensions are the columns of a trade flow that say whose trade it is. A
// total of all goods that has one of them is a flow of its own.
var dimensions = []string{"reporter", "partner", "second_partner", "period", "year", "office"}

// total is true if a text of the row says that it adds up others.
func (st *statement) total() string {
	texts := []string{"raw_first"}
	var whose []string
	for _, m := range st.mapped {
		switch st.target.kind(m.Column) {
		case kindText, kindCode:
			texts = append(texts, m.Column)
		case kindHS:
			if m.Column == "hs_code" {
				texts = append(texts, "hs_text")
			}
		}
		if st.target.name == flowTarget && slices.Contains(dimensions, m.Column) {
			whose = append(whose, m.Column+"::VARCHAR")
		}
	}
	for i, t := range texts {
		texts[i] = fmt.Sprintf("trim(lower(%s), ' :.*=')", t)
	}
	found := fmt.Sprintf("list_has_any([%s], [%s])", strings.Join(texts, ", "), known.lists["total"])
	if whose == nil {
		return found
	}
	return fmt.Sprintf("(coalesce(%s) IS NULL AND %s)", strings.Join(whose, ", "), found)
}
