package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
)

func suspicious() []render.RankedLine {
	return []render.RankedLine{
		{
			Rank: 1, ID: "2024/IM/00123/1", Date: "2024-03-01", Trader: "شركة النور للتجارة العامة والمقاولات",
			HS: "8517130000", Goods: "Smartphones, unlocked, 128 GB", Origin: "CN", Value: "12,345.00", Score: 0.973, Lane: "red",
			Reasons: []string{
				"unit price 3.20 USD/kg is 1/40 of the fair price 128.00 USD/kg",
				"14 of the trader's last 20 shipments lie below the fair price",
			},
		},
		{
			Rank: 2, ID: "2024/IM/00124/1", Date: "2024-03-02", Trader: "Al Noor \x1b[31mTrading", HS: "8708999000",
			Goods: "Auto parts", Origin: "AE", Value: "9,345.00", Score: 0.5, Lane: "yellow",
		},
	}
}

func ranked(t *testing.T, opt render.Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := render.Ranked(&out, suspicious(), opt); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestRankedNarrow(t *testing.T) {
	want := "" +
		"┌───┬───────┬────────┬─────────────────┬──────────────┬────────────┬───────────┐\n" +
		"│ # │ score │ lane   │ declaration     │ trader       │ HS         │ value     │\n" +
		"├───┼───────┼────────┼─────────────────┼──────────────┼────────────┼───────────┤\n" +
		"│ 1 │  0.97 │ red    │ 2024/IM/00123/1 │ شركة النور … │ 8517130000 │ 12,345.00 │\n" +
		"│   date: 2024-03-01, trader: شركة النور للتجارة العامة والمقاولات, goods:     │\n" +
		"│   Smartphones, unlocked, 128 GB, origin: CN                                  │\n" +
		"│ • unit price 3.20 USD/kg is 1/40 of the fair price 128.00 USD/kg             │\n" +
		"│ • 14 of the trader's last 20 shipments lie below the fair price              │\n" +
		"├───┬───────┬────────┬─────────────────┬──────────────┬────────────┬───────────┤\n" +
		"│ 2 │  0.50 │ yellow │ 2024/IM/00124/1 │ Al Noor \\e[… │ 8708999000 │  9,345.00 │\n" +
		"│   date: 2024-03-02, trader: Al Noor \\e[31mTrading, goods: Auto parts,        │\n" +
		"│   origin: AE                                                                 │\n" +
		"└──────────────────────────────────────────────────────────────────────────────┘\n"
	if diff := cmp.Diff(want, ranked(t, render.Options{Width: 80})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// At every width the borders stand straight and everything can be read.
func TestRankedWidths(t *testing.T) {
	for _, width := range []int{0, 60, 80, 100, 120, 160, 200} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			got := ranked(t, render.Options{Width: width, Terminal: true})
			lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
			total := text.StringWidthWithoutEscSequences(lines[0])
			if width > 0 && total > width {
				t.Errorf("%d columns wide", total)
			}
			for _, line := range lines {
				if w := text.StringWidthWithoutEscSequences(line); w != total {
					t.Errorf("%d columns instead of %d: %s", w, total, line)
				}
			}
			if strings.Contains(got, "\x1b") {
				t.Error("an escape sequence reached the terminal")
			}
			words := strings.Join(strings.FieldsFunc(got, func(r rune) bool { return strings.ContainsRune(" │•\n\u200e", r) }), " ")
			for _, l := range suspicious() {
				for _, want := range append(l.Reasons, l.ID, l.Date, l.Trader, l.HS, l.Goods, l.Origin, l.Value, l.Lane) {
					if !strings.Contains(words, render.Visible(want)) {
						t.Errorf("%q is missing in\n%s", want, got)
					}
				}
			}
		})
	}
}

func TestRankedColour(t *testing.T) {
	coloured := ranked(t, render.Options{Width: 100, Color: true})
	for _, want := range []string{"\x1b[31mred\x1b[0m", "\x1b[33myellow\x1b[0m"} {
		if !strings.Contains(coloured, want) {
			t.Errorf("no %q", want)
		}
	}
	if diff := cmp.Diff(ranked(t, render.Options{Width: 100}), text.StripEscape(coloured)); diff != "" {
		t.Errorf("colour changes the layout (-want +got)\n%s", diff)
	}
}

func TestRankedEmpty(t *testing.T) {
	var out bytes.Buffer
	if err := render.Ranked(&out, nil, render.Options{}); err != nil || out.Len() > 0 {
		t.Errorf("%v, %q", err, out.String())
	}
	if err := render.Ranked(&failingWriter{}, suspicious(), render.Options{}); err == nil {
		t.Error("a full disk is no error")
	}
}
