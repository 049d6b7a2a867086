package datasets

import "sort"

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

// mostMembers is how many countries the files may have.
const mostMembers = 128

// Modes of transport, the first byte of their codes.
const (
	modeSea, modeRoad, modeAir, modePost = '1', '3', '4', '5'
)

// mix is a distribution of countries, or of other things that have an index.
type mix struct {
	members []int
	until   []float64 // cumulated weights
	price   float64   // mean of the logarithm of the countries' price levels
	set     [mostMembers / 64]uint64
}

func (m *mix) add(member int, weight float64) {
	if n := len(m.until); n > 0 {
		weight += m.until[n-1]
	}
	m.members, m.until = append(m.members, member), append(m.until, weight)
	m.set[member/64%len(m.set)] |= 1 << (member % 64)
}

func (m *mix) has(member int) bool { return m.set[member/64%len(m.set)]>>(member%64)&1 == 1 }

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
	to    string   // last chapter
	names []string // the same order as stems
}

// sectorOf returns the sector of a code; the last one is general trade.
func (m *market) sectorOf(hs string) int {
	return sort.Search(len(m.sectors)-1, func(i int) bool { return m.sectors[i].to >= hs[:2] })
}

// pairOf numbers the ordered pairs of different words: k gives a pair, and how
// often all pairs were used up before it. Neighbouring k differ in both words.
func pairOf(k, n int) (first, second, round int) {
	first = k % n
	second = (first + 1 + k/n%(n-1)) % n
	return first, second, k / (n * (n - 1))
}
