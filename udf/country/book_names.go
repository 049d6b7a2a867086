package country

import (
	"fmt"
	"strings"

	"github.com/dhowdb/dhow/udf"
)

// readAmbiguous reads the names that may be several countries. The number of
// an ambiguous verdict is that of the first candidate.
func (b *book) readAmbiguous(f *udf.Facts) error {
	c, err := f.Select("name", "alpha2")
	if err != nil {
		return err
	}
	b.ambiguous = map[verdict]string{}
	candidates := map[string][]string{}
	for i, name := range c[0] {
		candidates[name] = append(candidates[name], c[1][i])
	}
	for name, codes := range candidates {
		v := made(asAmbiguous, b.byCode[codes[0]])
		either := strings.Join(codes, " or ")
		if old, ok := b.ambiguous[v]; ok && old != either {
			return fmt.Errorf("%q may be %s, and another name %s: they must not begin alike", name, either, old)
		}
		b.ambiguous[v] = either
		b.replace(name, v)
	}
	return nil
}

// readHistoric reads former countries. One successor is what the name stands
// for today, several are not.
func (b *book) readHistoric(f *udf.Facts) error {
	c, err := f.Select("code", "alpha2", "alpha3", "numeric", "comtrade", "name_en", "name_fr", "name_ar", "successors")
	if err != nil {
		return err
	}
	for i, code := range c[0] {
		successors := strings.Fields(c[8][i])
		v := made(asSplit, 0)
		if len(successors) == 1 {
			v = made(asHistoric, b.byCode[successors[0]])
		}
		b.former[code] = v
		if strings.Trim(code, "0123456789") != "" {
			b.add(code, v) // else it is the number of Comtrade
		}
		for _, column := range []int{1, 2, 5, 6, 7} {
			b.add(c[column][i], v)
		}
		b.addNumber(c[4][i], v)
		b.addNumber(c[3][i], v)
	}
	return nil
}

func (b *book) readFormerNames(f *udf.Facts) error {
	c, err := f.Select("alias", "code")
	if err != nil {
		return err
	}
	for i, alias := range c[0] {
		v, ok := b.former[c[1][i]]
		if !ok {
			return fmt.Errorf("alias %q has no former country %q", alias, c[1][i])
		}
		b.add(alias, v)
	}
	return nil
}

func (b *book) readAreas(f *udf.Facts) error {
	c, err := f.Select("name", "comtrade")
	if err != nil {
		return err
	}
	for i, name := range c[0] {
		b.add(name, made(asArea, 0))
		b.addNumber(c[1][i], made(asArea, 0))
	}
	return nil
}
