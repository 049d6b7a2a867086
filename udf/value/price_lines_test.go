package value

import (
	"math"
	"math/rand/v2"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestPriceLinesTrade compares with the same likelihood, of each price alone
// rather than in steps, maximised by SciPy 1.17.1 (Nelder-Mead, then BFGS).
func TestPriceLinesTrade(t *testing.T) {
	tests := []struct {
		name      string
		levels    []Level
		noise     float64
		bic       []float64 // of one level, and of as many as there are
		tolerance float64
		far       int // rows more than 3.5 scales from each level
	}{
		{"inttrade1", []Level{{15436.1888, .99862916, .03564719}}, .00137084, []float64{-13542.402, -13542.402}, .001, 62},
		{"fishery", []Level{{6.54061039, .0582885, .0638181}, {14.43641387, .9394528, .18130546}}, .0022587, []float64{143.3777, 55.8282}, .001, 3},
		{"inttrade", []Level{
			{4.83511097, .70773182, .11158243}, {6.29860668, .08365412, .0396009}, {10.37249915, .17833915, .41572084},
		}, .0302749, []float64{118.5715, 83.9518}, .001, 3},
		{"tradeH", []Level{{10.4957323, .99637258, .20658369}}, .00362742, []float64{-278.8804, -278.8804}, .001, 4},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q, v := trade(t, test.name)
			got, ok := PriceLines(q, v)
			if !ok || got.N != int64(len(q)) || got.Lines != int64(len(test.levels)) {
				t.Fatalf("%v, %+v", ok, got)
			}
			near := gocmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) <= test.tolerance*math.Abs(b) })
			if diff := gocmp.Diff(test.levels, got.Levels, near); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if math.Abs(got.Noise-test.noise) > .01*test.noise+.0001 {
				t.Errorf("noise %v, want %v", got.Noise, test.noise)
			}
			if test.bic != nil && (math.Abs(got.Bic[0]-test.bic[0]) > 1 || math.Abs(got.Bic[got.Lines-1]-test.bic[1]) > 1) {
				t.Errorf("bic %v, want %v", got.Bic, test.bic)
			}
			if far := farFromAll(got, q, v); far != test.far {
				t.Errorf("%d rows are far from all levels, want %d", far, test.far)
			}
		})
	}
}

func farFromAll(lines Lines, q, v []float64) int {
	far := 0
	for i := range q {
		nearest := math.Inf(1)
		for _, l := range lines.Levels {
			nearest = min(nearest, math.Abs(math.Log(v[i]/q[i]/l.Centre))/l.Scale)
		}
		far += one(nearest > 3.5)
	}
	return far
}

// TestPriceLinesFound counts on made prices how often the number of levels is
// right. The limits are what is found, with a margin.
func TestPriceLinesFound(t *testing.T) {
	const groups = 6
	normal := func(rng *rand.Rand) float64 { return rng.NormFloat64() }
	tests := []struct {
		name    string
		n       int
		price   func(rng *rand.Rand) float64 // in scales
		lines   int64
		atLeast int
	}{
		{"normal", 300, normal, 1, 5},
		{"normal, few", 40, normal, 1, 5},
		{"normal, many", 1500, normal, 1, 5},
		{"long tails on both sides", 300, func(rng *rand.Rand) float64 { return rng.ExpFloat64() * float64(1-2*rng.IntN(2)) }, 1, 5},
		{"a long tail on one side", 300, func(rng *rand.Rand) float64 { return math.Log(rng.ExpFloat64() + rng.ExpFloat64() + rng.ExpFloat64()) }, 1, 5},
		{"a tenth of outliers", 300, func(rng *rand.Rand) float64 {
			if rng.IntN(10) == 0 {
				return 60 * (rng.Float64() - .5)
			}
			return rng.NormFloat64()
		}, 1, 5},
		{"two, four scales apart", 300, func(rng *rand.Rand) float64 { return rng.NormFloat64() + 4*float64(rng.IntN(2)) }, 2, 5},
		{"two, one of them small", 300, func(rng *rand.Rand) float64 { return rng.NormFloat64() + 6*float64(rng.IntN(10)/9) }, 2, 5},
		{"two and outliers", 300, func(rng *rand.Rand) float64 {
			if rng.IntN(20) == 0 {
				return 60 * (rng.Float64() - .5)
			}
			return rng.NormFloat64() + 6*float64(rng.IntN(2))
		}, 2, 5},
		{"three", 300, func(rng *rand.Rand) float64 { return rng.NormFloat64() + 6*float64(rng.IntN(3)) }, 3, 5},
		{"four", 300, func(rng *rand.Rand) float64 { return rng.NormFloat64() + 7*float64(rng.IntN(4)) }, 4, 5},
		// What two grades so near look like is one wide level.
		{"two, two scales apart", 300, func(rng *rand.Rand) float64 { return rng.NormFloat64() + 2*float64(rng.IntN(2)) }, 1, 5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			right, counts := 0, [levelsMost + 1]int{}
			for range groups {
				q, v := make([]float64, test.n), make([]float64, test.n)
				for i := range q {
					q[i] = math.Exp(rng.NormFloat64())
					v[i] = q[i] * math.Exp(3+.1*test.price(rng))
				}
				got, _ := PriceLines(q, v)
				counts[got.Lines]++
				right += one(got.Lines == test.lines)
			}
			t.Logf("groups with 1 to 4 lines: %v", counts[1:])
			if right < test.atLeast {
				t.Errorf("%d lines in %d of %d groups, want %d", test.lines, right, groups, test.atLeast)
			}
		})
	}
}

// The expected values are by hand.
func TestPriceLinesEdges(t *testing.T) {
	repeat := func(n int, f func(i int) (q, v float64)) (q, v []float64) {
		for i := range n {
			a, b := f(i)
			q, v = append(q, a), append(v, b)
		}
		return q, v
	}
	tests := []struct {
		name   string
		n      int
		row    func(i int) (q, v float64)
		rows   int64
		prices []float64
	}{
		{"none", 0, nil, 0, nil},
		{"no price", 3, func(i int) (float64, float64) { return float64(-i), 5 }, 0, nil},
		{"one", 1, func(int) (float64, float64) { return 2, 10 }, 1, []float64{5}},
		{"all equal", 99, func(i int) (float64, float64) { return float64(i + 1), 5 * float64(i+1) }, 99, []float64{5}},
		{"two", 2, func(i int) (float64, float64) { return 1, float64(4 + 5*i) }, 2, []float64{6}},
		{"left out", 4, func(i int) (float64, float64) { return []float64{nan, 1, inf, 2}[i], []float64{1, 7, 1, -1}[i] }, 1, []float64{7}},
		{"half equal", 100, func(i int) (float64, float64) { return 1, 10 * math.Exp(math.Max(0, float64(i-50)/1e6)) }, 100, []float64{10}},
		{"two prices, no spread", 100, func(i int) (float64, float64) { return 1, float64(10 + 10*(i%2)) }, 100, []float64{10, 20}},
		{"dozens and units", 120, func(i int) (float64, float64) {
			return 1, math.Exp(.05*normalQuantile((float64(i)+.5)/120)) * []float64{1, 12, 1}[i%3]
		}, 120, []float64{1, 12}},
		{"huge and tiny", 60, func(i int) (float64, float64) {
			return 1, []float64{1e-300, 1e300}[i%2] * (1 + .01*math.Sin(float64(i)))
		}, 60, []float64{1e-300, 1e300}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := PriceLines(repeat(test.n, test.row))
			if ok != (test.prices != nil) || got.N != test.rows || len(got.Levels) != len(test.prices) {
				t.Fatalf("%v, %+v", ok, got)
			}
			shares := got.Noise
			for i, l := range got.Levels {
				shares += l.Share
				if math.Abs(l.Centre/test.prices[i]-1) > .01 || !(l.Scale >= 0 && l.Scale < 1) {
					t.Errorf("level %+v, want a price of %v", l, test.prices[i])
				}
			}
			if ok && math.Abs(shares-1) > 1e-9 {
				t.Errorf("the shares add up to %v", shares)
			}
		})
	}
}

// TestPriceLinesUnits holds that the order of rows and the units don't matter.
func TestPriceLinesUnits(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	q, v := make([]float64, 400), make([]float64, 400)
	for i := range q {
		q[i] = math.Exp(rng.NormFloat64())
		v[i] = q[i] * math.Exp(.1*rng.NormFloat64()+float64(i%3))
	}
	want, _ := PriceLines(q, v)
	rng.Shuffle(len(q), func(i, j int) { q[i], q[j], v[i], v[j] = q[j], q[i], v[j], v[i] })
	got, _ := PriceLines(q, v)
	if diff := gocmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" || got.Lines != 3 {
		t.Errorf("%d lines, in another order (-want +got):\n%s", got.Lines, diff)
	}
	for i := range q {
		q[i] /= 8
	}
	scaled, _ := PriceLines(q, v)
	for i, l := range scaled.Levels {
		if math.Abs(l.Centre/got.Levels[i].Centre-8) > 1e-4 || math.Abs(l.Scale-got.Levels[i].Scale) > 1e-5 {
			t.Errorf("level %+v in an eighth of the unit, %+v before", l, got.Levels[i])
		}
	}
}

func BenchmarkPriceLines(b *testing.B) {
	for _, n := range []int{10, 100, 2000, 100_000} {
		benchmarkPairs(b, n, func(q, v []float64) bool {
			_, ok := PriceLines(q, v)
			return ok
		})
	}
}
