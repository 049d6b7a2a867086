package datasets

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// item is a declared row, and truth a planted case, copied out of their batches.
type item struct {
	id                                                       string
	no, day                                                  int32
	procedure, mode, importer, hs, text, origin, unit, money string
	quantity, net, gross, value, invoice, exchange           float64
	rate, duty                                               float64
	hasQuantity                                              bool
}

type truth struct {
	row                   int // index of the item, -1 if it does not exist
	kind, detail          string
	hs, origin            string
	value, quantity, lost float64
	hasValue, hasQuantity bool
}

type itemKey struct {
	id string
	no int32
}

type wholeSample struct {
	items  []item
	truths []truth
}

// typical is a sample large enough for its shares to be tested.
var typical = sync.OnceValue(func() wholeSample { return readSample(Sample{Rows: 300_000, Seed: 42}) })

func readSample(s Sample) (out wholeSample) {
	g := s.Generator()
	var b, planted Batch
	rows := map[itemKey]int{}
	for i := range s.Batches() {
		g.Batch(i, &b)
		for row := range b.Len {
			x := readItem(&b, row)
			rows[itemKey{x.id, x.no}] = len(out.items)
			out.items = append(out.items, x)
		}
		g.Truth(i, &planted)
		for row := range planted.Len {
			c := planted.Cols
			at, ok := rows[itemKey{c[truthID].Str[row], c[truthItem].Int[row]}]
			if !ok {
				at = -1
			}
			out.truths = append(out.truths, truth{
				row: at, kind: c[truthKind].Str[row], detail: strings.Clone(c[truthDetail].Str[row]),
				hs: c[truthHS].Str[row], origin: c[truthOrigin].Str[row], value: c[truthValue].Real[row],
				quantity: c[truthQuantity].Real[row], lost: c[truthLost].Real[row],
				hasValue: c[truthValue].IsValid(row), hasQuantity: c[truthQuantity].IsValid(row),
			})
		}
	}
	return out
}

func readItem(b *Batch, row int) item {
	c := b.Cols
	text := func(col int) string { return strings.Clone(c[col].Str[row]) }
	return item{
		id: text(colID), no: c[colItem].Int[row], day: c[colDate].Int[row], procedure: text(colProcedure),
		mode: text(colMode), importer: text(colImporter), hs: text(colHS), text: text(colDescription),
		origin: text(colOrigin), unit: text(colUnit), money: text(colInvoiceCurrency),
		quantity: c[colQuantity].Real[row], net: c[colNetMass].Real[row], gross: c[colGrossMass].Real[row],
		value: c[colValue].Real[row], invoice: c[colInvoiceValue].Real[row], exchange: c[colExchangeRate].Real[row],
		rate: c[colDutyRate].Real[row], duty: c[colDuty].Real[row], hasQuantity: c[colQuantity].IsValid(row),
	}
}

func digitsOf(hs string) string { return strings.ReplaceAll(hs, ".", "") }

// referenceCodes reads the six-digit codes of HS 2022, or skips the test.
func referenceCodes(t *testing.T) map[string]bool {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", "reference", "hs", "hs_codes.csv")
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("needs the reference list of HS codes: %v", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	codes := map[string]bool{}
	for _, row := range rows {
		if row[0] == "H6" && row[2] == "6" {
			codes[row[3]] = true
		}
	}
	return codes
}
