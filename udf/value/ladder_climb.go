package value

import "slices"

// rungDigits are how many digits the codes of a rung have.
var rungDigits = [...]int{rungHS8: 8, rungHS6: 6, rungHS4: 4}

// climb puts the parts of one rung together to those of the next. A code that
// is too short for the rung stays as it is, and is not described.
func (r *ladderRows) climb(parts []ladderPart, level int) []ladderPart {
	var up []ladderPart
	for i := 0; i < len(parts); {
		code, ok := parts[i].code, true
		if level > rungCode {
			code, ok = prefix(code, rungDigits[level])
		}
		j := i + 1
		for ok && j < len(parts) && sameRung(parts[j].code, code, level) {
			j++
		}
		up = append(up, r.join(parts[i:j], code, ok))
		i = j
	}
	return up
}

func sameRung(code, of int64, level int) bool {
	ok := true
	if level > rungCode {
		code, ok = prefix(code, rungDigits[level])
	}
	return ok && code == of
}

// join merges the sorted prices of parts.
func (r *ladderRows) join(parts []ladderPart, code int64, described bool) ladderPart {
	first := parts[0]
	if len(parts) == 1 {
		first.code, first.origin, first.skip = code, 0, !described
		return first
	}
	p := ladderPart{code: code, from: first.from, to: parts[len(parts)-1].to, rung: -1}
	ends := make([]int, 0, len(parts)+1)
	ends = append(ends, p.from)
	for _, part := range parts {
		ends = append(ends, part.to)
		p.habits = append(p.habits, part.habits...)
	}
	r.mergeRuns(ends)
	return p
}

// mergeRuns sorts prices that are runs in order, by merging neighbours until
// one is left. The runs lie between the ends.
func (r *ladderRows) mergeRuns(ends []int) {
	from, to := r.sorted, r.spare
	whole := [2]int{ends[0], ends[len(ends)-1]}
	for len(ends) > 2 {
		next := ends[:1]
		for i := 0; i+1 < len(ends); i += 2 {
			a, m := ends[i], ends[i+1]
			b := m
			if i+2 < len(ends) {
				b = ends[i+2]
			}
			mergeInto(to[a:b], from[a:m], from[m:b])
			next = append(next, b)
		}
		ends = next
		from, to = to, from
	}
	if len(from) > 0 && &from[0] != &r.sorted[0] {
		copy(r.sorted[whole[0]:whole[1]], from[whole[0]:whole[1]])
	}
}

func mergeInto(to, a, b []float64) {
	i, j := 0, 0
	for k := range to {
		switch {
		case i == len(a):
			copy(to[k:], b[j:])
			return
		case j == len(b):
			copy(to[k:], a[i:])
			return
		case b[j] < a[i]:
			to[k] = b[j]
			j++
		default:
			to[k] = a[i]
			i++
		}
	}
}

// sortPrices sorts prices without NaN.
func sortPrices(x []float64) {
	if len(x) <= sortedLength {
		sortFew(x)
		return
	}
	slices.Sort(x)
}
