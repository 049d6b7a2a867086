package engine

import (
	"context"
	"time"

	"github.com/dhowdb/dhow/engine/internal/capi"
)

// Kind is what the values of a column are like. Types that differ only in
// width have the same kind.
type Kind uint8

// The kinds of values. KindOther is a type that dhow can't read.
const (
	KindOther     = Kind(capi.KindOther)
	KindNull      = Kind(capi.KindNull)
	KindBool      = Kind(capi.KindBool)
	KindInt       = Kind(capi.KindInt)  // of up to 128 bits, and BIGNUM
	KindUint      = Kind(capi.KindUint) // of up to 128 bits
	KindFloat     = Kind(capi.KindFloat)
	KindDecimal   = Kind(capi.KindDecimal)
	KindText      = Kind(capi.KindText)
	KindEnum      = Kind(capi.KindEnum)
	KindJSON      = Kind(capi.KindJSON)
	KindBinary    = Kind(capi.KindBinary)
	KindBit       = Kind(capi.KindBit)
	KindDate      = Kind(capi.KindDate)
	KindTime      = Kind(capi.KindTime) // of day, with or without offset
	KindTimestamp = Kind(capi.KindTimestamp)
	KindInterval  = Kind(capi.KindInterval)
	KindUUID      = Kind(capi.KindUUID)
	KindList      = Kind(capi.KindList) // LIST and ARRAY
	KindStruct    = Kind(capi.KindStruct)
	KindMap       = Kind(capi.KindMap)
	KindUnion     = Kind(capi.KindUnion)
	KindVariant   = Kind(capi.KindVariant)
	KindGeometry  = Kind(capi.KindGeometry)
)

// Column is a column of a result.
type Column struct {
	Name string
	Type string // as DuckDB's typeof writes it: DECIMAL(18,4), VARCHAR[]
	Kind Kind
}

// Rows is the result of one statement, read from its first row to its last.
// It ends when the function that got it from [Session.Run] returns.
type Rows struct {
	ctx     context.Context
	result  *capi.Result
	index   int
	st      statement
	columns []Column
	chunk   *capi.Chunk
	row     int
	err     error
}

func newRows(ctx context.Context, result *capi.Result, index int, st statement) *Rows {
	r := &Rows{ctx: ctx, result: result, index: index, st: st, row: -1}
	if result.Returns() == capi.ReturnsRows {
		for _, c := range result.Columns() {
			r.columns = append(r.columns, Column{c.Name, c.Type.Name, Kind(c.Type.Kind)})
		}
	}
	return r
}

// Columns returns the columns. A statement that returns no rows has none.
func (r *Rows) Columns() []Column { return r.columns }

// Changed returns how many rows an INSERT, UPDATE, DELETE, MERGE or COPY
// changed; 0 for other statements, and with RETURNING.
func (r *Rows) Changed() int64 { return r.result.Changed() }

// Statement returns which statement of the text this is, counted from 0, and
// where it begins in the text, in bytes.
func (r *Rows) Statement() (index, offset int) { return r.index, r.st.begin() }

// Verb returns what the statement does: SELECT, INSERT, CREATE and so on, and
// OTHER for the rest. What DuckDB turns into a query, such as DESCRIBE and
// most PRAGMAs, is a SELECT.
func (r *Rows) Verb() string {
	if verb, ok := verbs[r.result.StatementType()]; ok {
		return verb
	}
	return "OTHER"
}

// verbs names the values of duckdb_statement_type.
var verbs = map[int]string{
	1: "SELECT", 2: "INSERT", 3: "UPDATE", 4: "EXPLAIN", 5: "DELETE", 6: "PREPARE", 7: "CREATE", 8: "EXECUTE",
	9: "ALTER", 10: "TRANSACTION", 11: "COPY", 12: "ANALYZE", 13: "SET", 14: "CREATE", 15: "DROP", 16: "EXPORT",
	17: "PRAGMA", 18: "VACUUM", 19: "CALL", 20: "SET", 21: "LOAD", 25: "ATTACH", 26: "DETACH", 28: "COPY", 30: "MERGE",
}

// Next goes to the next row. It returns false after the last one and after a
// failure; [Rows.Err] tells which. The rows of a statement without columns are
// none.
func (r *Rows) Next() bool {
	if r.chunk != nil && r.row+1 < r.chunk.Len() {
		r.row++
		return true
	}
	return r.nextChunk()
}

func (r *Rows) nextChunk() bool {
	r.chunk, r.row = nil, 0
	if r.err != nil || len(r.columns) == 0 {
		return false
	}
	if err := r.ctx.Err(); err != nil {
		// Rows that DuckDB holds ready would otherwise still come.
		r.err = &Error{
			Op: "run", Name: statementName(r.index), Offset: r.st.begin(), Msg: err.Error(), cause: err,
		}
		return false
	}
	chunk, err := r.result.Fetch()
	if err != nil {
		r.err = r.st.failed(r.ctx, statementName(r.index), err)
		return false
	}
	r.chunk = chunk
	return chunk != nil
}

// end makes what is read after the result is gone a clean panic.
func (r *Rows) end() { r.chunk, r.columns = nil, nil }

// Err returns what ended the rows before their end, or nil.
func (r *Rows) Err() error { return r.err }

// IsNull reports whether the value in a column of this row is NULL.
func (r *Rows) IsNull(col int) bool { return r.chunk.Column(col).IsNull(r.row) }

// AppendText appends the value as CAST(value AS VARCHAR) writes it, and
// nothing for NULL. Two things differ: a TIMESTAMP WITH TIME ZONE follows Go's
// time zone rules and always the Gregorian calendar, and a value of a type
// that dhow can't read is its type's name in angle brackets.
func (r *Rows) AppendText(dst []byte, col int) []byte {
	return r.chunk.Column(col).AppendText(dst, r.row)
}

// AppendJSON appends the value as JSON, and null for NULL. Numbers are exact
// JSON numbers, but NaN and infinity are null; JSON is passed on; lists are
// arrays; structs, maps and unions are objects; all else is its text.
func (r *Rows) AppendJSON(dst []byte, col int) []byte {
	return r.chunk.Column(col).AppendJSON(dst, r.row)
}

// Bool returns a BOOLEAN.
func (r *Rows) Bool(col int) bool { return r.chunk.Column(col).Bool(r.row) }

// Int64 returns an integer of a type of up to 64 bits; other values give 0,
// but a DECIMAL of up to 18 digits its digits without the point, and dates and
// times the number that DuckDB stores.
func (r *Rows) Int64(col int) int64 { return r.chunk.Column(col).Int64(r.row) }

// Float64 returns any number as the nearest float; other values give 0.
func (r *Rows) Float64(col int) float64 { return r.chunk.Column(col).Float64(r.row) }

// Bytes returns the bytes of a text, blob or JSON in place: they are valid
// until the next call of Next. Values that have no bytes give nil.
func (r *Rows) Bytes(col int) []byte { return r.chunk.Column(col).Bytes(r.row) }

// Time returns a date or timestamp, and false for infinity and other values.
func (r *Rows) Time(col int) (time.Time, bool) { return r.chunk.Column(col).Time(r.row) }
