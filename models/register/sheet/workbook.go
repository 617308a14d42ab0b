package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"chautari/models/fault"
)

// A workbook is read part by part from its zip, and a sheet cell by cell: so
// memory follows what is kept and not what the file says, nothing is written to
// a temporary file, and each cell keeps its type and style. (excelize's row
// iterator, which streams too, hands out neither: a date, a year and a phone
// would look alike.) Names are matched without their namespaces, which differ
// between the two flavours of the format.

type workbook struct {
	parts  map[string]*zip.File
	budget int64 // bytes that may still be unpacked
	texts  []string
	dates  []bool // by style: a number is a day
	from04 bool   // days count from 1904
}

type sheetEntry struct {
	name, part string
	hidden     bool
}

func openWorkbook(data []byte) (*Table, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged()
	}
	b := workbook{parts: make(map[string]*zip.File, len(archive.File)), budget: MaxUnpacked}
	var unpacked uint64
	for _, f := range archive.File {
		if unpacked += f.UncompressedSize64; f.UncompressedSize64 > MaxUnpacked || unpacked > MaxUnpacked {
			return nil, tooLargeUnpacked()
		}
		if f.Flags&1 != 0 {
			return nil, fault.New(fault.WrongMedia, "file.locked")
		}
		b.parts[partName(f.Name)] = f
	}
	if b.parts["mimetype"] != nil && b.parts["content.xml"] != nil {
		return nil, fault.New(fault.WrongMedia, "file.open_document")
	}
	entries, err := b.contents()
	if err != nil {
		return nil, err
	}
	t := &Table{Kind: "xlsx"}
	lines := 0
	for _, entry := range entries {
		s, err := b.sheet(entry)
		if err != nil {
			return nil, err
		}
		if lines += len(s.Lines); lines > maxLines {
			return nil, fault.New(fault.TooLarge, "file.too_many_rows")
		}
		t.Sheets = append(t.Sheets, s)
	}
	if lines == 0 {
		return nil, fault.New(fault.Invalid, "file.empty")
	}
	return t, nil
}

func tooLargeUnpacked() error { return fault.New(fault.TooLarge, "file.too_large_unpacked") }

// partName is the form under which parts are looked up: the format compares
// names without regard to case, and some writers use backslashes.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// each hands the elements' starts of a part to f, which may decode on.
func (b *workbook) each(part string, f func(*xml.Decoder, xml.StartElement) error) error {
	file := b.parts[partName(part)]
	if file == nil {
		return nil
	}
	content, err := file.Open()
	if err != nil {
		return damaged()
	}
	defer content.Close()
	limited := &budgeted{from: content, left: &b.budget}
	d := xml.NewDecoder(limited)
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			if start, ok := token.(xml.StartElement); ok {
				err = f(d, start)
			}
		}
		switch {
		case errors.Is(err, errStop):
			return nil
		case limited.spent:
			return tooLargeUnpacked()
		case err != nil:
			if _, told := fault.As(err); told {
				return err
			}
			return damaged()
		}
	}
}

var errStop = errors.New("enough of this part")

// budgeted ends a part whose size in the directory was a lie.
type budgeted struct {
	from  io.Reader
	left  *int64
	spent bool
}

func (r *budgeted) Read(p []byte) (int, error) {
	if *r.left <= 0 {
		r.spent = true
		return 0, io.ErrUnexpectedEOF
	}
	if int64(len(p)) > *r.left {
		p = p[:*r.left]
	}
	n, err := r.from.Read(p)
	*r.left -= int64(n)
	return n, err
}

// contents reads what all sheets share and lists them in their order.
func (b *workbook) contents() ([]sheetEntry, error) {
	root := b.target("", "officedocument", "xl/workbook.xml")
	if b.parts[partName(root)] == nil {
		return nil, notATable()
	}
	targets, err := b.relations(root)
	if err != nil {
		return nil, err
	}
	var entries []sheetEntry
	err = b.each(root, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.from04 = isTrue(attribute(e, "date1904"))
		case "sheet":
			r := targets.byID[attribute(e, "id")]
			if r.kind == "worksheet" { // not a chart or a macro sheet
				state := attribute(e, "state")
				entries = append(entries, sheetEntry{name: attribute(e, "name"), part: r.part, hidden: state != "" && state != "visible"})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, notATable()
	}
	if err := b.readStyles(targets.first("styles")); err != nil {
		return nil, err
	}
	return entries, b.readTexts(targets.first("sharedstrings"))
}

type relation struct{ kind, part string }

type relations struct {
	byID map[string]relation
	list []relation
}

func (r relations) first(kind string) string {
	for _, one := range r.list {
		if one.kind == kind {
			return one.part
		}
	}
	return ""
}

// relations reads which parts a part points to; kinds are the last word of
// their address, in lower case.
func (b *workbook) relations(part string) (relations, error) {
	dir, file := path.Split(part)
	found := relations{byID: map[string]relation{}}
	err := b.each(dir+"_rels/"+file+".rels", func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" || strings.EqualFold(attribute(e, "TargetMode"), "External") {
			return nil
		}
		target := strings.ReplaceAll(attribute(e, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		r := relation{kind: strings.ToLower(path.Base(attribute(e, "Type"))), part: strings.TrimPrefix(target, "/")}
		found.byID[attribute(e, "Id")] = r
		found.list = append(found.list, r)
		return nil
	})
	return found, err
}

func (b *workbook) target(part, kind, otherwise string) string {
	if r, err := b.relations(part); err == nil && r.first(kind) != "" {
		return r.first(kind)
	}
	return otherwise
}

// readTexts reads the table of shared texts.
func (b *workbook) readTexts(part string) error {
	return b.each(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := plainText(d, "si")
		b.texts = append(b.texts, firstRunes(text, maxCellStored))
		return err
	})
}

// attribute gives an attribute whatever its namespace's prefix.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(text string) bool { return text == "1" || strings.EqualFold(text, "true") }
