package export

import "time"

// Kind tells which accessor of [Rows] has the values of a column.
type Kind uint8

// The kinds of columns. Types that have none, lists and structs among them,
// are written as the text that DuckDB shows.
const (
	Text      Kind = iota
	Integer        // up to 64 bits, signed
	Float          // REAL and DOUBLE
	Decimal        // DECIMAL and integers of 128 bits, as text
	Boolean        //
	Date           //
	Timestamp      // in the time zone that is to be shown
)

// Column is a column of the result.
type Column struct {
	Name string
	Kind Kind
}

// Rows is some consecutive rows of a result. Columns and rows count from 0. Of
// the accessors, only the one of the column's [Kind] is called, and none where
// IsNull is true.
type Rows interface {
	Len() int
	IsNull(col, row int) bool
	Bool(col, row int) bool
	Int(col, row int) int64
	Float(col, row int) float64
	Time(col, row int) time.Time // dates and timestamps
	Text(col, row int) string    // texts and decimals, without exponent
}
