package datasets

import "unsafe"

// BatchRows is the largest number of rows in a [Batch], that of a DuckDB vector.
const BatchRows = 2048

// ReliefThreshold is the value in AED up to which a consignment of one item
// pays no duty in a [Sample]. Split consignments are cut to stay below it.
const ReliefThreshold = 1000

// Sample describes a synthetic set of import declarations. The same Rows and
// Seed always give the same rows; see the package comment for the model.
type Sample struct {
	Rows int64  // number of items, up to 10 000 million
	Seed uint64 // any number; another seed is another world of traders
}

// Column is a column of a sample.
type Column struct {
	Name    string
	Type    string // VARCHAR, DATE, INTEGER or DOUBLE
	Comment string
}

// Batch is up to [BatchRows] rows, column by column. The zero Batch is ready
// for use; a batch that is used again keeps its memory.
type Batch struct {
	Len  int
	Cols []Vector // in the order of [Sample.Columns] or [Sample.TruthColumns]

	text []byte // what strings made for this batch point into
}

// Vector is one column of a batch. Exactly one of its slices is set, that of
// the column's type, and it always has [BatchRows] values, of which the first
// Len are filled. Strings are valid until the batch is filled again.
type Vector struct {
	Str  []string  // VARCHAR
	Int  []int32   // INTEGER, and DATE as days since 1970-01-01
	Real []float64 // DOUBLE
	// Valid has a bit for each row, 1 for a value and 0 for NULL, row 0 lowest,
	// as DuckDB's validity masks. It is nil when no row is NULL.
	Valid []uint64

	mask []uint64 // memory of Valid while that is nil
}

// IsValid reports whether row i is not NULL.
func (v *Vector) IsValid(i int) bool {
	return v.Valid == nil || v.Valid[i>>6]>>(i&63)&1 == 1
}

func (v *Vector) setNull(i int) {
	if v.Valid == nil {
		if v.mask == nil {
			v.mask = make([]uint64, BatchRows/64)
		}
		for w := range v.mask {
			v.mask[w] = ^uint64(0)
		}
		v.Valid = v.mask
	}
	v.Valid[i>>6] &^= 1 << (i & 63)
}

// prepare gives the batch the columns, all valid, and room for text.
func (b *Batch) prepare(columns []Column) {
	if len(b.Cols) != len(columns) {
		b.Cols = make([]Vector, len(columns))
		for i, c := range columns {
			switch c.Type {
			case "VARCHAR":
				b.Cols[i].Str = make([]string, BatchRows)
			case "DOUBLE":
				b.Cols[i].Real = make([]float64, BatchRows)
			default:
				b.Cols[i].Int = make([]int32, BatchRows)
			}
		}
	}
	for i := range b.Cols {
		b.Cols[i].Valid = nil
	}
	b.Len, b.text = 0, b.text[:0]
}

// keep stores text in the batch. If the memory has to grow, older strings go on
// pointing to the old one.
func (b *Batch) keep(text []byte) string {
	start := len(b.text)
	b.text = append(b.text, text...)
	return viewText(b.text[start:])
}

// viewText returns b as a string that shares its memory.
func viewText(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// Batches returns the number of batches of the sample. All but the last have
// [BatchRows] rows.
func (s Sample) Batches() int {
	return int((max(s.Rows, 0) + BatchRows - 1) / BatchRows)
}

// rowsOf returns the number of rows of batch i.
func (s Sample) rowsOf(i int) int {
	if i < 0 {
		return 0
	}
	return int(min(max(s.Rows-int64(i)*BatchRows, 0), BatchRows))
}

// The columns of a declared item, in the order of declaredColumns.
const (
	colID = iota
	colItem
	colDate
	colOffice
	colProcedure
	colMode
	colDeclarant
	colImporter
	colExporter
	colHS
	colDescription
	colOrigin
	colDeparture
	colPort
	colQuantity
	colUnit
	colNetMass
	colGrossMass
	colValue
	colCurrency
	colInvoiceValue
	colInvoiceCurrency
	colExchangeRate
	colDutyRate
	colDuty
)

var declaredColumns = []Column{
	{"declaration_id", "VARCHAR", "declaration number, year and serial"},
	{"item_no", "INTEGER", "item number within the declaration"},
	{"declaration_date", "DATE", "date of registration"},
	{"office", "VARCHAR", "customs office"},
	{"procedure", "VARCHAR", "customs procedure; C07 marks relief for a low value"},
	{"transport_mode", "VARCHAR", "1 sea, 3 road, 4 air, 5 post"},
	{"declarant", "VARCHAR", "broker"},
	{"importer", "VARCHAR", "consignee, in Latin or Arabic script"},
	{"exporter", "VARCHAR", "consignor"},
	{"hs_code", "VARCHAR", "commodity code as declared: 6, 8 or 10 digits, or with dots"},
	{"description", "VARCHAR", "goods description"},
	{"origin", "VARCHAR", "country of origin, ISO 3166 alpha-2"},
	{"departure", "VARCHAR", "country of dispatch, ISO 3166 alpha-2"},
	{"port", "VARCHAR", "place of unloading, UN/LOCODE"},
	{"quantity", "DOUBLE", "in the unit beside it"},
	{"unit", "VARCHAR", "unit of quantity, UN/ECE recommendation 20 or its customary form"},
	{"net_mass", "DOUBLE", "kg"},
	{"gross_mass", "DOUBLE", "kg"},
	{"value", "DOUBLE", "customs value"},
	{"currency", "VARCHAR", "currency of value and duty"},
	{"invoice_value", "DOUBLE", "value in the currency of the invoice"},
	{"invoice_currency", "VARCHAR", "currency of the invoice, ISO 4217"},
	{"exchange_rate", "DOUBLE", "AED for one unit of the invoice currency, fixed for a week"},
	{"duty_rate", "DOUBLE", "per cent of the value"},
	{"duty", "DOUBLE", "duty assessed, in the currency of value"},
}

// Columns returns the columns of the declared items.
func (s Sample) Columns() []Column { return append([]Column(nil), declaredColumns...) }
