// Package sensitive has the SQL function that tells which lists of sensitive
// goods a tariff code is on: ozone, waste, species, excise, arms, dual use and
// what the user adds.
//
// It compares prefixes of codes, so it points at goods to look at and decides
// nothing: most goods of a listed subheading are not the ones that are meant.
package sensitive

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{goods}

// OwnTable is the name of the table in the schema customs with which a user
// adds to the list.
const OwnTable = "sensitive_goods"

// OwnTables are the names of the user's tables that the functions heed.
var OwnTables = []string{OwnTable}
