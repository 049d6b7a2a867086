package ingest

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// What a zip may grow to. Text of customs seldom shrinks to less than a
// fiftieth, so an archive beyond both bounds was made to fill the disk.
const (
	maxMembers       = 10_000
	harmlessUnpacked = 1 << 30 // bytes
	mostUnpacked     = 200     // times the size of the archive
)

// officeParts are the parts by which documents that are zips are known.
var officeParts = []struct{ part, kind, advice string }{
	{"xl/workbook.bin", "a binary workbook (.xlsb)", convertXLS},
	{"content.xml", "an OpenDocument file (.ods)", "convert it with: soffice --headless --convert-to xlsx FILE, or open it in a spreadsheet program and save it as .xlsx"},
	{"word/document.xml", "a Word document", "copy its table into a spreadsheet program and save it as .xlsx"},
	{"ppt/presentation.xml", "a PowerPoint document", "copy its table into a spreadsheet program and save it as .xlsx"},
	{"Index/Document.iwa", "a document of Apple's Numbers or Pages", "export it there as .xlsx or CSV"},
}

// decideZip tells workbooks from archives of files.
func (r *recognised) decideZip() error {
	z, err := openZip(r.disk)
	if err != nil {
		return err
	}
	has := func(name string) bool {
		return slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) })
	}
	r.format = formatZip
	if has("xl/workbook.xml") {
		r.format = FormatXLSX
		return z.Close()
	}
	for _, p := range officeParts {
		if has(p.part) && (p.part != "content.xml" || has("META-INF/manifest.xml")) {
			return errors.Join(&noTableError{p.kind, p.advice}, z.Close())
		}
	}
	return z.Close()
}

// archive adds the members of a zip, each from a copy, as a file of its own.
func (in *inputs) archive(r recognised) (err error) {
	if in.within != "" {
		return fileError(r.path, "is a zip inside a zip; unpack it first")
	}
	in.within = r.path
	defer func() { in.within = "" }()
	z, err := openZip(r.disk)
	if err != nil {
		return &Error{File: r.path, Err: err}
	}
	defer func() { err = errors.Join(err, z.Close()) }()
	if len(z.File) > maxMembers {
		return fileError(r.path, "the zip has %d members, more than %d; unpack it and load the folder", len(z.File), maxMembers)
	}
	packed, err := sizeOf(r.disk)
	if err != nil {
		return &Error{File: r.path, Err: err}
	}
	left := max(in.harmless, packed*mostUnpacked)
	disks := map[string]string{}
	first := len(in.files)
	for _, m := range membersOf(z) {
		name := r.path + "/" + m.name
		n, disk, err := in.extract(m.file, left)
		if err != nil {
			return fileError(name, "%w", err)
		}
		left -= n
		disks[name] = disk
		if err := in.contained(name, disk); err != nil {
			return err
		}
	}
	names := slices.Collect(maps.Keys(disks))
	for i := range in.files[first:] {
		in.files[first+i].memo = disks[memoBeside(in.files[first+i].path, names)]
	}
	return nil
}

type member struct {
	name string
	file *zip.File
}

// membersOf returns the members that may be tables, by name. A name is shown
// without what would lead out of a folder.
func membersOf(z *zip.ReadCloser) []member {
	var all []member
	for _, f := range z.File {
		name := strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, `\`, "/")), "/")
		hidden := slices.ContainsFunc(strings.Split(name, "/"), isHidden)
		if f.FileInfo().IsDir() || hidden || name == "" || strings.HasSuffix(f.Name, "/") {
			continue
		}
		all = append(all, member{strings.ToValidUTF8(name, "\uFFFD"), f})
	}
	slices.SortStableFunc(all, func(a, b member) int { return strings.Compare(a.name, b.name) })
	return all
}

// encryptedMember is the flag of a member that needs a password.
const encryptedMember = 1

// extract copies a member. What it claims about its size is not believed.
func (in *inputs) extract(f *zip.File, most int64) (int64, string, error) {
	if f.Flags&encryptedMember != 0 {
		return 0, "", errors.New("it is locked by a password; unpack the zip with the password and load the files")
	}
	content, err := f.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return 0, "", fmt.Errorf("it is packed by a method (%d) that isn't known here; unpack the zip and load the files", f.Method)
	}
	if err != nil {
		return 0, "", fmt.Errorf("the zip is truncated or damaged (%w); copy it again", err)
	}
	disk, err := in.copyOf()
	if err != nil {
		return 0, "", errors.Join(err, content.Close())
	}
	n, err := writeFile(disk, content, most)
	switch {
	case errors.Is(err, errTooLarge):
		err = fmt.Errorf("the zip unpacks to more than %d times its size; if that is right, unpack it and load the files", mostUnpacked)
	case isDamagedZip(err):
		err = fmt.Errorf("the zip is truncated or damaged (%w); copy it again", err)
	}
	return n, disk, errors.Join(err, content.Close())
}

// isDamagedZip tells errors of the content of a zip from those of the disk.
func isDamagedZip(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &corrupt)
}

func sizeOf(disk string) (int64, error) {
	info, err := os.Stat(disk)
	if err != nil {
		return 0, reasonOf(err)
	}
	return info.Size(), nil
}
