package datasets

import (
	"embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed sample/*.tsv
var sampleFiles embed.FS

// theMarket reads the files once. They travel in the binary and the tests read
// every line, so an error can only mean a binary that was built wrongly.
var theMarket = sync.OnceValue(func() *market {
	m, err := readMarket()
	if err != nil {
		panic("datasets: embedded files of the sample are damaged: " + err.Error())
	}
	return m
})

// sampleTable returns the lines of a file below its title line as fields.
func sampleTable(name string, columns int) ([][]string, error) {
	text, err := sampleFiles.ReadFile("sample/" + name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")[1:]
	rows := make([][]string, len(lines))
	for i, line := range lines {
		rows[i] = strings.Split(line, "\t")
		if len(rows[i]) != columns {
			return nil, fmt.Errorf("%s line %d has %d columns and needs %d", name, i+2, len(rows[i]), columns)
		}
	}
	return rows, nil
}

// files are read through a fileReader, which keeps the first error.
type fileReader struct{ err error }

func (f *fileReader) table(name string, columns int) [][]string {
	rows, err := sampleTable(name, columns)
	if err != nil && f.err == nil {
		f.err = err
	}
	return rows
}

func (f *fileReader) number(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil && f.err == nil {
		f.err = fmt.Errorf("number of a sample file: %w", err)
	}
	return x
}

// find returns the index of name, and keeps an error if there is none.
func (f *fileReader) find(index map[string]int, name string) int {
	i, ok := index[name]
	if !ok && f.err == nil {
		f.err = fmt.Errorf("%q is named in one sample file and missing in another", name)
	}
	return i
}

func readMarket() (*market, error) {
	f := &fileReader{}
	m := &market{}
	var err error
	if m.calendar, err = newCalendar(f.table("calendar.tsv", 3)); err != nil {
		return nil, fmt.Errorf("calendar.tsv: %w", err)
	}
	byCurrency := m.readCurrencies(f)
	byCountry := m.readCountries(f, byCurrency)
	m.readExporters(f)
	m.readWords(f)
	m.readPlaces(f)
	m.readGoods(f, m.readUnits(f), m.readMixes(f, byCountry))
	if f.err != nil {
		return nil, f.err
	}
	m.pairTwins()
	return m, nil
}

func (m *market) readCurrencies(f *fileReader) map[string]int {
	index := map[string]int{}
	for i, row := range f.table("currencies.tsv", 3) {
		index[row[0]] = i
		m.currencies = append(m.currencies, currency{row[0], f.number(row[1]), f.number(row[2])})
	}
	return index
}

func (m *market) readCountries(f *fileReader, byCurrency map[string]int) map[string]int {
	index := map[string]int{}
	for i, row := range f.table("countries.tsv", 6) {
		index[row[0]] = i
		m.countries = append(m.countries, country{
			code: row[0], preference: row[1], route: row[2], price: math.Log(f.number(row[3])),
			style: row[4], currencies: f.mix(row[5], byCurrency),
		})
		if row[1] != "-" {
			m.preferring = append(m.preferring, i)
		}
	}
	if len(m.countries) > mostMembers && f.err == nil {
		f.err = fmt.Errorf("countries.tsv has %d countries, at most %d are possible", len(m.countries), mostMembers)
	}
	return index
}

// mix reads a list such as "CN 40 IN 20".
func (f *fileReader) mix(list string, index map[string]int) mix {
	var out mix
	words := strings.Fields(list)
	for i := 0; i+1 < len(words); i += 2 {
		out.add(f.find(index, words[i]), f.number(words[i+1]))
	}
	return out
}

func (m *market) readMixes(f *fileReader, byCountry map[string]int) map[string]*mix {
	mixes := map[string]*mix{}
	for _, row := range f.table("origins.tsv", 2) {
		x := f.mix(row[1], byCountry)
		before := 0.0
		for i, c := range x.members {
			x.price += (x.until[i] - before) * m.countries[c].price
			before = x.until[i]
		}
		x.price /= before
		mixes[row[0]] = &x
	}
	return mixes
}

func (m *market) readUnits(f *fileReader) map[string]*unit {
	units := map[string]*unit{}
	for _, row := range f.table("units.tsv", 3) {
		u := &unit{name: row[0], counted: row[1] == "1", mass: row[0] == "KGM"}
		for _, text := range strings.Fields(row[2]) {
			u.slips = append(u.slips, slip{f.number(text), text})
		}
		units[row[0]] = u
	}
	return units
}

func (m *market) readPlaces(f *fileReader) {
	m.placesOf = map[byte]*mix{modeSea: {}, modeRoad: {}, modeAir: {}, modePost: {}}
	for i, row := range f.table("places.tsv", 4) {
		m.places = append(m.places, place{mode: row[0], port: row[1], office: row[2]})
		if of := m.placesOf[row[0][0]]; of != nil {
			of.add(i, f.number(row[3]))
		}
	}
}

func (m *market) readWords(f *fileReader) {
	m.stems = f.table("stems.tsv", 4)
	for _, row := range f.table("joiners.tsv", 4) {
		m.joiners = append(m.joiners, []string{row[3], row[0], row[1], row[2]})
	}
	for _, row := range f.table("sectors.tsv", 4) {
		_, to, _ := strings.Cut(row[0], "-")
		m.sectors = append(m.sectors, sector{to, []string{row[3], row[1], row[2], row[1]}})
	}
}

// exportersPerCountry is how many firms a country has.
const exportersPerCountry = 16

// readExporters makes the names of the firms of each country from pairs of
// words and an ending. Countries of one style use different pairs.
func (m *market) readExporters(f *fileReader) {
	type parts struct{ words, endings []string }
	styles := map[string]parts{}
	for _, row := range f.table("exporters.tsv", 3) {
		styles[row[0]] = parts{strings.Split(row[1], ";"), strings.Split(row[2], ";")}
	}
	used := map[string]int{}
	for _, c := range m.countries {
		p := styles[c.style]
		if len(p.words) < 2 {
			f.find(nil, c.style)
			return
		}
		names := make([]string, exportersPerCountry)
		for i := range names {
			k := used[c.style]
			used[c.style]++
			first, second, ending := pairOf(k, len(p.words))
			names[i] = p.words[first] + " " + p.words[second] + " " + p.endings[ending%len(p.endings)]
		}
		m.exporters = append(m.exporters, names)
	}
}
