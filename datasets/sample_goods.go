package datasets

import (
	"math"
	"sort"
	"strings"
)

// dollar is the fixed rate of the dollar in AED; prices of goods.tsv are in dollars.
const dollar = 3.6725

func (m *market) readGoods(f *fileReader, units map[string]*unit, mixes map[string]*mix) {
	byAir := map[string]float64{"a": 0.85, "m": 0.4, "s": 0.04}
	chapter, sum := 0, 0.0
	for i, row := range f.table("goods.tsv", 11) {
		g := good{
			hs: row[0], rate: f.number(row[3]), unit: units[row[4]], kilos: f.number(row[5]),
			price: math.Log(f.number(row[6]) * dollar), spread: f.number(row[7]),
			origin: mixes[row[8]], season: m.calendar.seasons[row[9]], byAir: byAir[row[10]],
		}
		if g.unit == nil || g.origin == nil {
			f.find(nil, row[0])
			return
		}
		// Bulk goods have a market price; the more grades differ, the less a
		// single price says.
		g.noise = 0.04 + 0.12*g.spread
		g.write(row[2])
		sum += f.number(row[1])
		m.goods, m.until = append(m.goods, g), append(m.until, sum)
		if m.goods[chapter].hs[:2] != g.hs[:2] {
			chapter = i
		}
		for j := chapter; j <= i; j++ {
			m.goods[j].chapter = span{chapter, i + 1}
		}
	}
}

// subdividedFrom is the spread from which the national tariff has a line for
// each grade.
const subdividedFrom = 0.5

// write fills the ways to write the code and to describe the goods.
func (g *good) write(name string) {
	lines := [grades]string{"00", "00", "00", "00"}
	if g.spread >= subdividedFrom {
		lines = [grades]string{"10", "20", "30", "90"}
	}
	for i, line := range lines {
		g.forms[i] = [hsForms]string{
			formEight: g.hs + line, formSix: g.hs, formTen: g.hs + line + "00",
			formDotted: g.hs[:4] + "." + g.hs[4:] + "." + line,
		}
		g.text[i] = [textStyles]string{name, strings.ToUpper(name), name + " - " + gradeTexts[i]}
	}
}

// drawGood returns a good of a range by its weight.
func (m *market) drawGood(r *random, s span) int {
	low := 0.0
	if s.from > 0 {
		low = m.until[s.from-1]
	}
	u := r.between(low, m.until[s.to-1])
	return s.from + sort.Search(s.to-1-s.from, func(i int) bool { return m.until[s.from+i] > u })
}

const (
	twinDistance = 3 // headings of a chapter that lie this close are similar goods
	twinsKept    = 4
)

// pairTwins finds for each good the similar goods with a lower duty. A price
// of a kilogram that differs by more than a factor of 8 would betray the
// declarant at once, so such goods are no twins.
func (m *market) pairTwins() {
	for i := range m.goods {
		g := &m.goods[i]
		for j := g.chapter.from; j < g.chapter.to; j++ {
			t := &m.goods[j]
			ratio := (t.price - math.Log(t.kilos)) - (g.price - math.Log(g.kilos))
			if t.rate < g.rate && headingDistance(t, g) <= twinDistance && math.Abs(ratio) < math.Log(8) {
				g.twins = append(g.twins, j)
			}
		}
		sort.SliceStable(g.twins, func(a, b int) bool {
			return headingDistance(&m.goods[g.twins[a]], g) < headingDistance(&m.goods[g.twins[b]], g)
		})
		g.twins = g.twins[:min(len(g.twins), twinsKept)]
	}
}

func headingDistance(a, b *good) int {
	d := int(a.hs[2]-'0')*10 + int(a.hs[3]-'0') - int(b.hs[2]-'0')*10 - int(b.hs[3]-'0')
	if d < 0 {
		return -d
	}
	return d
}
