package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dhowdb/dhow/udf/text"
)

// A loaded value is not the text it came as: 1250.50 is a number, and prints
// as 1250.5. To give the text back without keeping all cells twice, each
// column of a source has a printing, the way in which most of its cells are
// written. Only cells that their value doesn't print back to are kept, in raw.
// The view customs.cell puts them together again.
//
// Printings, as customs.source_file keeps them in its mapping:
//
//	plain       shortest: 12 and 12.5
//	float       shortest with a point: 12.0 and 12.5
//	fixed 2     with two decimals: 12.00
//	comma …     any of these with a decimal comma
//	%d/%m/%Y    a date
//	1|0         true and false
//	(nothing)   as DuckDB prints it; texts
const (
	printPlain = "plain"
	printFloat = "float"
	printFixed = "fixed "
	printComma = "comma "
	printISO   = "%Y-%m-%d"
)

// printedDates are the dates that a printing can have; those of quickFormats
// without a time, and two without separators of their own.
var printedDates = []string{printISO, "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%m/%d/%Y", "%m-%d-%Y", "%Y%m%d"}

// printedTruths are the pairs of words that a printing can have.
var printedTruths = []string{"true|false", "TRUE|FALSE", "True|False", "1|0", "Y|N", "y|n", "Yes|No", "yes|no", "YES|NO", "T|F", "oui|non", "نعم|لا"}

// decidePrintings chooses how each mapped column is printed, by the sample.
func decidePrintings(s *source, styles map[string]style) map[string]string {
	printings := map[string]string{}
	for i, c := range s.columns {
		for _, m := range s.report.Mapping {
			if m.Source == c.name {
				printings[m.Column] = printingOf(s, c, i, m.Column, styles[m.Column])
			}
		}
	}
	return printings
}

func printingOf(s *source, c sourceColumn, at int, column string, st style) string {
	counts := map[string]int{}
	kind := s.target.kind(column)
	if c.isNumber() && (kind == kindNumber || kind == kindWhole) {
		return printPlain // as a column of numbers gives its texts
	}
	if c.typ != TypeVarchar && kind != kindNumber && kind != kindWhole {
		return ""
	}
	for _, row := range s.sample {
		if cell := row[at]; cell != "" {
			for _, p := range printingsOfCell(cell, kind, st) {
				counts[p]++
			}
		}
	}
	best := ""
	for p, n := range counts {
		if n > counts[best] || n == counts[best] && p < best {
			best = p
		}
	}
	return best
}

// printingsOfCell lists the printings that would give a cell back.
func printingsOfCell(cell string, kind columnKind, st style) []string {
	switch kind {
	case kindNumber, kindWhole:
		return numberPrintings(cell, kind, st)
	case kindDate:
		for _, p := range printedDates {
			// Where day and month stand is decided for the column, not the cell.
			if text.Shape(cell) == dateShape(p) && strings.Contains(p, "%m/%d") == (st.monthFirst && strings.Contains(p, "/")) &&
				strings.Contains(p, "%m-%d-%Y") == (st.monthFirst && p == "%m-%d-%Y") {
				return []string{p}
			}
		}
	case kindTruth:
		for _, p := range printedTruths {
			if yes, no, _ := strings.Cut(p, "|"); cell == yes || cell == no {
				return []string{p}
			}
		}
	}
	return nil
}

func numberPrintings(cell string, kind columnKind, st style) []string {
	prefix := ""
	if st.comma {
		if strings.Contains(cell, ".") {
			return nil
		}
		prefix, cell = printComma, strings.ReplaceAll(cell, ",", ".")
	}
	n, ok := text.Decimals(cell)
	if !ok || kind == kindWhole && n > 0 {
		return nil
	}
	var list []string
	if n == 0 || !strings.HasSuffix(cell, "0") {
		list = append(list, prefix+printPlain)
	}
	if n == 1 || n > 1 && !strings.HasSuffix(cell, "0") {
		list = append(list, prefix+printFloat)
	}
	if n > 0 {
		list = append(list, prefix+printFixed+strconv.Itoa(int(n)))
	}
	return list
}

// dateShape returns the shape of the dates of a format.
func dateShape(format string) string {
	return strings.NewReplacer("%Y", "9999", "%m", "99", "%d", "99").Replace(format)
}

// changed returns the condition under which the value of a column doesn't
// print back to the text that stands in raw_COLUMN. NULL counts as false.
func (st *statement) changed(m Mapped, c sourceColumn) string {
	t := "raw_" + m.Column
	if m.Read != "" || m.Scale != 0 || m.UnitFrom != "" {
		return t + " <> ''" // its value is another, or none that it could print
	}
	into := st.target.column(m.Column)
	printing := st.source.print[m.Column]
	value := m.Column
	switch into.kind {
	case kindNumber, kindWhole:
		return numberChanged(t, into, c, printing)
	case kindDate:
		switch {
		case c.typ == "DATE":
			return "false"
		case c.isDate():
			return fmt.Sprintf("CAST(%s AS VARCHAR) <> %s", m.Column, t)
		case printing != "":
			return fmt.Sprintf("%s <> '' AND text_shape(%[1]s) <> %s", t, quoteText(dateShape(printing)))
		}
		return t + " <> ''"
	case kindTruth:
		if yes, no, ok := strings.Cut(printing, "|"); ok {
			value = fmt.Sprintf("CASE WHEN %s THEN %s WHEN NOT %[1]s THEN %s END", m.Column, quoteText(yes), quoteText(no))
		} else {
			value = "CAST(" + m.Column + " AS VARCHAR)"
		}
	case kindHS:
		if m.Column == "hs_code" && st.target.hsText {
			value = "hs_text"
		}
	}
	return fmt.Sprintf("coalesce(%s <> %s, %[1]s <> '')", t, value)
}

func numberChanged(t string, into targetColumn, c sourceColumn, printing string) string {
	if c.typ == "DOUBLE" && into.typ == "DOUBLE" || c.isNumber() && into.kind == kindWhole {
		return "false"
	}
	if printing == "" {
		return t + " <> ''"
	}
	x := t
	if rest, ok := strings.CutPrefix(printing, printComma); ok {
		printing = rest
		x = fmt.Sprintf("CASE WHEN NOT contains(%s, '.') THEN replace(%[1]s, ',', '.') END", t)
	}
	n := "text_decimals(" + x + ")"
	same := ""
	switch {
	case printing == printPlain:
		same = fmt.Sprintf("(%s = 0 OR %[1]s > 0 AND NOT suffix(%s, '0'))", n, t)
	case printing == printFloat:
		same = fmt.Sprintf("(%s = 1 OR %[1]s > 1 AND NOT suffix(%s, '0'))", n, t)
	default:
		same = n + " = " + strings.TrimPrefix(printing, printFixed)
	}
	if scale := decimalsOf(into.typ); scale >= 0 {
		same += fmt.Sprintf(" AND %s <= %d", n, scale) // more of them were rounded
	}
	return fmt.Sprintf("%s <> '' AND (%s) IS NOT TRUE", t, same)
}

// decimalsOf returns the decimals of a DECIMAL, -1 for other types.
func decimalsOf(typ string) int {
	_, scale, ok := strings.Cut(strings.TrimSuffix(typ, ")"), ", ")
	if n, err := strconv.Atoi(scale); ok && err == nil {
		return n
	}
	return -1
}

// rawCells returns the expression for the cells that can't be told from their
// values, as JSON by their names in the source.
func (st *statement) rawCells() string {
	if !st.raw {
		return "NULL::JSON"
	}
	var any, pairs []string
	for _, m := range primary(st.mapped) {
		changed := st.changed(m, st.source.column(m.Source))
		if changed == "false" {
			continue
		}
		any = append(any, "("+changed+")")
		pairs = append(pairs, fmt.Sprintf("%s, CASE WHEN %s THEN raw_%s END", quoteText(m.Source), changed, m.Column))
	}
	if any == nil {
		return "NULL::JSON"
	}
	// Merging into nothing takes out the members that are null.
	return fmt.Sprintf("CASE WHEN %s\n    THEN json_merge_patch('{}'::JSON, json_object(%s)) END", strings.Join(any, "\n    OR "), strings.Join(pairs, ",\n    "))
}
