package datasets

import (
	"embed"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"sync"
)

//go:embed sample/*.tsv
var sampleFiles embed.FS

// market is what all samples have in common, read from the files: goods,
// countries, currencies, places and the words of names.
type market struct {
	calendar   *calendar
	goods      []good // by HS code, so that a chapter is a range
	until      []float64
	countries  []country
	preferring []int // indices of countries with a preference
	currencies []currency
	places     []place
	placesOf   map[byte]*mix // by mode of transport
	stems      [][]string    // spellings: Arabic, then three in Latin script
	joiners    [][]string    // the same order as stems
	sectors    []sector
	exporters  [][]string // names for each country
}

type span struct{ from, to int }

const (
	grades     = 4 // price grades of a good
	hsForms    = 4 // ways to write a code
	textStyles = 3 // ways to describe goods

	formEight, formSix, formTen, formDotted = 0, 1, 2, 3
)

// gradeSteps are the logarithms of the price grades, in units of the good's
// spread, and gradeUntil their cumulated shares. The median is near step 0.
var (
	gradeSteps = [grades]float64{-0.7, 0, 0.6, 1.4}
	gradeUntil = [grades]float64{0.30, 0.70, 0.90, 1}
	gradeTexts = [grades]string{"ECO", "STD", "PRM", "LUX"}
)

// good is a subheading of the tariff and how it is traded.
type good struct {
	hs      string
	rate    float64 // duty, per cent
	unit    *unit
	kilos   float64 // of one unit
	price   float64 // logarithm of the median price of one unit in AED
	spread  float64 // distance of price grades
	noise   float64 // deviation of the logarithm of a single price
	origin  *mix
	season  []bool  // days of high demand, nil for none
	byAir   float64 // usual share of air freight
	chapter span    // goods of the same chapter
	twins   []int   // similar goods with a lower duty, the most similar first
	forms   [grades][hsForms]string
	text    [grades][textStyles]string
}

type unit struct {
	name    string
	counted bool // in whole numbers
	mass    bool // the quantity is the net mass
	slips   []slip
}

type slip struct {
	factor float64
	text   string
}

// Modes of transport, the first byte of their codes.
const (
	modeSea, modeRoad, modeAir, modePost = '1', '3', '4', '5'
)

// mix is a distribution of countries, or of other things that have an index.
type mix struct {
	members []int
	until   []float64 // cumulated weights
	price   float64   // mean of the logarithm of the countries' price levels
}

func (m *mix) add(member int, weight float64) {
	if n := len(m.until); n > 0 {
		weight += m.until[n-1]
	}
	m.members, m.until = append(m.members, member), append(m.until, weight)
}

func (m *mix) draw(r *random) int {
	last := len(m.until) - 1
	u := r.unit() * m.until[last]
	for i, limit := range m.until[:last] {
		if u < limit {
			return m.members[i]
		}
	}
	return m.members[last]
}

type country struct {
	code       string
	preference string // gcc, gafta, efta, ftas, cepa, or - for none
	route      string // land, gulf or far
	price      float64
	style      string
	currencies mix // of the invoices
}

type currency struct {
	code       string
	aed        float64
	volatility float64 // deviation of the logarithm of the rate after a year
}

type place struct{ mode, port, office string }

type sector struct {
	from, to string
	names    []string // the same order as stems
}

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
	for _, row := range f.table("stems.tsv", 4) {
		m.stems = append(m.stems, row)
	}
	for _, row := range f.table("joiners.tsv", 4) {
		m.joiners = append(m.joiners, []string{row[3], row[0], row[1], row[2]})
	}
	for _, row := range f.table("sectors.tsv", 4) {
		from, to, _ := strings.Cut(row[0], "-")
		m.sectors = append(m.sectors, sector{from, to, []string{row[3], row[1], row[2], row[1]}})
	}
}

func (m *market) sectorOf(hs string) int {
	return sort.Search(len(m.sectors)-1, func(i int) bool { return m.sectors[i].to >= hs[:2] })
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

// pairOf numbers the ordered pairs of different words: k gives a pair, and how
// often all pairs were used up before it. Neighbouring k differ in both words.
func pairOf(k, n int) (first, second, round int) {
	first = k % n
	second = (first + 1 + k/n%(n-1)) % n
	return first, second, k / (n * (n - 1))
}
