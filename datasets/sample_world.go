package datasets

import (
	"math"
	"strconv"
	"sync/atomic"
)

// Sizes and weights of the traders. With them the largest 1 % of importers have
// about a third of the lines.
const (
	tradersPerRoot = 12.0 // importers for each square root of rows
	fewestTraders  = 200
	mostTraders    = 15000
	zipfShift      = 8.0 // Zipf–Mandelbrot: weight 1/(rank + shift)
)

// world is the traders of a sample and their habits. It is only read after it
// was built, so all generators of a sample share it.
type world struct {
	*market
	sample    Sample
	traders   []trader
	choose    aliasTable
	suppliers []supplier
	lanes     []lane
	brokers   []string
	names     int         // number of the first trader's name
	rates     [][]float64 // AED for a unit of each currency, by week
	level     []float64   // logarithm of the general price level, by week
	items     [itemSteps]uint8
	meanItems float64
}

// trader is an importer.
type trader struct {
	name          string
	share         float64 // of all lines
	first, n      int32   // suppliers
	broker        int32
	form          uint8 // how its broker writes HS codes
	script        uint8 // spelling it uses itself, see market.stems
	stem1, stem2  uint8
	joiner, trade uint8
}

// supplier is a firm abroad from which a trader buys again and again.
type supplier struct {
	exporter  string
	origin    int16 // country
	departure int16 // country
	currency  int16
	place     int16
	first, n  int32 // lanes
	splits    int32 // lane whose shipments are split, -1 for none
	small     bool
}

// lane is one good in one grade that a trader buys from a supplier.
type lane struct {
	price  float64 // logarithm of the price of a unit
	median float64 // logarithm of the usual quantity
	kilos  float64 // of one unit
	rate   float64 // duty after preference, per cent
	factor float64 // of the value, where that is wrong
	good   int16
	twin   int16 // good that is declared instead
	claim  int16 // country that is declared instead
	grade  uint8
	style  uint8
	kind   uint8 // what is planted here
}

// lastWorld keeps the world that was built last: the generators of all threads
// of a query ask for the same one.
var lastWorld atomic.Pointer[world]

func worldOf(s Sample) *world {
	if w := lastWorld.Load(); w != nil && w.sample == s {
		return w
	}
	w := newWorld(s)
	lastWorld.Store(w)
	return w
}

// Streams of random numbers of a seed; batches use the numbers from 0.
const (
	streamTraders = math.MaxUint64 - iota
	streamRates
	streamPlan
)

func newWorld(s Sample) *world {
	w := &world{market: theMarket(), sample: s}
	n := int(tradersPerRoot * math.Sqrt(float64(max(s.Rows, 0))))
	n = min(max(n, fewestTraders), mostTraders)
	w.brokers = make([]string, max(20, n/40))
	for i := range w.brokers {
		w.brokers[i] = "BRK-" + strconv.Itoa(10001 + i)[1:]
	}
	weights, sum := make([]float64, n), 0.0
	for k := range weights {
		weights[k] = 1 / (float64(k) + zipfShift)
		sum += weights[k]
	}
	w.choose = newAliasTable(weights)
	w.traders = make([]trader, n)
	w.suppliers = make([]supplier, 0, 3*n)
	w.lanes = make([]lane, 0, 7*n)
	r := newRandom(s.Seed, streamTraders)
	w.names = r.below(mostTraders)
	for k := range w.traders {
		w.traders[k].share = weights[k] / sum
		w.makeTrader(&r, k)
	}
	w.drift(newRandom(s.Seed, streamRates))
	w.countItems()
	w.plan(newRandom(s.Seed, streamPlan))
	return w
}

const (
	arabicOwnName = 0.2 // traders whose own spelling is Arabic
	// Broker software writes codes in 8 digits, 6, 10, or with dots.
	sixDigits, tenDigits, dotted = 0.07, 0.07, 0.05
	anotherChapter               = 0.35
	generalTraders               = 50 // the largest of 50 traders deals in more chapters
)

func (w *world) makeTrader(r *random, k int) {
	t := &w.traders[k]
	chapters := make([]span, 1, 5)
	main := w.drawGood(r, span{0, len(w.goods)})
	chapters[0] = w.goods[main].chapter
	extra := anotherChapter
	if k < len(w.traders)/generalTraders {
		extra = 0.7
	}
	for len(chapters) < cap(chapters) && r.chance(extra) {
		other := w.drawGood(r, span{0, len(w.goods)})
		chapters = append(chapters, w.goods[other].chapter)
	}
	t.broker, t.form = int32(r.early(len(w.brokers))), drawForm(r)
	trade := w.sectorOf(w.goods[main].hs)
	if len(chapters) > 2 {
		trade = len(w.sectors) - 1
	}
	w.name(r, k, trade)
	t.first = int32(len(w.suppliers))
	size := 0.6 * r.normal(normalQuantiles())
	t.n = 1 + int32(min(r.early(3)+int(40/math.Sqrt(float64(k+4))), 24))
	for range t.n {
		w.makeSupplier(r, chapters, size)
	}
}

func drawForm(r *random) uint8 {
	switch u := r.unit(); {
	case u < sixDigits:
		return formSix
	case u < sixDigits+tenDigits:
		return formTen
	case u < sixDigits+tenDigits+dotted:
		return formDotted
	}
	return formEight
}

// name gives trader k a name that no other trader of the sample has.
func (w *world) name(r *random, k, trade int) {
	t := &w.traders[k]
	first, second, round := pairOf(k+w.names, len(w.stems))
	t.stem1, t.stem2 = uint8(first), uint8(second)
	t.joiner, t.trade = uint8((round+first+second)%len(w.joiners)), uint8(trade)
	t.script = 1
	if r.chance(arabicOwnName) {
		t.script = 0
	}
	var buf [160]byte
	t.name = string(w.appendName(buf[:0], t, t.script))
}

// legalForms end the names, in the order of the spellings.
var legalForms = [...]string{" ذ.م.م", " LLC", " L.L.C", " L.L.C."}

// appendName writes the name of t in one of its spellings.
func (w *world) appendName(b []byte, t *trader, script uint8) []byte {
	b = append(b, w.stems[t.stem1][script]...)
	if joiner := w.joiners[t.joiner][script]; joiner != "" {
		b = append(append(b, ' '), joiner...)
	}
	b = append(append(b, ' '), w.stems[t.stem2][script]...)
	b = append(append(b, ' '), w.sectors[t.trade].names[script]...)
	return append(b, legalForms[script]...)
}

const (
	weeks          = 158 // of three years
	levelDeviation = 0.05
	weeksPerYear   = 52.0
)

// drift walks the exchange rates and the price level at random, week by week,
// with a pull back to the usual rate.
func (w *world) drift(r random) {
	q := normalQuantiles()
	walk := func(deviation float64) []float64 {
		x, out := 0.0, make([]float64, weeks)
		for i := range out {
			x = 0.98*x + deviation/math.Sqrt(weeksPerYear)*r.normal(q)
			out[i] = x
		}
		return out
	}
	w.level = walk(levelDeviation)
	for _, c := range w.currencies {
		rates := walk(c.volatility)
		for i := range rates {
			rates[i] = math.Round(c.aed*math.Exp(rates[i])*1e6) / 1e6
		}
		w.rates = append(w.rates, rates)
	}
}

const (
	itemSteps = 4096
	itemTail  = 1.3 // exponent of the Pareto tail of items in a declaration
	mostItems = 200
)

// countItems tabulates the number of items of a declaration.
func (w *world) countItems() {
	sum := 0
	for i := range w.items {
		u := (float64(i) + 0.5) / itemSteps
		n := min(int(math.Pow(u, -1/itemTail)), mostItems)
		w.items[i] = uint8(n)
		sum += n
	}
	w.meanItems = float64(sum) / itemSteps
}
