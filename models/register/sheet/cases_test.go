package sheet

import (
	"runtime"
	"strings"
	"testing"

	"chautari/models/fault"
)

// oneRow is what a case wants of a row; an empty field wants nothing there.
type oneRow struct {
	line                int
	name, phone, birth  string
	group, faults, hint string // group by its name
}

func checkRows(t *testing.T, known Known, r *Reading, want []oneRow) {
	t.Helper()
	if len(r.Rows) != len(want) {
		t.Fatalf("%d rows, want %d: %+v", len(r.Rows), len(want), r.Rows)
	}
	for i, w := range want {
		row := r.Rows[i]
		if w.line != 0 && row.Line != w.line || row.Name != w.name || row.Phone != w.phone {
			t.Errorf("row %d: line %d name %q phone %q, want %+v", i, row.Line, row.Name, row.Phone, w)
		}
		if w.birth == "" {
			w.birth = "unknown"
		}
		if row.Birth.String() != w.birth {
			t.Errorf("row %d: birth %s, want %s", i, row.Birth, w.birth)
		}
		if w.group != "" {
			w.group = groupNamed(t, known, w.group)
		}
		if row.GroupID != w.group {
			t.Errorf("row %d: group %q, want %q", i, row.GroupID, w.group)
		}
		if got := faultsOf(row); got != w.faults {
			t.Errorf("row %d: faults %q, want %q", i, got, w.faults)
		}
		for _, h := range row.Hints {
			if h != HintConsentIgnored && h != w.hint {
				t.Errorf("row %d: hint %s, want %q", i, h, w.hint)
			}
		}
		if w.hint != "" && !contains(row.Hints, w.hint) {
			t.Errorf("row %d: hints %v, want %s", i, row.Hints, w.hint)
		}
	}
}

func contains(list []string, one string) bool {
	return strings.Contains("|"+strings.Join(list, "|")+"|", "|"+one+"|")
}

// faultsOf gives "C birth.no_such_day, D phone.invalid".
func faultsOf(row Row) string {
	var list []string
	for _, f := range row.Faults {
		list = append(list, strings.TrimSpace(f.Column+" "+f.Code))
	}
	return strings.Join(list, ", ")
}

func valley() Known {
	return Known{Today: today, Groups: []KnownGroup{
		{"grp_kathmandu", []string{"काठमाडौं", "Kathmandu"}}, {"grp_lalitpur", []string{"ललितपुर", "Lalitpur"}}, {"grp_bhaktapur", []string{"भक्तपुर", "Bhaktapur"}},
	}}
}

func TestCasesFromTheField(t *testing.T) {
	rabid := "1990-01-31"
	row := func(line int, name, phone, group string) oneRow {
		return oneRow{line: line, name: name, phone: phone, birth: rabid, group: group}
	}
	with := func(r oneRow, faults, hint string) oneRow {
		r.faults, r.hint = faults, hint
		return r
	}
	for _, c := range []struct {
		file string
		want []oneRow
	}{
		{"C01_bom_devanagari.csv", []oneRow{
			{line: 2, name: "सीता तामाङ", phone: "+9779841000001", birth: "1988-05-28", group: "Kathmandu"},
			{line: 3, name: "Ram Test", phone: "+9779841000002", birth: "1988-05-28", group: "Lalitpur"},
		}},
		{"C02_semicolon.csv", []oneRow{
			{name: "Gita Test", phone: "+9779841000003", birth: "1988-05-28", group: "Kathmandu"},
			{name: "Åse Prøve", phone: "+9779841000004", birth: rabid, group: "Bhaktapur"},
		}},
		{"C02b_sep_hint.csv", []oneRow{{line: 3, name: "Gita Test", phone: "+9779841000003", birth: "1988-05-28", group: "Kathmandu"}}},
		{"C03_utf16le_tab.csv", []oneRow{{name: "सीता तामाङ", phone: "+9779841000001", birth: "1988-05-28", group: "Kathmandu"}}},
		{"C03b_cp1252.csv", []oneRow{{name: "Åse Prøve", phone: "+9779841000004", birth: rabid, group: "Bhaktapur"}}},
		{"C04_phones.csv", []oneRow{
			row(2, "Phone Zero Landline", "+97714123456", "Kathmandu"),
			row(3, "Phone Intl", "+9779841000005", "Kathmandu"),
			row(4, "Phone DoubleZero", "+9779841000006", "Kathmandu"),
			row(5, "Phone Deva", "+9779841000007", "Kathmandu"),
			row(6, "Phone Quoted", "+9779841000008", "Kathmandu"),
			row(7, "Phone Trunk After CC", "+9779841000009", "Kathmandu"),
			with(row(8, "Phone Sci", "", "Kathmandu"), "B phone.digits_lost", ""),
		}},
		{"C05_formula_names.csv", []oneRow{
			with(row(2, "=1+1", "+9779841000010", "Kathmandu"), "", HintSameName),
			with(row(3, "+SUM(A1)", "+9779841000011", "Kathmandu"), "", HintSameName),
			row(4, "-2+3", "+9779841000012", "Kathmandu"),
			with(row(5, "@SUM(A1)", "+9779841000013", "Kathmandu"), "", HintSameName),
			with(row(6, "=1+1", "+9779841000014", "Kathmandu"), "", HintSameName),
			row(7, `=HYPERLINK("http://example.invalid","x")`, "+9779841000015", "Kathmandu"),
			row(8, "'=already quoted", "+9779841000016", "Kathmandu"),
			row(9, "-Anita", "+9779841000017", "Kathmandu"),
		}},
		{"C07_unicode_forms.csv", []oneRow{
			with(row(2, "Åse Prøve", "+9779841000030", "Kathmandu"), "", HintSameName),
			with(row(3, "Åse Prøve", "+9779841000031", "Kathmandu"), "", HintSameName),
			with(row(4, "ड़ाकिया", "+9779841000032", "Kathmandu"), "", HintSameName),
			with(row(5, "ड़ाकिया", "+9779841000033", "Kathmandu"), "", HintSameName),
			with(row(6, "गर्\u200dयौ", "+9779841000034", "Kathmandu"), "", HintSameName),
			with(row(7, "गर्यौ", "+9779841000035", "Kathmandu"), "", HintSameName),
			with(row(8, "Ram Test", "+9779841000036", "Kathmandu"), "", HintSameName),
			with(row(9, "Ram Test", "+9779841000037", "Kathmandu"), "", HintSameName),
			with(row(10, "Ram Test", "+9779841000038", "Kathmandu"), "", HintSameName),
		}},
		{"C08_single_name.csv", []oneRow{
			{name: "सुनिता", phone: "+9779841000041", faults: "group.missing"},
			{name: "Sunita", phone: "+9779841000042", faults: "group.missing"},
			{name: "Tamang", phone: "+9779841000043", faults: "group.missing"},
			{name: "Maria José de la Test", phone: "+9779841000044", faults: "group.missing"},
		}},
		{"C10_excel_dates.xlsx", []oneRow{
			row(2, "Date Styled", "+9779841000091", "Kathmandu"),
			{line: 3, name: "Bare Serial", phone: "+9779841000092", group: "Kathmandu", faults: "C birth.serial_number"},
			{line: 4, name: "Text BS", phone: "+9779841000093", birth: "1988-05-28", group: "Kathmandu"},
			{line: 5, name: "Number Year", phone: "+9779841000094", group: "Kathmandu", faults: "C birth.serial_number"},
			{line: 6, name: "Date Styled But BS", phone: "+9779841000095", group: "Kathmandu", faults: "C birth.date_cell_marked_bs"},
		}},
		{"C14_partial_errors.csv", []oneRow{
			row(2, "Row One", "+9779841000051", "Kathmandu"),
			{line: 3, name: "Row Two", phone: "+9779841000052", group: "Kathmandu", faults: "C birth.no_such_day"},
			{line: 4, name: "Row Three", phone: "+9779841000053", birth: "1990-03-31", group: "Kathmandu"},
			{line: 5, name: "Row Four", birth: "1990-04-30", group: "Kathmandu", faults: "B phone.invalid"},
			{line: 6, name: "Row Five", phone: "+9779841000055", birth: "1990-05-31", group: "Kathmandu"},
		}},
		{"C15b_reordered_alias_headers.csv", []oneRow{row(2, "Header Test", "+9779841000065", "Kathmandu")}},
		{"C30_reimport_after_withdrawal.csv", []oneRow{row(2, "Withdrawn Test", "+9779841000071", "Kathmandu")}},
	} {
		t.Run(c.file, func(t *testing.T) {
			checkRows(t, valley(), understand(t, c.file, testFile(t, c.file), valley(), Choices{}), c.want)
		})
	}
}

func TestDatesOfTheFieldAreTakenOrTold(t *testing.T) {
	r := understand(t, "C09_dates.csv", testFile(t, "C09_dates.csv"), valley(), Choices{Groups: map[string]string{"": "grp_kathmandu"}})
	want := []string{
		"2024-06-14", "2020-06-14", "birth.no_such_day", "birth.no_such_day", "1988-05-28", "birth.future", "birth.out_of_table", "birth.calendar_unknown",
		"birth.two_digit_year", "1988-05-28", "1988-05-28", "2008-02-29", "birth.no_such_day", "BS 2045", "birth.out_of_table", "1986-01-01",
	}
	for i, row := range r.Rows {
		got := row.Birth.String()
		for _, f := range row.Faults {
			if f.Field == Birth {
				got = f.Code
			}
		}
		if got != want[i] {
			t.Errorf("line %d %q: %s, want %s", row.Line, row.Cells[Birth].Text, got, want[i])
		}
	}
	if len(r.Rows) != len(want) || !r.CalendarNeeded {
		t.Errorf("%d rows, calendar needed %v", len(r.Rows), r.CalendarNeeded)
	}
}

func TestFindingsAboutTheFileAreNamed(t *testing.T) {
	for _, c := range []struct {
		file, encoding, separator string
		guessed                   bool
	}{
		{"C01_bom_devanagari.csv", "utf-8", ",", false},
		{"C02_semicolon.csv", "utf-8", ";", false},
		{"C02b_sep_hint.csv", "utf-8", ";", false},
		{"C03_utf16le_tab.csv", "utf-16le", "\t", false},
		{"C03b_cp1252.csv", "windows-1252", ",", true},
	} {
		table, err := Open(c.file, testFile(t, c.file), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if table.Encoding != c.encoding || table.EncodingGuessed != c.guessed || table.Separator != c.separator {
			t.Errorf("%s: %s %v %q, want %+v", c.file, table.Encoding, table.EncodingGuessed, table.Separator, c)
		}
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	for name, want := range map[string]string{
		"C12_html_named.jpg":         "file.not_a_table",
		"C12b_script.svg":            "file.not_a_table",
		"C12c_report.pdf.html":       "file.not_a_table",
		"C12d_polyglot.gif":          "file.not_a_table",
		"C12e_not_a_zip.xlsx":        "file.not_a_table",
		"C13_expands_to_300MiB.xlsx": "file.too_large_unpacked",
	} {
		_, err := Open(name, testFile(t, name), Options{})
		if f, ok := fault.As(err); !ok || f.Code != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

func TestWorkbookThatExpandsCostsNoMemory(t *testing.T) {
	data := testFile(t, "C13_expands_to_300MiB.xlsx")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _ = Open("a.xlsx", data, Options{})
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
		t.Errorf("%d bytes were allocated to refuse it", used)
	}
}
