package engine

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	text "github.com/dhowdb/dhow/sql"
)

// Line is a declared line in the ranking.
type Line struct {
	Rank          int64
	DeclarationID string
	Item          int64 // 0 if the declarations have no item numbers
	Date          time.Time
	Trader        string // importer, else declarant, else exporter
	HSCode        string // normalized, or as it came if it can't be read
	Goods         string // short name of the goods
	Origin        string
	Value         float64 // in Currency
	Currency      string
	UnitValue     float64 // in Currency per PriceUnit; 0 if unknown
	FairUnitValue float64 // median of like goods; 0 if there are too few
	PriceUnit     string  // KGM or the supplementary unit
	LikeLines     int64   // number of lines that FairUnitValue rests on
	Z             float64 // robust z of ln unit value
	DutyAtStake   float64 // duty on what the value falls short of the fair price
	Score         float64 // 0 to 100
	Lane          string  // red, yellow, blue, green
	Reasons       []string
}

// Top returns the n lines with the highest scores, the highest first; of equal
// scores the one with more duty at stake.
func (s *Screening) Top(ctx context.Context, n int) ([]Line, error) {
	query, err := rankingQuery("top", "{{limit}}", strconv.Itoa(max(n, 0)))
	if err != nil {
		return nil, fmt.Errorf("read the ranking: %w", err)
	}
	rows, err := s.db.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("read the ranking: %w", err)
	}
	defer rows.Close()
	var lines []Line
	for rows.Next() {
		l, err := scanLine(rows)
		if err != nil {
			return nil, fmt.Errorf("read the ranking: %w", err)
		}
		lines = append(lines, l)
	}
	return lines, rows.Err()
}

func scanLine(rows *sql.Rows) (Line, error) {
	var (
		l                                             Line
		id, trader, code, goods, origin, currency, pu sql.Null[string]
		item, like                                    sql.Null[int64]
		date                                          sql.Null[time.Time]
		value, unit, fair, z, duty                    sql.Null[float64]
		reasons                                       string
	)
	err := rows.Scan(&l.Rank, &id, &item, &date, &trader, &code, &goods, &origin,
		&value, &currency, &unit, &fair, &pu, &like, &z, &duty, &l.Score, &l.Lane, &reasons)
	if err != nil {
		return l, err
	}
	l.DeclarationID, l.Item, l.Date, l.Trader, l.HSCode = id.V, item.V, date.V, trader.V, code.V
	l.Goods, l.Origin, l.Value, l.Currency, l.UnitValue = goods.V, origin.V, value.V, currency.V, unit.V
	l.FairUnitValue, l.PriceUnit, l.LikeLines, l.Z, l.DutyAtStake = fair.V, pu.V, like.V, z.V, duty.V
	return l, json.Unmarshal([]byte(reasons), &l.Reasons)
}

// resultFormats are the formats of [Screening.Write] by the ending of the
// file: what COPY is told, and whether a cell can hold a list.
var resultFormats = map[string]struct {
	options string
	nested  bool
}{
	".csv":     {"FORMAT csv, HEADER, USE_TMP_FILE false", false},
	".parquet": {"FORMAT parquet, USE_TMP_FILE false", true},
	".json":    {"FORMAT json, ARRAY true, USE_TMP_FILE false", true},
	".xlsx":    {"FORMAT xlsx", false},
}

// Write writes the whole ranking to a file: CSV, Parquet, JSON or a workbook by
// the ending of path. The file appears when it is complete; until then, and
// after an error, what was at path stays.
func (s *Screening) Write(ctx context.Context, path string) error {
	format, ok := resultFormats[strings.ToLower(filepath.Ext(path))]
	if !ok {
		return fmt.Errorf("write %s: the ending must be .csv, .parquet, .json or .xlsx", path)
	}
	reasons, indicators := "array_to_string(w.reasons, ' | ')", "array_to_string(w.indicators, ' | ')"
	if format.nested {
		reasons, indicators = "w.reasons", "w.indicators"
	}
	query, err := rankingQuery("result", "{{reasons}}", reasons, "{{indicators}}", indicators)
	if err == nil {
		err = replaceFile(path, func(part string) error {
			_, err := s.db.ExecContext(ctx, fmt.Sprintf("COPY (%s) TO '%s' (%s)", query, strings.ReplaceAll(part, "'", "''"), format.options))
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// rankingQuery returns the text of a query over the ranking with its parts
// filled in.
func rankingQuery(name string, fill ...string) (string, error) {
	query, err := text.Query(name)
	return strings.NewReplacer(fill...).Replace(query), err
}

// replaceFile has write make a file beside path, and puts it in the place of
// path when that went well.
func replaceFile(path string, write func(part string) error) error {
	part := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%d-%s", os.Getpid(), filepath.Base(path)))
	err := write(part)
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		os.Remove(part) //nolint:errcheck // it may not exist, and the first error counts
	}
	return err
}
