package party

import (
	"strings"
	"testing"

	"github.com/dhowdb/dhow/datasets"
)

// samples are worlds of traders; with the seed 42 the parameters were set.
var samples = []datasets.Sample{{Rows: 200_000, Seed: 42}, {Rows: 200_000, Seed: 7}, {Rows: 50_000, Seed: 1}}

// firmsOf returns every spelling of an importer with the firm's own one.
func firmsOf(s datasets.Sample) map[string]string {
	column, truth := positions(s.Columns()), positions(s.TruthColumns())
	g, firms := s.Generator(), map[string]string{}
	var rows, planted datasets.Batch
	for i := range s.Batches() {
		g.Batch(i, &rows)
		importers := map[string]string{}
		for row := range rows.Len {
			id := strings.Clone(rows.Cols[column["declaration_id"]].Str[row])
			importers[id] = strings.Clone(rows.Cols[column["importer"]].Str[row])
		}
		g.Truth(i, &planted)
		for row := range planted.Len {
			if planted.Cols[truth["kind"]].Str[row] == "name_variant" {
				id := planted.Cols[truth["declaration_id"]].Str[row]
				if name, ok := importers[id]; ok { // its first item
					firms[name] = strings.Clone(planted.Cols[truth["detail"]].Str[row])
					delete(importers, id)
				}
			}
		}
		for _, name := range importers {
			if _, ok := firms[name]; !ok {
				firms[name] = name
			}
		}
	}
	return firms
}

func positions(columns []datasets.Column) map[string]int {
	at := map[string]int{}
	for i, c := range columns {
		at[c.Name] = i
	}
	return at
}

// quality returns the share of true pairs among those in one cluster, and the share
// of those in one cluster among the true ones.
func quality[C comparable](firm []string, clusters []C) (precision, recall float64) {
	type cell struct {
		cluster C
		firm    string
	}
	both, byCluster, byFirm := map[cell]float64{}, map[C]float64{}, map[string]float64{}
	for i, c := range clusters {
		both[cell{c, firm[i]}]++
		byCluster[c]++
		byFirm[firm[i]]++
	}
	return pairs(both) / pairs(byCluster), pairs(both) / pairs(byFirm)
}

func pairs[K comparable](sizes map[K]float64) (sum float64) {
	for _, n := range sizes {
		sum += n * (n - 1) / 2
	}
	return sum
}

// The bounds are those that the comment of the package names.
func TestSample(t *testing.T) {
	for _, s := range samples {
		var names, firm, keys []string
		for name, own := range firmsOf(s) {
			k, _ := Key(name)
			names, firm, keys = append(names, name), append(firm, own), append(keys, k)
		}
		p, r := quality(firm, keys)
		t.Logf("seed %d, %d spellings, keys: precision %.4f, recall %.4f", s.Seed, len(names), p, r)
		if p < 0.999 || r < 0.999 {
			t.Errorf("seed %d: keys have precision %.4f, recall %.4f", s.Seed, p, r)
		}
		p, r = quality(firm, Clusters(names))
		t.Logf("seed %d, clusters: precision %.4f, recall %.4f", s.Seed, p, r)
		if p < 0.99 || r < 0.99 {
			t.Errorf("seed %d: clusters have precision %.4f, recall %.4f", s.Seed, p, r)
		}
	}
}
