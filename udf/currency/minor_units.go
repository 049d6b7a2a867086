package currency

import (
	"strconv"

	"github.com/dhowdb/dhow/udf"
)

const minorUnitsName = "currency_minor_units"

var minorUnits = udf.Func{
	Name:   minorUnitsName,
	Kernel: udf.Overload(minorUnitsOf(texts), minorUnitsOf(wholes), minorUnitsOf(floats)),
	Unit:   "digits",
	Examples: []udf.Example{
		{SQL: "SELECT currency_minor_units('KWD')", Want: "3"},
		{SQL: "SELECT currency_minor_units('JPY')", Want: "0"},
		{SQL: "SELECT currency_minor_units('Iraqi dinar')", Want: "3"},
		{SQL: "SELECT currency_minor_units('XAU')", Want: "NULL"},
	},
}

// MinorUnits returns how many digits an amount has behind the decimal point by
// ISO 4217: 2 for most currencies, 3 for the dinars of Bahrain, Iraq, Jordan,
// Kuwait, Libya and Tunisia and the rial of Oman, 0 for the yen. The currency
// may be written in every form that currency_normalize reads; what is no
// currency is an error. NULL for metals and other codes without a minor unit,
// and for withdrawn currencies, for which the list has none.
//
// Banks and programs show fewer digits for some: amounts in Iraq, Lebanon,
// Syria and Yemen are seldom written with the 3, 2, 2 and 2 that ISO gives.
//
// Source: ISO 4217, list one, February 2026.
func MinorUnits(x string) (int32, bool, error) {
	b, v, err := verdictOf(x)
	if err != nil {
		return 0, false, err
	}
	if !v.found() {
		return 0, false, refuse(minorUnitsName, strconv.Quote(x), b, v)
	}
	digits := b.all[v.at()].digits
	return max(digits, 0), digits >= 0, nil
}

func minorUnitsOf[T any](t column[T]) udf.Kernel {
	return kernel(t, MinorUnits, udf.Integer, func(b *book, c *udf.Chunk, i int, v verdict, x *T) error {
		if !v.found() {
			return refuse(minorUnitsName, t.show(x), b, v)
		}
		digits := b.all[v.at()].digits
		if digits < 0 {
			c.Out.SetNull(i)
		}
		udf.Results[int32](&c.Out, i+1)[i] = digits
		return nil
	})
}
