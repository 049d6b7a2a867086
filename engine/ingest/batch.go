package ingest

import (
	"context"
	"database/sql/driver"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// A folder of an office has thousands of declarations, a file each. A
// statement that loads one takes DuckDB a quarter of a second to prepare,
// however short the file is. So such files are loaded together, as if they were
// one, and their rows get the number of their own import afterwards. One thing
// differs: a date whose day and month are in doubt, as 02/03/2024, is read as
// the other files of the folder write theirs.

// What is loaded together at most.
const (
	batchFiles    = 2000
	batchFileSize = 1 << 20  // bytes of one file
	batchSize     = 16 << 20 // of all, as they are kept until they are staged
)

// batchTable has the first row of each file of a batch.
const batchTable = "ingest_batch"

//go:embed sql/batch_rows.sql
var batchRowsSQL string

//go:embed sql/batch_rejects.sql
var batchRejectsSQL string

//go:embed sql/batch_counts.sql
var batchCountsSQL string

// batch is files that are loaded together. It gives the rows of all.
type batch struct {
	files  []*batchFile
	all    asycudaRows // its names are those of all files
	at     int         // the file at hand
	shapes string
	order  byte
	size   int64
}

// batchFile is a file of a batch.
type batchFile struct {
	recognised
	rows  asycudaRows
	sum   checksum
	first int64 // its first row in the batch, from 1
	count int64
}

// mayBatch tells whether a file may be loaded together with others: short
// declarations, of which nothing is replaced.
func (l *loader) mayBatch(f recognised) bool {
	info, err := os.Stat(f.disk)
	return err == nil && f.format == FormatASYCUDA && info.Size() <= batchFileSize && !l.opts.DryRun && l.opts.Overlap != OverlapReplace
}

// batchOf collects the files that can be loaded together with the first of a
// list. What would be noticed of files one after another stays so: the same
// file twice, a declaration that is there already, dates that are written in
// another way. The end of the batch is before such a file.
func (l *loader) batchOf(ctx context.Context, files []recognised) (*batch, error) {
	b := &batch{}
	if len(files) < 2 || !l.mayBatch(files[0]) || !l.mayBatch(files[1]) {
		return b, nil
	}
	numbers, sums := map[string]bool{}, map[string]bool{}
	model, rest := map[string]bool{}, map[string]bool{}
	for _, f := range files[:min(len(files), batchFiles)] {
		if !l.mayBatch(f) {
			break
		}
		file := &batchFile{recognised: f, sum: checksumOf(ctx, f.disk)}
		if file.sum.err != nil {
			return b, located(f.path, file.sum.err)
		}
		same, err := l.sameIn(ctx, f, file.sum)
		if err != nil {
			return b, located(f.path, err)
		}
		file.rows.file, file.rows.keep = &file.recognised, true
		if same || sums[file.sum.sha256] || b.size+file.sum.size > batchSize {
			break
		}
		if err := errors.Join(file.rows.survey(), file.rows.close()); err != nil {
			return b, located(f.path, err)
		}
		if !b.fits(&file.rows, numbers) {
			break
		}
		for i, name := range file.rows.names {
			if i < file.rows.width {
				model[name] = true
			} else {
				rest[name] = true
			}
		}
		if err := b.all.setNames(model, rest); err != nil {
			break
		}
		sums[file.sum.sha256] = true
		b.size += file.sum.size
		b.files = append(b.files, file)
	}
	return b, nil
}

// sameIn tells whether a file was loaded before, unless it is to be loaded again.
func (l *loader) sameIn(ctx context.Context, f recognised, sum checksum) (bool, error) {
	if l.opts.Again {
		return false, nil
	}
	if l.sizes == nil {
		if err := l.readSizes(ctx); err != nil {
			return false, err
		}
	}
	if !l.sizes[sum.size] {
		return false, nil
	}
	id, err := l.same(ctx, f, func() checksum { return sum })
	return id != 0, err
}

// readSizes reads the sizes of all files that were imported.
func (l *loader) readSizes(ctx context.Context) error {
	rows, err := l.conn.QueryContext(ctx, "SELECT DISTINCT size FROM customs.source_file WHERE size IS NOT NULL")
	if err != nil {
		return err
	}
	defer rows.Close()
	l.sizes = map[int64]bool{}
	for rows.Next() {
		var size int64
		if err := rows.Scan(&size); err != nil {
			return err
		}
		l.sizes[size] = true
	}
	return rows.Err()
}

// fits tells whether a file has other declarations than those before it, and
// dates that are written like theirs. Its numbers are added to theirs.
func (b *batch) fits(rows *asycudaRows, numbers map[string]bool) bool {
	for number := range rows.numbers {
		if numbers[number] {
			return false
		}
	}
	shapes := rows.dateShape != "" && b.shapes != "" && rows.dateShape != b.shapes
	order := rows.dateOrder != 0 && b.order != 0 && rows.dateOrder != b.order
	if shapes || order {
		return false
	}
	for number := range rows.numbers {
		numbers[number] = true
	}
	if rows.dateShape != "" {
		b.shapes = rows.dateShape
	}
	if rows.dateOrder != 0 {
		b.order = rows.dateOrder
	}
	return true
}

func (b *batch) columns() []sourceColumn { return b.all.columns() }

func (b *batch) next() (*stagedRow, error) {
	for ; b.at < len(b.files); b.at++ {
		f := b.files[b.at]
		f.rows.names, f.rows.width = b.all.names, b.all.width
		row, err := f.rows.next()
		if !errors.Is(err, io.EOF) {
			f.count++
			return row, err
		}
	}
	return nil, io.EOF
}

// batch loads files together, and returns a report of each.
func (l *loader) batch(ctx context.Context, b *batch, last int64) ([]FileReport, error) {
	start := time.Now()
	own := make([][]string, len(b.files))
	for i, f := range b.files {
		own[i] = f.rows.names
	}
	together := FileReport{Path: b.files[0].path, Format: FormatASYCUDA, SourceID: last + 1}
	s := &source{file: b.files[0].recognised, target: l.target, report: &together, rows: -1, meter: l.opts.Meter}
	err := s.stage(b)
	if err == nil {
		err = l.staged(ctx, s)
	}
	if err == nil {
		err = l.part(ctx, b, s)
	}
	var reports []FileReport
	if err == nil {
		reports, err = l.accounts(ctx, b, s, own)
	}
	if err := errors.Join(err, s.done()); err != nil {
		return nil, located(fmt.Sprintf("%s and %d more files", b.files[0].path, len(b.files)-1), err)
	}
	for i := range reports {
		reports[i].Elapsed = time.Since(start) / time.Duration(len(reports))
	}
	return reports, nil
}

// part gives the rows of a batch, and its rejects, the file, the import and the
// number in the file that are their own.
func (l *loader) part(ctx context.Context, b *batch, s *source) error {
	first := int64(1)
	for _, f := range b.files {
		f.first = first
		first += f.count
	}
	_, err := l.conn.ExecContext(ctx, "CREATE OR REPLACE TEMP TABLE "+batchTable+" (first_row BIGINT, source_id INTEGER, source_file VARCHAR)")
	if err == nil {
		err = appendRows(l.conn, batchTable, len(b.files), func(i int) []driver.Value {
			return []driver.Value{b.files[i].first, int32(s.report.SourceID) + int32(i), b.files[i].name}
		})
	}
	for _, text := range []string{batchRowsSQL, batchRejectsSQL} {
		if err == nil {
			_, err = l.conn.ExecContext(ctx, strings.ReplaceAll(text, "{{target}}", s.target.name), s.report.SourceID)
		}
	}
	if err != nil {
		return fmt.Errorf("tell the rows of %d files apart: %w", len(b.files), err)
	}
	return nil
}

// accounts adds the files of a batch to customs.source_file. own are the columns
// of each.
func (l *loader) accounts(ctx context.Context, b *batch, s *source, own [][]string) ([]FileReport, error) {
	reports := make([]FileReport, len(b.files))
	for i, f := range b.files {
		r := *s.report
		r.Path, r.SourceID, r.Read = f.path, s.report.SourceID+int64(i), f.count
		r.Encoding = f.rows.reader.encoding
		r.Notes = append(slices.Clip(r.Notes), f.rows.notes()...)
		has := func(name string) bool { return slices.Contains(own[i], name) }
		r.Mapping = slices.DeleteFunc(slices.Clone(r.Mapping), func(m Mapped) bool { return !has(m.Source) })
		r.Unmapped = slices.DeleteFunc(slices.Clone(r.Unmapped), func(name string) bool { return !has(name) })
		r.Loaded, r.Rejected, r.Overlapping, r.Repeated = 0, 0, 0, 0
		reports[i] = r
	}
	if err := l.countBatch(ctx, s, reports); err != nil {
		return nil, err
	}
	for i, f := range b.files {
		r := &reports[i]
		if r.Loaded+r.Rejected != r.Read {
			return nil, located(r.Path, fmt.Errorf("%d rows were read, but %d loaded and %d rejected", r.Read, r.Loaded, r.Rejected))
		}
		one := &source{file: f.recognised, target: s.target, report: r, print: s.print}
		for _, c := range s.columns {
			if slices.Contains(own[i], c.name) {
				one.columns = append(one.columns, c)
			}
		}
		if err := l.account(ctx, one, f.sum); err != nil {
			return nil, located(r.Path, err)
		}
	}
	return reports, nil
}

// countBatch counts what became of the rows of each file of a batch.
func (l *loader) countBatch(ctx context.Context, s *source, reports []FileReport) error {
	first := s.report.SourceID
	rows, err := l.conn.QueryContext(ctx, strings.ReplaceAll(batchCountsSQL, "{{target}}", s.target.name), first, first+int64(len(reports))-1)
	if err != nil {
		return fmt.Errorf("count the rows of each file: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, loaded, rejected, overlapping int64
		if err := rows.Scan(&id, &loaded, &rejected, &overlapping); err != nil {
			return fmt.Errorf("count the rows of each file: %w", err)
		}
		r := &reports[id-first]
		r.Loaded, r.Rejected, r.Overlapping = loaded, rejected, overlapping
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("count the rows of each file: %w", err)
	}
	return nil
}

// rowsOf adds up the rows that files have.
func rowsOf(files []FileReport) (n int64) {
	for _, f := range files {
		n += f.Read
	}
	return n
}
