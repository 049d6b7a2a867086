package port

import (
	"bytes"
	"strings"

	"github.com/dhowdb/dhow/udf/internal/lookup"
)

// rank tells which meaning of a name is meant if it has several: the lowest.
type rank uint8

const (
	alias rank = iota + 1
	seaport
	airportCode
	airportName
	anyPlace
)

// entry is one meaning of a name.
type entry struct {
	place place
	next  int32 // the next entry of the same name, 0 for none
	rank  rank
}

// names are the meanings of folded names.
type names struct {
	first   map[string]int32
	entries []entry // entry 0 stands for none
}

func newNames() names {
	return names{first: map[string]int32{}, entries: make([]entry, 1)}
}

// add gives a name to a place, and its parts where it has several:
// "Dumyat (Damietta)" and "Mina Khalifa/Abu Dhabi".
func (n *names) add(name string, p place, r rank) {
	n.addOne(name, p, r)
	if before, behind, ok := strings.Cut(name, "("); ok {
		n.addOne(before, p, r)
		if inside, _, ok := strings.Cut(behind, ")"); ok && !strings.HasPrefix(inside, "ex ") && len(inside) > 3 {
			n.addOne(inside, p, r)
		}
	} else if before, _, ok := strings.Cut(name, "/"); ok {
		n.addOne(before, p, r)
	}
}

func (n *names) addOne(name string, p place, r rank) {
	text := []byte(name)
	n.put(text, p, r)
	if bare := trimLast(trimFirst(text, articles, nil)); len(bare) < len(text) {
		n.put(bare, p, r)
	}
}

func (n *names) put(text []byte, p place, r rank) {
	key, ok := lookup.Fold(nil, text)
	if !ok || len(key) == 0 {
		return
	}
	head := n.first[string(key)]
	for at := head; at != 0; at = n.entries[at].next {
		if n.entries[at].place == p && n.entries[at].rank <= r {
			return
		}
	}
	n.entries = append(n.entries, entry{p, head, r})
	n.first[string(key)] = int32(len(n.entries) - 1)
}

// meaning returns the only place of the lowest rank that has the name, in the
// country of within if that is a place, or several.
func (n *names) meaning(key []byte, within place) place {
	p, lowest := nowhere, anyPlace+1
	for at := n.first[string(key)]; at != 0; at = n.entries[at].next {
		e := n.entries[at]
		switch {
		case within != nowhere && !e.place.in(within):
		case e.rank < lowest:
			lowest, p = e.rank, e.place
		case e.rank == lowest && e.place != p:
			p = several
		}
	}
	return p
}

// aliasOf returns the place that an alias stands for, nowhere for none.
func (n *names) aliasOf(key []byte) place {
	for at := n.first[string(key)]; at != 0; at = n.entries[at].next {
		if n.entries[at].rank == alias {
			return n.entries[at].place
		}
	}
	return nowhere
}

// affix is a set of folded words that a name may have or lack.
type affix map[string]bool

var (
	// articles are the Arabic article in Latin letters.
	articles = affix{"AL": true, "EL": true, "AD": true, "AS": true, "AR": true, "AZ": true, "AN": true, "AT": true, "ASH": true}
	// leading are words before a name in a file.
	leading = affix{"PORT": true, "OF": true, "SEAPORT": true, "MINA": true, "THE": true, "POL": true, "POD": true, "مينا": true, "مطار": true}
	// trailing are words behind a name.
	trailing = affix{"PORT": true, "PT": true, "SEAPORT": true, "APT": true, "AIRPORT": true, "INTERNATIONAL": true, "INTL": true}
)

const delimiters = " -.,:'/()\t"

// trimFirst takes words of two sets from the front of a text, but leaves one.
func trimFirst(text []byte, these, those affix) []byte {
	for {
		text = bytes.TrimLeft(text, delimiters)
		end := bytes.IndexAny(text, delimiters)
		if end < 0 || !these.has(text[:end]) && !those.has(text[:end]) {
			return text
		}
		text = text[end:]
	}
}

// trimLast takes trailing words from the end of a text, but leaves one.
func trimLast(text []byte) []byte {
	for {
		text = bytes.TrimRight(text, delimiters)
		begin := bytes.LastIndexAny(text, delimiters)
		if begin < 0 || !trailing.has(text[begin+1:]) {
			return text
		}
		text = text[:begin]
	}
}

func (a affix) has(word []byte) bool {
	var buffer [lookup.MaxKey]byte
	key, ok := lookup.Fold(buffer[:0], word)
	return ok && a[string(key)]
}
