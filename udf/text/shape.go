package text

import (
	"github.com/dhowdb/dhow/udf"
)

var shape = udf.Func{
	Name:   "text_shape",
	Kernel: udf.Lift1(Shape),
	Examples: []udf.Example{
		{SQL: "SELECT text_shape('2024-02-29')", Want: "9999-99-99"},
		{SQL: "SELECT text_shape('IM4 ab')", Want: "AA9 aa"},
		{SQL: "SELECT text_shape('مصر 1')", Want: "مصر 9"},
	},
}

// Shape returns the text with 9 for each digit, A for each capital and a for
// each small letter of the English alphabet. All else stays as it is. Counting
// shapes shows at a glance how the cells of a column are written.
func Shape(text string) string {
	b := []byte(text)
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			b[i] = '9'
		case c >= 'A' && c <= 'Z':
			b[i] = 'A'
		case c >= 'a' && c <= 'z':
			b[i] = 'a'
		}
	}
	return string(b)
}
