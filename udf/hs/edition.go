package hs

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dhowdb/dhow/udf"
)

// edition returns the place of the edition of that name: HS2022, H6 or 2022,
// in any case. The error doesn't name the function; see lookup.
func (n *nomenclature) edition(name string) (int, error) {
	text := strings.ToUpper(strings.TrimSpace(name))
	for i, known := range n.editions {
		if text == known || text == strings.TrimPrefix(known, "HS") || text == "H"+strconv.Itoa(i) {
			return i, nil
		}
	}
	return 0, fmt.Errorf("%q is no edition of the Harmonized System; known are %s", name, n.known)
}

// editionColumn is a column of names of editions. It remembers the last one, as
// nearly every column has one name only.
type editionColumn struct {
	names []udf.Str
	last  udf.Str
	place int
}

// editionsIn returns argument a of a chunk as a column of editions.
func editionsIn(c *udf.Chunk, a int) editionColumn {
	return editionColumn{names: udf.Values[udf.Str](&c.Args[a], c.Len), last: noName}
}

// noName differs from every text.
var noName = udf.Str{Lo: ^uint64(0)}

// at returns the edition in row i, which must not be NULL.
func (e *editionColumn) at(n *nomenclature, i int) (int, error) {
	if e.names[i] != e.last {
		if err := e.read(n, i); err != nil {
			return 0, err
		}
	}
	return e.place, nil
}

// read takes the edition in row i as the last one. Equal words are equal
// texts, as a text stays where it is while its chunk is worked on.
func (e *editionColumn) read(n *nomenclature, i int) error {
	place, err := n.edition(e.names[i].String())
	e.last, e.place = e.names[i], place
	return err
}
