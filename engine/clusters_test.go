package engine_test

import (
	"strings"
	"testing"
)

// TestPartyClusters holds that spellings of one firm meet, and that the names
// of a column are all there once, in any kind of table.
func TestPartyClusters(t *testing.T) {
	db := open(t, "")
	db.SetMaxOpenConns(1)
	const names = ` trader AS SELECT * FROM (VALUES ('Al Noor Trading LLC', 1), ('AL-NOOR TRADING L.L.C.', 2),
		('AL-NOOR TRADING L.L.C.', 3), ('شركة النور للتجارة ذ.م.م', 4), ('Gulf Steel Works', 5), (NULL, 6), ('', 7), ('' || chr(0) || chr(0), 8)) t("the name", id)`
	const clusters = "FROM party_clusters('trader', 'The Name')"
	for _, c := range []struct{ begin, end string }{
		{"CREATE TABLE", "DROP TABLE trader"},
		{"CREATE TEMP TABLE", "DROP TABLE trader"},
		{"CREATE VIEW", "DROP VIEW trader"},
		{"BEGIN; CREATE TABLE", "ROLLBACK"},
	} {
		if _, err := db.Exec(c.begin + names); err != nil {
			t.Fatal(err)
		}
		if got := value(t, db, "SELECT count(*) || ' ' || sum(lines) || ' ' || count(DISTINCT cluster) "+clusters); got != "6 7 4" {
			t.Errorf("%s: names, lines and clusters: %s", c.begin, got)
		}
		if got := value(t, db, "SELECT string_agg(DISTINCT cluster_name, ';') "+clusters+" WHERE name LIKE '%النور%'"); got != "AL-NOOR TRADING L.L.C." {
			t.Errorf("%s: the Arabic name is in the cluster of %s", c.begin, got)
		}
		if got := value(t, db, "SELECT count(*) FROM party_clusters('trader', 'id')"); got != "8" {
			t.Errorf("%s: %s numbers as names", c.begin, got)
		}
		if _, err := db.Exec(c.end); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPartyClustersOfNothing(t *testing.T) {
	db := open(t, "")
	if _, err := db.Exec("CREATE TABLE trader (name VARCHAR)"); err != nil {
		t.Fatal(err)
	}
	if got := value(t, db, "SELECT count(*) FROM party_clusters('trader', 'name')"); got != "0" {
		t.Errorf("%s names in an empty table", got)
	}
	for query, want := range map[string]string{
		"FROM party_clusters('none', 'name')":   "none",
		"FROM party_clusters('trader', 'firm')": "'firm'",
	} {
		if _, err := db.Exec(query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", query, err, want)
		}
	}
}

// TestPartyClustersOfSample compares the clusters of importers with the planted
// spellings, by pairs of lines of one importer.
func TestPartyClustersOfSample(t *testing.T) {
	db := open(t, "")
	for _, query := range []string{
		"CREATE TABLE line AS FROM sample_declarations(rows := 20000, seed := 5)",
		`CREATE TABLE spelled AS SELECT DISTINCT importer AS name, coalesce(detail, importer) AS firm FROM line
			LEFT JOIN (FROM sample_truth(rows := 20000, seed := 5) WHERE kind = 'name_variant') USING (declaration_id)`,
		"CREATE TABLE found AS SELECT DISTINCT name, firm, cluster FROM party_clusters('line', 'importer') JOIN spelled USING (name)",
	} {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	const pairs = "(SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM found GROUP BY "
	got := value(t, db, "SELECT "+pairs+"firm, cluster)) >= 0.99 * "+pairs+"cluster)) AND "+
		pairs+"firm, cluster)) >= 0.99 * "+pairs+"firm)) AND "+pairs+"firm)) > 50")
	if got != "true" {
		t.Errorf("precision and recall: %s, %s", value(t, db, "SELECT "+pairs+"firm, cluster)) / "+pairs+"cluster))"),
			value(t, db, "SELECT "+pairs+"firm, cluster)) / "+pairs+"firm))"))
	}
}
