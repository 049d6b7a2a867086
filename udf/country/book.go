package country

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/country/spelling"
	"github.com/dhowdb/dhow/udf/internal/lookup"
)

// place is a country.
type place struct {
	alpha2, alpha3 udf.Str
	m49, comtrade  int32                   // 0 if it has none
	names          [len(languages)]udf.Str // in the order of languages
	groups         uint64                  // a bit for each group
	x, y, z        float64                 // on the unit sphere
	located        bool
}

// languages are those that names are in.
var languages = [...]string{"en", "fr", "ar"}

const (
	letters    = 26
	maxNumber  = 1000 // codes of ISO, M49 and Comtrade have three digits
	groupsMost = 64
)

// book is what the functions know. Each code and each folded name has a
// verdict; short codes and numbers have it in arrays as well.
type book struct {
	places  []place
	byCode  map[string]int     // alpha-2
	former  map[string]verdict // codes of former countries
	pairs   [letters * letters]verdict
	triples [letters * letters * letters]verdict
	numbers [maxNumber]verdict
	// standing holds which pairs of capitals are codes of today.
	standing [letters * letters]bool
	names    spelling.Table
	texts    lookup.Cache // what is no code in capitals
	read     lookup.Find  // b.ofText, made once

	distances func() []float64 // in km, a row for each country

	groups     []string
	groupStrs  []udf.Str
	groupIndex spelling.Table
	ambiguous  map[verdict]string // what it may be
}

// facts are read at the first use of a function.
var facts = sync.OnceValues(load)

func load() (*book, error) {
	b := &book{byCode: map[string]int{}, former: map[string]verdict{}}
	b.distances = sync.OnceValue(b.measure)
	b.read = func(text []byte) (int32, error) { return int32(b.ofText(text)), nil }
	for _, step := range []struct {
		table string
		read  func(*udf.Facts) error
	}{
		{"country", b.readCountries},
		{"country_alias", b.readAliases},
		{"country_ambiguous", b.readAmbiguous},
		{"country_historic", b.readHistoric},
		{"country_historic_alias", b.readFormerNames},
		{"country_area", b.readAreas},
		{"country_group", b.readGroups},
	} {
		f, err := udf.FactsSource(step.table)
		if err == nil {
			err = step.read(f)
		}
		if err != nil {
			return nil, fmt.Errorf("read the reference facts %s: %w", step.table, err)
		}
	}
	return b, nil
}

func (b *book) readCountries(f *udf.Facts) error {
	c, err := f.Select("alpha2", "alpha3", "numeric", "m49", "comtrade_partner", "name_en", "name_fr", "name_ar", "lat", "lon")
	if err != nil {
		return err
	}
	for i, alpha2 := range c[0] {
		p := place{
			alpha2: udf.InlineStr([]byte(alpha2)), alpha3: udf.InlineStr([]byte(c[1][i])),
			m49: number(c[3][i]), comtrade: number(c[4][i]),
			names: [...]udf.Str{udf.FixedStr(c[5][i]), udf.FixedStr(c[6][i]), udf.FixedStr(c[7][i])},
		}
		if err := p.locate(c[8][i], c[9][i]); err != nil {
			return fmt.Errorf("%s: %w", alpha2, err)
		}
		b.byCode[alpha2] = len(b.places)
		b.places = append(b.places, p)
	}
	// Codes go before names: a code that is another country's name is a code.
	for i, alpha2 := range c[0] {
		b.add(alpha2, made(asCode, i))
	}
	for i := range c[0] {
		b.add(c[1][i], made(asCode, i))
		for _, column := range []int{2, 3, 4} {
			b.addNumber(c[column][i], made(asCode, i))
		}
	}
	for i := range c[0] {
		for _, n := range b.places[i].names {
			b.add(n.String(), made(asAlias, i))
		}
	}
	return nil
}

func (b *book) readAliases(f *udf.Facts) error {
	c, err := f.Select("alias", "alpha2")
	if err != nil {
		return err
	}
	for i, alias := range c[0] {
		at, ok := b.byCode[c[1][i]]
		if !ok {
			return fmt.Errorf("alias %q has no country %q", alias, c[1][i])
		}
		b.add(alias, made(asAlias, at))
	}
	return nil
}

func (b *book) readGroups(f *udf.Facts) error {
	c, err := f.Select("group", "alpha2")
	if err != nil {
		return err
	}
	var k spelling.Key
	for i, name := range c[0] {
		at, ok := b.byCode[c[1][i]]
		if !ok {
			return fmt.Errorf("group %s has a country %q that is none", name, c[1][i])
		}
		g := slices.Index(b.groups, name)
		if g < 0 {
			g = len(b.groups)
			if len(name) > udf.InlineLen {
				return fmt.Errorf("the name of group %s is longer than %d bytes", name, udf.InlineLen)
			}
			b.groups = append(b.groups, name)
			b.groupStrs = append(b.groupStrs, udf.InlineStr([]byte(name)))
			k.Set([]byte(name))
			b.groupIndex.Add(k.Bytes(), uint16(g))
		}
		if g >= groupsMost {
			return fmt.Errorf("more than %d groups", groupsMost)
		}
		b.places[at].groups |= 1 << g
	}
	return nil
}

// add puts a code or a name into the book unless its key is there already. A
// name is also known without its blanks, as in REPUBLICOFKOREA, where the words
// that a key leaves out can't be told apart.
func (b *book) add(text string, v verdict) {
	var k spelling.Key
	forms := []string{text, unspaced.Replace(text)}
	if len(text) > initials {
		forms = append(forms, strings.ReplaceAll(forms[1], ".", ""))
	}
	for _, form := range forms {
		if !k.Set([]byte(form)) {
			continue
		}
		if _, added := b.names.Add(k.Bytes(), uint16(v)); added {
			b.shortcut(k.Bytes(), v)
		}
	}
}

// initials is the length up to which a name may be initials, U.S.A., whose dots
// tell them from a code.
const initials = 8

var unspaced = strings.NewReplacer(" ", "", "-", "", "’", "", "'", "", "&", "", ",", "", "(", "", ")", "")

// replace is add for a key that may be there with another verdict.
func (b *book) replace(text string, v verdict) {
	var k spelling.Key
	if k.Set([]byte(text)) {
		b.names.Put(k.Bytes(), uint16(v))
		b.shortcut(k.Bytes(), v)
	}
}

// shortcut puts the verdict of a code of two or three letters into the arrays.
func (b *book) shortcut(key []byte, v verdict) {
	at := 0
	for _, c := range key {
		if c < 'a' || c > 'z' {
			return
		}
		at = at*letters + int(c-'a')
	}
	switch len(key) {
	case 2:
		b.pairs[at] = v
		b.standing[at] = v.reading() == asCode
	case 3:
		b.triples[at] = v
	}
}

func (b *book) addNumber(text string, v verdict) {
	if text == "" {
		return
	}
	if n := number(text); n < maxNumber && b.numbers[n] == 0 {
		b.numbers[n] = v
	}
}

// number reads a number of the tables, 0 for a missing one; a test holds that
// they are numbers.
func number(text string) int32 {
	n, _ := strconv.ParseInt(text, 10, 32)
	return int32(n)
}

// locate sets the point on the unit sphere.
func (p *place) locate(lat, lon string) error {
	if lat == "" || lon == "" {
		return nil
	}
	φ, err := strconv.ParseFloat(lat, 64)
	if err != nil {
		return err
	}
	λ, err := strconv.ParseFloat(lon, 64)
	if err != nil {
		return err
	}
	φ, λ = φ*math.Pi/180, λ*math.Pi/180
	p.x, p.y, p.z, p.located = math.Cos(φ)*math.Cos(λ), math.Cos(φ)*math.Sin(λ), math.Sin(φ), true
	return nil
}
