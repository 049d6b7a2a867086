package datasets

import "math"

// record keeps a planted case of the current row.
func (g *Generator) record(h *header, p plant) {
	p.row, p.item = g.row, h.item
	copy(p.id[:], h.id)
	g.plants = append(g.plants, p)
}

// deviate turns an honest item of a planted lane into a false one.
func (g *Generator) deviate(h *header, l *lane, x *line) {
	truth := *x
	p := plant{kind: int(l.kind)}
	switch l.kind {
	case kindUnderValuation, kindOverValuation:
		g.misvalue(l, x, &p)
	case kindMisclassification:
		g.misclassify(h, l, x, &p)
	case kindOriginSwitch:
		p.origin = g.countries[x.origin].code
		x.origin, x.rate = int(l.claim), 0
		p.detail = g.countries[l.claim].code
	case kindLostZero:
		p.hs, p.detail = x.hs, "0"
		x.hs = x.hs[1:]
	}
	due, _ := assess(h, truth.value, truth.rate)
	paid, _ := assess(h, x.value, x.rate)
	p.lost = math.Max(round2(due-paid), 0)
	g.record(h, p)
}

// misvalue multiplies the value by the lane's factor, give or take a little.
func (g *Generator) misvalue(l *lane, x *line, p *plant) {
	step := int(l.factor*100 + g.between(-4, 4))
	p.value, p.detail = x.value, factorTexts[step]
	x.value = round2(x.value * float64(step) / 100)
}

const descriptionKept = 0.5 // false codes beside the true description

// misclassify declares the goods as the lane's twin, in the unit of that. The
// value stays true.
func (g *Generator) misclassify(h *header, l *lane, x *line, p *plant) {
	twin := &g.goods[l.twin]
	p.hs, p.detail = x.hs, "other heading"
	if twin.hs[:4] == x.good.hs[:4] {
		p.detail = "same heading"
	}
	x.hs, x.rate = twin.forms[l.grade][h.trader.form], twin.rate
	if !g.chance(descriptionKept) {
		x.text = twin.text[l.grade][l.style]
	}
	if twin.unit != x.good.unit {
		p.quantity = x.quantity
		x.quantity = twin.unit.round(x.mass / twin.kilos)
	}
	x.good = twin
}

// slip states the quantity in another unit than the one beside it.
func (g *Generator) slip(h *header, x *line) {
	slips := x.good.unit.slips
	s := slips[g.below(len(slips))]
	wrong := round3(x.quantity * s.factor)
	if wrong < 0.1 { // too small for the factor to be seen
		return
	}
	g.record(h, plant{kind: kindUnitSlip, detail: s.text, quantity: x.quantity})
	x.quantity = wrong
}

const (
	fewestParts = 3
	mostParts   = 8
	splitNext   = 0.5 // next declarations that go on with the shipment in hand
)

// shipment is a split consignment of which parts are still to be declared.
type shipment struct {
	header
	left, of int
	lane     *lane
	parts    [mostParts]line
	value    float64 // of all parts
	first    string  // number of the first part's declaration
}

// startSplit begins a split shipment. It reports false if the batch has no room
// for one, or a part would not lie close below the threshold.
func (g *Generator) startSplit(h *header) bool {
	n := fewestParts + g.below(2*(splitParts-fewestParts)+1)
	if g.room() < 3*n {
		return false
	}
	s := &g.split
	*s = shipment{header: *h, left: n, of: n, lane: &g.lanes[h.supplier.splits]}
	for i := range n {
		p := &s.parts[i]
		*p = g.honest(h, s.lane)
		price := p.value / p.quantity
		aim := ReliefThreshold * g.between(0.90, 0.995) / price
		before := p.quantity
		p.quantity = math.Floor(aim)
		if !p.good.unit.counted && aim < 1000 {
			p.quantity = math.Floor(aim*10) / 10
		}
		if price*p.quantity < 0.8*ReliefThreshold {
			*s = shipment{}
			return false
		}
		p.mass = round3(p.mass * p.quantity / before)
		p.value = round2(price * p.quantity)
		s.value += p.value
	}
	s.value = round2(s.value)
	return true
}

var partTexts = func() (t [mostParts + 1][mostParts + 1]string) {
	for of := range t {
		for part := range t[of] {
			t[of][part] = string([]byte{'0' + byte(part), '/', '0' + byte(of), ' '})
		}
	}
	return t
}()

// declarePart declares the next part of the split shipment, on the day of the
// first one and alone in its declaration.
func (g *Generator) declarePart() {
	s := &g.split
	h := s.header
	h.items, h.item, h.procedure = 1, 1, homeUse
	g.register(&h)
	if s.left == s.of {
		s.first = h.id
	}
	x := &s.parts[s.of-s.left]
	start := len(g.notes)
	g.notes = append(g.notes, partTexts[s.of][s.of-s.left+1]...)
	g.notes = append(g.notes, s.first...)
	g.record(&h, plant{
		kind: kindSplit, detail: viewText(g.notes[start:]), value: s.value,
		lost: round2(x.value * x.rate / 100),
	})
	g.write(&h, x)
	g.row++
	s.left--
}
