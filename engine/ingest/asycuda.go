package ingest

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
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
		s.report.Encoding = rows.reader.encoding
		err = s.stage(&rows)
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
	seen := map[string]bool{}
	known := map[string]bool{}
	items := 0
	for {
		sad, err := r.reader.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		items += len(sad.items)
		for i := range max(1, len(sad.items)) {
			row := sad.row(i)
			for name := range row.model {
				known[name] = true
			}
			for _, f := range row.rest {
				if !seen[f.path] {
					seen[f.path] = true
					r.names = append(r.names, f.path)
				}
			}
		}
	}
	if items == 0 {
		return errors.New("the XML has no declaration with an item")
	}
	slices.Sort(r.names)
	model := make([]string, 0, len(known))
	for name := range known {
		model = append(model, name)
	}
	slices.Sort(model)
	r.names, r.width = append(model, r.names...), len(model)
	if len(r.names) > maxColumns {
		return fmt.Errorf("has %d different elements, more than %d", len(r.names), maxColumns)
	}
	return r.close()
}

func (r *asycudaRows) columns() []sourceColumn {
	columns := make([]sourceColumn, len(r.names))
	for i, name := range r.names {
		columns[i] = sourceColumn{name: name, typ: TypeVarchar, plain: !strings.HasSuffix(name, "_date")}
	}
	return columns
}

func (r *asycudaRows) next() (*stagedRow, error) {
	for r.sad == nil || r.item >= max(1, len(r.sad.items)) {
		sad, err := r.reader.next()
		if err != nil {
			return nil, err
		}
		r.sad, r.item = sad, 0
	}
	row := r.sad.row(r.item)
	r.item++
	r.out.reset(len(r.names), row.line)
	if len(r.sad.items) == 0 {
		r.out.fault, r.out.raw = "the declaration has no item", row.text()
		return &r.out, nil
	}
	for i, name := range r.names[:r.width] {
		r.out.cells[i] = row.model[name]
	}
	for _, f := range row.rest {
		if i, ok := slices.BinarySearch(r.names[r.width:], f.path); ok {
			r.out.cells[r.width+i] = f.value
		}
	}
	return &r.out, nil
}
