package port

import (
	"fmt"
	"slices"
	"sync"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/internal/lookup"
)

// gazetteer is what the family makes of the reference facts. Ports, airports
// and their other names are most of what files hold; the rest of UN/LOCODE is
// unpacked when a text isn't among them, and the names of countries when one
// stands behind a name.
type gazetteer struct {
	texts     lookup.Cache
	lookUp    lookup.Find // g.find, made once
	codes     []place     // of the ports and airports, sorted
	names     names
	rest      func() (*restOfWorld, error)
	countries func() (map[string]place, error) // a place in the country, by name
}

// restOfWorld are all places of UN/LOCODE.
type restOfWorld struct {
	codes []place // sorted
	names names
}

var load = sync.OnceValues(func() (*gazetteer, error) {
	g, err := newGazetteer()
	if err != nil {
		return nil, fmt.Errorf("load the ports: %w", err)
	}
	return g, nil
})

func newGazetteer() (*gazetteer, error) {
	g := &gazetteer{
		names:     newNames(),
		countries: sync.OnceValues(countryNames),
	}
	g.lookUp = g.find
	g.rest = sync.OnceValues(g.newRestOfWorld)
	add := func(code, name string, r rank) {
		if p := placeOf(code); p != nowhere {
			g.codes = append(g.codes, p)
			g.names.add(name, p, r)
		}
	}
	if err := eachRow("port", func(r []string) { add(r[0], r[1], seaport) }, "code", "name"); err != nil {
		return nil, err
	}
	if err := eachRow("port_alias", func(r []string) { add(r[1], r[0], alias) }, "alias", "code"); err != nil {
		return nil, err
	}
	err := eachRow("airport", func(r []string) {
		add(r[0], r[1], airportCode)
		add(r[0], r[2], airportName)
	}, "locode", "code", "name")
	if err != nil {
		return nil, err
	}
	slices.Sort(g.codes)
	g.codes = slices.Compact(g.codes)
	return g, nil
}

// newRestOfWorld unpacks the places of UN/LOCODE. It leaves out a code that is
// also an alias and so can't be read as itself: AQABA, in Antarctica.
func (g *gazetteer) newRestOfWorld() (*restOfWorld, error) {
	w := &restOfWorld{names: newNames()}
	err := eachRow("locode", func(r []string) {
		if g.names.aliasOf([]byte(r[0])) != nowhere {
			return
		}
		p := placeOf(r[0])
		w.codes = append(w.codes, p)
		w.names.add(r[1], p, anyPlace)
	}, "code", "name")
	slices.Sort(w.codes)
	return w, err
}

func countryNames() (map[string]place, error) {
	all := map[string]place{}
	add := func(name, alpha2 string) {
		key, ok := lookup.Fold(nil, []byte(name))
		if p := placeOf(alpha2 + "000"); ok && len(key) > 0 && p != nowhere {
			all[string(key)] = p
		}
	}
	err := eachRow("country_alias", func(r []string) { add(r[0], r[1]) }, "alias", "alpha2")
	if err != nil {
		return nil, err
	}
	err = eachRow("country", func(r []string) {
		for _, name := range r {
			add(name, r[0])
		}
	}, "alpha2", "alpha3", "name_en", "name_fr", "name_ar")
	return all, err
}

// eachRow calls f with the given columns of each row of a table.
func eachRow(table string, f func(row []string), columns ...string) error {
	facts, err := udf.FactsSource(table)
	if err != nil {
		return err
	}
	of, err := facts.Select(columns...)
	if err != nil {
		return fmt.Errorf("table %s: %w", table, err)
	}
	row := make([]string, len(columns))
	for i := range facts.Rows {
		for c := range columns {
			row[c] = of[c][i]
		}
		f(row)
	}
	return nil
}
