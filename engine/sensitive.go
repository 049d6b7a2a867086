package engine

import (
	"strconv"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/sensitive"
)

// sensitiveTable returns the table function with the sensitive goods of
// reference and those that the user has added.
func (c *connector) sensitiveTable() *udf.Table {
	columns := []udf.Column{
		{Name: "hs_prefix", Type: udf.Varchar},
		{Name: "category", Type: udf.Varchar},
		{Name: "basis", Type: udf.Varchar},
		{Name: "verify", Type: udf.Varchar},
		{Name: "own", Type: udf.Boolean},
	}
	return &udf.Table{
		Name: "sensitive_list",
		Doc: "sensitive_list returns the lists of sensitive goods as one: ref.sensitive_goods, and behind it the rows of the " +
			"user's own table customs.sensitive_goods, if there is one (own is true). sensitive_goods tells which of " +
			"the entries a tariff code is on, and what the user's table must look like.",
		Examples: []udf.Example{{SQL: "SELECT count(*) FROM sensitive_list() WHERE category = 'dual_use_high_priority'", Want: "50"}},
		Open: func(udf.Args) (udf.Scan, error) {
			if err := c.reader.Begin(0); err != nil {
				return nil, err
			}
			entries, err := sensitive.List(c.reader.Own())
			if err != nil {
				return nil, err
			}
			rows := make([][]string, len(entries))
			for i, e := range entries {
				rows[i] = []string{e.Prefix, e.Category, e.Basis, e.Verify, strconv.FormatBool(e.Own)}
			}
			return &textScan{columns, int64(len(rows)), func() ([][]string, error) { return rows, nil }}, nil
		},
	}
}
