package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"chautari/models/calendar"
	"chautari/models/script"
)

// A registerMake is one way in which somebody keeps a register. makeRegister
// writes invented people in that way and knows what must come out.
type registerMake struct {
	seed     uint64
	language string // ne, en, nb, both
	xlsx     bool
	encoding string // of a CSV: utf-8, bom, utf-16le, utf-16be
	comma    rune
	calendar calendar.Calendar
	says     string // what names the calendar: heading, title, column, cell, date (spreadsheet's days), twice
	group    string // column, district, address, section, sheets, merged
	split    bool   // given and family name apart
	twoLines string // "", parts (of the birth), names, both (languages)
	blankAt  int    // empty columns at the left
	titles   int
	numbered bool // 1 2 3 under the headings
	pages    int  // headings again after so many people
	others   bool // columns that must not be taken
	tail     bool // totals, notes, signatures
	first    bool // another sheet stands first
	shuffle  bool // columns in another order
}

type truth struct {
	name, phone, group string
	birth              calendar.Birth
	fault              string
}

type pair struct{ ne, en string }

var (
	givens   = []pair{{"सीता", "Sita"}, {"गीता", "Gita"}, {"मनमाया", "Manmaya"}, {"कमला", "Kamala"}, {"सुनिता", "Sunita"}, {"राधा", "Radha"}, {"विमला", "Bimala"}, {"पार्वती", "Parbati"}}
	families = []pair{{"तामाङ", "Tamang"}, {"गुरुङ", "Gurung"}, {"श्रेष्ठ", "Shrestha"}, {"राई", "Rai"}, {"थापा", "Thapa"}, {"चौधरी", "Chaudhary"}, {"नेपाली", "Nepali"}, {"मगर", "Magar"}, {"कुमारी साह", "Kumari Sah"}}
	places   = []pair{{"झापा", "Jhapa"}, {"बाँके", "Banke"}, {"कास्की", "Kaski"}, {"काठमाडौं", "Kathmandu"}, {"सिन्धुपाल्चोक", "Sindhupalchok"}, {"मकवानपुर", "Makwanpur"}}
	monthsNE = strings.Fields("वैशाख जेठ असार साउन भदौ असोज कात्तिक मंसिर पुस माघ फागुन चैत")
	monthsEN = strings.Fields("Baisakh Jestha Ashadh Shrawan Bhadra Ashwin Kartik Mangsir Poush Magh Falgun Chaitra")
)

var headingChoices = map[Field]map[string][]string{
	Serial:        {"ne": {"क्र.सं.", "सि.नं.", "क्रम संख्या", "क्र. सं."}, "en": {"S.N.", "SN", "No.", "Sl. No", "#"}, "nb": {"Nr."}},
	Name:          {"ne": {"नाम थर", "नाम, थर", "नामथर", "सदस्यको नाम", "पूरा नाम", "सदस्यको नाम थर", "नाम"}, "en": {"Name", "Full Name", "FULL_NAME", "Member's name", "Name of member", "fullName"}, "nb": {"Navn", "Fullt navn"}},
	GivenName:     {"ne": {"पहिलो नाम", "नाम"}, "en": {"First name", "Given Name", "given_name"}, "nb": {"Fornavn"}},
	FamilyName:    {"ne": {"थर"}, "en": {"Surname", "Last Name", "family_name"}, "nb": {"Etternavn"}},
	Phone:         {"ne": {"फोन", "फोन नं.", "मोबाइल", "मोबाईल नम्बर", "सम्पर्क नं.", "सम्पर्क नम्बर", "फोन नम्बर"}, "en": {"Phone", "Mobile No.", "Contact no.", "Tel", "phone_number", "Contact Number", "Cell"}, "nb": {"Telefon", "Mobil"}},
	Birth:         {"ne": {"जन्म मिति", "जन्ममिति", "जन्म  मिति"}, "en": {"DOB", "Date of birth", "D.O.B.", "Birth Date", "date_of_birth"}, "nb": {"Fødselsdato", "Født"}},
	District:      {"ne": {"जिल्ला", "जिल्लाा", "जिल्लाको नाम"}, "en": {"District", "Dist."}, "nb": {"Distrikt"}},
	Group:         {"ne": {"समूह", "समूहको नाम", "शाखा"}, "en": {"Group", "Group name", "Branch"}, "nb": {"Gruppe", "Lag"}},
	CalendarField: {"ne": {"पात्रो"}, "en": {"Calendar", "date_calendar"}, "nb": {"Kalender"}},
	"address":     {"ne": {"ठेगाना", "स्थायी ठेगाना"}, "en": {"Address", "Permanent Address"}, "nb": {"Adresse"}},
}

// withheld are columns that must never be taken, with a cell each.
var withheld = []struct{ ne, en, cell string }{
	{"पतिको नाम", "Husband's name", "हरि बहादुर"},
	{"बुबाको नाम", "Father's Name", "राम प्रसाद"},
	{"आमाको फोन नं.", "Mother's phone", "9841999999"},
	{"नागरिकता नं.", "Citizenship No.", "27-01-70-01234"},
	{"नागरिकता जारी मिति", "Citizenship issue date", "2061-01-01"},
	{"जातजाति", "Ethnicity", "जनजाति"},
	{"उमेर", "Age", "34"},
	{"वडा नं.", "Ward No", "4"},
	{"इमेल", "E-mail", "a@example.invalid"},
	{"कैफियत", "Remarks", "ठीक छ"},
	{"दर्ता मिति", "Joined date", "2078-01-01"},
	{"रकम (रु.)", "Amount (Rs.)", "500"},
	{"रक्त समूह", "Blood group", "A+"},
	{"हस्ताक्षर", "Signature", ""},
	{"सम्पर्क व्यक्तिको फोन", "Contact person phone", "9841888888"},
}

type builder struct {
	m     registerMake
	r     *rand.Rand
	truth []truth
	// sheets by name in their order; a cell is string, float64 or time.Time.
	names  []string
	lines  map[string][][]any
	merges map[string][]Merge
}

func (b *builder) one(list []string) string { return list[b.r.IntN(len(list))] }

func (b *builder) heading(f Field) string {
	language := b.m.language
	if language == "both" {
		return b.one(headingChoices[f]["ne"]) + " / " + b.one(headingChoices[f]["en"])
	}
	return b.one(headingChoices[f][language])
}

func (b *builder) add(sheet string, cells ...any) {
	if _, ok := b.lines[sheet]; !ok {
		b.names = append(b.names, sheet)
	}
	line := make([]any, b.m.blankAt, b.m.blankAt+len(cells))
	b.lines[sheet] = append(b.lines[sheet], append(line, cells...))
}

func (b *builder) phone(n int) (written any, want string) {
	digits := fmt.Sprintf("98412%05d", n*7%100000)
	want = "+977" + digits
	switch b.r.IntN(9) {
	case 0:
		return "", ""
	case 1:
		return inNepali(digits), want
	case 2:
		return "+977 " + digits[:3] + "-" + digits[3:], want
	case 3:
		return "00977" + digits, want
	case 4:
		return digits[:4] + " " + digits[4:7] + " " + digits[7:], want
	case 5:
		return "0" + digits, want
	case 6:
		if b.m.xlsx {
			x, _ := strconv.ParseFloat(digits, 64)
			return x, want
		}
	}
	return digits, want
}

func inNepali(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '०'
		}
		return r
	}, text)
}

// birth writes a day in the register's calendar; parts are year, month, day.
func (b *builder) birth() (written any, parts [3]string, want calendar.Birth, fault string) {
	bs := calendar.BS{Year: 2018 + b.r.IntN(45), Month: 1 + b.r.IntN(12), Day: 1 + b.r.IntN(29)}
	day, _ := bs.Date()
	want = calendar.OnDay(day)
	y, m, d := bs.Year, bs.Month, bs.Day
	if b.m.calendar == calendar.Gregorian {
		y, m, d = day.Year, int(day.Month), day.Day
	}
	parts = [3]string{strconv.Itoa(y), strconv.Itoa(m), strconv.Itoa(d)}
	if b.m.says == "date" {
		if b.r.IntN(8) == 0 {
			return "", parts, calendar.Birth{}, ""
		}
		return time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC), parts, want, ""
	}
	if b.m.twoLines == "parts" {
		return "", parts, want, ""
	}
	text := ""
	switch b.r.IntN(10) {
	case 0:
		return "", parts, calendar.Birth{}, ""
	case 1:
		text = fmt.Sprintf("%d/%02d/%02d", y, m, d)
	case 2:
		text = fmt.Sprintf("%d-%d-%d", y, m, d)
	case 3:
		text = fmt.Sprintf("%d.%02d.%02d", y, m, d)
	case 4:
		text = inNepali(fmt.Sprintf("%d/%02d/%02d", y, m, d))
	case 5:
		text = fmt.Sprintf("%02d/%02d/%d", d, m, y)
	case 6:
		if b.m.calendar == calendar.Gregorian {
			text = fmt.Sprintf("%d %s %d", d, time.Month(m), y)
		} else {
			text = inNepali(fmt.Sprintf("%d %s %d", y, monthsNE[m-1], d))
		}
	case 7:
		if b.m.calendar == calendar.Gregorian {
			text = fmt.Sprintf("%s %d, %d", time.Month(m).String()[:3], d, y)
		} else {
			text = fmt.Sprintf("%d %s %d", y, monthsEN[m-1], d)
		}
	case 8:
		if b.m.calendar == calendar.Bikram {
			return inNepali(strconv.Itoa(y)) + " साल", parts, calendar.InYear(y), ""
		}
		text = fmt.Sprintf("%d-%02d-%02d", y, m, d)
	default:
		text = fmt.Sprintf("%d-%02d-%02d", y, m, d)
		if b.r.IntN(6) == 0 {
			text, want, fault = fmt.Sprintf("%d-%02d-33", y, m), calendar.Birth{}, "birth.no_such_day"
		}
	}
	if b.m.says == "cell" {
		text = map[calendar.Calendar]string{calendar.Bikram: "वि.सं. ", calendar.Gregorian: "ई.सं. "}[b.m.calendar] + text
	}
	return text, parts, want, fault
}

// makeRegister writes people into sheets.
func makeRegister(m registerMake, people int) *builder {
	b := &builder{m: m, r: rand.New(rand.NewPCG(m.seed, 7)), lines: map[string][][]any{}, merges: map[string][]Merge{}}
	marker := map[calendar.Calendar][]string{calendar.Bikram: {"वि.सं.", "B.S.", "BS", "बि.सं."}, calendar.Gregorian: {"ई.सं.", "A.D.", "AD", "इ.सं."}}[m.calendar]
	mark := b.one(marker)
	if m.first {
		name := "टिपोट"
		b.lines[name], b.names = [][]any{{"पुरानो रजिस्टरबाट सारिएको"}, {"जिल्ला", "जम्मा"}, {"झापा", 12.0}}, append(b.names, name)
	}
	type column struct {
		top, heading string
		cell         func() any
	}
	var now struct {
		serial                    int
		name, given, family       string
		phone, birth, other       any
		parts                     [3]string
		place                     string
		ethnic                    int
		alternative, mark, adress any
	}
	columns := []column{{"", b.heading(Serial), func() any { return float64(now.serial) }}}
	switch {
	case m.split || m.twoLines == "names":
		top := ""
		if m.twoLines == "names" {
			top = map[string]string{"ne": "नाम", "en": "Name", "nb": "Navn", "both": "नाम"}[m.language]
		}
		columns = append(columns, column{top, b.heading(GivenName), func() any { return now.given }}, column{top, b.heading(FamilyName), func() any { return now.family }})
	default:
		columns = append(columns, column{"", b.heading(Name), func() any { return now.name }})
	}
	columns = append(columns, column{"", b.heading(Phone), func() any { return now.phone }})
	birthHeading := b.heading(Birth)
	if m.says == "heading" {
		birthHeading += " (" + mark + ")"
	}
	switch {
	case m.twoLines == "parts":
		for i, part := range map[string][]string{"ne": {"साल", "महिना", "गते"}, "en": {"Year", "Month", "Day"}, "nb": {"År", "Måned", "Dag"}, "both": {"साल", "महिना", "गते"}}[m.language] {
			columns = append(columns, column{birthHeading, part, func() any { return now.parts[i] }})
		}
	case m.says == "twice":
		columns = append(columns, column{"", "जन्म मिति (वि.सं.)", func() any { return now.birth }}, column{"", "DOB (AD)", func() any { return now.other }})
	default:
		columns = append(columns, column{"", birthHeading, func() any { return now.birth }})
	}
	if m.says == "column" {
		columns = append(columns, column{"", b.heading(CalendarField), func() any { return mark }})
	}
	switch m.group {
	case "column", "merged":
		columns = append(columns, column{"", b.heading(Group), func() any { return now.place }})
	case "district":
		columns = append(columns, column{"", b.heading(District), func() any { return now.place }})
	case "address":
		columns = append(columns, column{"", b.heading("address"), func() any { return "वडा ४, " + now.place }})
	}
	if m.others {
		for _, i := range b.r.Perm(len(withheld))[:5] {
			heading := withheld[i].ne
			if m.language == "en" || m.language == "nb" {
				heading = withheld[i].en
			}
			columns = append(columns, column{"", heading, func() any { return withheld[i].cell }})
		}
	}
	if m.shuffle && m.twoLines != "parts" && m.twoLines != "names" {
		rest := columns[1:]
		b.r.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	}
	top := func(sheet string) {
		texts := []string{"महिला सञ्जाल", "सदस्य विवरण", "आ.व. २०८२/८३"}
		if m.says == "title" {
			texts[b.r.IntN(max(m.titles, 1))] += " (" + mark + " २०८३)"
		}
		for _, text := range texts[:m.titles] {
			b.add(sheet, text)
		}
		if m.titles > 1 {
			b.add(sheet)
		}
	}
	headings := func(sheet string) {
		var tops, lows []any
		for i, c := range columns {
			above, low := c.top, c.heading
			if above == "" && m.twoLines != "" && m.twoLines != "both" {
				above, low = low, ""
			} else if i > 0 && above != "" && columns[i-1].top == above {
				above = ""
			}
			tops, lows = append(tops, above), append(lows, low)
		}
		switch m.twoLines {
		case "":
			b.add(sheet, lows...)
		case "both":
			b.add(sheet, lows...)
			other := map[string]string{"ne": "en", "en": "ne", "nb": "en", "both": "en"}[m.language]
			var second []any
			for _, c := range columns {
				text := ""
				for _, f := range []Field{GivenName, FamilyName, Name, Serial, Phone, Birth, District, Group, CalendarField} {
					for _, one := range headingChoices[f][m.language] {
						if c.heading == one && (f != Name || text == "") {
							text = headingChoices[f][other][0]
						}
					}
				}
				second = append(second, text)
			}
			b.add(sheet, second...)
		default:
			b.add(sheet, tops...)
			b.add(sheet, lows...)
		}
		if m.numbered {
			var numbers []any
			for i := range columns {
				numbers = append(numbers, float64(i+1))
			}
			b.add(sheet, numbers...)
		}
	}
	main := "Sheet1"
	if m.group != "sheets" {
		top(main)
		headings(main)
	}
	perPlace := (people + len(places) - 1) / len(places)
	for i := range people {
		at := places[b.r.IntN(len(places))]
		if m.group == "sheets" || m.group == "section" || m.group == "merged" {
			at = places[i/perPlace]
		}
		sheet := main
		if m.group == "sheets" {
			sheet = at.ne
			if i%perPlace == 0 {
				top(sheet)
				headings(sheet)
			}
		}
		if m.group == "section" && i%perPlace == 0 {
			b.add(sheet, b.one([]string{at.ne, at.ne + " जिल्ला", "समूह: " + at.ne}))
		}
		if m.pages > 0 && i > 0 && i%m.pages == 0 && m.group != "sheets" {
			headings(sheet)
		}
		given, family := givens[i%len(givens)], families[(i/len(givens))%len(families)]
		latin := m.language != "ne" && b.r.IntN(3) > 0 || m.language == "ne" && b.r.IntN(4) == 0
		want := truth{group: "grp_" + strings.ToLower(at.en)}
		now.serial++
		now.given, now.family, now.place = given.ne, family.ne, at.ne
		if latin {
			now.given, now.family, now.place = given.en, family.en, at.en
		}
		// Two people of one name would be held if they lacked what tells them apart.
		if n := i / (len(givens) * len(families)); n > 0 {
			now.given += " " + []string{"माया", "देवी", "लक्ष्मी", "रानी"}[n%4]
		}
		if b.r.IntN(12) == 0 && !m.split && m.twoLines != "names" && i < 8 {
			now.family = ""
		}
		want.name = strings.TrimSpace(now.given + " " + now.family)
		now.name = want.name
		if b.r.IntN(5) == 0 && !m.split {
			now.name = "  " + now.name + " "
		}
		now.phone, want.phone = b.phone(i + int(m.seed%100)*1000)
		now.birth, now.parts, want.birth, want.fault = b.birth()
		now.other = ""
		if m.says == "twice" && want.birth.Precision == calendar.ToDay {
			now.other = want.birth.Day.String()
		}
		if m.group == "merged" && i%perPlace != 0 {
			now.place = ""
		}
		var cells []any
		for _, c := range columns {
			cells = append(cells, c.cell())
		}
		if m.group == "merged" && i%perPlace == 0 {
			for at, c := range columns {
				if c.heading == columnHeading(columns[at].heading, headingChoices[Group]) {
					line := len(b.lines[sheet]) + 1
					b.merges[sheet] = append(b.merges[sheet], Merge{line, line + min(perPlace, people-i) - 1, at + m.blankAt, at + m.blankAt})
				}
			}
		}
		b.add(sheet, cells...)
		b.truth = append(b.truth, want)
	}
	if m.tail {
		for _, sheet := range b.names {
			if sheet == "टिपोट" {
				continue
			}
			b.add(sheet)
			b.add(sheet, "जम्मा", inNepali(strconv.Itoa(people)))
			b.add(sheet)
			b.add(sheet, "तयार गर्ने: सरिता राई", "", "प्रमाणित गर्ने:")
			b.add(sheet, "नोट: यो विवरण पुरानो रजिस्टरबाट सारिएको हो")
			b.add(sheet, "", "अध्यक्ष")
		}
	}
	return b
}

func columnHeading(heading string, choices map[string][]string) string {
	for _, list := range choices {
		for _, one := range list {
			if heading == one || strings.HasPrefix(heading, one+" / ") || strings.HasSuffix(heading, " / "+one) {
				return heading
			}
		}
	}
	return ""
}

func (b *builder) file(tb testing.TB) (string, []byte) {
	tb.Helper()
	if b.m.xlsx {
		return "register.xlsx", b.workbook(tb)
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma, w.UseCRLF = b.m.comma, b.r.IntN(2) == 0
	for _, line := range b.lines[b.names[len(b.names)-1]] {
		record := make([]string, max(len(line), 1))
		for i, c := range line {
			switch v := c.(type) {
			case float64:
				record[i] = strconv.FormatFloat(v, 'f', -1, 64)
			case string:
				record[i] = v
			}
		}
		if err := w.Write(record); err != nil {
			tb.Fatal(err)
		}
	}
	w.Flush()
	switch b.m.encoding {
	case "bom":
		return "register.csv", append([]byte("\xEF\xBB\xBF"), out.Bytes()...)
	case "utf-16le", "utf-16be":
		endian, bom := unicode.LittleEndian, unicode.UseBOM
		if b.m.encoding == "utf-16be" {
			endian, bom = unicode.BigEndian, unicode.IgnoreBOM
		}
		data, err := unicode.UTF16(endian, bom).NewEncoder().Bytes(out.Bytes())
		if err != nil {
			tb.Fatal(err)
		}
		return "register.csv", data
	}
	return "register.csv", out.Bytes()
}

func (b *builder) workbook(tb testing.TB) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		if err != nil {
			tb.Helper()
			tb.Fatal(err)
		}
	}
	day, err := f.NewStyle(&excelize.Style{NumFmt: []int{14, 15, 22}[b.r.IntN(3)]})
	must(err)
	for i, name := range b.names {
		if i == 0 {
			must(f.SetSheetName("Sheet1", name))
		} else {
			_, err := f.NewSheet(name)
			must(err)
		}
		for at, line := range b.lines[name] {
			for column, c := range line {
				if c == "" || c == nil {
					continue
				}
				cell := Letter(column) + strconv.Itoa(at+1)
				must(f.SetCellValue(name, cell, c))
				if _, ok := c.(time.Time); ok {
					must(f.SetCellStyle(name, cell, cell, day))
				}
			}
		}
		for _, m := range b.merges[name] {
			must(f.MergeCell(name, Letter(m.FirstColumn)+strconv.Itoa(m.FirstLine), Letter(m.LastColumn)+strconv.Itoa(m.LastLine)))
		}
	}
	out, err := f.WriteToBuffer()
	must(err)
	return out.Bytes()
}

// makesOf varies everything at once, from a seed.
func makesOf(seed uint64) registerMake {
	r := rand.New(rand.NewPCG(seed, 1))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	chance := func(n int) bool { return r.IntN(n) == 0 }
	m := registerMake{
		seed: seed, language: pick("ne", "ne", "en", "en", "nb", "both"), xlsx: !chance(3),
		encoding: pick("utf-8", "bom", "utf-16le", "utf-16be"), comma: separators[r.IntN(4)],
		calendar: []calendar.Calendar{calendar.Bikram, calendar.Bikram, calendar.Gregorian}[r.IntN(3)],
		says:     pick("heading", "title", "column", "cell", "twice"), group: pick("column", "district", "address", "section"),
		split: chance(4), twoLines: pick("", "", "", "parts", "names", "both"), blankAt: []int{0, 0, 1, 2}[r.IntN(4)], titles: r.IntN(4),
		numbered: chance(5), others: chance(2), tail: chance(2), shuffle: chance(2),
	}
	if chance(3) {
		m.pages = 10 + r.IntN(20)
	}
	if m.xlsx {
		m.first = chance(3)
		m.group = pick(m.group, "sheets", "merged")
		if chance(4) {
			m.says, m.calendar = "date", calendar.Gregorian
		}
	}
	if m.group == "merged" {
		m.pages = 0 // an area doesn't reach over a heading
	}
	if m.says == "title" {
		m.titles = max(m.titles, 1)
	}
	if m.says == "twice" {
		m.calendar = calendar.Bikram
	}
	if m.twoLines == "parts" && (m.says == "cell" || m.says == "twice" || m.says == "date") || m.twoLines == "parts" && m.calendar == calendar.Gregorian {
		m.says, m.calendar = "heading", calendar.Bikram
	}
	if m.twoLines == "names" {
		m.split = true
	}
	return m
}

func TestRegistersOfManyMakesComeOutRight(t *testing.T) {
	known := Known{Today: today}
	for _, p := range places {
		known.Groups = append(known.Groups, KnownGroup{"grp_" + strings.ToLower(p.en), []string{p.ne, p.en}})
	}
	makes := uint64(200)
	if testing.Short() {
		makes = 50
	}
	failed := 0
	for seed := range makes {
		m := makesOf(seed)
		b := makeRegister(m, 40)
		name, data := b.file(t)
		if problems := compareWithTruth(name, data, known, b); len(problems) > 0 {
			failed++
			if failed <= 5 {
				t.Errorf("make %+v\n%s\n%s", m, strings.Join(problems[:min(len(problems), 6)], "\n"), b.shown())
			}
		}
	}
	if failed > 0 {
		t.Errorf("%d of %d makes fail", failed, makes)
	}
}

// shown are the first lines of the main sheet.
func (b *builder) shown() string {
	lines := b.lines[b.names[len(b.names)-1]]
	var out []string
	for _, l := range lines[:min(len(lines), 9)] {
		out = append(out, fmt.Sprint(l))
	}
	return strings.Join(out, "\n")
}

func compareWithTruth(name string, data []byte, known Known, b *builder) (problems []string) {
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	table, err := Open(name, data, Options{})
	if err != nil {
		return []string{err.Error()}
	}
	reading, err := Understand(table, known, Choices{})
	if err != nil {
		return []string{err.Error()}
	}
	if len(reading.Rows) != len(b.truth) {
		say("%d rows, want %d; other lines %v", len(reading.Rows), len(b.truth), reading.Others)
		say("columns %+v", reading.Layouts[0].Columns)
		return problems
	}
	for i, want := range b.truth {
		row := reading.Rows[i]
		got := truth{name: row.Name, phone: row.Phone, birth: row.Birth, group: row.GroupID}
		if len(row.Faults) > 0 {
			got.fault = row.Faults[0].Code
		}
		want.name = script.Clean(want.name)
		if got != want || len(row.Faults) > 1 {
			say("%s line %d: %+v %v\n    want %+v; cells %v", row.Sheet, row.Line, got, row.Faults, want, row.Cells)
		}
		if row.SameAs != nil {
			say("line %d is held as line %d", row.Line, row.SameAs.Line)
		}
	}
	if len(problems) > 0 {
		say("columns %+v", reading.Layouts[0].Columns)
	}
	return problems
}
