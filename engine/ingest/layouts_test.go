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

// foreignTruth says the same of layouts that were looked at only after the
// names were written, and added none: Peru's files of imports, and tables of
// public programs that deal with declarations.
//
//go:embed testdata/foreign_truth.tsv
var foreignTruth string

type judged struct {
	header []string
	truth  map[string][]string // by header
}

func judgedLayouts(table string) (names []string, by map[string]*judged) {
	by = map[string]*judged{}
	for _, f := range tableRows(table, 3) {
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

// Precision is the share of mapped headers that are right; recall the share of
// the columns of the model, layout by layout, that some header surely fills
// and that are filled by a right one.
func TestLayoutTruth(t *testing.T) {
	t.Run("vendors", func(t *testing.T) { testTruth(t, layoutTruth, 0.995, 0.97) })
	t.Run("foreign", func(t *testing.T) { testTruth(t, foreignTruth, 0.97, 0.85) })
}

func testTruth(t *testing.T, table string, leastPrecision, leastRecall float64) {
	names, by := judgedLayouts(table)
	var headers, mapped, right, wanted, found int
	for _, name := range names {
		j := by[name]
		headers += len(j.header)
		m, r, filled := judge(t, name, j)
		mapped, right = mapped+m, right+r
		for column, headers := range sureColumns(j) {
			wanted++
			if filled[column] {
				found++
			} else {
				t.Logf("%s: nothing is %s, but %s could be", name, column, strings.Join(headers, ", "))
			}
		}
	}
	precision, recall := float64(right)/float64(mapped), float64(found)/float64(wanted)
	t.Logf("%d layouts, %d headers: %d mapped, precision %.3f (%d wrong); %d columns wanted, recall %.3f",
		len(names), headers, mapped, precision, mapped-right, wanted, recall)
	if precision < leastPrecision || recall < leastRecall {
		t.Errorf("precision %.3f, recall %.3f", precision, recall)
	}
}

// judge maps a layout. It returns how many headers are mapped, how many of
// them rightly, and the columns that these fill.
func judge(t *testing.T, name string, j *judged) (mapped, right int, filled map[string]bool) {
	all, err := mapHeaders(declarations(t), j.header, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	filled = map[string]bool{}
	for _, m := range all {
		if m.standsIn() {
			continue
		}
		mapped++
		truth := j.truth[m.Source]
		if slices.Contains(truth, m.Column) || slices.Contains(truth, m.Column+"?") {
			right++
			filled[m.Column] = true
			continue
		}
		t.Logf("%s: %q is taken for %s (%.2f, %s), not %s", name, m.Source, m.Column, m.Confidence, m.Why, strings.Join(truth, " or "))
	}
	return mapped, right, filled
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
