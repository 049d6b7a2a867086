package lookup

import (
	"sync"

	"github.com/dhowdb/dhow/udf"
)

// Reading is how a text was read, for the functions *_status.
type Reading int32

// The readings. What is Ambiguous or worse has no result.
const (
	OK        Reading = iota // as it should be
	Code                     // a code, in another writing or of another list
	Alias                    // a name, an abbreviation or a symbol
	Historic                 // what was withdrawn
	Ambiguous                // it may mean several
	Empty                    // nothing but blanks and punctuation
	Unknown
)

var words = [...]string{
	OK: "ok", Code: "code", Alias: "alias", Historic: "historic", Ambiguous: "ambiguous", Empty: "empty", Unknown: "unknown",
}

// String returns the word for it in SQL.
func (r Reading) String() string { return words[r] }

// Found reports whether the text means one thing.
func (r Reading) Found() bool { return r < Ambiguous }

// Str returns the word for it as a result.
func (r Reading) Str() udf.Str { return udf.InlineStr([]byte(words[r])) }

// Status makes a kernel that says how texts are read. The Go function doc
// documents it.
func Status(doc any, read func(text []byte) (Reading, error)) udf.Kernel {
	return kernel(doc, sync.OnceValues(func() (*Answers, error) {
		find := func(text []byte) (int32, error) {
			r, err := read(text)
			return int32(r), err
		}
		return &Answers{Find: find, Results: Strs(words[:])}, nil
	}), nil)
}

// ReadingOf returns how a text was read that means the thing of that code, or
// nothing if code is empty: several says why.
func ReadingOf(text []byte, code string, several bool) Reading {
	if string(text) == code && code != "" {
		return OK
	}
	var buffer [MaxKey]byte
	key, ok := Fold(buffer[:0], text)
	switch {
	case code != "" && string(key) == code:
		return Code
	case code != "":
		return Alias
	case several:
		return Ambiguous
	case ok && len(key) == 0:
		return Empty
	}
	return Unknown
}
