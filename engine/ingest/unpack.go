package ingest

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// Ways in which a file as a whole is compressed.
const (
	packedNot  = ""
	packedGzip = "gzip"
	packedZstd = "zstd"
)

// packingOf tells by its first bytes how a file is compressed. A skippable
// frame may stand before the first frame of zstd.
func packingOf(head []byte) string {
	switch {
	case len(head) < 4:
		return packedNot
	case head[0] == 0x1f && head[1] == 0x8b:
		return packedGzip
	case head[0] == 0x28 && head[1] == 0xb5 && head[2] == 0x2f && head[3] == 0xfd,
		head[0]&0xf0 == 0x50 && head[1] == 0x2a && head[2] == 0x4d && head[3] == 0x18:
		return packedZstd
	}
	return packedNot
}

// open returns the whole content of the file, decompressed.
func (r *recognised) open() (io.ReadCloser, error) {
	file, err := os.Open(r.disk)
	if err != nil {
		return nil, &Error{File: r.path, Err: reasonOf(err)}
	}
	f := r.meter.scan(file, 0)
	if r.packing == packedNot {
		return f, nil
	}
	u, err := unpack(f, r.packing)
	if err != nil {
		return nil, errors.Join(&Error{File: r.path, Err: err}, f.Close())
	}
	return u, nil
}

// maxWindow is the largest window of a zstd file that is unpacked, that of
// zstd --long=27.
const maxWindow = 128 << 20

func unpack(f io.ReadCloser, packing string) (io.ReadCloser, error) {
	in := bufio.NewReaderSize(f, 1<<20)
	u := &unpacked{packing: packing, file: f}
	switch packing {
	case packedGzip:
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, u.damaged(err)
		}
		u.Reader, u.end = z, func() {} // its Close only tells the error of the last Read again
	case packedZstd:
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, u.damaged(err)
		}
		u.Reader, u.end = z, z.Close
	}
	return u, nil
}

// unpacked is a compressed file while it is read.
type unpacked struct {
	io.Reader
	packing string
	file    io.Closer
	end     func()
}

func (u *unpacked) damaged(err error) error {
	return fmt.Errorf("the %s file is truncated or damaged (%w); copy it again", u.packing, err)
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = u.damaged(err)
	}
	return n, err
}

// Close closes the file too.
func (u *unpacked) Close() error {
	u.end()
	return u.file.Close()
}
