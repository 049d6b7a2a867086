package currency

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/country/spelling"
)

// currency is a currency of ISO 4217.
type currency struct {
	code     udf.Str
	digits   int32 // of the minor unit, -1 for none
	withdrew bool
}

const (
	letters   = 26
	maxNumber = 1000 // numeric codes have three digits
)

// book is what the functions know. Each code and each folded name has a
// verdict; codes and numbers have it in arrays as well.
type book struct {
	all       []currency
	byCode    map[string]int
	codes     [letters * letters * letters]verdict
	standing  [letters * letters * letters]bool // which codes are themselves
	numbers   [maxNumber]verdict
	names     spelling.Table
	ambiguous []string // what an ambiguous verdict may be
	// exact has the names whose key is another currency's too: د.إ of the
	// Emirates and د.أ of Jordan, both of which are also written د.ا.
	exact map[string]verdict
}

// facts are read at the first use of a function.
var facts = sync.OnceValues(load)

func load() (*book, error) {
	b := &book{byCode: map[string]int{}, exact: map[string]verdict{}}
	f, err := udf.FactsSource("currency")
	if err == nil {
		err = b.readCurrencies(f)
	}
	if err != nil {
		return nil, fmt.Errorf("read the reference facts currency: %w", err)
	}
	if f, err = udf.FactsSource("currency_alias"); err == nil {
		err = b.readAliases(f)
	}
	if err != nil {
		return nil, fmt.Errorf("read the reference facts currency_alias: %w", err)
	}
	return b, nil
}

func (b *book) readCurrencies(f *udf.Facts) error {
	c, err := f.Select("code", "numeric", "minor_unit", "status")
	if err != nil {
		return err
	}
	numbers := map[int64][]int{} // currencies in use go before withdrawn ones
	for i, code := range c[0] {
		x := currency{code: udf.InlineStr([]byte(code)), digits: -1, withdrew: c[3][i] == "historic"}
		if c[2][i] != "" {
			digits, err := strconv.ParseInt(c[2][i], 10, 32)
			if err != nil {
				return fmt.Errorf("%s: %w", code, err)
			}
			x.digits = int32(digits)
		}
		b.byCode[code] = len(b.all)
		b.all = append(b.all, x)
		v := made(asCode, i)
		if x.withdrew {
			v = made(asHistoric, i)
		}
		b.add(code, v)
		at := 0
		for _, letter := range []byte(code) {
			at = at*letters + int(letter-'A')
		}
		b.codes[at], b.standing[at] = v, true
		if c[1][i] != "" {
			n, err := strconv.ParseInt(c[1][i], 10, 32)
			if err != nil || n >= maxNumber {
				return fmt.Errorf("%s: %q is no numeric code", code, c[1][i])
			}
			numbers[n] = append(numbers[n], i)
		}
	}
	for n, of := range numbers {
		b.numbers[n] = b.numbered(of)
	}
	return nil
}

// numbered returns the verdict on the number of several currencies, which ISO
// gives again when a currency follows another. The one in use is meant; of
// withdrawn ones it can't be told.
func (b *book) numbered(of []int) verdict {
	inUse := slices.DeleteFunc(slices.Clone(of), func(i int) bool { return b.all[i].withdrew })
	switch {
	case len(inUse) == 1:
		return made(asCode, inUse[0])
	case len(of) == 1:
		return made(asHistoric, of[0])
	}
	return b.either(of)
}

// either returns the verdict on what may be several currencies.
func (b *book) either(of []int) verdict {
	var codes []string
	for _, i := range of {
		codes = append(codes, b.all[i].code.String())
	}
	b.ambiguous = append(b.ambiguous, strings.Join(codes, " or "))
	return made(asAmbiguous, len(b.ambiguous)-1)
}

func (b *book) readAliases(f *udf.Facts) error {
	c, err := f.Select("alias", "code")
	if err != nil {
		return err
	}
	of := map[string][]int{}       // by alias
	spelt := map[string][]string{} // the aliases of a key
	var k spelling.Key
	for i, alias := range c[0] {
		at, ok := b.byCode[c[1][i]]
		if !ok || !k.Set([]byte(alias)) {
			return fmt.Errorf("alias %q has no currency %q, or no letters", alias, c[1][i])
		}
		of[alias] = append(of[alias], at)
		if key := string(k.Bytes()); !slices.Contains(spelt[key], alias) {
			spelt[key] = append(spelt[key], alias)
		}
	}
	for key, aliases := range spelt {
		b.addAliases([]byte(key), aliases, of)
	}
	return nil
}

// addAliases puts the aliases of one key into the book, unless the key is a
// code.
func (b *book) addAliases(key []byte, aliases []string, of map[string][]int) {
	var all []int
	for _, alias := range aliases {
		for _, at := range of[alias] {
			if !slices.Contains(all, at) {
				all = append(all, at)
			}
		}
	}
	if len(all) == 1 {
		b.names.Add(key, uint16(made(asAlias, all[0])))
		return
	}
	b.names.Add(key, uint16(b.either(all)))
	for _, alias := range aliases {
		if len(of[alias]) == 1 {
			b.exact[alias] = made(asAlias, of[alias][0])
		}
	}
}

// add puts a code into the book.
func (b *book) add(code string, v verdict) {
	var k spelling.Key
	if k.Set([]byte(code)) {
		b.names.Add(k.Bytes(), uint16(v))
	}
}
