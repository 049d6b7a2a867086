package engine

import "github.com/dhowdb/dhow/udf"

// tables returns the table functions. Some read the database of the connector,
// which may be nil where they are only described.
func (c *connector) tables() []*udf.Table {
	return append(sampleTables(), functionList(), workbookTable(), referenceTable(), c.sensitiveTable())
}
