package datasets

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestSampleDeclarations(t *testing.T) {
	items := typical().items
	seen := map[string]bool{}
	first, last := int32(firstDay.Unix()/86400), int32(endDay.Unix()/86400)-1
	for i, x := range items {
		if i == 0 || items[i-1].id != x.id {
			if seen[x.id] {
				t.Fatalf("declaration %s appears twice", x.id)
			}
			if seen[x.id] = true; x.no != 1 {
				t.Errorf("declaration %s begins with item %d", x.id, x.no)
			}
		} else if before := items[i-1]; x.no != before.no+1 || x.day != before.day {
			t.Errorf("declaration %s: item %d of day %d follows item %d of day %d", x.id, x.no, x.day, before.no, before.day)
		}
		if x.day < first || x.day > last {
			t.Errorf("declaration %s is of day %d, want %d to %d", x.id, x.day, first, last)
		}
		if year := time.Unix(int64(x.day)*86400, 0).UTC().Format("06"); x.id[:2] != year {
			t.Errorf("declaration %s is of year %s", x.id, year)
		}
	}
	if items[0].day != first || items[len(items)-1].day != last {
		t.Errorf("days %d to %d, want %d to %d", items[0].day, items[len(items)-1].day, first, last)
	}
}

func TestSampleAmounts(t *testing.T) {
	for _, x := range typical().items {
		if math.Abs(x.value-x.invoice*x.exchange) > 0.0051 {
			t.Fatalf("%s/%d: value %v is not %v × %v", x.id, x.no, x.value, x.invoice, x.exchange)
		}
		want := x.value * x.rate / 100
		if x.procedure != "4000" && x.procedure != "4071" {
			want = 0
		}
		if math.Abs(x.duty-want) > 0.0051 {
			t.Fatalf("%s/%d: duty %v of %v at %v %% in procedure %s, want %.2f", x.id, x.no, x.duty, x.value, x.rate, x.procedure, want)
		}
		if x.procedure == "4000C07" && x.value > ReliefThreshold+0.5 {
			t.Errorf("%s/%d: relief for a value of %v", x.id, x.no, x.value)
		}
		if x.gross < x.net || x.value <= 0 || x.hasQuantity && x.quantity <= 0 {
			t.Errorf("%s/%d: net %v, gross %v, value %v, quantity %v", x.id, x.no, x.net, x.gross, x.value, x.quantity)
		}
	}
}

func TestSampleTruthAgrees(t *testing.T) {
	s := typical()
	taken := map[int]bool{}
	for _, p := range s.truths {
		if p.row < 0 {
			t.Fatalf("%s of a row that does not exist: %+v", p.kind, p)
		}
		if taken[p.row] {
			t.Errorf("row %d is planted twice", p.row)
		}
		taken[p.row] = true
		if check := truthChecks[p.kind]; check == nil {
			t.Fatalf("unknown kind %q", p.kind)
		} else if x := s.items[p.row]; !check(x, p) {
			t.Errorf("%s does not agree with its row:\n%+v\n%+v", p.kind, p, x)
		}
		if p.lost < 0 {
			t.Errorf("%s: revenue lost is %v", p.kind, p.lost)
		}
	}
}

// truthChecks tell for each kind whether a row shows what its truth says.
var truthChecks = map[string]func(x item, p truth) bool{
	"under_valuation": func(x item, p truth) bool {
		f := parse(p.detail)
		return f >= 0.2 && f <= 0.6 && near(x.value, p.value*f) && x.rate > 0 && p.hasValue
	},
	"over_valuation": func(x item, p truth) bool {
		f := parse(p.detail)
		return f >= 1.7 && f <= 4.1 && near(x.value, p.value*f) && p.lost == 0
	},
	"unit_slip": func(x item, p truth) bool {
		return p.hasQuantity && math.Abs(x.quantity-p.quantity*parse(p.detail)) <= 0.0006
	},
	"misclassification": func(x item, p truth) bool {
		return x.hs[:2] == p.hs[:2] && digitsOf(x.hs)[:6] != digitsOf(p.hs)[:6] && len(x.hs) == len(p.hs) &&
			(p.lost > 0 || x.value < ReliefThreshold+1)
	},
	"origin_switch": func(x item, p truth) bool {
		return x.origin != p.origin && p.origin != "" && x.rate == 0 && x.origin == p.detail
	},
	"split_consignment": func(x item, p truth) bool {
		return x.value < ReliefThreshold && x.value > 0.75*ReliefThreshold && x.duty == 0 && x.no == 1 &&
			p.value > ReliefThreshold && p.lost > 0
	},
	"lost_zero": func(x item, p truth) bool {
		return len(x.hs)%2 == 1 && "0"+x.hs == p.hs && strings.Trim(x.hs, "0123456789") == ""
	},
	"name_variant": func(x item, p truth) bool { return x.importer != p.detail && p.detail != "" },
}

func parse(s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

// near allows for the cent and the rounding of the invoice in its currency,
// of which the dearest unit is worth 12 AED.
func near(a, b float64) bool { return math.Abs(a-b) < 0.08 }

// TestSampleSplits puts the parts of shipments together again.
func TestSampleSplits(t *testing.T) {
	s := typical()
	type shipment struct {
		sum, value float64
		parts, of  int
		day        int32
		importer   string
	}
	all := map[string]*shipment{}
	for _, p := range s.truths {
		if p.kind != "split_consignment" {
			continue
		}
		x := s.items[p.row]
		part, first, _ := strings.Cut(p.detail, " ")
		if all[first] == nil {
			all[first] = &shipment{value: p.value, of: int(part[2] - '0'), day: x.day, importer: x.importer}
		}
		g := all[first]
		g.sum += x.value
		g.parts++
		if g.day != x.day || g.importer != x.importer {
			t.Errorf("shipment %s: part of %s on day %d, the first of %s on day %d", first, x.importer, x.day, g.importer, g.day)
		}
	}
	if len(all) < 100 {
		t.Errorf("%d split shipments, want at least 100", len(all))
	}
	for first, g := range all {
		if g.parts != g.of || math.Abs(g.sum-g.value) > 0.1*float64(g.of) {
			t.Errorf("shipment %s: %d of %d parts worth %.2f of %.2f", first, g.parts, g.of, g.sum, g.value)
		}
	}
}

func TestSampleShares(t *testing.T) {
	s := typical()
	n := float64(len(s.items))
	share := map[string]float64{}
	for _, p := range s.truths {
		share[p.kind] += 1 / n
		share["all"] += 1 / n
		switch p.kind {
		case "under_valuation", "misclassification", "origin_switch", "split_consignment":
			share["fraud"] += 1 / n
		}
	}
	for name, want := range map[string][2]float64{
		"all": {0.055, 0.085}, "fraud": {0.022, 0.04},
		"under_valuation": {0.008, 0.017}, "over_valuation": {0.003, 0.008}, "unit_slip": {0.007, 0.013},
		"misclassification": {0.004, 0.01}, "origin_switch": {0.004, 0.01}, "split_consignment": {0.003, 0.01},
		"lost_zero": {0.004, 0.01}, "name_variant": {0.01, 0.02},
	} {
		t.Logf("%-18s %.4f", name, share[name])
		if got := share[name]; got < want[0] || got > want[1] {
			t.Errorf("share of %s is %.4f, want %.3f to %.3f", name, got, want[0], want[1])
		}
	}
}

func TestSampleHeavyTails(t *testing.T) {
	s := typical()
	lines, longest := map[string]int{}, int32(0)
	for _, x := range s.items {
		lines[x.importer]++
		longest = max(longest, x.no)
	}
	var counts []int
	for _, n := range lines {
		counts = append(counts, n)
	}
	slices.SortFunc(counts, func(a, b int) int { return b - a })
	top := 0
	for _, n := range counts[:len(counts)/100] {
		top += n
	}
	if share := float64(top) / float64(len(s.items)); share < 0.2 || share > 0.6 {
		t.Errorf("the largest 1 %% of %d importers have %.3f of the lines, want 0.2 to 0.6", len(counts), share)
	}
	if longest < 50 {
		t.Errorf("the longest declaration has %d items, want at least 50", longest)
	}
}

// TestSampleCalendar counts lines of days that differ in trade.
func TestSampleCalendar(t *testing.T) {
	weekday := map[time.Weekday]float64{}
	var food, all [2]float64 // in other months, in those before Ramadan
	for _, x := range typical().items {
		date := time.Unix(int64(x.day)*86400, 0).UTC()
		weekday[date.Weekday()]++
		season := 0
		if date.Month() == time.February || date.Month() == time.March {
			season = 1
		}
		if all[season]++; x.hs[:2] < "23" && len(x.hs)%2 == 0 {
			food[season]++
		}
	}
	if r := weekday[time.Friday] / weekday[time.Monday]; r < 0.3 || r > 0.5 {
		t.Errorf("Fridays have %.2f of the lines of Mondays, want about 0.4", r)
	}
	if r := food[1] / all[1] / (food[0] / all[0]); r < 1.15 || r > 2 {
		t.Errorf("food before Ramadan is %.2f of its usual share, want 1.15 to 2", r)
	}
}

// TestSamplePrices compares the median price of a unit with the level in
// goods.tsv, which the model means to be the median.
func TestSamplePrices(t *testing.T) {
	s := typical()
	planted := map[int]bool{}
	for _, p := range s.truths {
		planted[p.row] = true
	}
	prices := map[string][]float64{}
	for i, x := range s.items {
		if planted[i] || !x.hasQuantity || x.quantity < 2 {
			continue
		}
		code := digitsOf(x.hs)[:6]
		prices[code] = append(prices[code], math.Log(x.value/x.quantity))
	}
	var off []float64
	m := theMarket()
	for i := range m.goods {
		g, p := &m.goods[i], prices[m.goods[i].hs]
		if len(p) < 100 {
			continue
		}
		slices.Sort(p)
		d := p[len(p)/2] - g.price
		off = append(off, d)
		// A code that one trader dominates has the median of that trader's grade.
		if math.Abs(d) > 0.5+1.4*g.spread {
			t.Errorf("median price of %s is %.2f times its level", g.hs, math.Exp(d))
		}
	}
	slices.Sort(off)
	if len(off) < 400 {
		t.Errorf("%d codes have 100 lines, want at least 400", len(off))
	}
	if d := off[len(off)/2]; math.Abs(d) > 0.1 {
		t.Errorf("half of the codes are dearer than %.3f times their level, want 0.9 to 1.1", math.Exp(d))
	}
	if low, high := off[len(off)/10], off[len(off)*9/10]; low < -0.8 || high > 0.8 {
		t.Errorf("eight of ten codes lie between %.2f and %.2f times their level", math.Exp(low), math.Exp(high))
	}
}

// TestSampleCodeForms counts the ways in which codes are written.
func TestSampleCodeForms(t *testing.T) {
	s := typical()
	forms := map[string]float64{}
	for _, x := range s.items {
		form := strconv.Itoa(len(digitsOf(x.hs)))
		if strings.Contains(x.hs, ".") {
			form = "dotted"
		}
		forms[form] += 1 / float64(len(s.items))
	}
	for form, want := range map[string][2]float64{
		"8": {0.6, 0.95}, "6": {0.01, 0.2}, "10": {0.01, 0.2}, "dotted": {0.01, 0.2},
	} {
		if forms[form] < want[0] || forms[form] > want[1] {
			t.Errorf("share of codes in form %s is %.3f, want %.2f to %.2f", form, forms[form], want[0], want[1])
		}
	}
}

func TestSampleTraderNamesAreUnique(t *testing.T) {
	w := newWorld(Sample{Rows: 100_000_000, Seed: 9})
	if len(w.traders) != mostTraders {
		t.Errorf("%d traders, want %d", len(w.traders), mostTraders)
	}
	seen := map[string]bool{}
	for _, trader := range w.traders {
		if seen[trader.name] {
			t.Fatalf("two traders are called %s", trader.name)
		}
		seen[trader.name] = true
	}
	// All spellings of a trader differ, or a planted variant would be none.
	for k := range w.traders {
		spellings := map[string]bool{}
		for script := range uint8(4) {
			spellings[string(w.appendName(nil, &w.traders[k], script))] = true
		}
		if len(spellings) != 4 {
			t.Errorf("trader %d has %d spellings, want 4: %v", k, len(spellings), spellings)
		}
	}
}

// TestSampleGoods checks the table of goods against the WCO's list of 2022.
func TestSampleGoods(t *testing.T) {
	codes := referenceCodes(t)
	m := theMarket()
	if len(m.goods) < 400 {
		t.Errorf("%d goods, want at least 400", len(m.goods))
	}
	chapters, twins := map[string]bool{}, 0
	for i, g := range m.goods {
		if !codes[g.hs] {
			t.Errorf("code %s (%s) is not in HS 2022", g.hs, g.text[0][0])
		}
		if i > 0 && g.hs <= m.goods[i-1].hs {
			t.Errorf("code %s comes after %s", g.hs, m.goods[i-1].hs)
		}
		if !slices.Contains([]float64{0, 5, 50, 100}, g.rate) {
			t.Errorf("%s: duty rate %v is none of the tariff's", g.hs, g.rate)
		}
		if g.kilos <= 0 && g.hs != "271600" || g.byAir == 0 { // electricity has no mass
			t.Errorf("%s: %v kg a unit, share of air freight %v", g.hs, g.kilos, g.byAir)
		}
		for _, j := range g.twins {
			if m.goods[j].rate >= g.rate || m.goods[j].hs[:2] != g.hs[:2] {
				t.Errorf("%s is no cheaper twin of %s", m.goods[j].hs, g.hs)
			}
		}
		chapters[g.hs[:2]] = true
		twins += min(len(g.twins), 1)
	}
	if len(chapters) < 90 || twins < 80 {
		t.Errorf("%d chapters and %d goods with a twin, want at least 90 and 80", len(chapters), twins)
	}
}
