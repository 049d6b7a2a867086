package value

import (
	"math"
	"slices"
)

const (
	habitLeast = 2  // rows of a trader that are a habit
	habitRows  = 10 // distances from which the scale within traders comes
)

// habitsOf adds a rung for each trader of a part who has enough rows, and returns
// the distances of prices from the median of their trader. With few rows the
// median lies too close to them; √(n/(n − 1)) makes good for that.
func (r *ladderRows) habitsOf(l *Ladder, p *ladderPart) (distances []float64) {
	rows := r.byTrader(p)
	for len(rows) > 0 {
		t, n := rows[0].pair, 1
		for n < len(rows) && rows[n].pair == t {
			n++
		}
		if n >= habitLeast {
			g := habitOf(rows[:n])
			g.Code, g.Origin, g.Pair = p.code, p.origin, r.pairs[t]
			l.Rungs = append(l.Rungs, g)
			for _, row := range rows[:n] {
				distances = append(distances, math.Abs(row.price-g.Median)*math.Sqrt(float64(n)/float64(n-1)))
			}
		}
		rows = rows[n:]
	}
	return distances
}

// habitRow is a row of a pair of traders.
type habitRow struct {
	pair, day int32
	price     float64
}

// byTrader returns the rows of traders with enough of them, those of each side
// by side in the order of prices.
func (r *ladderRows) byTrader(p *ladderPart) []habitRow {
	var rows []habitRow
	pairs := r.pair[p.from:p.to]
	for _, t := range pairs {
		if t >= 0 {
			r.habits[t]++
		}
	}
	for i, t := range pairs {
		if t >= 0 && r.habits[t] >= habitLeast {
			rows = append(rows, habitRow{t, r.day[p.from+i], r.price[p.from+i]})
		}
	}
	for _, t := range pairs {
		if t >= 0 {
			r.habits[t] = 0
		}
	}
	slices.SortFunc(rows, func(a, b habitRow) int {
		switch {
		case a.pair != b.pair:
			return int(a.pair - b.pair)
		case a.price < b.price:
			return -1
		case a.price > b.price:
			return 1
		}
		return 0
	})
	return rows
}

// habitOf describes the rows of one trader.
func habitOf(rows []habitRow) Rung {
	n := len(rows)
	x, days := make([]float64, n), make([]int32, n)
	for i, row := range rows {
		x[i], days[i] = row.price, row.day
	}
	g := Rung{
		Level: rungTrader, N: int64(n), Traders: 1, Weight: float64(n), Within: math.NaN(),
		Elasticity: math.NaN(), LineIntercept: math.NaN(), LineScale: math.NaN(),
	}
	g.FirstDay, g.LastDay = span(days)
	w := weights{x: x, total: float64(n), half: .5}
	g.quantiles(x, w)
	g.others(w)
	g.fence(x)
	return g
}
