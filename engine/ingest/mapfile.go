package ingest

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"github.com/dhowdb/dhow/udf/currency"
	"github.com/dhowdb/dhow/udf/unit"
)

// MapFile is what a file for --map-file says, in TOML:
//
//	target    = "declaration"    # table to load into
//	sheet     = "Data"           # of a workbook
//	encoding  = "windows-1256"   # of text
//	delimiter = ";"              # of text
//	decimal   = ","              # decimal mark of all numbers
//	dates     = "dmy"            # order of all dates: dmy, mdy or ymd
//
//	[columns]                    # column of the file = column of the table
//	"CIF Value" = "value"
//	"Weight"    = { column = "net_mass", unit = "t" }
//	"Amount"    = { column = "invoice_value", currency = "USD", scale = 1000 }
//	"Notes"     = ""             # kept in extra
//
//	[constants]                  # columns that the file lacks
//	currency = "AED"
//
// All of it may be left out. A column that a file doesn't have is passed over,
// so that one map file serves files that differ a little.
type MapFile struct {
	Target    string            `toml:"target,omitempty"`
	Sheet     string            `toml:"sheet,omitempty"`
	Encoding  string            `toml:"encoding,omitempty"`
	Delimiter string            `toml:"delimiter,omitempty"`
	Decimal   string            `toml:"decimal,omitempty"`
	Dates     string            `toml:"dates,omitempty"`
	Columns   map[string]any    `toml:"columns,omitempty"`
	Constants map[string]string `toml:"constants,omitempty"`
}

// ReadMapFile reads a file for --map-file. A key that it doesn't know is an
// error: it is a misspelt one.
func ReadMapFile(path string) (*MapFile, error) {
	var m MapFile
	meta, err := toml.DecodeFile(path, &m)
	if errors.Is(err, os.ErrNotExist) {
		return nil, &Error{File: path, Err: err}
	}
	var syntax toml.ParseError
	if errors.As(err, &syntax) {
		return nil, &Error{File: path, Row: int64(syntax.Position.Line), Err: errors.New(syntax.Message)}
	}
	if err != nil {
		return nil, &Error{File: path, Err: err}
	}
	for _, key := range meta.Undecoded() {
		if key[0] == "columns" {
			continue // what is in there is read later
		}
		return nil, &Error{File: path, Column: key.String(), Err: errors.New("there is no such key; keys are target, sheet, encoding, delimiter, decimal, dates, columns and constants")}
	}
	return &m, nil
}

// under adds what a map file says to options, below what they say themselves.
func (m *MapFile) under(opts Options) (Options, error) {
	for _, s := range []struct {
		option *string
		value  string
	}{
		{&opts.Into, m.Target},
		{&opts.Sheet, m.Sheet},
		{&opts.Encoding, m.Encoding},
		{&opts.Written.Decimal, m.Decimal},
		{&opts.Written.DateOrder, m.Dates},
	} {
		if *s.option == "" {
			*s.option = s.value
		}
	}
	if opts.Delimiter == 0 && m.Delimiter != "" {
		if len(m.Delimiter) != 1 {
			return opts, fmt.Errorf("delimiter %q: it must be one character, such as ; or a tab", m.Delimiter)
		}
		opts.Delimiter = m.Delimiter[0]
	}
	constants := maps.Clone(m.Constants)
	if constants == nil {
		constants = map[string]string{}
	}
	maps.Copy(constants, opts.Constants)
	opts.Constants = constants
	opts.lenient, opts.details = map[string]string{}, map[string]Detail{}
	for source, value := range m.Columns {
		column, detail, err := columnOfMapFile(value)
		if err != nil {
			return opts, fmt.Errorf("column %q: %w", source, err)
		}
		opts.lenient[source] = column
		if detail != (Detail{}) {
			opts.details[headerKey(source)] = detail
		}
	}
	return opts, nil
}

// Detail is what is known of the cells of a column beyond what its header says.
type Detail struct {
	Unit     string  `json:"unit,omitempty"`
	Currency string  `json:"currency,omitempty"`
	Scale    float64 `json:"scale,omitempty"`
}

// over puts what is known of a column over what its header says.
func (d Detail) over(q qualifiers) (qualifiers, error) {
	if d.Unit != "" {
		code, ok := unit.Normalize(d.Unit)
		if !ok {
			return q, fmt.Errorf("unit %q is not known; say one of ref.unit, such as t or KGM", d.Unit)
		}
		q.unit = code
	}
	if d.Currency != "" {
		code, err := currency.Normalize(d.Currency)
		if err != nil || code == "" {
			return q, fmt.Errorf("currency %q is not known; say its code, such as USD", d.Currency)
		}
		q.currency = code
	}
	if d.Scale != 0 {
		q.scale = d.Scale
	}
	return q, nil
}

// columnOfMapFile reads what a map file has for a column: its name, or a table
// with column, unit, currency and scale.
func columnOfMapFile(value any) (column string, d Detail, err error) {
	table, ok := value.(map[string]any)
	if !ok {
		column, ok = value.(string)
		if !ok {
			return "", d, fmt.Errorf("%v is neither the name of a column nor a table with one", value)
		}
		return column, d, nil
	}
	for key, v := range table {
		text, isText := v.(string)
		switch number := numberOf(v); {
		case key == "column" && isText:
			column = text
		case key == "unit" && isText:
			d.Unit = text
		case key == "currency" && isText:
			d.Currency = text
		case key == "scale" && number > 0:
			d.Scale = number
		default:
			return "", d, fmt.Errorf("%s = %v: say column, unit and currency as texts, and scale as a number above 0", key, v)
		}
	}
	return column, d, nil
}

func numberOf(v any) float64 {
	switch x := v.(type) {
	case int64:
		return float64(x)
	case float64:
		return x
	}
	return 0
}

// here returns the columns of a map file that a header has, by their names in
// the header, and those that it lacks.
func here(columns map[string]string, header []string) (found map[string]string, lacks []string) {
	found = map[string]string{}
	for source, column := range columns {
		i := slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(h, oneLine(source)) })
		if i < 0 {
			i = slices.IndexFunc(header, func(h string) bool { return headerKey(h) == headerKey(source) })
		}
		if i < 0 {
			lacks = append(lacks, source)
			continue
		}
		found[header[i]] = column
	}
	slices.Sort(lacks)
	return found, lacks
}

// write saves the mapping of a report for --map-file, with a comment that
// tells what each choice rests on.
func (m *MapFile) write(path string, files []FileReport) error {
	var b strings.Builder
	b.WriteString("# For dhow import --map-file. Column of the file = column of the table; \"\" keeps it in extra.\n")
	for _, key := range []struct{ name, value string }{
		{"target", strings.TrimPrefix(m.Target, "customs.")},
		{"sheet", m.Sheet},
		{"encoding", m.Encoding},
		{"delimiter", m.Delimiter},
		{"decimal", m.Decimal},
		{"dates", m.Dates},
	} {
		if key.value != "" {
			fmt.Fprintf(&b, "%s = %s\n", key.name, tomlText(key.value))
		}
	}
	if len(m.Constants) > 0 {
		b.WriteString("\n[constants]\n")
		for _, column := range slices.Sorted(maps.Keys(m.Constants)) {
			fmt.Fprintf(&b, "%s = %s\n", column, tomlText(m.Constants[column]))
		}
	}
	b.WriteString("\n[columns]\n")
	written := map[string]bool{}
	for _, f := range files {
		for _, m := range primary(f.Mapping) {
			if !written[headerKey(m.Source)] {
				fmt.Fprintf(&b, "%s = %s # %.0f %%, %s\n", tomlText(m.Source), m.toml(), 100*m.Confidence, oneLine(m.Why))
			}
			written[headerKey(m.Source)] = true
		}
		for _, name := range f.Unmapped {
			if !written[headerKey(name)] {
				fmt.Fprintf(&b, "%s = \"\"\n", tomlText(name))
			}
			written[headerKey(name)] = true
		}
	}
	return os.WriteFile(path, []byte(b.String()), 0o666)
}

// toml writes a column with its details.
func (m Mapped) toml() string {
	parts := []string{"column = " + tomlText(m.Column)}
	scale := m.Scale
	if m.Unit != "" {
		parts = append(parts, "unit = "+tomlText(m.Unit))
		if kg, err := unit.Convert(1, m.Unit, "KGM"); err == nil && scale != 0 {
			scale /= kg
		}
	}
	if scale != 0 && scale != 1 {
		parts = append(parts, "scale = "+strconv.FormatFloat(scale, 'f', -1, 64))
	}
	if m.Currency != "" {
		parts = append(parts, "currency = "+tomlText(m.Currency))
	}
	if len(parts) == 1 {
		return tomlText(m.Column)
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

// tomlText writes a basic string of TOML.
func tomlText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f || r == utf8.RuneError:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
