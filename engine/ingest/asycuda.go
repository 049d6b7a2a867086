package ingest

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/dhowdb/dhow/udf/text"
)

//go:embed asycuda.tsv
var asycudaTSV string

// asycudaField is a column of the model and where the XML has it.
type asycudaField struct {
	column string
	paths  []string
}

// asycudaFields are those with a place of their own; see composed for the others.
var asycudaFields = asycudaFieldsOf(asycudaTSV)

func asycudaFieldsOf(table string) []asycudaField {
	var fields []asycudaField
	for _, row := range tableRows(table, 2) {
		if n := len(fields); n > 0 && fields[n-1].column == row[0] {
			fields[n-1].paths = append(fields[n-1].paths, row[1])
			continue
		}
		fields = append(fields, asycudaField{row[0], []string{row[1]}})
	}
	return fields
}

// checkASYCUDA tells whether XML, by its beginning, is a declaration.
func checkASYCUDA(text []byte) error {
	if bytes.Contains(text, []byte("<ASYCUDA")) {
		return nil
	}
	return &noTableError{"XML, but not the ASYCUDA element of ASYCUDA World", "export it as CSV, Excel, Parquet or JSON"}
}

// openASYCUDA makes a file of declarations in the XML of ASYCUDA World ready:
// a row an item, on which what the declaration says as a whole is repeated.
// What the model has no column for keeps its path as the name of its column.
func openASYCUDA(s *source) error {
	rows := asycudaRows{file: &s.file}
	err := rows.survey()
	if err == nil {
		err = rows.start()
	}
	if err == nil {
		s.report.Notes = append(s.report.Notes, rows.notes()...)
		err = s.stage(&rows)
		s.report.Encoding = rows.reader.encoding // known when its declaration has been read
	}
	return errors.Join(err, rows.close())
}

// asycudaRows gives the items of all declarations of a file.
type asycudaRows struct {
	file   *recognised
	reader *sadReader
	in     io.Closer
	names  []string // of the columns
	width  int      // how many of them are the model's
	sad    *sad     // the declaration whose items are being given
	item   int
	out    stagedRow

	keep bool     // the survey keeps the rows, so that the file is read once
	kept []sadRow // those that next hasn't given

	items     int             // what the survey found: items, declarations by their number, those without one
	numbers   map[string]bool // and how dates are written
	nameless  int
	dateShape string
	dateOrder byte
}

func (r *asycudaRows) start() error {
	in, err := r.file.open()
	if err != nil {
		return err
	}
	r.in = in
	r.reader, err = newSADReader(in, r.file.head)
	r.sad = nil
	return err
}

func (r *asycudaRows) close() error {
	if r.in == nil {
		return nil
	}
	err := r.in.Close()
	r.in = nil
	return err
}

// survey reads the file once to learn which columns it has.
func (r *asycudaRows) survey() error {
	if err := r.start(); err != nil {
		return err
	}
	rest, model := map[string]bool{}, map[string]bool{}
	r.numbers = map[string]bool{}
	for {
		sad, err := r.reader.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		r.items += len(sad.items)
		for i := range max(1, len(sad.items)) {
			row := sad.row(i)
			for name := range row.model {
				model[name] = true
			}
			for _, f := range row.rest {
				rest[f.path] = true
			}
			if i == 0 {
				r.note(row)
			}
			if r.keep {
				row.empty = len(sad.items) == 0
				r.kept = append(r.kept, row)
			}
		}
	}
	if r.items == 0 {
		return errors.New("the XML has no declaration with an item")
	}
	if err := r.setNames(model, rest); err != nil {
		return err
	}
	return r.close()
}

// note keeps what is to be known of a declaration before it is loaded.
func (r *asycudaRows) note(row sadRow) {
	if number := row.model["declaration_id"]; number != "" {
		r.numbers[number] = true
	} else {
		r.nameless++
	}
	date := row.model["declaration_date"]
	if shape := text.Shape(date); date != "" && r.dateShape == "" {
		r.dateShape = shape
	} else if date != "" && shape != r.dateShape {
		r.dateShape = mixedShapes
	}
	if order := orderOfDate(date); order != 0 {
		r.dateOrder = order
	}
}

// mixedShapes stands for dates that are written in several ways.
const mixedShapes = "mixed"

// setNames makes the columns of the model and the other elements the columns
// of the source, in this order.
func (r *asycudaRows) setNames(model, rest map[string]bool) error {
	r.names, r.width = append(slices.Sorted(maps.Keys(model)), slices.Sorted(maps.Keys(rest))...), len(model)
	if len(r.names) > maxColumns {
		return fmt.Errorf("has %d different elements, more than %d", len(r.names), maxColumns)
	}
	return nil
}

// notes tells what an analyst has to know of the file.
func (r *asycudaRows) notes() []string {
	if r.nameless == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s has neither a registration number nor a reference of its declarant: declaration_id is NULL, and the same declaration in another file isn't noticed", eachOf(r.nameless))}
}

func eachOf(n int) string {
	if n == 1 {
		return "a declaration"
	}
	return fmt.Sprintf("each of %d declarations", n)
}

func (r *asycudaRows) columns() []sourceColumn {
	columns := make([]sourceColumn, len(r.names))
	for i, name := range r.names {
		columns[i] = sourceColumn{name: name, typ: TypeVarchar, plain: !strings.HasSuffix(name, "_date")}
	}
	return columns
}

func (r *asycudaRows) next() (*stagedRow, error) {
	if r.keep {
		if len(r.kept) == 0 {
			return nil, io.EOF
		}
		row := r.kept[0]
		r.kept = r.kept[1:]
		return r.staged(&row), nil
	}
	for r.sad == nil || r.item >= max(1, len(r.sad.items)) {
		sad, err := r.reader.next()
		if err != nil {
			return nil, err
		}
		r.sad, r.item = sad, 0
	}
	row := r.sad.row(r.item)
	row.empty = len(r.sad.items) == 0
	r.item++
	return r.staged(&row), nil
}

// staged lays a row out in the columns of the source.
func (r *asycudaRows) staged(row *sadRow) *stagedRow {
	r.out.reset(len(r.names), row.line)
	if row.empty {
		r.out.fault, r.out.raw = "the declaration has no item", row.text()
		return &r.out
	}
	for i, name := range r.names[:r.width] {
		r.out.cells[i] = row.model[name]
	}
	for _, f := range row.rest {
		if i, ok := slices.BinarySearch(r.names[r.width:], f.path); ok {
			r.out.cells[r.width+i] = f.value
		}
	}
	return &r.out
}
