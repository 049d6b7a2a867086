package ingest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// dbfMemo is a file of the long texts of a table, in blocks: .dbt of dBASE III
// (a text ends with 0x1A) and IV (its length before it), .fpt of FoxPro.
type dbfMemo struct {
	r       io.ReaderAt
	block   int64
	foxPro  bool
	lengths bool // dBASE IV
}

// maxMemo is the longest text that is read.
const maxMemo = maxRecord

// besides are endings of files that belong to a .dbf table: memos and indexes.
var besides = []string{".dbt", ".fpt", ".smt", ".cdx", ".mdx", ".idx", ".ntx", ".ndx", ".dbc", ".dct", ".dcx"}

func isBesideDBF(path string) bool {
	return slices.Contains(besides, strings.ToLower(filepath.Ext(path)))
}

// memoBeside finds the memo file of a table among the names beside it.
func memoBeside(table string, names []string) string {
	stem := strings.TrimSuffix(table, filepath.Ext(table))
	for _, ending := range []string{".fpt", ".dbt"} {
		for _, name := range names {
			if strings.EqualFold(name, stem+ending) {
				return name
			}
		}
	}
	return ""
}

// openMemo opens the memo file, if the table has memos. Without it their texts
// are missing, which the report says.
func (r *dbfRows) openMemo() error {
	var fields []string
	for _, c := range r.table.fields {
		if c.typ == 'M' {
			fields = append(fields, c.name)
		}
	}
	if fields == nil {
		return nil
	}
	path, err := r.memoPath()
	if err != nil {
		return err
	}
	if path == "" {
		r.source.report.Notes = append(r.source.report.Notes, fmt.Sprintf(
			"the texts of %s are missing, as no memo file (.fpt or .dbt) lies beside the table", strings.Join(fields, ", ")))
		return nil
	}
	if r.file, err = os.Open(path); err != nil {
		return fmt.Errorf("open the memo file: %w", err)
	}
	r.memo, err = newMemo(r.file, r.table.version)
	return err
}

func (r *dbfRows) memoPath() (string, error) {
	file := r.source.file
	if file.memo != "" || file.disk != file.path {
		return file.memo, nil
	}
	folder := filepath.Dir(file.path)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", fmt.Errorf("look for a memo file: %w", reasonOf(err))
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	name := memoBeside(filepath.Base(file.path), names)
	if name == "" {
		return "", nil
	}
	return filepath.Join(folder, name), nil
}

func (r *dbfRows) closeMemo() error {
	if r.file == nil {
		return nil
	}
	return r.file.Close()
}

func newMemo(r io.ReaderAt, version byte) (*dbfMemo, error) {
	head := make([]byte, 24)
	if _, err := r.ReadAt(head, 0); err != nil {
		return nil, errors.New("the memo file is truncated; copy it again")
	}
	m := &dbfMemo{r: r, block: 512, foxPro: version == 0xf5 || version >= visualFoxPro && version <= visualFoxPro+2}
	switch {
	case m.foxPro:
		m.block = int64(binary.BigEndian.Uint16(head[6:]))
	case version == 0x8b || version == 0xcb || version == 0x05:
		m.lengths = true
		if n := int64(binary.LittleEndian.Uint16(head[20:])); n > 0 {
			m.block = n
		}
	}
	if m.block == 0 {
		return nil, errors.New("the memo file is damaged: its blocks have no length")
	}
	return m, nil
}

// at returns the text that begins with a block.
func (m *dbfMemo) at(block int64) ([]byte, error) {
	at := block * m.block
	if !m.foxPro && !m.lengths {
		return m.upToEnd(at)
	}
	var head [8]byte
	if _, err := m.r.ReadAt(head[:], at); err != nil {
		return nil, fmt.Errorf("memo %d lies beyond the end of the memo file", block)
	}
	length := int64(binary.BigEndian.Uint32(head[4:]))
	if !m.foxPro {
		length = int64(binary.LittleEndian.Uint32(head[4:])) - int64(len(head))
	}
	if length < 0 || length > maxMemo {
		return nil, fmt.Errorf("memo %d has %d bytes; the memo file is damaged", block, length)
	}
	text := make([]byte, length)
	if _, err := m.r.ReadAt(text, at+int64(len(head))); err != nil {
		return nil, fmt.Errorf("memo %d lies beyond the end of the memo file", block)
	}
	return text, nil
}

// upToEnd reads a text of dBASE III.
func (m *dbfMemo) upToEnd(at int64) ([]byte, error) {
	var text []byte
	part := make([]byte, m.block)
	for len(text) <= maxMemo {
		n, err := m.r.ReadAt(part, at+int64(len(text)))
		if i := bytes.IndexByte(part[:n], dbfEnd); i >= 0 {
			return append(text, part[:i]...), nil
		}
		text = append(text, part[:n]...)
		if err != nil {
			break
		}
	}
	return nil, errors.New("the text has no end in the memo file, which is truncated or damaged")
}
