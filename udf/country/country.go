// Package country has the SQL functions for countries: they read a country in
// the forms that files hold it in (ISO codes, numbers of UN statistics, names
// in English, French and Arabic) and tell its other codes, its name, its
// groups and how far it is from another.
//
// A country is what ISO 3166-1 gives a code to, territories of their own code
// included, and Kosovo as XK. The functions neither guess nor correct
// misspellings: a name is read if it is in the tables of reference facts
// country, country_alias or country_historic.
package country

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{normalize, status, name, alpha3, m49, comtrade, census, in, distance}
