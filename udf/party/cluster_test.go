package party

import (
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestClusters(t *testing.T) {
	tests := []struct {
		name  string
		names []string
		want  []int
	}{
		{"none", nil, []int{}},
		{"two scripts", []string{"Al Zahrani Trading LLC", "Gulf Paints", "شركة الزهراني للتجارة", "AZ-ZAHRANY TRADING"}, []int{0, 1, 0, 0}},
		{"nothing but legal forms", []string{"LLC", "", "LLC"}, []int{0, 1, 2}},
		{"other trade", []string{"Al Zahrani Trading", "Al Zahrani Contracting"}, []int{0, 1}},
		{"a letter lost, another, two swapped", []string{"Khalid Mansoor Fakhri", "Khalid Mansor Fakhr", "Kalid Mansoor Fakhri", "Khalid Masnoor Fakhri"}, []int{0, 0, 0, 0}},
		{"only words of trade", []string{"Gulf General Trading", "General Trading Gulf", "Gulf Trading"}, []int{0, 0, 1}},
	}
	for _, tt := range tests {
		if got := Clusters(tt.names); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Names of made-up letters, a slip in each twentieth: the result must not
// depend on how many threads there are, and be good with many names.
func TestClustersOfMany(t *testing.T) {
	names, firm := madeUpNames(20_000)
	got := Clusters(names)
	p, r := quality(firm, got)
	if p < 0.99 || r < 0.95 {
		t.Errorf("precision %.4f, recall %.4f", p, r)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !slices.Equal(Clusters(names), got) {
		t.Error("the clusters differ with one processor")
	}
}

// All names in one set, joined in all orders at once.
func TestSets(t *testing.T) {
	const n = 10_000
	s := newSets(n)
	inParallel(4*n, func(from, to int) {
		for i := from; i < to; i++ {
			s.union(int32(i*7%n), int32((i*7+i%13+1)%n))
		}
	})
	for i := range int32(n) {
		if s.find(i) != 0 {
			t.Fatalf("%d is in the set of %d", i, s.find(i))
		}
	}
}

// The clusters are a partition: numbered from 0 by their first names, with equal
// canonical names in one, whatever the order of the names.
func TestClustersArePartition(t *testing.T) {
	names, _ := madeUpNames(300)
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.SliceOfN(rapid.SampledFrom(names), 0, 60).Draw(t, "names")
		out := Clusters(some)
		if len(out) != len(some) {
			t.Fatalf("%d clusters of %d names", len(out), len(some))
		}
		next, of := 0, map[string]int{}
		for i, cluster := range out {
			if cluster > next || cluster < 0 {
				t.Fatalf("name %d is in cluster %d, after %d clusters", i, cluster, next)
			}
			next = max(next, cluster+1)
			form, _ := Normalize(some[i])
			if other, ok := of[form]; ok && other != cluster {
				t.Fatalf("%q is in clusters %d and %d", form, other, cluster)
			}
			of[form] = cluster
		}
	})
}
