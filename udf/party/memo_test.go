package party

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dhowdb/dhow/udf/udftest"
)

// More texts than slots, each twice, some of them long: what a kernel remembers
// is what it would compute.
func TestMemo(t *testing.T) {
	var column, other udftest.Column
	for i := range 5 * memoEntries {
		name := fmt.Sprintf("Al Noor %d Trading LLC", i/2)
		if i%1000 < 2 {
			name = strings.Repeat(name+" ", 20)
		}
		column, other = append(column, name), append(other, "NOOR 7 TRADING")
		if len(column) == 2048 {
			checkKernels(t, column, other)
			column, other = nil, nil
		}
	}
}
