package ident

import "github.com/dhowdb/dhow/udf"

var containerNormalize = udf.Func{
	Name:   "container_normalize",
	Kernel: udf.Vectorized(NormalizeContainer, []udf.Type{udf.Varchar}, udf.Varchar, normalizeContainers),
	Examples: []udf.Example{
		{SQL: "SELECT container_normalize('csqu 305438-3')", Want: "CSQU3054383"},
		{SQL: "SELECT container_normalize('Container No. MSKU 0000080')", Want: "MSKU0000080"},
		{SQL: "SELECT container_normalize('CSQU305438')", Want: "NULL"},
	},
}

var containerValid = udf.Func{
	Name:   "container_valid",
	Kernel: container.texts(ValidContainer),
	Examples: []udf.Example{
		{SQL: "SELECT container_valid('CSQU3054383')", Want: "true"},
		{SQL: "SELECT container_valid('csqu 305438-3')", Want: "true"},
		{SQL: "SELECT container_valid('MSCU6639871')", Want: "false"},
	},
}

// NormalizeContainer returns the number of a freight container as four capital
// letters and seven digits, or NULL if x isn't one. Blanks, dashes, dots and
// slashes are left out, and so is a label such as "Container No." before it.
// The fourth letter must be U (freight container), J (detachable equipment) or
// Z (trailer or chassis). The check digit is not checked, see container_valid,
// and a missing one is not made up; container_status says what is wrong. Its
// results are read as themselves.
//
// Source: ISO 6346:2022, Freight containers: coding, identification and marking.
func NormalizeContainer(x string) (string, bool) {
	var s signs
	if !s.read([]byte(x)) {
		return "", false
	}
	v := containerSigns(&s)
	if v == nil {
		return "", false
	}
	text := containerText(v)
	return text.String(), true
}

// ValidContainer reports whether x is the number of a freight container in any
// form that container_normalize reads, with the right check digit d. With
// letters counting A = 10, B = 12 … Z = 38, without multiples of 11:
//
//	d = (Σ vᵢ · 2ⁱ mod 11) mod 10, i = 0 … 9
//
// A remainder of 10 gives the digit 0, so that a few single-digit errors in
// such numbers go unnoticed. Anything that is no container number is false.
//
// Source: ISO 6346:2022, annex A.
func ValidContainer(x string) bool { return container.validText(x) }

// containerLabels are what stands before a number.
var containerLabels = []string{"CONTAINER", "CNTR", "CONT", "CTR"}

// containerSigns returns the eleven signs of a container number, or nothing.
func containerSigns(s *signs) []uint8 {
	v := s.of(11, containerLabels...)
	if v == nil || !areDigits(v[4:]) || v[0] < 10 || v[1] < 10 || v[2] < 10 {
		return nil
	}
	if !isCategory(v[3]) {
		return nil
	}
	return v
}

// isCategory reports whether a sign is the letter of a category of equipment.
func isCategory(sign uint8) bool {
	return sign == signOf['U'] || sign == signOf['J'] || sign == signOf['Z']
}

// containerValue is the value of a sign in ISO 6346.
var containerValue = func() (t [64]uint32) {
	next := uint32(0)
	for v := range 36 {
		if next > 10 && next%11 == 0 {
			next++
		}
		t[v] = next
		next++
	}
	t[10] = 10
	return t
}()

func isContainer(s *signs) bool {
	v := containerSigns(s)
	if v == nil {
		return false
	}
	var sum uint32
	for i, sign := range v[:10] {
		sum += containerValue[sign%64] << i
	}
	return sum%11%10 == uint32(v[10])
}

func containerText(v []uint8) udf.Str {
	var text [11]byte
	for i, sign := range v {
		text[i] = letterOf(sign)
	}
	return udf.InlineStr(text[:])
}

func normalizeContainers(c *udf.Chunk) error {
	nulls := c.Out.NullsOf(&c.Args[0], c.Len)
	in := udf.Values[udf.Str](&c.Args[0], c.Len)
	out := udf.Results[udf.Str](&c.Out, c.Len)[:len(in)]
	var s signs
	for i := range in {
		if nulls && c.Out.IsNull(i) {
			continue
		}
		if _, plain := container.plain(&in[i]); plain {
			out[i] = in[i]
			continue
		}
		var v []uint8
		if s.read(in[i].Bytes()) {
			v = containerSigns(&s)
		}
		if v == nil {
			c.Out.SetNull(i)
			continue
		}
		out[i] = containerText(v)
	}
	return nil
}
