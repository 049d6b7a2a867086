// Package calendar reads dates of the Hijri calendar, as customs offices of
// Arabia write them beside or instead of Gregorian ones.
//
// It is not a calendar for religious use: months begin by the printed Umm
// al-Qura tables, not by sighting, and other countries may differ by a day.
package calendar

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{hijriDate, hijriText}
