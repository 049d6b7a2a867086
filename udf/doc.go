package udf

import (
	_ "embed"
	"encoding/json"
	"sync"
)

// Doc is the prose of a function, as the comment of its Go function gives it.
type Doc struct {
	Params []string `json:"params"`
	Text   string   `json:"text"` // the comment, with the SQL name as subject
}

// reference.json is generated from the Go sources: go test ./engine -update.
//
//go:embed reference.json
var referenceJSON []byte

var reference = sync.OnceValue(func() map[string]Doc {
	var docs map[string]Doc
	if err := json.Unmarshal(referenceJSON, &docs); err != nil {
		// The file is generated and tested; without it functions still work.
		return map[string]Doc{}
	}
	return docs
})

// DocOf returns the documentation of the SQL function of that name.
func DocOf(name string) (Doc, bool) {
	d, ok := reference()[name]
	return d, ok
}

// Params returns the names of the parameters.
func (f Func) Params() []string {
	n := 0
	if len(f.Kernel.Variants) > 0 {
		n = len(f.Kernel.Variants[0].Args)
	}
	if d, ok := DocOf(f.Name); ok && (len(d.Params) == n || !f.IsAggregate()) {
		return d.Params
	}
	// A function that is newer than the reference.
	names := []string{"x", "y", "z", "u", "v", "w", "s", "t"}
	return names[:n]
}
