package unit

import (
	"fmt"
	"math"
	"strconv"
	"sync"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/internal/lookup"
)

// system is what the family makes of the reference facts. Units are numbers.
type system struct {
	code, name, dimension []string
	deprecated            []bool
	factor                []factor
	exact                 map[string]int32  // spellings in which case matters
	folded                map[string]int32  // the others, as lookup.Fold gives them
	comtrade              map[int64]int32   // quantity codes of UN Comtrade
	ambiguous             map[string]string // folded names of several units: their codes
	codes, dimensions     *lookup.Answers
}

// factor is how many base units of its dimension a unit is, num / den. It is
// kept as a fraction because 1000 is exact and 0.001 is not. A unit without a
// fixed size has the zero factor.
type factor struct{ num, den float64 }

var load = sync.OnceValues(func() (*system, error) {
	s, err := newSystem()
	if err != nil {
		return nil, fmt.Errorf("load the units: %w", err)
	}
	return s, nil
})

func newSystem() (*system, error) {
	unit, err := udf.FactsSource("unit")
	if err != nil {
		return nil, err
	}
	alias, err := udf.FactsSource("unit_alias")
	if err != nil {
		return nil, err
	}
	u, err := unit.Select("code", "name", "symbol", "deprecated", "dimension", "factor", "comtrade")
	if err != nil {
		return nil, err
	}
	a, err := alias.Select("alias", "code", "exact")
	if err != nil {
		return nil, err
	}
	s := &system{
		code: u[0], name: u[1], dimension: u[4],
		exact: map[string]int32{}, folded: map[string]int32{}, comtrade: map[int64]int32{},
		ambiguous: map[string]string{},
	}
	for _, d := range u[3] {
		s.deprecated = append(s.deprecated, d == "true")
	}
	if err := s.measures(u[5], u[6]); err != nil {
		return nil, err
	}
	if err := s.spellings(a, u[2], u[3]); err != nil {
		return nil, err
	}
	if err := s.readAmbiguous(); err != nil {
		return nil, err
	}
	s.codes = &lookup.Answers{Find: s.find, Results: lookup.Strs(s.code)}
	s.dimensions = &lookup.Answers{Find: s.find, Results: lookup.Strs(s.dimension)}
	return s, nil
}

func (s *system) measures(factors, comtrade []string) error {
	s.factor = make([]factor, len(factors))
	for i, text := range factors {
		if comtrade[i] != "" {
			code, err := strconv.ParseInt(comtrade[i], 10, 64)
			if err != nil {
				return fmt.Errorf("unit %s: %w", s.code[i], err)
			}
			s.comtrade[code] = int32(i)
		}
		if text == "" {
			continue
		}
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return fmt.Errorf("unit %s: %w", s.code[i], err)
		}
		s.factor[i] = fraction(f)
	}
	return nil
}

func fraction(f float64) factor {
	if whole := math.Round(1 / f); f < 1 && 1/whole == f {
		return factor{1, whole}
	}
	return factor{f, 1}
}

// spellings fills the maps of spellings. Where two units share one, the first
// of these has it: own aliases, codes in force, withdrawn codes, names,
// symbols. Aliases come before codes because KGS in a customs file is never
// the kilogram per second. A unit whose code is hidden so has no spelling at
// all: it would give a code that is read as another unit.
func (s *system) spellings(alias [][]string, symbols, deprecated []string) error {
	numbers := make(map[string]int32, len(s.code))
	for i, code := range s.code {
		numbers[code] = int32(i)
	}
	for i, text := range alias[0] {
		n, ok := numbers[alias[1][i]]
		if alias[1][i] == "" {
			n, ok = lookup.None, true // such as NA, which is no answer
		}
		if !ok {
			return fmt.Errorf("the alias %q is for the unknown unit %q", text, alias[1][i])
		}
		if alias[2][i] == "true" {
			s.exact[text] = n
			continue
		}
		s.add(text, n)
	}
	for i, code := range s.code {
		if deprecated[i] != "true" {
			s.add(code, int32(i))
		}
	}
	for i, code := range s.code {
		s.add(code, int32(i))
	}
	for i, name := range s.name {
		if s.ownsCode(i) {
			s.add(name, int32(i))
		}
	}
	s.symbols(symbols)
	return nil
}

func (s *system) readAmbiguous() error {
	facts, err := udf.FactsSource("unit_ambiguous")
	if err != nil {
		return err
	}
	of, err := facts.Select("name", "code")
	if err != nil {
		return err
	}
	for i, name := range of[0] {
		key, _ := lookup.Fold(nil, []byte(name))
		if either, ok := s.ambiguous[string(key)]; ok {
			s.ambiguous[string(key)] = either + " or " + of[1][i]
			continue
		}
		s.ambiguous[string(key)] = of[1][i]
	}
	return nil
}

// ownsCode reports whether the code of a unit is read as that unit.
func (s *system) ownsCode(i int) bool {
	_, exact := s.exact[s.code[i]]
	return !exact && s.folded[s.code[i]] == int32(i)
}

// add gives a spelling to a unit unless another one has it.
func (s *system) add(text string, n int32) {
	key, ok := lookup.Fold(nil, []byte(text))
	if _, taken := s.folded[string(key)]; ok && !taken && len(key) > 0 {
		s.folded[string(key)] = n
	}
}

// symbols adds the symbols of units that can be converted, of two letters or
// more: in any case if no two of them differ by case only, such as mW and MW.
func (s *system) symbols(symbols []string) {
	count := map[string]int{}
	for i, symbol := range symbols {
		if s.dimension[i] != "" && len(symbol) > 1 && s.ownsCode(i) {
			key, _ := lookup.Fold(nil, []byte(symbol))
			count[string(key)]++
		}
	}
	for i, symbol := range symbols {
		if s.dimension[i] == "" || len(symbol) < 2 || !s.ownsCode(i) {
			continue
		}
		key, _ := lookup.Fold(nil, []byte(symbol))
		if count[string(key)] == 1 {
			s.add(symbol, int32(i))
		} else if _, taken := s.folded[string(key)]; !taken {
			if _, taken := s.exact[symbol]; !taken {
				s.exact[symbol] = int32(i)
			}
		}
	}
}
