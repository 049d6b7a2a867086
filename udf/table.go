package udf

// Table declares a table function: one that stands after FROM.
type Table struct {
	Name     string
	Params   []Param // positional ones first, then the named ones
	Doc      string  // what it returns, in full sentences
	Examples []Example
	// Open checks the arguments and tells what the table looks like.
	Open func(Args) (Scan, error)
}

// Param is a parameter of a table function.
type Param struct {
	Name  string
	Type  Type
	Named bool   // given as name := value, and optional
	Doc   string // what it means, and its default
}

// Args holds the arguments of a call by name; those not given, or NULL, are
// absent. A value has the Go type that stands for its SQL type; a text is a
// string.
type Args map[string]any

// Arg returns the argument of that name, or otherwise if there is none.
func Arg[T any](args Args, name string, otherwise T) T {
	if v, ok := args[name].(T); ok {
		return v
	}
	return otherwise
}

// Column is a column of a table.
type Column struct {
	Name string
	Type Type
}

// Scan is a table that is read once.
type Scan interface {
	Columns() []Column
	// Rows returns the number of rows, exactly or about, or -1 if unknown.
	Rows() int64
	// Workers returns how many workers may read at once.
	Workers() int
	// Worker starts one of them.
	Worker() (Worker, error)
	// Close frees what Open took. The workers are closed by then.
	Close() error
}

// Worker reads a part of a table. It is used by one thread at a time.
type Worker interface {
	// Next fills up to [ChunkSize] rows of the batch; none at the end.
	Next(*Batch) error
	Close() error
}

// Batch is what a [Worker] fills: one output a column, nil for columns that
// the query doesn't need.
type Batch struct {
	Len  int
	Cols []*Output
}

// SetText sets row i of a VARCHAR column to a copy of s.
func (o *Output) SetText(i int, s string) { set(o, i, s) }
