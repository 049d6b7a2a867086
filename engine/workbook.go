package engine

import (
	"errors"
	"io"
	"strings"

	"github.com/dhowdb/dhow/engine/ingest"
	"github.com/dhowdb/dhow/udf"
)

// workbookTable returns the table function that reads a sheet of a workbook.
func workbookTable() *udf.Table {
	return &udf.Table{
		Name: "read_xlsx",
		Params: []udf.Param{
			{Name: "path", Type: udf.Varchar, Doc: "file name of the .xlsx workbook"},
			{Name: "sheet", Type: udf.Varchar, Named: true, Doc: "name of the sheet; the first visible one unless given"},
			{Name: "header", Type: udf.Boolean, Named: true, Doc: "whether a row has the names of the columns; found out unless given"},
			{Name: "skip", Type: udf.BigInt, Named: true, Doc: "number of rows at the top to leave out"},
			{Name: "all_varchar", Type: udf.Boolean, Named: true, Doc: "whether all columns are text, exactly as the cells hold it"},
		},
		Doc: "read_xlsx returns the rows of a sheet of an Excel workbook. Titles above the header are left out. The types of " +
			"the columns are those of their first 1,000 rows; a cell below that doesn't fit is an error that names it. " +
			"FROM 'file.xlsx' is the short form.",
		Open: func(args udf.Args) (udf.Scan, error) {
			opts := ingest.WorkbookOptions{
				Sheet:      udf.Arg(args, "sheet", ""),
				SkipRows:   int(udf.Arg(args, "skip", int64(0))),
				AllVarchar: udf.Arg(args, "all_varchar", false),
			}
			if header, ok := args["header"].(bool); ok {
				opts.Header = &header
			}
			w, err := ingest.OpenWorkbook(udf.Arg(args, "path", ""), opts)
			if err != nil {
				return nil, err
			}
			return &workbookScan{book: w}, nil
		},
	}
}

// scanByName makes FROM 'file.xlsx' read the workbook.
func scanByName(table string) (function string, args []any, err error) {
	if strings.HasSuffix(strings.ToLower(table), ".xlsx") {
		return "read_xlsx", []any{table}, nil
	}
	return "", nil, nil
}

// workbookScan reads a sheet, with one worker.
type workbookScan struct {
	book  *ingest.Workbook
	batch ingest.Batch
}

var sheetTypes = map[string]udf.Type{
	ingest.TypeDouble: udf.Double, ingest.TypeVarchar: udf.Varchar, ingest.TypeDate: udf.Date,
	ingest.TypeTimestamp: udf.Timestamp, ingest.TypeBoolean: udf.Boolean,
}

func (s *workbookScan) Columns() []udf.Column {
	var out []udf.Column
	for _, c := range s.book.Columns() {
		out = append(out, udf.Column{Name: c.Name, Type: sheetTypes[c.Type]})
	}
	return out
}

func (s *workbookScan) Rows() int64                 { return -1 }
func (s *workbookScan) Workers() int                { return 1 }
func (s *workbookScan) Worker() (udf.Worker, error) { return sheetWorker{s}, nil }
func (s *workbookScan) Close() error                { return s.book.Close() }

// sheetWorker reads the sheet; closing it leaves the sheet to the scan.
type sheetWorker struct{ *workbookScan }

func (sheetWorker) Close() error { return nil }

// Next fills the batch with the next rows of the sheet.
func (s sheetWorker) Next(b *udf.Batch) error {
	err := s.book.Next(&s.batch)
	if errors.Is(err, io.EOF) {
		b.Len = 0
		return nil
	}
	if err != nil {
		return err
	}
	b.Len = s.batch.Len
	for i, o := range b.Cols {
		if o != nil {
			copySheetColumn(o, &s.batch.Columns[i], b.Len)
		}
	}
	return nil
}

func copySheetColumn(o *udf.Output, v *ingest.Vector, n int) {
	switch {
	case v.Doubles != nil:
		copy(udf.Results[float64](o, n), v.Doubles)
	case v.Days != nil:
		copy(udf.Results[int32](o, n), v.Days)
	case v.Micros != nil:
		copy(udf.Results[int64](o, n), v.Micros)
	case v.Bools != nil:
		copy(udf.Results[bool](o, n), v.Bools)
	}
	for i := range n {
		switch {
		case v.Null[i]:
			o.SetNull(i)
		case v.Texts != nil:
			o.SetText(i, v.Texts[i])
		}
	}
}
