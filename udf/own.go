package udf

import "sync"

// Own holds the tables with which a user adds to the reference facts, as they
// stood in the database at one moment. It never changes: when the tables do,
// kernels get another one.
type Own struct {
	tables map[string]*Facts
	lock   sync.Mutex
	made   map[string]any // what families made of the tables
}

// NewOwn returns a user's tables by their names.
func NewOwn(tables map[string]*Facts) *Own {
	return &Own{tables: tables, made: map[string]any{}}
}

// Table returns the user's table of that name, nil if there is none. It has
// the columns that the user gave it.
func (o *Own) Table(name string) *Facts {
	if o == nil {
		return nil
	}
	return o.tables[name]
}

// Keep returns what make makes of a user's tables. It is made once, and then
// kept under the key, with its error if there is one.
func Keep[T any](o *Own, key string, make func() (T, error)) (T, error) {
	o.lock.Lock()
	defer o.lock.Unlock()
	if m, ok := o.made[key].(kept[T]); ok {
		return m.value, m.err
	}
	value, err := make()
	o.made[key] = kept[T]{value, err}
	return value, err
}

type kept[T any] struct {
	value T
	err   error
}

// Has reports whether the table has a column of that name.
func (f *Facts) Has(name string) bool {
	for _, c := range f.Columns {
		if c == name {
			return true
		}
	}
	return false
}
