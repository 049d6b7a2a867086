package ingest

import (
	"context"
	"database/sql"
	"testing"
	"time"
	"os"

	_ "github.com/duckdb/duckdb-go/v2"
)

func TestDbg(t *testing.T) {
	db, _ := sql.Open("duckdb", "")
	conn, _ := db.Conn(context.Background())
	for _, f := range []string{"declaration", "reject"} {
		b, _ := os.ReadFile("../../sql/schema/" + f + ".sql")
		conn.ExecContext(context.Background(), string(b))
	}
	conn.ExecContext(context.Background(), "SET threads=2; CREATE MACRO hs_normalize(t) AS t")
	l := loader{conn: conn}
	ctx := context.Background()
	tm := time.Now()
	lap := func(s string) { t.Log(s, time.Since(tm)); tm = time.Now() }
	if err := l.macros(ctx); err != nil {
		t.Fatal(err)
	}
	lap("macros")
	file, _ := recognise(os.Getenv("F"))
	s := &source{file: file, report: &FileReport{}, rows: -1}
	lap("recognise")
	if err := openCSV(s, Options{}, false); err != nil {
		t.Fatal(err)
	}
	lap("open")
	s.readSample(ctx, conn)
	lap("sample")
	m, _ := mapHeaders(s.header(), s.sample, nil)
	s.report.Mapping = m
	lap("map")
	styles, err := decideStyles(ctx, conn, s, m, false)
	lap("styles")
	st := statement{source: s, mapped: m, styles: styles}
	t.Log(st.sql())
	n, base, bad, err := l.run(ctx, &st)
	t.Log(n, base, bad, err)
	lap("run")
	l.number(ctx, base, n)
	lap("number")
}
