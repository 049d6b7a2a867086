package datasets

// The kinds of planted cases, in the order of kindNames.
const (
	kindNone = iota
	kindUnderValuation
	kindOverValuation
	kindUnitSlip
	kindMisclassification
	kindOriginSwitch
	kindSplit
	kindLostZero
	kindNameVariant
)

var kindNames = [...]string{
	kindUnderValuation:    "under_valuation",
	kindOverValuation:     "over_valuation",
	kindUnitSlip:          "unit_slip",
	kindMisclassification: "misclassification",
	kindOriginSwitch:      "origin_switch",
	kindSplit:             "split_consignment",
	kindLostZero:          "lost_zero",
	kindNameVariant:       "name_variant",
}

// The columns of the truth, in the order of truthColumns.
const (
	truthID = iota
	truthItem
	truthKind
	truthDetail
	truthValue
	truthHS
	truthOrigin
	truthQuantity
	truthLost
)

var truthColumns = []Column{
	{"declaration_id", "VARCHAR", "declaration number of the planted item"},
	{"item_no", "INTEGER", "its item number"},
	{"kind", "VARCHAR", "what was planted"},
	{"detail", "VARCHAR", "factor of value or quantity, part of a shipment and its first declaration, or true name"},
	{"true_value", "DOUBLE", "true customs value; of the whole shipment for a part of one"},
	{"true_hs_code", "VARCHAR", "true commodity code, written as the trader does"},
	{"true_origin", "VARCHAR", "true country of origin"},
	{"true_quantity", "DOUBLE", "true quantity, in the unit of the true goods"},
	{"revenue_lost", "DOUBLE", "duty of the truth less duty of the declaration, at least 0"},
}

// TruthColumns returns the columns of the planted cases. A column that does
// not fit a kind is NULL.
func (s Sample) TruthColumns() []Column { return append([]Column(nil), truthColumns...) }

// plant is a planted case of the current batch. Fields that don't fit its kind
// are empty or 0.
type plant struct {
	row      int
	kind     int
	detail   string
	hs       string
	origin   string
	value    float64
	quantity float64
	lost     float64
	id       [idLen]byte
	item     int32
}

// Truth fills b with the planted cases of batch i, in the order of its rows.
// There may be none. At most one case is planted in a row.
func (g *Generator) Truth(i int, b *Batch) {
	if g.filled != i+1 {
		g.fill(i, &g.own)
	}
	b.prepare(truthColumns)
	for row := range g.plants {
		writePlant(b, row, &g.plants[row])
	}
	b.Len = len(g.plants)
}

func writePlant(b *Batch, row int, p *plant) {
	c := b.Cols
	c[truthID].Str[row] = b.keep(p.id[:])
	c[truthItem].Int[row] = p.item
	c[truthKind].Str[row] = kindNames[p.kind]
	c[truthLost].Real[row] = p.lost
	setText(&c[truthDetail], row, b.keep([]byte(p.detail)))
	setText(&c[truthHS], row, p.hs)
	setText(&c[truthOrigin], row, p.origin)
	setReal(&c[truthValue], row, p.value)
	setReal(&c[truthQuantity], row, p.quantity)
}

func setText(v *Vector, row int, s string) {
	v.Str[row] = s
	if s == "" {
		v.setNull(row)
	}
}

func setReal(v *Vector, row int, x float64) {
	v.Real[row] = x
	if x == 0 {
		v.setNull(row)
	}
}
