package engine

import "github.com/dhowdb/dhow/udf"

// tables returns the table functions.
func tables() []*udf.Table {
	return append(sampleTables(), functionList(), workbookTable(), referenceTable())
}
