// Command baredriver is the least program on the DuckDB driver: what starting
// dhow is measured against.
package main

import (
	"database/sql"
	"fmt"
	"os"

	_ "github.com/duckdb/duckdb-go/v2"
)

func main() {
	db, err := sql.Open("duckdb", "")
	if err == nil {
		var one int
		err = db.QueryRow("SELECT 1").Scan(&one)
		fmt.Println(one)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
