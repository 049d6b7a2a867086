package port

import (
	"bytes"
	"slices"

	"github.com/dhowdb/dhow/udf/internal/lookup"
)

// find returns the place that a text means, as a number for a [lookup.Cache].
func (g *gazetteer) find(text []byte) (int32, error) {
	p, err := g.placeIn(text)
	return int32(p), err
}

func (g *gazetteer) placeIn(text []byte) (place, error) {
	var buffer [lookup.MaxKey]byte
	key, ok := lookup.Fold(buffer[:0], text)
	if !ok || len(key) == 0 {
		return nowhere, nil
	}
	if p := g.names.aliasOf(key); p != nowhere {
		return p, nil
	}
	code := placeOf(key)
	if code != nowhere && !hasBothCases(text) {
		if known, err := g.hasCode(code); known || err != nil {
			return code, err
		}
	}
	if p, err := g.named(key, text, nowhere); p != nowhere || err != nil {
		return p, err
	}
	if code != nowhere {
		if known, err := g.hasCode(code); known || err != nil {
			return code, err
		}
	}
	return g.qualified(text)
}

// qualified reads a name with a country behind it.
func (g *gazetteer) qualified(text []byte) (place, error) {
	name, tail := cutLast(text)
	if len(name) == 0 {
		return nowhere, nil
	}
	within, err := g.country(tail)
	if within == nowhere || err != nil {
		return nowhere, err
	}
	var buffer [lookup.MaxKey]byte
	key, ok := lookup.Fold(buffer[:0], name)
	if !ok {
		return nowhere, nil
	}
	return g.named(key, name, within)
}

// named returns the place of a name as it stands, or without the words that it
// may have or lack.
func (g *gazetteer) named(key, text []byte, within place) (place, error) {
	if p, err := g.meaning(key, within); p != nowhere || err != nil {
		return p, err
	}
	bare := trimLast(trimFirst(text, leading, articles))
	if len(bare) == len(text) {
		return nowhere, nil
	}
	var buffer [lookup.MaxKey]byte
	short, ok := lookup.Fold(buffer[:0], bare)
	if !ok || string(short) == string(key) {
		return nowhere, nil
	}
	return g.meaning(short, within)
}

func (g *gazetteer) meaning(key []byte, within place) (place, error) {
	if p := g.names.meaning(key, within); p != nowhere {
		return p, nil
	}
	rest, err := g.rest()
	if err != nil {
		return nowhere, err
	}
	return rest.names.meaning(key, within), nil
}

func (g *gazetteer) hasCode(code place) (bool, error) {
	if _, found := slices.BinarySearch(g.codes, code); found {
		return true, nil
	}
	rest, err := g.rest()
	if err != nil {
		return false, err
	}
	_, found := slices.BinarySearch(rest.codes, code)
	return found, nil
}

// country returns a place in the country that a text means, nowhere for none.
func (g *gazetteer) country(text []byte) (place, error) {
	var buffer [lookup.MaxKey]byte
	key, ok := lookup.Fold(buffer[:0], text)
	if !ok || len(key) < 2 {
		return nowhere, nil
	}
	all, err := g.countries()
	if err != nil {
		return nowhere, err
	}
	if p, ok := all[string(key)]; ok {
		return p, nil
	}
	return nowhere, nil
}

// cutLast cuts a text into a name and what stands behind it: after the last
// comma, dash or bracket, or else, if it has two letters, after the last blank.
func cutLast(text []byte) (name, tail []byte) {
	text = bytes.TrimRight(text, delimiters)
	at := bytes.LastIndexAny(text, ",(-/")
	if blank := bytes.LastIndexByte(text, ' '); blank > at && len(text)-blank == 3 {
		at = blank
	}
	if at < 0 {
		// The Arabic comma.
		if at = bytes.LastIndex(text, []byte("،")); at < 0 {
			return nil, nil
		}
		return text[:at], text[at+len("،"):]
	}
	return text[:at], text[at+1:]
}

func hasBothCases(text []byte) bool {
	var upper, lower bool
	for _, b := range text {
		upper = upper || 'A' <= b && b <= 'Z'
		lower = lower || 'a' <= b && b <= 'z'
	}
	return upper && lower
}
