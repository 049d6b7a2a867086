package country

// verdict says what a text is: how it was read, and the number of the country.
// The zero verdict is that of a text that isn't known.
type verdict uint16

// reading is how a text was read.
type reading uint8

const (
	asUnknown reading = iota
	asOK
	asCode
	asAlias
	asHistoric
	asSplit
	asAmbiguous
	asArea
	asEmpty
)

// readings are the words that country_status says.
var readings = [...]string{
	asUnknown: "unknown", asOK: "ok", asCode: "code", asAlias: "alias", asHistoric: "historic",
	asSplit: "split", asAmbiguous: "ambiguous", asArea: "area", asEmpty: "empty",
}

const placeBits = 10

func made(r reading, at int) verdict { return verdict(r)<<placeBits | verdict(at) }

func (v verdict) reading() reading { return reading(v >> placeBits) }

// at returns the number of the country of a verdict that has one.
func (v verdict) at() int { return int(v & (1<<placeBits - 1)) }

// found reports whether the text stands for one country.
func (v verdict) found() bool {
	r := v.reading()
	return r >= asOK && r <= asHistoric
}
