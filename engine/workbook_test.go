package engine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWorkbook writes workbooks by COPY and reads them back by name.
func TestWorkbook(t *testing.T) {
	db := open(t, "")
	path := filepath.Join(t.TempDir(), "out.xlsx")
	for _, c := range []struct{ name, copy, query, want string }{
		{
			"columns keep names, types and values",
			`(SELECT '006109' AS "رمز النظام", 1.5 AS value, DATE '2024-02-29' AS "day of a rather long name",
			  TIMESTAMP '2024-02-29 12:30:00' AS moment, true AS flag, 'تي شيرت' AS goods UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL)`,
			"SELECT string_agg(r::VARCHAR, ';') FROM (FROM 'FILE') r",
			"{'رمز النظام': 006109, 'value': 1.5, 'day of a rather long name': 2024-02-29, 'moment': '2024-02-29 12:30:00', 'flag': true, 'goods': تي شيرت}",
		},
		{
			"more rows than a vector",
			"(SELECT i, i / 7 AS x, 'row ' || i AS name FROM range(5000) t(i))",
			"SELECT count(*) || ' ' || sum(i) || ' ' || count(DISTINCT name) FROM 'FILE' WHERE name = 'row ' || i::BIGINT AND x = i::BIGINT / 7",
			"5000 12497500.0 5000",
		},
		{
			"a REAL keeps its digits",
			"(SELECT unnest(['83.8', '0.1', 'inf', '16777217'])::FLOAT AS score)",
			"SELECT string_agg(score::VARCHAR, ' ') FROM read_xlsx('FILE', all_varchar := true)",
			"83.8 0.1 inf 16777216",
		},
		{
			"text that looks like a formula stays text",
			"(SELECT '=1+1' AS a, '+966' AS b)",
			"SELECT a || b FROM 'FILE'",
			"=1+1+966",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := db.Exec("COPY " + c.copy + " TO '" + path + "' (FORMAT xlsx, SHEET 'كشف')"); err != nil {
				t.Fatal(err)
			}
			if got := value(t, db, strings.ReplaceAll(c.query, "FILE", path)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestWorkbookErrors holds that a failed COPY says why, and leaves nothing.
func TestWorkbookErrors(t *testing.T) {
	db := open(t, "")
	dir := t.TempDir()
	path := filepath.Join(dir, "out.xlsx")
	for _, c := range []struct{ query, want string }{
		{"COPY (SELECT CASE WHEN i = 4000 THEN error('row ' || i) ELSE 'x' END FROM range(9000) t(i)) TO 'FILE' (FORMAT xlsx)", "row 4000"},
		{"COPY (SELECT repeat('x', 40000) AS long) TO 'FILE' (FORMAT xlsx)", "long"},
		{"COPY (SELECT 1) TO 'FILE' (FORMAT xlsx, COLOUR 'red')", "there is no option colour"},
		{"COPY (SELECT 1) TO '" + filepath.Join(dir, "none", "x.xlsx") + "' (FORMAT xlsx)", "no such file"},
	} {
		_, err := db.Exec(strings.ReplaceAll(c.query, "FILE", path))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.query, err, c.want)
		}
		left, readErr := os.ReadDir(dir)
		if readErr != nil || len(left) > 0 {
			t.Errorf("%s leaves %v, %v", c.query, left, readErr)
		}
	}
}

// TestReadWorkbook reads a workbook that an administration made.
func TestReadWorkbook(t *testing.T) {
	path := sharedData(t, "samples/nepal_asycuda_stats/2075-076.xlsx")
	db := open(t, "")
	// openpyxl finds 4,787 rows with values there: a title, the names of the
	// columns, 4,784 codes and a total. The quantities are text in the cells,
	// some with an exponent.
	sheet := "read_xlsx('" + path + "', sheet := '5_Imports_By_Commodity')"
	if got := value(t, db, "SELECT count(*) || ' ' || count(hs6(\"HSCode\")) || ' ' || any_value(typeof(\"Quantity\")) FROM "+sheet); got != "4785 4784 DOUBLE" {
		t.Errorf("rows, codes and type of the quantity: %s", got)
	}
	_, err := db.Exec("FROM read_xlsx('" + path + "', sheet := 'no such sheet')")
	if err == nil || !strings.Contains(err.Error(), "no such sheet") {
		t.Errorf("a missing sheet: %v", err)
	}
}

// sharedData returns the path of a file of real data, which lies beside a
// checkout of the project but not beside a clone.
func sharedData(t testing.TB, name string) string {
	t.Helper()
	dir, err := filepath.Abs("../../shared/data")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the real data in ../shared/data is not here")
	}
	return filepath.Join(dir, name)
}
