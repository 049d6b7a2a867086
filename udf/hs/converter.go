package hs

import (
	"fmt"

	"github.com/dhowdb/dhow/udf"
)

// path is the way of a chunk's codes between the editions of its second and
// third argument.
type path struct {
	n        *nomenclature
	c        *correlation
	from, to editionColumn
	names    [2]udf.Str // of the editions that direction joins
	*direction
}

// pathOf returns the way of a chunk's codes.
func pathOf(c *udf.Chunk) (*path, error) {
	b, err := bookOf(c.Own)
	if err != nil {
		return nil, err
	}
	p := &path{n: b.nomenclature, from: editionsIn(c, 1), to: editionsIn(c, 2), names: [2]udf.Str{noName, noName}}
	p.c, err = b.correlation()
	return p, err
}

// place returns the place of the code of row i, and makes the direction the
// one of that row. Places of codes without links have none.
func (p *path) place(i int, code udf.Str) (int, error) {
	if p.from.names[i] != p.names[0] || p.to.names[i] != p.names[1] {
		if err := p.turn(i); err != nil {
			return 0, err
		}
	}
	if code.Len() < 6 {
		return 0, nil
	}
	return int(p.c.place[number(code, 6)]), nil
}

// turn makes the direction the one of row i.
func (p *path) turn(i int) error {
	from, err := p.from.at(p.n, i)
	if err != nil {
		return err
	}
	to, err := p.to.at(p.n, i)
	if err != nil {
		return err
	}
	p.direction = &p.c.directions[from*p.c.editions+to]
	p.names = [2]udf.Str{p.from.names[i], p.to.names[i]}
	return nil
}

// convertTexts returns the links of what stands in a Go text between the
// editions of these names; function stands before errors.
func convertTexts(function, code, from, to string) ([]link, error) {
	links, err := linksOfText(code, from, to)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", function, err)
	}
	return links, nil
}

func linksOfText(code, from, to string) ([]link, error) {
	b, err := bookOf(nil)
	if err != nil {
		return nil, err
	}
	f, err := b.edition(from)
	if err != nil {
		return nil, err
	}
	t, err := b.edition(to)
	if err != nil {
		return nil, err
	}
	c, err := b.correlation()
	if err != nil {
		return nil, err
	}
	s, ok := codeIn(code)
	if !ok || s.Len() < 6 {
		return nil, nil
	}
	return c.directions[f*c.editions+t].of(int(c.place[number(s, 6)])), nil
}

// conversion is the loop over the codes of the output that replaces each by
// what of makes of the code at a place; a code without links gives NULL.
func conversion(of func(d *direction, place int) udf.Str) func(*udf.Chunk) error {
	return func(c *udf.Chunk) error {
		p, err := pathOf(c)
		if err != nil {
			return err
		}
		codes := udf.Results[udf.Str](&c.Out, c.Len)
		for i, code := range codes {
			if isNull(&c.Out, i) {
				continue
			}
			place, err := p.place(i, code)
			if err != nil {
				return err
			}
			if len(p.of(place)) == 0 {
				c.Out.SetNull(i)
				continue
			}
			codes[i] = of(p.direction, place)
		}
		return nil
	}
}
