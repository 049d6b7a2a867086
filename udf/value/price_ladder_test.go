package value

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// oneCode makes the ladder of prices of one code and origin, without traders.
func oneCode(prices []float64) Ladder {
	n := len(prices)
	codes, zero := make([]int64, n), make([]int64, n)
	for i := range codes {
		codes[i] = 161091000
	}
	return PriceLadder(codes, zero, zero, zero, prices, make([]float64, n))
}

func rungAt(t testing.TB, l Ladder, level, code int64) Rung {
	t.Helper()
	for _, g := range l.Rungs {
		if g.Level == level && g.Code == code {
			return g
		}
	}
	t.Fatalf("no rung of level %d for %d in %v", level, code, l.Rungs)
	return Rung{}
}

// othersOf returns what a row of the group is compared with, as the documentation
// of PriceLadder has it.
func othersOf(g Rung, x float64) (centre, scale float64) {
	switch {
	case x < g.Median:
		if madNormal*(g.BelowMedian-x) >= g.BelowOut {
			return g.BelowMedian, g.BelowOut
		}
		return g.BelowMedian, g.BelowIn
	case x > g.Median:
		if madNormal*(x-g.AboveMedian) >= g.AboveOut {
			return g.AboveMedian, g.AboveOut
		}
		return g.AboveMedian, g.AboveIn
	}
	return g.AtMedian, g.AtIn
}

// TestLadderLeavesOut compares median and scale of the others of each row with
// those of the group from which the row is taken out.
func TestLadderLeavesOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-3, 3), 3, 60).Draw(t, "x")
		if rapid.Bool().Draw(t, "ties") {
			for i := range x {
				x[i] = math.Round(x[i])
			}
		}
		g := oneCode(x).Rungs[0]
		for i, v := range x {
			rest := slices.Delete(slices.Clone(x), i, i+1)
			centre, scale := othersOf(g, v)
			if want := slowMedian(rest); math.Abs(centre-want) > 1e-12 {
				t.Fatalf("without %v of %v the median is %v, want %v", v, x, centre, want)
			}
			want, _ := MADScale(slices.Clone(rest))
			if math.Abs(scale-want) > 1e-12 && !middleDistance(rest, centre, v) {
				t.Fatalf("without %v of %v the scale is %v, want %v", v, x, scale, want)
			}
		}
	})
}

// middleDistance reports whether the distance of v is in the middle of all: such
// a row counts as far.
func middleDistance(rest []float64, centre, v float64) bool {
	d := []float64{math.Abs(v - centre)}
	for _, x := range rest {
		d = append(d, math.Abs(x-centre))
	}
	own := d[0]
	slices.Sort(d)
	n := len(d)
	return own >= d[(n-1)/2] && own <= d[n/2]
}

// TestLadderRungs puts codes of different lengths on their rungs.
func TestLadderRungs(t *testing.T) {
	codes := []int64{161091000, 161091000, 161091010, 1610910, 16109100099, 1610990, 16109}
	n := len(codes)
	zero := make([]int64, n)
	l := PriceLadder(codes, zero, zero, zero, []float64{1, 2, 3, 4, 5, 6, 7}, make([]float64, n))
	for _, c := range []struct{ level, code, n int64 }{
		{1, 161091000, 2}, {2, 161091000, 2}, {2, 1610910, 1}, {3, 161091000, 3}, {3, 161091010, 1}, {4, 1610910, 5}, {4, 1610990, 1}, {5, 16109, 7},
	} {
		if g := rungAt(t, l, c.level, c.code); g.N != c.n {
			t.Errorf("level %d of %d has %d rows, want %d", c.level, c.code, g.N, c.n)
		}
	}
	if g := rungAt(t, l, 5, 16109); g.Median != 4 || g.Min != 1 || g.Max != 7 {
		t.Errorf("heading: %+v", g)
	}
	for _, g := range l.Rungs {
		if g.Level == 3 && g.Code < 100000000 {
			t.Errorf("code %d is too short for level 3", g.Code)
		}
	}
}

// TestLadderCapsTraders floods a group with the prices of one trader.
func TestLadderCapsTraders(t *testing.T) {
	var codes, origins, traders []int64
	var prices, quantities []float64
	for i := range 300 {
		price, trader := math.Sin(float64(i))/10, int64(i+1)
		if i >= 30 {
			price, trader = -2, 9999
		}
		codes, origins, traders = append(codes, 161091000), append(origins, 0), append(traders, trader)
		prices, quantities = append(prices, price), append(quantities, 0)
	}
	g := rungAt(t, PriceLadder(codes, origins, traders, traders, prices, quantities), 1, 161091000)
	if g.N != 300 || g.Traders != 31 || math.Abs(g.Weight-40) > 1e-9 {
		t.Errorf("n %d, traders %d, weight %v; want 300, 31 and 30/0.75 = 40", g.N, g.Traders, g.Weight)
	}
	if g.Median < -.1 || g.Median > .1 {
		t.Errorf("270 rows of one trader move the median to %v", g.Median)
	}
	// Of two traders none can have a quarter: each counts 1.
	g = rungAt(t, PriceLadder(codes[29:], origins[29:], traders[29:], traders[29:], prices[29:], quantities[29:]), 1, 161091000)
	if math.Abs(g.Weight-2) > 1e-9 || math.Abs(g.Median-(prices[29]-2)/2) > 1e-12 {
		t.Errorf("two traders: weight %v, median %v", g.Weight, g.Median)
	}
}

// TestLadderHabits gives rungs to pairs of traders with two rows or more.
func TestLadderHabits(t *testing.T) {
	codes := []int64{161091000, 161091000, 161091000, 161091000}
	zero := make([]int64, 4)
	l := PriceLadder(codes, []int64{5<<dayBits | 40000, 5<<dayBits | 40010, 5<<dayBits | 3, 0}, zero, []int64{7, 7, 8, 7}, []float64{1, 2, 3, 4}, make([]float64, 4))
	var habits []Rung
	for _, g := range l.Rungs {
		if g.Level == 0 {
			habits = append(habits, g)
		}
	}
	if len(habits) != 1 || habits[0].Pair != 7 || habits[0].Origin != 5 || habits[0].N != 2 || habits[0].Median != 1.5 ||
		habits[0].FirstDay != 40000 || habits[0].LastDay != 40010 {
		t.Errorf("habits: %+v", habits)
	}
}

// TestLadderEdges holds that nothing is undefined with few, equal or absurd prices.
func TestLadderEdges(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, c := range map[string]struct {
		prices        []float64
		n             int64
		median, scale float64
		from          string
	}{
		"one":          {[]float64{3}, 1, 3, 0, ""},
		"two":          {[]float64{3, 5}, 2, 4, madNormal, "MAD"},
		"all equal":    {slices.Repeat([]float64{2}, 40), 40, 2, 0, ""},
		"most equal":   {append(slices.Repeat([]float64{2}, 8), 3, 4, 5, 6, 7, 8, 9), 15, 2, 3.5 / iqrNormal, "IQR"},
		"NaN and ±Inf": {[]float64{nan, 1, inf, 2, -inf, 3}, 3, 2, madNormal, "MAD"},
		"huge":         {[]float64{-690, 0, 690}, 3, 0, 690 * madNormal, "MAD"}, // ln 1e±300
	} {
		g := rungAt(t, oneCode(c.prices), 1, 161091000)
		if g.N != c.n || g.Median != c.median || math.Abs(g.Scale-c.scale) > 1e-12 || g.ScaleFrom != c.from {
			t.Errorf("%s: n %d, median %v, scale %v from %q, want %+v", name, g.N, g.Median, g.Scale, g.ScaleFrom, c)
		}
		for _, x := range []float64{g.BelowMedian, g.BelowOut, g.AboveMedian, g.AboveOut, g.AtMedian, g.AtIn, g.Weight} {
			if !isFinite(x) {
				t.Errorf("%s: not finite: %+v", name, g)
			}
		}
	}
	if l := oneCode([]float64{nan}); len(l.Rungs) != 0 {
		t.Errorf("no price gives %v", l.Rungs)
	}
}

// TestLadderLevels finds two price lines where one is a quarter of the other's
// price, and one where prices are of one heap.
func TestLadderLevels(t *testing.T) {
	var one, two []float64
	for i := range 600 {
		noise := .1 * normalQuantile((float64(i)+.5)/600)
		one = append(one, noise)
		if i%3 == 0 {
			noise -= math.Log(4)
		}
		two = append(two, noise)
	}
	if g := rungAt(t, oneCode(one), 2, 161091000); len(g.Levels) != 0 {
		t.Errorf("one heap has levels %v", g.Levels)
	}
	g := rungAt(t, oneCode(two), 2, 161091000)
	if len(g.Levels) != 2 || math.Abs(g.Levels[0].Centre+math.Log(4)) > .03 || math.Abs(g.Levels[0].Share-1./3) > .03 || math.Abs(g.Levels[1].Centre) > .03 {
		t.Errorf("levels %v", g.Levels)
	}
}
