package ingest_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
)

// dbfField is a field of a table that a test writes.
type dbfField struct {
	name             string
	typ              byte
	length, decimals byte
	flags            byte
}

// dbfFile writes tables of dBASE and FoxPro. Two independent readers agree with
// what it and the reader under test make of the same types: the Python packages
// dbf 0.99 (which also wrote tables for this check) and dbfread 2.0.
type dbfFile struct {
	version, language byte
	fields            []dbfField
	records           [][]byte // with their marks
	counted           int      // how many more the header counts
	noEnd             bool
}

// add appends a record of cells as they stand in the file, padded with blanks.
func (f *dbfFile) add(mark byte, cells ...string) {
	record := []byte{mark}
	for i, field := range f.fields {
		width := int(field.length)
		if field.typ == 'C' {
			width += int(field.decimals) << 8
		}
		cell := cells[i]
		if field.typ == 'N' || field.typ == 'F' {
			cell = strings.Repeat(" ", width-len(cell)) + cell
		}
		record = append(record, cell...)
		record = append(record, bytes.Repeat([]byte{' '}, width-len(cell))...)
	}
	f.records = append(f.records, record)
}

func (f *dbfFile) bytes() []byte {
	start := 32 + 32*len(f.fields) + 1
	if f.version >= 0x30 && f.version <= 0x32 {
		start += 263 // the place of a database
	}
	width := 1
	for _, field := range f.fields {
		width += int(field.length)
		if field.typ == 'C' {
			width += int(field.decimals) << 8
		}
	}
	head := make([]byte, start)
	copy(head, []byte{f.version, 124, 2, 29})
	binary.LittleEndian.PutUint32(head[4:], uint32(len(f.records)+f.counted))
	binary.LittleEndian.PutUint16(head[8:], uint16(start))
	binary.LittleEndian.PutUint16(head[10:], uint16(width))
	head[29] = f.language
	for i, field := range f.fields {
		d := head[32+32*i:]
		copy(d, field.name)
		d[11], d[16], d[17], d[18] = field.typ, field.length, field.decimals, field.flags
	}
	head[32+32*len(f.fields)] = 0x0d
	out := append(head, bytes.Join(f.records, nil)...)
	if !f.noEnd {
		out = append(out, 0x1a)
	}
	return out
}

// declarations is a table of rows that load: code, origin, date, mass, value.
func declarations(n int) *dbfFile {
	f := &dbfFile{version: 0x03, language: 0x57, fields: []dbfField{
		{"HS_CODE", 'C', 10, 0, 0}, {"ORIGIN", 'C', 12, 0, 0}, {"DATE", 'D', 8, 0, 0}, {"NET_WEIGHT", 'N', 10, 1, 0}, {"VALUE", 'N', 12, 2, 0},
	}}
	for i := range n {
		f.add(' ', "870323", "DE", "20240229", "1.5", fmt.Sprintf("%d.50", 100+i))
	}
	return f
}

func encoded(t testing.TB, e encoding.Encoding, text string) string {
	t.Helper()
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// dbtIII writes a memo file of dBASE III and returns the number of each text.
func dbtIII(texts ...string) (file []byte, numbers []string) {
	file = make([]byte, 512)
	for _, text := range texts {
		numbers = append(numbers, fmt.Sprintf("%10d", len(file)/512))
		file = append(file, text+"\x1a\x1a"...)
		file = append(file, make([]byte, (512-len(file)%512)%512)...)
	}
	binary.LittleEndian.PutUint32(file, uint32(len(file)/512))
	return file, numbers
}

// dbtIV writes one of dBASE IV.
func dbtIV(texts ...string) (file []byte, numbers []string) {
	file = make([]byte, 512)
	binary.LittleEndian.PutUint16(file[20:], 512)
	for _, text := range texts {
		numbers = append(numbers, fmt.Sprintf("%10d", len(file)/512))
		file = append(file, 0xff, 0xff, 0x08, 0x00)
		file = binary.LittleEndian.AppendUint32(file, uint32(len(text)+8))
		file = append(file, text...)
		file = append(file, make([]byte, (512-len(file)%512)%512)...)
	}
	return file, numbers
}

// fpt writes one of FoxPro, in blocks of 64 bytes.
func fpt(texts ...string) (file []byte, numbers []string) {
	file = make([]byte, 512)
	binary.BigEndian.PutUint16(file[6:], 64)
	for _, text := range texts {
		numbers = append(numbers, string(binary.LittleEndian.AppendUint32(nil, uint32(len(file)/64))))
		file = append(file, 0, 0, 0, 1)
		file = binary.BigEndian.AppendUint32(file, uint32(len(text)))
		file = append(file, text...)
		file = append(file, make([]byte, (64-len(file)%64)%64)...)
	}
	return file, numbers
}
