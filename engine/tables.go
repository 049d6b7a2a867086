package engine

import (
	"github.com/dhowdb/dhow/datasets"
	"github.com/dhowdb/dhow/udf"
)

// tables returns the table functions.
func tables() []*udf.Table {
	return append(sampleTables(), functionList(), headingList(), workbookTable(), referenceTable())
}

// headingList returns the table function with the names of headings.
func headingList() *udf.Table {
	return &udf.Table{
		Name: "hs_headings",
		Doc: "hs_headings returns the headings of all editions of the Harmonized System, each with a short name in " +
			"English that is dhow's own, not the legal text.",
		Examples: []udf.Example{{SQL: "SELECT name FROM hs_headings() WHERE heading = '6109'", Want: "T-shirts and vests, knitted"}},
		Open: func(udf.Args) (udf.Scan, error) {
			var rows [][]string
			for _, h := range datasets.HeadingNames() {
				rows = append(rows, []string{h.Code, h.Name})
			}
			return textTable([]string{"heading", "name"}, rows), nil
		},
	}
}
