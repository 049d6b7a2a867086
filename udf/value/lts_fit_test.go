package value

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// cars are speed and stopping distance of R's data set cars.
var cars = [][]float64{
	{4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25},
	{2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80, 20, 26, 54, 32, 40, 32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85},
}

// stackAir are the air flow and stack loss of R's data set stackloss.
var stackAir = [][]float64{
	{80, 80, 75, 62, 62, 62, 62, 62, 58, 58, 58, 58, 58, 58, 50, 50, 50, 50, 50, 56, 70},
	{42, 37, 37, 28, 18, 18, 19, 20, 15, 14, 14, 13, 11, 12, 8, 7, 8, 8, 9, 15, 15},
}

// trade reads the rows with a positive quantity and value of a file of real
// trade prices, or skips the test.
func trade(t testing.TB, name string) (q, v []float64) {
	t.Helper()
	data := "../../../shared/data"
	if _, err := os.Stat(data); err != nil {
		t.Skipf("needs the folder of real files, %s beside the repository", data)
	}
	text, err := os.ReadFile(data + "/fsda/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		f := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) })
		if len(f) < 2 {
			continue
		}
		a, err1 := strconv.ParseFloat(f[0], 64)
		b, err2 := strconv.ParseFloat(f[1], 64)
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: line %q: %v, %v", name, line, err1, err2)
		}
		if a > 0 && b > 0 {
			q, v = append(q, a), append(v, b)
		}
	}
	return q, v
}

// TestLTSFit compares with robustbase 0.95-0: ltsReg(v ~ q), nsamp = "exact"
// for cars and stackloss, 5000 for the trade data, where it ends in different
// lines for different seeds. For tradeH these are 10.46879·q + 315.34 with seeds
// 1, 3 and 6, and 10.23424·q + 451.09 with seeds 4 and 5; the latter has the
// smaller criterion, and the exact search shows that none has a smaller one.
func TestLTSFit(t *testing.T) {
	tests := []struct {
		name                    string
		rows                    [][]float64
		slope, intercept, scale float64
		outliers                int64
		tolerance               float64
	}{
		{"cars", cars, 3.54963235294, -14.8161764706, 13.8304134756, 0, 1e-9},
		{"stackloss", stackAir, 0.943544030254, -40.0329551594, 2.51576082633, 2, 1e-9},
		{"inttrade", nil, 2.96809402551, 1.06656256113, 0.221224050058, 0, .01},
		{"inttrade1", nil, 15160.1932973, 174.310444263, 475.089772616, 40, .01},
		{"tradeH", nil, 10.2342415303001, 451.085743383654, 2139.816709723371, 4, 1e-9},
		{"fishery", nil, 14.2607823993, 0.92740079457, 8.34892723163, 160, .01},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.rows == nil {
				q, v := trade(t, test.name)
				test.rows = [][]float64{q, v}
			}
			got, ok := LTSFit(test.rows[0], test.rows[1])
			near := func(a, b float64) bool { return math.Abs(a-b) <= test.tolerance*math.Abs(b) }
			// An intercept near 0 is as sure as the values are large.
			interceptOK := near(got.Intercept, test.intercept) || math.Abs(got.Intercept-test.intercept) < test.tolerance*10*test.scale
			if !ok || !near(got.Slope, test.slope) || !interceptOK || !near(got.Scale, test.scale) {
				t.Errorf("= %+v, %v, want slope %v, intercept %v, scale %v", got, ok, test.slope, test.intercept, test.scale)
			}
			if got.N != int64(len(test.rows[0])) || math.Abs(float64(got.Outliers-test.outliers)) > .05*float64(test.outliers) {
				t.Errorf("%d outliers of %d rows, want %d of %d", got.Outliers, got.N, test.outliers, len(test.rows[0]))
			}
		})
	}
}

// slowLTS tries all parts of h rows.
func slowLTS(rows []point, h int) line {
	best := line{squares: math.Inf(1)}
	for set := range 1 << len(rows) {
		if bits.OnesCount(uint(set)) != h {
			continue
		}
		var part []point
		for i, p := range rows {
			if set>>i&1 == 1 {
				part = append(part, p)
			}
		}
		if l, ok := leastSquares(part); ok && l.squares < best.squares {
			best = l
		}
	}
	return best
}

// TestExactSearch holds that no line is better than the one from random starts.
func TestExactSearch(t *testing.T) {
	for _, name := range []string{"inttrade", "fishery", "tradeH"} {
		rows := finiteRows(trade(t, name))
		normalize(rows)
		fast, _ := bestLine(rows)
		if better, ok := sweep(rows, trimmed(len(rows)), fast); ok && better.squares < fast.squares*(1-1e-12) {
			t.Errorf("%s: %+v is better than %+v", name, better, fast)
		}
	}
}

// TestBestLine compares the sweep with trying all parts of the rows.
func TestBestLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		thousandths := func(i int) float64 { return float64(i) / 1000 }
		coordinate := rapid.OneOf(rapid.Map(rapid.IntRange(-10_000, 10_000), thousandths),
			rapid.Map(rapid.IntRange(0, 3), func(i int) float64 { return float64(i) }), rapid.Map(rapid.IntRange(-1e9, 1e9), thousandths))
		n := rapid.IntRange(5, 10).Draw(t, "n")
		var q, v []float64
		for range n {
			q, v = append(q, coordinate.Draw(t, "q")), append(v, coordinate.Draw(t, "v"))
		}
		rows := finiteRows(q, v)
		normalize(rows)
		got, ok := bestLine(rows)
		if !ok {
			return // too many rows with one quantity
		}
		want := slowLTS(rows, trimmed(n))
		if got.squares > want.squares*(1+1e-9)+1e-20 {
			t.Fatalf("squares %v, all parts %v; rows %v", got.squares, want.squares, rows)
		}
	})
}

// The expected values are by hand.
func TestLTSFitEdges(t *testing.T) {
	line := func(n int, f func(i int) (q, v float64)) [][]float64 {
		rows := make([][]float64, 2)
		for i := range n {
			q, v := f(i)
			rows[0], rows[1] = append(rows[0], q), append(rows[1], v)
		}
		return rows
	}
	tests := []struct {
		name string
		rows [][]float64
		want any
	}{
		{"none", [][]float64{nil, nil}, nil},
		{"four", line(4, func(i int) (float64, float64) { return float64(i), float64(i) }), nil},
		{"five on a line", line(5, func(i int) (float64, float64) { return float64(i), 2*float64(i) + 1 }), RobustLine{2, 1, 0, 5, 0, 1}},
		{"one quantity", line(9, func(i int) (float64, float64) { return 3, float64(i) }), nil},
		{"most have one quantity", line(9, func(i int) (float64, float64) { return max(6, float64(i)), float64(i) }), nil},
		{"all equal values", line(9, func(i int) (float64, float64) { return float64(i), 5 }), RobustLine{0, 5, 0, 9, 0, nan}},
		{"two outliers", line(9, func(i int) (float64, float64) { return float64(i), float64(i) + float64(i/7*100) }), RobustLine{1, 0, 0, 9, 2, 1}},
		{"NaN and infinities left out", line(9, func(i int) (float64, float64) {
			return []float64{nan, 1, 2, 3, inf, 4, 5, 6, 7}[i], []float64{1, 3, 6, -inf, 1, 12, 15, 18, 21}[i]
		}), RobustLine{3, 0, 0, 6, 0, 1}},
		{"huge", line(9, func(i int) (float64, float64) { return float64(i) * 1e307, float64(i-4) * 4e307 }), RobustLine{4, -1.6e308, 0, 9, 0, 1}},
		{"one huge quantity", line(9, func(i int) (float64, float64) { return float64(i) + float64(i/8)*1e300, float64(i) }), RobustLine{1, 0, 0, 9, 1, 1}},
		{"tiny", line(9, func(i int) (float64, float64) { return float64(i) * 1e-300, float64(i) * 3e-300 }), RobustLine{3, 0, 0, 9, 0, 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := LTSFit(test.rows[0], test.rows[1])
			want, wantOK := test.want.(RobustLine)
			if ok != wantOK {
				t.Fatalf("= %+v, %v", got, ok)
			}
			size := max(1, math.Abs(want.Intercept))
			near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-12*size || a != a && b != b }
			if !near(got.Slope, want.Slope) || !near(got.Intercept, want.Intercept) || !near(got.Scale, want.Scale) ||
				!near(got.R2, want.R2) || got.N != want.N || got.Outliers != want.Outliers {
				t.Errorf("= %+v, want %+v", got, want)
			}
		})
	}
}

// TestLTSFitProperties holds that the line follows rows that are shuffled,
// scaled and moved along a line, and that 45 % of bad rows don't move it. The
// scale grows with them, as its factor takes what is left out for tails.
func TestLTSFitProperties(t *testing.T) {
	for _, n := range []int{20, 149, 151, 1000} {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, uint64(n)))
			q, v := make([]float64, n), make([]float64, n)
			for i := range q {
				q[i] = math.Exp(3 + rng.NormFloat64())
				v[i] = 12*q[i] + rng.NormFloat64()
				if i%20 < 9 {
					v[i] = 3 * q[i] * rng.Float64()
				}
			}
			want, ok := LTSFit(q, v)
			if !ok || math.Abs(want.Slope-12) > .1 || want.Scale > 4 {
				t.Errorf("= %+v, %v, want a slope near 12", want, ok)
			}
			rng.Shuffle(n, func(i, j int) { q[i], q[j], v[i], v[j] = q[j], q[i], v[j], v[i] })
			if got, _ := LTSFit(q, v); got != want {
				t.Errorf("= %+v, in another order %+v", want, got)
			}
			for i := range q {
				q[i], v[i] = q[i]/4, 2*(v[i]-10*q[i])
			}
			got, _ := LTSFit(q, v)
			if math.Abs(got.Slope-8*(want.Slope-10)) > 1e-6 || math.Abs(got.Scale-2*want.Scale) > 1e-6 || got.Outliers != want.Outliers {
				t.Errorf("scaled and moved: %+v from %+v", got, want)
			}
		})
	}
}

func FuzzLines(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\xf0\x3f\x00\x00\x00\x00\x00\x00\xf8\x7f"), uint16(40))
	f.Fuzz(func(t *testing.T, data []byte, n uint16) {
		some := floatsOf(data)
		if len(some) < 2 {
			return
		}
		q, v := make([]float64, n%400), make([]float64, n%400)
		for i := range q {
			q[i], v[i] = some[i%len(some)]+float64(i/len(some)), some[i*i%len(some)]*float64(i%7)
		}
		if !slices.ContainsFunc(slices.Concat(q, v), func(x float64) bool { return !(math.Abs(x) < 1e100 && (x == 0 || math.Abs(x) > 1e-100)) }) {
			checkTheilSen(t, q, v)
		}
		if lines, ok := PriceLines(slices.Clone(q), slices.Clone(v)); ok {
			shares := lines.Noise
			for _, l := range lines.Levels {
				shares += l.Share
				if !isFinite(l.Centre) || !isFinite(l.Scale) {
					t.Fatalf("price_lines of %v, %v = %+v", q, v, lines)
				}
			}
			if math.Abs(shares-1) > 1e-9 {
				t.Fatalf("price_lines of %v, %v: shares add up to %v", q, v, shares)
			}
		}
		a, ok := LTSFit(slices.Clone(q), slices.Clone(v))
		if ok && !(isFinite(a.Slope) && isFinite(a.Intercept) && a.Scale >= 0 && isFinite(a.Scale)) {
			t.Fatalf("lts_fit of %v, %v = %+v", q, v, a)
		}
		slices.Reverse(q)
		slices.Reverse(v)
		b, ok2 := LTSFit(q, v)
		if ok != ok2 || math.Float64bits(a.Slope) != math.Float64bits(b.Slope) || a.Outliers != b.Outliers {
			t.Fatalf("lts_fit of %v, %v = %+v, reversed %+v", q, v, a, b)
		}
	})
}

func BenchmarkLTSFit(b *testing.B) {
	for _, n := range []int{10, 50, 150, 1000, 100_000} {
		benchmarkPairs(b, n, func(q, v []float64) bool {
			_, ok := LTSFit(q, v)
			return ok
		})
	}
}
