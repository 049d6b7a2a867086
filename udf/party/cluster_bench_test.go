package party

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
)

// madeUpNames are n spellings of firms with names that are drawn at random, 1
// to 6 spellings each, and the number of each one's firm. The letters are
// chosen by a table of its own, and one of twenty spellings has a slip.
func madeUpNames(n int) (names, firm []string) {
	arabic := []string{"ب", "ت", "ج", "ح", "خ", "د", "ر", "ز", "س", "ش", "ص", "ط", "غ", "ف", "ق", "ك", "ل", "م", "ن", "ه"}
	latin := [][]string{{"b"}, {"t"}, {"j", "g"}, {"h"}, {"kh"}, {"d"}, {"r"}, {"z"}, {"s", "ss"}, {"sh", "ch"}, {"s"}, {"t"}, {"gh"}, {"f"}, {"q", "k"}, {"k"}, {"l"}, {"m"}, {"n"}, {"h"}}
	vowels := [][]string{{""}, {"ا"}, {"و"}, {"ي"}}
	vowelLatin := [][]string{{"a", "e"}, {"a", "aa"}, {"oo", "u", "ou"}, {"ee", "i"}}
	trades := [][2]string{{"للتجارة العامة", "General Trading"}, {"للمقاولات", "Contracting"}, {"لتجارة المواد الغذائية", "Foodstuff Trading"}, {"للنقل", "Transport"}, {"للإلكترونيات", "Electronics"}, {"للملابس الجاهزة", "Garments"}}
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	for f := 0; len(names) < n; f++ {
		words := 2 + r.IntN(2)
		var letters [3][10]int
		var size [3]int
		for w := range words {
			size[w] = 3 + r.IntN(2)
			for i := range 2 * size[w] {
				letters[w][i] = r.IntN([2]int{len(arabic), len(vowels)}[i%2])
			}
		}
		trade := trades[r.IntN(len(trades))]
		for range 1 + r.IntN(6) {
			name, isArabic := "", r.IntN(5) == 0
			for w := range words {
				if isArabic {
					name += "ال"
				} else {
					name += pick([]string{"Al ", "Al-", "Al"})
				}
				for i := range 2 * size[w] {
					l := letters[w][i]
					switch {
					case i == 2*size[w]-1:
					case isArabic && i%2 == 0:
						name += arabic[l]
					case isArabic:
						name += vowels[l][0]
					case i%2 == 0:
						name += pick(latin[l])
					default:
						name += pick(vowelLatin[l])
					}
				}
				name += " "
			}
			if isArabic {
				name += trade[0] + " ذ.م.م"
			} else {
				name += trade[1] + pick([]string{" LLC", " L.L.C.", "", " Est."})
				if r.IntN(20) == 0 {
					at := 3 + r.IntN(8)
					name = name[:at] + name[at+1:]
				}
			}
			names, firm = append(names, name), append(firm, fmt.Sprint(f))
		}
	}
	return names[:n], firm[:n]
}

var clusterNames = flag.Int("names", 10_000, "names that BenchmarkClusters clusters")

// BenchmarkClusters clusters made-up names, of which 1 in 20 has a slip.
//
//	precision   share of right pairs among those in one cluster
//	recall      share of pairs in one cluster among the right ones
func BenchmarkClusters(b *testing.B) {
	names, firm := madeUpNames(*clusterNames)
	b.ResetTimer()
	var out []int
	for b.Loop() {
		out = Clusters(names)
	}
	b.ReportMetric(float64(len(names))*float64(b.N)/b.Elapsed().Seconds(), "names/s")
	p, r := quality(firm, out)
	b.ReportMetric(p, "precision")
	b.ReportMetric(r, "recall")
}
