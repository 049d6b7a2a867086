package engine_test

import (
	"context"
	"testing"

	"github.com/dhowdb/dhow/engine"
)

func TestOpen(t *testing.T) {
	for _, path := range []string{"", t.TempDir() + "/x.db"} {
		db, err := engine.Open(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := db.QueryRow("SELECT 42").Scan(&n); err != nil || n != 42 {
			t.Fatalf("SELECT 42 = %d, %v", n, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
