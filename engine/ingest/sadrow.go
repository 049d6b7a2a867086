package ingest

import (
	_ "embed"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed tax.tsv
var taxTSV string

// taxColumns gives the column of the model for the code of a tax.
var taxColumns = func() map[string]string {
	columns := map[string]string{}
	for _, f := range tableRows(taxTSV, 2) {
		columns[f[0]] = f[1]
	}
	return columns
}()

// sadRow is an item with what its declaration says: columns of the model, and
// all other elements by their paths. What a column of the model was composed
// of is among the others too.
type sadRow struct {
	line  int64
	model map[string]string
	rest  []sadField
	empty bool // the declaration has no item
}

// row returns the item of that index; a declaration without items has one row.
func (s *sad) row(item int) sadRow {
	r := sadRow{line: s.line, model: map[string]string{}}
	all := s.header
	if item < len(s.items) {
		r.line = s.items[item].line
		all = append(s.header[:len(s.header):len(s.header)], s.items[item].fields...)
	}
	values := make(map[string]string, len(all))
	for _, f := range all {
		values[f.path] = f.value
	}
	used := map[string]bool{}
	for _, f := range asycudaFields {
		for _, path := range f.paths {
			if v := values[path]; v != "" {
				r.model[f.column], used[path] = v, true
				break
			}
		}
	}
	r.compose(values, item)
	for _, f := range all {
		if !used[f.path] {
			r.rest = append(r.rest, f)
		}
	}
	return r
}

// text writes the row as lines of path and value.
func (r *sadRow) text() string {
	var b strings.Builder
	for _, f := range r.rest {
		fmt.Fprintf(&b, "%s\t%s\n", f.path, f.value)
	}
	return b.String()
}

func (r *sadRow) set(column, value string) {
	if value != "" {
		r.model[column] = value
	}
}

// compose fills the columns that stand in several elements.
func (r *sadRow) compose(values map[string]string, item int) {
	r.set("item_no", fmt.Sprint(item+1))
	r.set("declaration_id", declarationNumber(values))
	r.set("currency", nationalCurrency(values))
	r.set("declaration_type", strings.TrimSpace(values["Identification/Type/Type_of_declaration"]+" "+values["Identification/Type/Declaration_gen_procedure_code"]))
	for _, party := range []struct{ column, path string }{
		{"importer", "Traders/Consignee/Consignee_name"},
		{"exporter", "Traders/Exporter/Exporter_name"},
		{"declarant", "Declarant/Declarant_name"},
	} {
		name, address, _ := strings.Cut(values[party.path], "\n")
		r.set(party.column, strings.Trim(name, " \t\r,"))
		if party.column != "declarant" {
			r.set(party.column+"_address", oneLine(strings.ReplaceAll(address, "\n", ", ")))
		}
	}
	r.set("container", containers(values, item))
	r.set("documents", attached(values))
	const own = "Item/Valuation_item/"
	r.set("other_costs", sumOf(
		[]string{values[own+"item_internal_freight/Amount_national_currency"], values[own+"item_other_cost/Amount_national_currency"]},
		[]string{values[own+"item_deduction/Amount_national_currency"]}))
	r.taxes(values)
}

// declarationNumber makes one number of year, office, serial and number, as
// these together name a declaration. Before its registration it has only the
// reference of its declarant, who is named with it: others count from 1 too.
func declarationNumber(values map[string]string) string {
	parts := []string{values["Declarant/Declarant_code"], values["Declarant/Reference/Number"]}
	if parts[1] == "" {
		parts = nil
	}
	if number := values["Identification/Registration/Number"]; number != "" {
		parts = []string{
			yearIn(values["Identification/Registration/Date"]), values["Identification/Office_segment/Customs_clearance_office_code"],
			values["Identification/Registration/Serial_number"], number,
		}
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "-")
}

// nationalCurrency returns the currency of the amounts in national currency,
// which the XML doesn't say, by an amount whose own currency has the rate 1. It
// is empty where there is none, or several.
func nationalCurrency(values map[string]string) string {
	found := ""
	for path, code := range values {
		amount, ok := strings.CutSuffix(path, "/Currency_code")
		if !ok || !isOne(values[amount+"/Currency_rate"]) {
			continue
		}
		if found != "" && found != code {
			return ""
		}
		found = code
	}
	return found
}

// isOne tells whether a rate of exchange is 1, as 1, 1.0 or 1.000000.
func isOne(rate string) bool {
	whole, decimals, _ := strings.Cut(rate, ".")
	return whole == "1" && strings.Trim(decimals, "0") == ""
}

// yearIn finds the year of four digits in a date.
func yearIn(date string) string {
	for _, part := range strings.FieldsFunc(date, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(part) == 4 {
			return part
		}
	}
	return ""
}

// orderOfDate tells which of the first two numbers of a date is the day, 'd'
// for the first and 'm' for the second, if one of them can't be a month.
func orderOfDate(date string) byte {
	parts := strings.FieldsFunc(date, func(r rune) bool { return r < '0' || r > '9' })
	if len(parts) < 3 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return 0
	}
	for i, order := range []byte{'d', 'm'} {
		if n, err := strconv.Atoi(parts[i]); err == nil && n > 12 {
			return order
		}
	}
	return 0
}

// mostRepeated bounds how many equal elements are looked for.
const mostRepeated = 200

// repeated are the paths of the elements of a name, the first without its number.
func repeated(path string) []string {
	paths := []string{path}
	for n := 2; n <= mostRepeated; n++ {
		paths = append(paths, fmt.Sprintf("%s[%d]", path, n))
	}
	return paths
}

// The paths of elements that stand several times are made once, not for each item.
var (
	containerPaths = sync.OnceValue(func() []string { return repeated("Container") })
	documentPaths  = sync.OnceValue(func() []string { return repeated("Item/Attached_documents") })
	taxPaths       = sync.OnceValue(func() []string { return repeated("Item/Taxation/Taxation_line") })
)

// containers lists those of the item, or without a number of the item all.
func containers(values map[string]string, item int) string {
	var list []string
	for _, path := range containerPaths() {
		of, id := values[path+"/Item_Number"], values[path+"/Container_identity"]
		if id != "" && (of == "" || of == fmt.Sprint(item+1)) {
			list = append(list, id)
		}
	}
	return strings.Join(list, ", ")
}

func attached(values map[string]string) string {
	var list []string
	for _, path := range documentPaths() {
		text := values[path+"/Attached_document_code"] + " " + values[path+"/Attached_document_reference"]
		if text = strings.TrimSpace(text); text != "" {
			list = append(list, text)
		}
	}
	return strings.Join(list, "; ")
}

// taxes adds up the lines of box 47 by what they are.
func (r *sadRow) taxes(values map[string]string) {
	amounts := map[string][]string{}
	var all []string
	for _, line := range taxPaths() {
		amount := values[line+"/Duty_tax_amount"]
		code := strings.ToUpper(values[line+"/Duty_tax_code"])
		column, known := taxColumns[code]
		if !known {
			column = "other_taxes"
		}
		if amount != "" {
			amounts[column] = append(amounts[column], amount)
			all = append(all, amount)
		}
		if rate := values[line+"/Duty_tax_rate"]; (column == "duty" || column == "vat") && r.model[column+"_rate"] == "" {
			r.set(column+"_rate", rate)
		}
	}
	for column, list := range amounts {
		r.set(column, sumOf(list, nil))
	}
	r.set("total_tax", values["Item/Taxation/Item_taxes_amount"])
	if r.model["total_tax"] == "" {
		r.set("total_tax", sumOf(all, nil))
	}
}

// sumOf adds and takes off decimal numbers without rounding. A text that is no
// number is returned as it is, so that the row meets the rule for such.
func sumOf(plus, minus []string) string {
	sum, any, decimals := new(big.Rat), false, 0
	for i, text := range append(plus[:len(plus):len(plus)], minus...) {
		if text == "" {
			continue
		}
		plain := strings.ReplaceAll(text, ",", "")
		x, ok := new(big.Rat).SetString(plain)
		if !ok || len(plain) > 40 || !isDecimal(plain) {
			return text
		}
		if _, fraction, found := strings.Cut(plain, "."); found {
			decimals = max(decimals, len(fraction))
		}
		if i >= len(plus) {
			x.Neg(x)
		}
		sum.Add(sum, x)
		any = true
	}
	if !any {
		return ""
	}
	return sum.FloatString(decimals)
}

// isDecimal tells a plain number from the other ways in which a fraction can
// be written.
func isDecimal(s string) bool {
	return strings.Trim(strings.TrimLeft(s, "+-"), "0123456789.") == ""
}
