package engine_test

import (
	"fmt"
	"testing"
)

// TestKoreanCodes takes the codes of real declarations as integers, as other
// programs store them: the zero in front is lost. Counted in the files with
// grep: 1,756 and 386 codes begin with a zero.
func TestKoreanCodes(t *testing.T) {
	db := open(t, "")
	for file, lost := range map[string]string{"train": "1756", "valid": "386"} {
		path := sharedData(t, "kr-declarations/"+file+".csv")
		for _, query := range []string{
			"CREATE OR REPLACE TEMP TABLE read AS SELECT \"HS6 Code\"::BIGINT AS code FROM '" + path + "'",
			"CREATE OR REPLACE TEMP TABLE kept AS SELECT \"HS6 Code\" AS code FROM read_csv('" + path + "', all_varchar := true)",
		} {
			if _, err := db.Exec(query); err != nil {
				t.Fatal(err)
			}
		}
		runSteps(t, db.DB, []step{
			{"SELECT count(*) FROM read WHERE code < 100000", lost},
			{"SELECT count(*) FROM read a POSITIONAL JOIN kept b WHERE hs_normalize(a.code) IS DISTINCT FROM b.code", "0"},
			{"SELECT count(*) FROM read a POSITIONAL JOIN kept b WHERE hs_normalize(a.code::DOUBLE::VARCHAR) IS DISTINCT FROM b.code", "0"},
			{"SELECT count(*) FROM read WHERE code < 100000 AND hs_status(code) NOT IN ('padded', 'ambiguous')", "0"},
			{"SELECT hs_guess_edition(code) FROM read", "HS2017"},
			{"SELECT count(*) FROM read WHERE NOT hs_valid(code, 'HS2017')", "0"},
		})
	}
}

// TestUnitedStatesCodes takes the codes of ten digits of a year of imports: at
// six digits each is in HS2022 but those of chapters 98 and 99, which are said to
// be national, and one that is no code: the file has a line 2918000000, goods of
// heading 2918 from Canada without a subheading, and no edition has 2918.00.
func TestUnitedStatesCodes(t *testing.T) {
	db := open(t, "")
	path := sharedData(t, "samples/us_census/us_imports_2024_part1.csv.gz")
	path = path[:len(path)-len("1.csv.gz")] + "*.csv.gz"
	if _, err := db.Exec(fmt.Sprintf("CREATE TABLE code AS SELECT hts10 AS code, count(*) AS lines FROM read_csv('%s', all_varchar := true) GROUP BY ALL", path)); err != nil {
		t.Fatal(err)
	}
	runSteps(t, db.DB, []step{
		{"SELECT count(*) FROM code WHERE length(code) <> 10", "0"},
		{"SELECT count(*) FROM code WHERE code = '2918000000'", "1"},
		{"SELECT count(*) FROM code WHERE hs_valid(code, 'HS2022') <> (hs2(code) < '98') AND code <> '2918000000'", "0"},
		{"SELECT list(DISTINCT hs_status(code)) FROM code WHERE hs2(code) < '98' AND code <> '2918000000'", "[ok]"},
		{"SELECT hs_status('2918000000')", "unknown"},
		{"SELECT list(DISTINCT hs_status(code)) FROM code WHERE hs2(code) >= '98'", "[national]"},
		{"SELECT list(DISTINCT hs_name(code)) FROM code WHERE hs2(code) >= '98'", "[National provisions]"},
		{"SELECT hs_guess_edition(code) FROM code", "HS2022"},
		{"SELECT count(*) FROM code WHERE hs_normalize(code::BIGINT) <> code", "0"},
	})
}

// TestReferenceCodes asks ref.hs what its users would. The subheadings of each
// edition are those that the UN counts.
func TestReferenceCodes(t *testing.T) {
	db := open(t, "")
	runSteps(t, db.DB, []step{
		{"SELECT list(n ORDER BY edition) FROM (SELECT edition, count(*) AS n FROM ref.hs WHERE level = 6 GROUP BY ALL)", "[5020, 5113, 5224, 5052, 5205, 5387, 5612]"},
		{"SELECT list(DISTINCT edition ORDER BY edition) FROM ref.hs", "[HS1992, HS1996, HS2002, HS2007, HS2012, HS2017, HS2022]"},
		{"SELECT list(column_name || ' ' || column_type) FROM (DESCRIBE ref.hs)", "[edition VARCHAR, level INTEGER, code VARCHAR, parent VARCHAR, section VARCHAR, unit VARCHAR]"},
		{"SELECT count(*) FROM ref.hs a WHERE level > 2 AND NOT EXISTS (FROM ref.hs b WHERE b.edition = a.edition AND b.code = a.parent AND b.level = a.level - 2)", "0"},
		{"SELECT count(*) FROM ref.hs WHERE parent IS NOT NULL AND NOT starts_with(code, parent) OR length(code) <> level OR section IS NULL", "0"},
		{"SELECT count(DISTINCT code) FROM ref.hs WHERE level = 4 AND edition = 'HS2022'", "1228"},
		{"SELECT count(*) FROM ref.hs h LEFT JOIN ref.hs_heading n ON n.heading = h.code WHERE level = 4 AND n.name_en IS NULL", "0"},
		{"SELECT count(*) FROM ref.hs_chapter WHERE name_en IS NULL OR name_fr IS NULL OR name_ar IS NULL", "0"},
		{"SELECT count(*) FROM ref.hs_section WHERE name_en IS NULL OR name_fr IS NULL OR name_ar IS NULL", "0"},
		{"SELECT count(*) FROM (SELECT DISTINCT newer, older FROM ref.hs_correlation)", "21"},
		{"SELECT count(*) FROM ref.hs_correlation WHERE older = 'HS2017' AND relation <> hs_convert(newer_code, newer, older)[list_position(list_transform(hs_convert(newer_code, newer, older), lambda x: x.code), older_code)].relation", "0"},
	})
}

// TestEditionNames holds that every function takes all three names of each
// edition.
func TestEditionNames(t *testing.T) {
	db := open(t, "")
	for i, year := range []string{"1992", "1996", "2002", "2007", "2012", "2017", "2022"} {
		for _, name := range []string{"HS" + year, year, fmt.Sprint("H", i), fmt.Sprint("h", i)} {
			for _, call := range []string{
				"hs_valid(code, '%s')", "hs_best(code, '%s', 'HS2022')", "hs_best(code, 'HS2022', '%s')",
				"hs_relation(code, '%s', 'H0')", "hs_convert(code, 'H3', '%s')",
			} {
				got, err := queryText(db.DB, fmt.Sprintf("SELECT count(*) FROM ref.hs WHERE "+call+" IS DISTINCT FROM "+call, name, "HS"+year))
				if err != nil || got != "0" {
					t.Errorf(call+": %s rows differ from those of HS%s, %v", name, got, year, err)
				}
			}
		}
	}
}
