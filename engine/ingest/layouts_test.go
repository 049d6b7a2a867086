package ingest

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
)

// layoutTruth says what the columns of 42 real layouts are. Each header was
// judged by hand, from its name and the others of its layout: the columns of
// customs.declaration that it may fill, with a question mark where that is a
// matter of opinion, or - if it fills none.
//
//go:embed testdata/layout_truth.tsv
var layoutTruth string

type judged struct {
	header []string
	truth  map[string][]string // by header
}

func judgedLayouts() (names []string, by map[string]*judged) {
	by = map[string]*judged{}
	for _, f := range tableRows(layoutTruth, 3) {
		j := by[f[0]]
		if j == nil {
			j = &judged{truth: map[string][]string{}}
			by[f[0]] = j
			names = append(names, f[0])
		}
		j.header = append(j.header, f[1])
		j.truth[f[1]] = strings.Split(f[2], "|")
	}
	return names, by
}

// TestLayoutTruth measures the mapping against the judgement. Precision is the
// share of mapped headers that are right; recall the share of the columns of
// the model, layout by layout, that some header surely fills and that are
// filled by a right one.
func TestLayoutTruth(t *testing.T) {
	into := declarations(t)
	names, by := judgedLayouts()
	var headers, mappedN, right, wanted, found int
	for _, name := range names {
		j := by[name]
		headers += len(j.header)
		mapped, err := mapHeaders(into, j.header, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		filled := map[string]bool{}
		for _, m := range mapped {
			if m.standsIn() {
				continue // a number that stands for a name
			}
			mappedN++
			truth := j.truth[m.Source]
			if slices.Contains(truth, m.Column) || slices.Contains(truth, m.Column+"?") {
				right++
				filled[m.Column] = true
			} else {
				t.Logf("%s: %q is taken for %s (%.2f, %s), not %s", name, m.Source, m.Column, m.Confidence, m.Why, strings.Join(truth, " or "))
			}
		}
		for column, by := range sureColumns(j) {
			wanted++
			if filled[column] {
				found++
			} else {
				t.Logf("%s: nothing is %s, but %s could be", name, column, strings.Join(by, ", "))
			}
		}
	}
	precision, recall := float64(right)/float64(mappedN), float64(found)/float64(wanted)
	t.Logf("%d layouts, %d headers: %d mapped, precision %.3f (%d wrong); %d columns wanted, recall %.3f", len(names), headers, mappedN, precision, mappedN-right, wanted, recall)
	if precision < 0.99 || recall < 0.95 {
		t.Errorf("precision %.3f, recall %.3f", precision, recall)
	}
}

// sureColumns returns the columns that headers of a layout fill without doubt.
func sureColumns(j *judged) map[string][]string {
	sure := map[string][]string{}
	for _, h := range j.header {
		if truth := j.truth[h]; len(truth) == 1 && truth[0] != none && !strings.HasSuffix(truth[0], "?") {
			sure[truth[0]] = append(sure[truth[0]], h)
		}
	}
	return sure
}
