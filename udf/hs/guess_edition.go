package hs

import "github.com/dhowdb/dhow/udf"

// GuessEdition returns the edition of the Harmonized System that most of the
// codes are in. The codes are the keys, as hs_normalize reads them; the values
// are how many lines have each, and must be above zero.
//
// Only subheadings and national codes, which count with their first six digits,
// have a say, and those of chapters 98 and 99, which are for national use,
// have none. The edition in which most distinct codes are valid wins;
// of several the newest one. The share is that of the lines whose code is
// valid in that edition, among all lines whose code has a say: a share below
// about 0.99 is a sign that a file mixes editions. It is false if no code is in any
// edition. The user's own editions, which may be nil, take part.
func GuessEdition(own *udf.Own, codes map[string]int) (edition string, share float64, ok bool, err error) {
	b, err := bookOf(own)
	if err != nil {
		return "", 0, false, err
	}
	var t tally
	for text, lines := range codes {
		if code, ok := codeIn(text); ok {
			t.add(b.nomenclature, code, int64(lines))
		}
	}
	edition, share, ok = t.result(b.nomenclature)
	return edition, share, ok, nil
}

// tally counts in which editions codes are.
type tally struct {
	lines int64
	each  [maxEditions]struct {
		codes map[uint32]bool
		lines int64
	}
}

// add counts a code that so many lines have.
func (t *tally) add(n *nomenclature, code udf.Str, lines int64) {
	if code.Len() < 6 || number(code, 2) >= firstNational || lines <= 0 {
		return
	}
	c := number(code, 6)
	t.lines += lines
	for i := range n.editions {
		if n.subheadings[c]>>i&1 == 0 {
			continue
		}
		e := &t.each[i]
		if e.codes == nil {
			e.codes = map[uint32]bool{}
		}
		e.codes[c] = true
		e.lines += lines
	}
}

func (t *tally) result(n *nomenclature) (edition string, share float64, ok bool) {
	most := 0
	for i, name := range n.editions {
		e := &t.each[i]
		if len(e.codes) > 0 && len(e.codes) >= most {
			most = len(e.codes)
			edition, share, ok = name, float64(e.lines)/float64(t.lines), true
		}
	}
	return edition, share, ok
}
