package datasets

const (
	postalSuppliers = 0.04 // small consignments by post or courier
	foreignDispatch = 0.12 // goods that leave from a third country
	otherChapter    = 0.2
	byRoad          = 0.75 // of the goods that neighbours send by land or sea
)

func (w *world) makeSupplier(r *random, chapters []span, size float64) {
	chapter := chapters[r.below(len(chapters))]
	g := w.drawGood(r, chapter)
	origin := w.goods[g].origin.draw(r)
	s := supplier{origin: int16(origin), departure: int16(origin), first: int32(len(w.lanes)), splits: -1}
	s.small = r.chance(postalSuppliers)
	if r.chance(foreignDispatch) {
		s.departure = int16(r.below(len(w.countries)))
	}
	s.currency = int16(w.countries[origin].currencies.draw(r))
	s.exporter = w.exporters[origin][r.early(exportersPerCountry)]
	s.place = int16(w.placesOf[w.drawMode(r, &s, w.goods[g].byAir)].draw(r))
	s.n = 1 + int32(r.early(5))
	for i := range s.n {
		if i > 0 {
			if r.chance(otherChapter) {
				chapter = chapters[r.below(len(chapters))]
			}
			// A firm sells what its country makes, or the same goods again.
			if other := w.drawGood(r, chapter); w.goods[other].origin.has(origin) {
				g = other
			}
		}
		w.makeLane(r, g, &s, size)
	}
	w.suppliers = append(w.suppliers, s)
}

// drawMode returns how a supplier sends goods, byAir being the usual share of
// air freight.
func (w *world) drawMode(r *random, s *supplier, byAir float64) byte {
	switch {
	case s.small:
		return modePost
	case w.countries[s.origin].route == "land" && !r.chance(byAir/2):
		if r.chance(byRoad) {
			return modeRoad
		}
	case r.chance(byAir):
		return modeAir
	}
	return modeSea
}

// Usual values of a line in AED, as logarithms: 450, 6 000 and 20 000.
const (
	lineByPost = 6.11
	lineByAir  = 8.70
	lineBySea  = 9.90
	// Goods below 0.70 AED a unit travel in bulk, and a line of them is worth
	// five times as much.
	bulkBelow = -0.357
	bulkLine  = 1.6
)

const (
	preferenceGCC   = 0.95 // share of lanes with a certificate of origin
	preferenceOther = 0.70
	highestRelief   = 5.0 // per cent; higher rates are paid by everyone
)

func (w *world) makeLane(r *random, good int, s *supplier, size float64) {
	g, q := &w.goods[good], normalQuantiles()
	l := lane{good: int16(good), style: uint8(r.below(textStyles)), rate: g.rate}
	u := r.unit()
	for int(l.grade) < grades-1 && u >= gradeUntil[l.grade] {
		l.grade++
	}
	from := &w.countries[s.origin]
	l.price = g.price + g.spread*gradeSteps[l.grade] + from.price - g.origin.price + 0.1*r.normal(q)
	line := lineBySea
	switch {
	case s.small:
		line = lineByPost
	case w.places[s.place].mode[0] == modeAir:
		line = lineByAir
	case g.price < bulkBelow:
		line += bulkLine
	}
	l.median = line + size + 0.6*r.normal(q) - l.price
	l.kilos = g.kilos * r.between(0.85, 1.15)
	if g.unit.mass {
		l.kilos = 1
	}
	certified := preferenceOther
	if from.preference == "gcc" {
		certified = preferenceGCC
	}
	if from.preference != "-" && g.rate <= highestRelief && r.chance(certified) {
		l.rate = 0
	}
	w.lanes = append(w.lanes, l)
}
