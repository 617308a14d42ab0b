package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"chautari/models/fault"
)

// zipOf packs parts into an archive.
func zipOf(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts {
		f, err := w.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// workbookOf makes a workbook by hand: properties, styles, shared texts and the
// inside of each sheet's element.
func workbookOf(tb testing.TB, properties, styles, texts string, sheets ...string) []byte {
	tb.Helper()
	parts := map[string]string{
		"[Content_Types].xml":  `<Types/>`,
		"_rels/.rels":          `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/styles.xml":        `<styleSheet>` + styles + `</styleSheet>`,
		"xl/sharedStrings.xml": `<sst>` + texts + `</sst>`,
	}
	list, rels := "", `<Relationship Id="s" Type="http://x/styles" Target="styles.xml"/><Relationship Id="t" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>`
	for i, inside := range sheets {
		state := ""
		if strings.HasPrefix(inside, "<!--hidden-->") {
			state = ` state="hidden"`
		}
		list += fmt.Sprintf(`<sheet name="S%d" sheetId="%d" r:id="n%d"%s/>`, i+1, i+1, i+1, state)
		rels += fmt.Sprintf(`<Relationship Id="n%d" Type="http://x/worksheet" Target="worksheets/any%d.xml"/>`, i+1, i+1)
		parts[fmt.Sprintf("xl/worksheets/any%d.xml", i+1)] = `<x:worksheet xmlns:x="urn:x">` + inside + `</x:worksheet>`
	}
	parts["xl/workbook.xml"] = `<workbook xmlns:r="urn:r">` + properties + `<sheets>` + list + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships>` + rels + `</Relationships>`
	return zipOf(tb, parts)
}

func opened(tb testing.TB, name string, data []byte) *Table {
	tb.Helper()
	table, err := Open(name, data, Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return table
}

func TestCellsOfAWorkbookKeepWhatTheyAre(t *testing.T) {
	styles := `<numFmts><numFmt numFmtId="170" formatCode="[$-409]d\-mmm\-yy;@"/><numFmt numFmtId="171" formatCode="&quot;day&quot; 0"/></numFmts>
		<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="20"/></cellXfs>`
	texts := `<si><t>plain</t></si><si><r><t xml:space="preserve">rich </t></r><r><t>text</t></r><rPh><t>aside</t></rPh></si><si><t>a_x000D_b_x0041_</t></si>`
	cells := []struct {
		xml  string
		want Cell
	}{
		{`<x:c r="A1" t="s"><x:v>0</x:v></x:c>`, Cell{Text: "plain"}},
		{`<x:c r="B1" t="s"><x:v>1</x:v></x:c>`, Cell{Text: "rich text"}},
		{`<x:c r="C1" t="s"><x:v>2</x:v></x:c>`, Cell{Text: "abA"}},
		{`<x:c r="D1" t="s"><x:v>99</x:v></x:c>`, Cell{}},
		{`<x:c r="E1" t="inlineStr"><x:is><x:t>inline</x:t></x:is></x:c>`, Cell{Text: "inline"}},
		{`<x:c r="F1" t="str"><x:f>A1</x:f><x:v>result</x:v></x:c>`, Cell{Text: "result"}},
		{`<x:c r="G1" t="e"><x:v>#REF!</x:v></x:c>`, Cell{Text: "#REF!", Kind: Error}},
		{`<x:c r="H1"><x:f>A1+1</x:f></x:c>`, Cell{Text: "=A1+1", Kind: Error}},
		{`<x:c r="I1"><x:v>9.841100028E9</x:v></x:c>`, Cell{Text: "9841100028", Kind: Number}},
		{`<x:c r="J1"><x:v>9841100028.0</x:v></x:c>`, Cell{Text: "9841100028", Kind: Number}},
		{`<x:c r="K1" s="1"><x:v>32904</x:v></x:c>`, Cell{Text: "1990-01-31", Kind: Date}},
		{`<x:c r="L1" s="2"><x:v>32904.5</x:v></x:c>`, Cell{Text: "1990-01-31", Kind: Date}},
		{`<x:c r="M1" s="3"><x:v>32904</x:v></x:c>`, Cell{Text: "32904", Kind: Number}},
		{`<x:c r="N1" s="4"><x:v>0.5</x:v></x:c>`, Cell{Text: "0.5", Kind: Number}},
		{`<x:c r="O1" t="d"><x:v>1990-01-31T00:00:00</x:v></x:c>`, Cell{Text: "1990-01-31", Kind: Date}},
		{`<x:c r="P1" s="1"><x:v>60</x:v></x:c>`, Cell{Text: "60", Kind: Number}},
		{`<x:c r="Q1" s="1"><x:v>59</x:v></x:c>`, Cell{Text: "1900-02-28", Kind: Date}},
		{`<x:c r="R1" s="1"><x:v>61</x:v></x:c>`, Cell{Text: "1900-03-01", Kind: Date}},
		{`<x:c r="S1"/>`, Cell{}},
		{`<x:c><x:v>7</x:v></x:c>`, Cell{Text: "7", Kind: Number}},
	}
	inside := `<x:sheetData><x:row r="1">`
	for _, c := range cells {
		inside += c.xml
	}
	inside += `</x:row><x:row r="9" hidden="1"><x:c r="AB9"><x:v>1</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B3"/></x:mergeCells>`
	table := opened(t, "a.xlsx", workbookOf(t, "", styles, texts, inside, "<!--hidden--><x:sheetData/>"))
	s := table.Sheets[0]
	for i, c := range cells {
		if got := s.Lines[0].at(i); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.xml, got, c.want)
		}
	}
	if l := s.Lines[1]; l.Number != 9 || !l.Hidden || l.at(27).Text != "1" {
		t.Errorf("second line %+v", l)
	}
	if len(s.Merges) != 1 || s.Merges[0] != (Merge{1, 3, 0, 1}) || !table.Sheets[1].Hidden {
		t.Errorf("merges %v, sheets %+v", s.Merges, table.Sheets)
	}
}

func TestDaysCountFrom1904WhereTheWorkbookSaysSo(t *testing.T) {
	data := workbookOf(t, `<workbookPr date1904="1"/>`, `<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>`, "",
		`<x:sheetData><x:row r="1"><x:c r="A1" s="1"><x:v>31442</x:v></x:c></x:row></x:sheetData>`)
	if got := opened(t, "a.xlsx", data).Sheets[0].Lines[0].at(0); got != (Cell{"1990-01-31", Date}) {
		t.Errorf("%+v", got)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	locked := zipOf(t, map[string]string{"xl/workbook.xml": "x"})
	locked[6] |= 1 // the local header's and the directory's flag of encryption
	locked[bytes.Index(locked, []byte("PK\x01\x02"))+8] |= 1
	rows := strings.Repeat("Sita,9841000001\n", maxLines+1)
	wide := strings.Repeat("a,", MaxColumns) + "a\n"
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	for _, c := range []struct {
		what, name string
		data       []byte
		code       string
	}{
		{"nothing", "a.csv", nil, "file.empty"},
		{"blanks only", "a.csv", []byte(" \r\n\t\n"), "file.empty"},
		{"separators only", "a.csv", []byte(",,,\n,,,\n"), "file.empty"},
		{"the marker only", "a.csv", []byte("\xEF\xBB\xBF"), "file.empty"},
		{"too many bytes", "a.csv", make([]byte, MaxBytes+1), "file.too_large"},
		{"too many lines", "a.csv", []byte(rows), "file.too_many_rows"},
		{"too many columns", "a.csv", []byte(wide), "file.too_many_columns"},
		{"NUL", "a.csv", []byte("name,phone\nSita\x00,1\n"), "file.not_a_table"},
		{"a page", "a.csv", []byte("<html><table><tr><td>Name</td></tr></table>"), "file.not_a_table"},
		{"a page named as a workbook", "a.xls", []byte("<table><tr><td>Name</td></tr></table>"), "file.not_a_table"},
		{"a document", "a.csv", []byte("%PDF-1.7 ..."), "file.not_a_table"},
		{"old Excel", "a.xls", []byte(ole), "file.old_excel"},
		{"an encrypted workbook", "a.xlsx", append([]byte(ole), utf16le("EncryptedPackage")...), "file.locked"},
		{"an encrypted archive", "a.xlsx", locked, "file.locked"},
		{"OpenDocument", "a.ods", zipOf(t, map[string]string{"mimetype": "x", "content.xml": "<x/>"}), "file.open_document"},
		{"another archive", "a.xlsx", zipOf(t, map[string]string{"word/document.xml": "<x/>"}), "file.not_a_table"},
		{"half an archive", "a.xlsx", testFile(t, "old-register.xlsx")[:9000], "file.damaged"},
		{"broken parts", "a.xlsx", workbookOf(t, "", "", "", `<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x`), "file.damaged"},
		{"sheets without cells", "a.xlsx", workbookOf(t, "", "", "", `<x:sheetData/>`), "file.empty"},
		{"a page before an archive", "a.xlsx", append([]byte("<html>"), testFile(t, "C10_excel_dates.xlsx")...), "file.not_a_table"},
		{"a far column", "a.xlsx", workbookOf(t, "", "", "", `<x:sheetData><x:row r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row></x:sheetData>`), "file.too_many_columns"},
	} {
		table, err := Open(c.name, c.data, Options{})
		if f, ok := fault.As(err); !ok || f.Code != c.code {
			t.Errorf("%s: %v %v, want %s", c.what, table, err, c.code)
		}
	}
}

func TestTablesWithoutPeopleAreNeverSuccess(t *testing.T) {
	for text, code := range map[string]string{
		"Name,Phone,District\n": "register.no_rows",
		"Name,Phone\nTotal,0\n": "register.no_rows",
		"a,b\nc,d\n":            "register.not_found",
		"qm=;+=,gfd y/,kmf]g g+=\n1,l;tf tfdfª,98410": "register.legacy_font",
	} {
		table := opened(t, "a.csv", []byte(text))
		r, err := Understand(table, valley(), Choices{})
		if f, ok := fault.As(err); !ok || f.Code != code {
			t.Errorf("%q: %v %v, want %s", text, r, err, code)
		}
	}
}

// The same little register must be read whatever program wrote the bytes.
func TestEncodingsAndLineEndsDoNotMatter(t *testing.T) {
	text := "नाम;फोन;जिल्ला\n\"सीता; माया\";9841000001;काठमाडौं\nåse \"Prøve\";9841000002;\"Ward 4,\nKathmandu\"\n"
	utf16 := func(e unicode.Endianness, b unicode.BOMPolicy, text string) []byte {
		data, err := unicode.UTF16(e, b).NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for _, end := range []string{"\n", "\r\n", "\r"} {
		text := strings.ReplaceAll(text, "\n", end)
		for name, data := range map[string][]byte{
			"utf-8": []byte(text), "utf-8 with marker": []byte("\xEF\xBB\xBF" + text), "utf-8 with a hint": []byte("sep=;" + end + text),
			"marker and hint": []byte("\xEF\xBB\xBFsep=;" + end + text),
			"utf-16le":        utf16(unicode.LittleEndian, unicode.IgnoreBOM, text), "utf-16le with marker": utf16(unicode.LittleEndian, unicode.UseBOM, text),
			"utf-16be": utf16(unicode.BigEndian, unicode.IgnoreBOM, text), "utf-16be with marker": utf16(unicode.BigEndian, unicode.UseBOM, text),
		} {
			r := understand(t, "a.csv", data, valley(), Choices{})
			if len(r.Rows) != 2 || r.Rows[0].Name != "सीता; माया" || r.Rows[1].Name != `åse "Prøve"` || r.Rows[1].GroupID != "grp_kathmandu" {
				t.Errorf("%s, %q: %+v", name, end, r.Rows)
			}
		}
	}
}

func TestOneBrokenCharacterSpoilsOneNameOnly(t *testing.T) {
	text := "नाम,फोन,जिल्ला\nसीता तामाङ,9841000001,काठमाडौं\nग\xE0\xA4ता,9841000002,काठमाडौं\n"
	r := understand(t, "a.csv", []byte(text), valley(), Choices{})
	if r.Rows[0].Name != "सीता तामाङ" || faultsOf(r.Rows[1]) != "A name.unreadable" || r.Rows[1].Phone != "+9779841000002" {
		t.Errorf("%+v", r.Rows)
	}
}

func FuzzOpenText(f *testing.F) {
	for _, name := range []string{"C01_bom_devanagari.csv", "C02b_sep_hint.csv", "C03_utf16le_tab.csv", "C03b_cp1252.csv", "C05_formula_names.csv", "C09_dates.csv"} {
		f.Add(testFile(f, name))
	}
	known := valley()
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return // keeps one run short
		}
		checkAny(t, "a.csv", data, known)
	})
}

func FuzzOpenWorkbook(f *testing.F) {
	f.Add(testFile(f, "C10_excel_dates.xlsx"))
	f.Add(testFile(f, "C12e_not_a_zip.xlsx"))
	f.Add(workbookOf(f, "", `<cellXfs><xf numFmtId="14"/></cellXfs>`, `<si><t>Name</t></si>`, `<x:sheetData><x:row r="1"><x:c t="s"><x:v>0</x:v></x:c></x:row><x:row><x:c s="0"><x:v>1</x:v></x:c></x:row></x:sheetData>`))
	known := valley()
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return // keeps one run short
		}
		checkAny(t, "a.xlsx", data, known)
	})
}

// FuzzSheet drives the cell reader past the zip's checksums.
func FuzzSheet(f *testing.F) {
	f.Add(`<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells>`)
	known := valley()
	f.Fuzz(func(t *testing.T, inside string) {
		if len(inside) > 1<<14 {
			return // keeps one run short
		}
		checkAny(t, "a.xlsx", workbookOf(t, "", `<cellXfs><xf numFmtId="14"/></cellXfs>`, `<si><t>Name</t></si><si><t>Phone</t></si>`, inside), known)
	})
}

// checkAny holds what is true of any file: a fault with a code or rows that are
// fit to be stored.
func checkAny(t *testing.T, name string, data []byte, known Known) {
	t.Helper()
	table, err := Open(name, data, Options{})
	if err == nil {
		var r *Reading
		if r, err = Understand(table, known, Choices{}); err == nil {
			if len(r.Rows) == 0 {
				t.Fatal("success without rows")
			}
			for _, row := range r.Rows {
				if strings.ContainsAny(row.Name+row.Alias, "\x00\uFFFDÃ") && len(row.Faults) == 0 {
					t.Fatalf("name %q", row.Name)
				}
				if row.Name == "" && len(row.Faults) == 0 {
					t.Fatalf("nobody: %+v", row)
				}
			}
			return
		}
	}
	if f, ok := fault.As(err); !ok || f.Code == "" {
		t.Fatalf("an error without a code: %v", err)
	}
}
