package ident

import "github.com/dhowdb/dhow/udf"

var containerStatus = udf.Func{
	Name:   "container_status",
	Kernel: udf.Vectorized(ContainerStatus, []udf.Type{udf.Varchar}, udf.Varchar, containerStatuses),
	Examples: []udf.Example{
		{SQL: "SELECT container_status('CSQU3054383')", Want: "ok"},
		{SQL: "SELECT container_status('csqu 305438-3')", Want: "code"},
		{SQL: "SELECT container_status('MSCU6639871')", Want: "check_digit"},
		{SQL: "SELECT container_status('CSQU305438')", Want: "too_short"},
		{SQL: "SELECT container_status('CSQA3054383')", Want: "category"},
		{SQL: "SELECT container_status('bulk')", Want: "unknown"},
	},
}

// ContainerStatus returns how container_normalize reads x.
//
//	ok           four capital letters and seven digits, the last one right
//	code         such a number in another writing
//	check_digit  in any writing, but the last digit is wrong: it is returned as it is
//	too_short    four letters and six digits, without the check digit: NULL
//	category     the fourth letter is not U, J or Z: NULL
//	empty        neither letters nor digits: NULL
//	unknown      anything else: NULL
func ContainerStatus(x string) string {
	var s signs
	return containerWords[containerReading(&s, []byte(x))]
}

const (
	containerOK = iota
	containerCode
	containerCheck
	containerShort
	containerCategory
	containerEmpty
	containerUnknown
)

var containerWords = [...]string{
	containerOK: "ok", containerCode: "code", containerCheck: "check_digit", containerShort: "too_short",
	containerCategory: "category", containerEmpty: "empty", containerUnknown: "unknown",
}

// containerReading tells how a text is read; s is room for its signs.
func containerReading(s *signs, text []byte) int {
	if !s.read(text) {
		return containerUnknown
	}
	switch v := containerSigns(s); {
	case v == nil:
		return containerRefusal(s)
	case !isContainer(s):
		return containerCheck
	case isPlain(text, v):
		return containerOK
	}
	return containerCode
}

// isPlain reports whether a text is made of exactly these signs.
func isPlain(text []byte, v []uint8) bool {
	if len(text) != len(v) {
		return false
	}
	for i, sign := range v {
		if text[i] != letterOf(sign) {
			return false
		}
	}
	return true
}

// containerRefusal tells why signs aren't a container number.
func containerRefusal(s *signs) int {
	if s.n == 0 {
		return containerEmpty
	}
	for _, n := range []int{11, 10} {
		v := s.of(n, containerLabels...)
		if v == nil || !areDigits(v[4:]) || v[0] < 10 || v[1] < 10 || v[2] < 10 || v[3] < 10 {
			continue
		}
		if n == 10 {
			return containerShort
		}
		return containerCategory
	}
	return containerUnknown
}

func containerStatuses(c *udf.Chunk) error {
	var words [len(containerWords)]udf.Str
	for i, word := range containerWords {
		words[i] = udf.InlineStr([]byte(word))
	}
	nulls := c.Out.NullsOf(&c.Args[0], c.Len)
	in := udf.Values[udf.Str](&c.Args[0], c.Len)
	out := udf.Results[udf.Str](&c.Out, c.Len)[:len(in)]
	var s signs
	for i := range in {
		if nulls && c.Out.IsNull(i) {
			continue
		}
		valid, plain := container.plain(&in[i])
		switch {
		case plain && valid:
			out[i] = words[containerOK]
		case plain:
			out[i] = words[containerCheck]
		default:
			out[i] = words[containerReading(&s, in[i].Bytes())]
		}
	}
	return nil
}
