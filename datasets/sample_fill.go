package datasets

import "math"

// Generator makes the batches of a sample. It holds memory for one goroutine;
// make one for each.
type Generator struct {
	*world
	random
	normals *[normalSteps + 1]float64
	own     Batch // for Truth of a batch that was not made before
	filled  int   // number of the batch that plants belongs to, from 1
	plants  []plant
	notes   []byte // what details of plants point into

	out    *Batch // batch that is being filled
	batch  int
	rows   int
	row    int
	serial int
	day    int
	split  shipment
}

// Generator returns a generator of the sample. The first one of a sample sets
// up its traders, which takes some milliseconds.
func (s Sample) Generator() *Generator {
	return &Generator{world: worldOf(s), normals: normalQuantiles()}
}

// Batch fills b with batch i, counted from 0. What it holds depends on Rows,
// Seed and i only. A batch that the sample doesn't have is empty.
func (g *Generator) Batch(i int, b *Batch) { g.fill(i, b) }

func (g *Generator) fill(i int, b *Batch) {
	b.prepare(declaredColumns)
	g.out, g.batch, g.rows, g.row, g.serial = b, i, g.sample.rowsOf(i), 0, 0
	g.plants, g.notes, g.split = g.plants[:0], g.notes[:0], shipment{}
	g.random = newRandom(g.sample.Seed, uint64(i))
	g.day = 0
	for g.row < g.rows {
		g.declare()
	}
	b.Len, g.filled, g.out = g.rows, i+1, nil
}

func (g *Generator) room() int { return g.rows - g.row }

// idLen is the length of a declaration number: two digits of the year, ten of
// the serial number. Twelve bytes are stored in a vector without a pointer.
const idLen = 12

// header is what the items of a declaration have in common.
type header struct {
	id        string
	trader    *trader
	supplier  *supplier
	importer  string
	procedure int
	day       int
	items     int
	item      int32
	renamed   bool
}

// declare writes the next declaration, whole: none goes on in another batch.
func (g *Generator) declare() {
	g.advance()
	if g.split.left > 0 && (g.room() <= 2*g.split.left || g.chance(splitNext)) {
		g.declarePart()
		return
	}
	h := header{day: g.day}
	g.drawTrader(&h)
	if h.supplier.splits >= 0 && g.split.left == 0 && g.chance(splitHit) && g.startSplit(&h) {
		g.declarePart()
		return
	}
	h.items = 1
	if !h.supplier.small {
		h.items = int(g.items[g.next()>>52])
	}
	h.items = min(h.items, g.room()-g.split.left)
	g.register(&h)
	g.drawProcedure(&h)
	if g.chance(planted[kindNameVariant]) {
		g.rename(&h)
	}
	for range h.items {
		h.item++
		g.declareItem(&h)
	}
}

// advance moves to the day of the next row: a sample is in the order of
// registration, and its rows are spread over its years as trade is.
func (g *Generator) advance() {
	at := (float64(g.batch)*BatchRows + float64(g.row) + 0.5) / float64(g.sample.Rows)
	for g.day < g.calendar.days-1 && g.calendar.until[g.day] < at {
		g.day++
	}
}

// register gives the declaration its number.
func (g *Generator) register(h *header) {
	g.serial++
	n := uint64(g.batch)*BatchRows + uint64(g.serial)
	year := g.calendar.years[h.day]
	var id [idLen]byte
	id[0], id[1] = '0'+year/10, '0'+year%10
	for i := idLen - 1; i > 1; i-- {
		id[i] = '0' + byte(n%10)
		n /= 10
	}
	h.id = g.out.keep(id[:])
	h.importer = h.trader.name
}

// Procedures in the order of their codes.
const (
	homeUse = iota
	fromWarehouse
	toWarehouse
	temporary
	returned
	lowValue
)

var procedureCodes = [...]string{"4000", "4071", "7100", "5300", "6123", "4000C07"}

// Cumulated shares of the procedures.
var procedureUntil = [...]float64{homeUse: 0.87, fromWarehouse: 0.93, toWarehouse: 0.975, temporary: 0.99, returned: 1}

func (g *Generator) drawProcedure(h *header) {
	u := g.unit()
	for u >= procedureUntil[h.procedure] {
		h.procedure++
	}
}

// rename lets the importer appear in a spelling it does not use itself.
func (g *Generator) rename(h *header) {
	script := uint8(g.below(3))
	if script >= h.trader.script {
		script++
	}
	start := len(g.out.text)
	g.out.text = g.appendName(g.out.text, h.trader, script)
	h.importer, h.renamed = viewText(g.out.text[start:]), true
}

const offSeason = 0.55 // demand outside of the season of goods

// drawTrader chooses who buys from whom; most often somebody else where the
// supplier's main goods are out of season.
func (g *Generator) drawTrader(h *header) {
	for range 2 {
		h.trader = &g.traders[g.choose.draw(&g.random)]
		h.supplier = &g.suppliers[int(h.trader.first)+g.early(int(h.trader.n))]
		season := g.goods[g.lanes[h.supplier.first].good].season
		if season == nil || season[h.day] || g.chance(offSeason) {
			return
		}
	}
}

const (
	quantityDeviation = 0.9  // of the logarithm of the quantity
	discount          = 0.04 // elasticity of the price: twice the quantity is 2.7 % cheaper
)

// line is an item as it will be declared.
type line struct {
	good     *good
	hs       string
	text     string
	origin   int
	quantity float64
	mass     float64
	value    float64 // AED
	rate     float64
}

// honest draws quantity, mass, price and codes of an item from a lane.
func (g *Generator) honest(h *header, l *lane) line {
	good := &g.goods[l.good]
	z := quantityDeviation * g.normal(g.normals)
	quantity := good.unit.round(math.Exp(l.median + z))
	price := math.Exp(l.price + g.level[h.day/7] + good.noise*g.normal(g.normals) - discount*z)
	mass := quantity
	if !good.unit.mass {
		mass = round3(quantity * l.kilos * (0.98 + 0.04*g.unit()))
	}
	return line{
		good: good, hs: good.forms[l.grade][h.trader.form], text: good.text[l.grade][l.style],
		origin: int(h.supplier.origin), quantity: quantity, mass: mass, value: round2(quantity * price), rate: l.rate,
	}
}

// round rounds a quantity as the unit is counted or weighed, and never to 0.
func (u *unit) round(q float64) float64 {
	switch {
	case u.counted || q >= 1000:
		return math.Max(math.Floor(q+0.5), 1)
	case q >= 10:
		return math.Floor(q*10+0.5) / 10
	}
	return math.Max(round3(q), 0.001)
}

func round2(x float64) float64 { return math.Floor(x*100+0.5) / 100 }
func round3(x float64) float64 { return math.Floor(x*1000+0.5) / 1000 }

// assess returns the duty of an item, and whether it is relieved for its value.
func assess(h *header, value, rate float64) (duty float64, relieved bool) {
	switch {
	case h.procedure > fromWarehouse:
		return 0, false // suspended
	case h.procedure == homeUse && h.items == 1 && value <= ReliefThreshold && rate <= highestRelief:
		return 0, true
	}
	return round2(value * rate / 100), false
}

func (g *Generator) declareItem(h *header) {
	l := &g.lanes[int(h.supplier.first)+g.below(int(h.supplier.n))]
	x := g.honest(h, l)
	switch {
	case h.renamed:
		g.record(h, plant{kind: kindNameVariant, detail: h.trader.name})
	case h.procedure <= fromWarehouse && l.kind != kindNone && g.chance(laneHit):
		g.deviate(h, l, &x)
	case g.chance(planted[kindUnitSlip]):
		g.slip(h, &x)
	default:
		g.write(h, &x)
		g.soil()
		g.row++
		return
	}
	g.write(h, &x)
	g.row++
}

// Shares of lines with harmless dirt, which is in no planted line.
const (
	noQuantity    = 0.004
	noOrigin      = 0.003
	noMass        = 0.003
	noDescription = 0.002
)

// soil leaves out something in a few lines.
func (g *Generator) soil() {
	u := g.unit()
	if u >= noQuantity+noOrigin+noMass+noDescription {
		return
	}
	c := g.out.Cols
	switch {
	case u < noQuantity:
		c[colQuantity].Real[g.row] = 0
		c[colQuantity].setNull(g.row)
	case u < noQuantity+noOrigin/2:
		c[colOrigin].Str[g.row] = ""
		c[colOrigin].setNull(g.row)
	case u < noQuantity+noOrigin:
		c[colOrigin].Str[g.row] = ""
	case u < noQuantity+noOrigin+noMass:
		c[colNetMass].Real[g.row], c[colGrossMass].Real[g.row] = 0, 0
	default:
		c[colDescription].Str[g.row] = ""
		c[colDescription].setNull(g.row)
	}
}

// write puts an item into the current row of the batch.
func (g *Generator) write(h *header, x *line) {
	c, i := g.out.Cols[:len(declaredColumns)], g.row
	s, where := h.supplier, &g.places[h.supplier.place]
	rate := g.rates[s.currency][h.day/7]
	invoice := math.Max(round2(x.value/rate), 0.01)
	value := round2(invoice * rate)
	duty, relieved := assess(h, value, x.rate)
	procedure := h.procedure
	if relieved {
		procedure = lowValue
	}
	c[colID].Str[i], c[colItem].Int[i] = h.id, h.item
	c[colDate].Int[i] = g.calendar.first + int32(h.day)
	c[colOffice].Str[i], c[colMode].Str[i], c[colPort].Str[i] = where.office, where.mode, where.port
	c[colProcedure].Str[i] = procedureCodes[procedure]
	c[colDeclarant].Str[i] = g.brokers[h.trader.broker]
	c[colImporter].Str[i], c[colExporter].Str[i] = h.importer, s.exporter
	c[colHS].Str[i], c[colDescription].Str[i] = x.hs, x.text
	c[colOrigin].Str[i], c[colDeparture].Str[i] = g.countries[x.origin].code, g.countries[s.departure].code
	c[colQuantity].Real[i], c[colUnit].Str[i] = x.quantity, x.good.unit.name
	c[colNetMass].Real[i] = x.mass
	c[colGrossMass].Real[i] = round3(x.mass * (1.03 + 0.15*g.unit()))
	c[colValue].Real[i], c[colCurrency].Str[i] = value, "AED"
	c[colInvoiceValue].Real[i], c[colInvoiceCurrency].Str[i] = invoice, g.currencies[s.currency].code
	c[colExchangeRate].Real[i] = rate
	c[colDutyRate].Real[i], c[colDuty].Real[i] = x.rate, duty
}
