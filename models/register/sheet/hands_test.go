package sheet

import (
	"strings"
	"testing"

	"chautari/models/calendar"
	"chautari/models/fault"
)

// Registers as different hands keep them, each with something of its own.
func TestRegistersOfDifferentHands(t *testing.T) {
	sita := oneRow{name: "Sita Rai", phone: "+9779841000001", birth: "1988-05-28", group: "Kathmandu"}
	gita := oneRow{name: "गीता लामा", phone: "+9779841000002", birth: "1993-11-23", group: "Lalitpur"}
	for _, c := range []struct {
		what, text string
		want       []oneRow
	}{
		{"columns that must not be taken, an address for the district", `Women's network,,,,,,,,
S.No.,Name of Members,Husband/Father Name,Citizenship No.,Caste,Date of Birth(B.S.),Contact No.,Address,Saving (Rs.)
1,Sita Rai,Hari Rai,27-01-70-1,X,2045-02-15,9841000001,"Ward 4, Kathmandu",500
2,गीता लामा,-,,X,2050/08/08,९८४१०००००२,ललितपुर-५,1200
Total,,,,,,,,1700
`, []oneRow{sita, gita}},
		{"parts of the birth under one heading, without merged areas", `क्र.सं.;सदस्यको नाम;जन्म मिति;;;फोन नं.;जिल्ला
;;साल;महिना;गते;;
१;Sita Rai;2045;2;15;9841000001;काठमाडौं
२;गीता लामा;२०५०;मंसिर;८;9841000002;ललितपुर
`, []oneRow{sita, gita}},
		{"the abbreviation sign written as a zero", `क्र०सं०	नाम थर	मो.नं.	जन्म मिति (वि०सं०)	जिल्ला
१	Sita Rai	9841000001	2045/2/15	Kathmandu
२	गीता लामा	9841000002	2050/8/8	Lalitpur
`, []oneRow{sita, gita}},
		{"groups as headings of sections, each with its total", `सदस्य नामावली, जन्म मिति वि.सं. मा
क्र.सं.,नाम थर,फोन,जन्म मिति
समूह: काठमाडौं
1,Sita Rai,9841000001,2045/02/15
काठमाडौं जम्मा,1
ललितपुर समूह
क्र.सं.,नाम थर,फोन,जन्म मिति
1,गीता लामा,9841000002,2050/08/08
इटहरी समूह
1,Maya Rai,9841000003,
`, []oneRow{sita, gita, {name: "Maya Rai", phone: "+9779841000003", faults: "group.unknown"}}},
		{"the group in a title only", `महिला समूह,,
जिल्ला: काठमाडौं,,
NAME,MOBILE NO,DOB (B.S)
Sita Rai,9841000001,2045.02.15
`, []oneRow{sita}},
		{"no headings at all", `1,Sita Rai,9841000001,2045-02-15 BS,Kathmandu
2,गीता लामा,9841000002,2050-08-08 BS,Lalitpur
`, []oneRow{sita, gita}},
		{"a name column without heading", `S.N.,,Mobile,DOB_BS,Dist.
1,Sita Rai,9841000001,2045-02-15,Kathmandu
2,गीता लामा,9841000002,2050-08-08,Lalitpur
`, []oneRow{sita, gita}},
		{"names in two scripts", `नाम (नेपालीमा)|Name (in English)|Phone|DOB AD|District
|Sita Rai|9841000001|28 May 1988|Kathmandu
गीता लामा|Gita Lama|9841000002|1993.11.23|Lalitpur
`, []oneRow{sita, gita}},
		{"both calendars, nothing says which is which", `Name,जन्म मिति,Date of birth,Phone,District
Sita Rai,2045-02-15,1988-05-28,9841000001,Kathmandu
गीता लामा,2050-08-08,1993-11-23,9841000002,Lalitpur
Maya Rai,2050-08-08,1990-01-01,9841000003,Lalitpur
`, []oneRow{sita, gita, {name: "Maya Rai", phone: "+9779841000003", group: "Lalitpur", faults: "B birth.disagree"}}},
		{"words for nothing, a number before the name", `नाम,फोन,जन्म मिति (बि.स.),जिल्ला
१. Sita Rai,9841000001,2045-02-15,काठमाडौं
२) गीता लामा,९८४१०००००२,२०५० साल मंसिर ८ गते,ललितपुर
३. माया राई,छैन,थाहा छैन,N/A
`, []oneRow{sita, gita, {name: "माया राई", faults: "D group.missing"}}},
		{"ditto marks", "Name,Phone,DOB (BS),District\nSita Rai,9841000001,2045-02-15,Kathmandu\nMaya Rai,9841000003,,\"\"\"\"\nगीता लामा,9841000002,2050-08-08,Lalitpur\nRadha Rai,9841000004,,ऐ.\n", []oneRow{
			sita, {name: "Maya Rai", phone: "+9779841000003", group: "Kathmandu"}, gita, {name: "Radha Rai", phone: "+9779841000004", group: "Lalitpur"},
		}},
		{"an age is no birth", `नाम,उमेर,सम्पर्क नं,ठेगाना
Sita Rai,38,9841000001,"बानेश्वर, काठमाडौं"
`, []oneRow{{name: "Sita Rai", phone: "+9779841000001", group: "Kathmandu"}}},
		{"phones that can't be one number", `Name,Ph. No.,District
Sita Rai,9841000001 / 9801000001,Kathmandu
गीता लामा,984100000,Lalitpur
Maya Rai,,Bhaktapur
`, []oneRow{{name: "Sita Rai", group: "Kathmandu", faults: "B phone.several"}, {name: "गीता लामा", group: "Lalitpur", faults: "B phone.invalid"}, {name: "Maya Rai", group: "Bhaktapur"}}},
		{"a phone without a name is told, a line with nobody is not", `SN,Name,Phone,District
1,Sita Rai,9841000001,Kathmandu
2,,9841000002,Kathmandu
3,,,
4,,,Kathmandu
`, []oneRow{{name: "Sita Rai", phone: "+9779841000001", group: "Kathmandu"}, {phone: "+9779841000002", group: "Kathmandu", faults: "B name.missing"}}},
		{"text that went through a wrong encoding", "Name,Phone,District\nÃ…se PrÃ¸ve,9841000001,Kathmandu\nà¤¸à¥€à¤¤à¤¾,9841000002,Kathmandu\n", []oneRow{
			{phone: "+9779841000001", group: "Kathmandu", faults: "A name.unreadable"}, {phone: "+9779841000002", group: "Kathmandu", faults: "A name.unreadable"},
		}},
		{"a quote that is never closed", "Name,Phone,District\n\"Sita Rai,9841000001,Kathmandu\nA,9841000003,Kathmandu\nB,9841000004,Kathmandu\nC,9841000005,Kathmandu\nD,9841000006,Kathmandu\nE,9841000007,Kathmandu\nF,9841000008,Kathmandu\nG,9841000009,Kathmandu\nH,9841000010,Kathmandu\nI,9841000011,Kathmandu\nJ,9841000012,Kathmandu\n", []oneRow{
			{line: 2, name: `"Sita Rai`, phone: "+9779841000001", group: "Kathmandu"},
			{name: "A", phone: "+9779841000003", group: "Kathmandu"},
			{name: "B", phone: "+9779841000004", group: "Kathmandu"},
			{name: "C", phone: "+9779841000005", group: "Kathmandu"},
			{name: "D", phone: "+9779841000006", group: "Kathmandu"},
			{name: "E", phone: "+9779841000007", group: "Kathmandu"},
			{name: "F", phone: "+9779841000008", group: "Kathmandu"},
			{name: "G", phone: "+9779841000009", group: "Kathmandu"},
			{name: "H", phone: "+9779841000010", group: "Kathmandu"},
			{name: "I", phone: "+9779841000011", group: "Kathmandu"},
			{name: "J", phone: "+9779841000012", group: "Kathmandu"},
		}},
		{"a signature and remarks below", `SN,Name,Phone,District
1,Sita Rai,9841000001,Kathmandu
2,Maya Rai,,Kathmandu

Prepared by,Kamala Magar
,Chairperson
Note: copied from the old book
`, []oneRow{{name: "Sita Rai", phone: "+9779841000001", group: "Kathmandu"}, {name: "Maya Rai", group: "Kathmandu"}}},
		{"members without further words as the heading", `सि. नं.,सदस्य,फो.नं.,जिल्ला
1,Sita Rai,9841000001,Kathmandu
`, []oneRow{{name: "Sita Rai", phone: "+9779841000001", group: "Kathmandu"}}},
		{"a long cell", "Name,Phone,District\nSita Rai,9841000001,Kathmandu\n" + longText(600) + ",9841000002,Kathmandu\n", []oneRow{
			{name: "Sita Rai", phone: "+9779841000001", group: "Kathmandu"}, {phone: "+9779841000002", group: "Kathmandu", faults: "A cell.too_long"},
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			checkRows(t, valley(), understand(t, "register.csv", []byte(c.text), valley(), Choices{}), c.want)
		})
	}
}

func longText(n int) string {
	text := make([]byte, n)
	for i := range text {
		text[i] = 'a'
	}
	return string(text)
}

func TestCalendarIsNeverGuessed(t *testing.T) {
	text := "Name,DOB,Phone,District\nSita Rai,2045-02-15,9841000001,Kathmandu\nगीता लामा,2050-08-08,9841000002,Lalitpur\n"
	r := understand(t, "a.csv", []byte(text), valley(), Choices{})
	for _, row := range r.Rows {
		if faultsOf(row) != "B birth.calendar_unknown" || !row.Birth.IsZero() {
			t.Errorf("%+v", row)
		}
	}
	if !r.CalendarNeeded || r.CalendarLikely != calendar.Bikram || r.Layouts[0].CalendarFrom != FromNone {
		t.Errorf("needed %v, likely %v, layout %+v", r.CalendarNeeded, r.CalendarLikely, r.Layouts[0])
	}
	r = understand(t, "a.csv", []byte(text), valley(), Choices{Calendar: calendar.Bikram})
	if r.CalendarNeeded || r.Rows[0].Birth.String() != "1988-05-28" || r.Layouts[0].CalendarFrom != FromChosen {
		t.Errorf("chosen: %+v", r)
	}
}

func TestTitleIsDoubtedWhereTheDatesBelieIt(t *testing.T) {
	text := "सदस्य विवरण (वि.सं. २०८३),,,\nName,DOB,Phone,District\nSita Rai,1988-05-28,9841000001,Kathmandu\nगीता लामा,1993-11-23,9841000002,Lalitpur\n"
	r := understand(t, "a.csv", []byte(text), valley(), Choices{})
	if !r.CalendarNeeded || r.CalendarLikely != calendar.Gregorian {
		t.Errorf("needed %v, likely %v: %+v", r.CalendarNeeded, r.CalendarLikely, r.Rows)
	}
}

func TestHeadingsTellWhatIsTaken(t *testing.T) {
	for text, want := range map[string]Field{
		"नाम": Name, "नाम थर": Name, "सदस्यको नाम": Name, "पूरा नाम": Name, "Full name": Name, "full_name": Name, "NAME": Name, "Navn": Name, "Name & Surname": Name, "Member Name (Full)": Name,
		"थर": FamilyName, "Surname": FamilyName, "Last Name": FamilyName, "Etternavn": FamilyName, "Family name": FamilyName,
		"पहिलो नाम": GivenName, "First Name": GivenName, "given_name": GivenName, "Fornavn": GivenName, "Middle name": GivenName,
		"फोन": Phone, "फोन नं.": Phone, "फोन/मोबाइल": Phone, "मोबाइल नं. (भएमा)": Phone, "सम्पर्क": Phone, "Contact no.": Phone, "Tel": Phone, "Mobilnummer": Phone, "Ph. No.": Phone, "फाेन": Phone,
		"सदस्यकोनाम": Name, "सदस्यको नामथर": Name, "मोबाइलनम्बर": Phone, "fullname": Name, "dateofbirth": Birth, "phonenumber": Phone,
		"जन्म मिति": Birth, "जन्ममिति": Birth, "DOB": Birth, "D.O.B.": Birth, "Date of Birth\n(B.S.)": Birth, "date_of_birth": Birth, "Fødselsdato": Birth, "dateOfBirth": Birth, "जन्म मिति (साल/महिना/गते)": Birth, "Birthday": Birth,
		"जन्म साल": BirthYear, "Birth year": BirthYear, "Fødselsår": BirthYear, "Year of birth": BirthYear,
		"date_calendar": CalendarField, "पात्रो": CalendarField,
		"समूह": Group, "समूहको नाम": Group, "शाखा": Group, "Group Name": Group, "महिला समूह": Group,
		"जिल्ला": District, "जिल्लाा": District, "DISTRICT ": District, "ठेगाना": District, "Address": District,
		"क्र.सं.": Serial, "सि.नं.": Serial, "S.N.": Serial, "No.": Serial, "क्र. सं.": Serial, "Sl. No.": Serial, "#": Serial,
		"सहमति": Consent, "मन्जुरी": Consent, "consent": Consent, "उपनाम": Alias, "बोलाउने नाम": Alias, "Nickname": Alias, "alias": Alias,
		"पतिको नाम": Ignored, "बुबाको नाम": Ignored, "Husband's name": Ignored, "Father Name": Ignored, "आमाको नाम थर": Ignored, "Guardian's Phone": Ignored, "सम्पर्क व्यक्ति": Ignored,
		"नागरिकता नं.": Ignored, "Citizenship No": Ignored, "Citizenship issue date": Ignored, "जात": Ignored, "Ethnicity": Ignored, "Blood Group": Ignored, "उमेर समूह": Ignored,
		"उमेर": Ignored, "Age": Ignored, "इमेल": Ignored, "E-mail": Ignored, "वडा नं.": Ignored, "कैफियत": Ignored, "Remarks": Ignored, "जन्म स्थान": Ignored, "Place of birth": Ignored,
		"जन्म दर्ता नं": Ignored, "सदस्यता नं.": Ignored, "Member No.": Ignored, "Joined date": Ignored, "मिति": Ignored, "रकम (रु.)": Ignored, "Training name": Ignored, "संस्थाको नाम": Ignored,
		"सदस्य विवरण": "", "Favourite colour": "", "सीता तामाङ": "", "9841000001": "", "Sita Rai": "",
	} {
		if m := meaningOf(text); m.field != want {
			t.Errorf("%q is %q, want %q", text, m.field, want)
		}
	}
}

func TestCalendarsOfHeadings(t *testing.T) {
	for text, want := range map[string]calendar.Calendar{
		"जन्म मिति (वि.सं.)": calendar.Bikram, "जन्म मिति वि. सं.": calendar.Bikram, "DOB (BS)": calendar.Bikram, "DOB_BS": calendar.Bikram, "Birth date B.S.": calendar.Bikram, "जन्म मिति (बि.स.)": calendar.Bikram, "विक्रम सम्वत्": calendar.Bikram,
		"DOB (AD)": calendar.Gregorian, "जन्म मिति (ई.सं.)": calendar.Gregorian, "Date of Birth A.D.": calendar.Gregorian, "इस्वी सन्": calendar.Gregorian,
		"जन्म मिति": calendar.AnyCalendar, "वि.सं./ई.सं.": calendar.AnyCalendar, "Address": calendar.AnyCalendar, "Members": calendar.AnyCalendar, "Sl. No.": calendar.AnyCalendar, "विसर्जन": calendar.AnyCalendar,
	} {
		if got := calendarNamed(text); got != want {
			t.Errorf("%q names %s, want %s", text, got, want)
		}
	}
}

func TestAnOpenQuoteSwallowsNoRows(t *testing.T) {
	file := "Name,Phone,District\nSita \"Tamang,9841000001,Kaski\n\"Gita Rai,9841000002,Kaski\nMaya Lama,9841000003,Kaski\nRita Gurung,9841000004,Kaski\n"
	table, err := Open("x.csv", []byte(file), Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Understand(table, Known{Groups: []KnownGroup{{ID: "grp_kaski", Names: []string{"Kaski"}}}}, Choices{})
	if err != nil || len(r.Rows) != 4 {
		t.Fatalf("%d rows, %v", len(r.Rows), err)
	}
	address := "Name,Phone,Address\n\"Sita Tamang\",9841000001,\"Ward 4,\nKaski, Nepal\"\nGita Rai,9841000002,Kaski\n"
	table, err = Open("x.csv", []byte(address), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r, err = Understand(table, Known{Groups: []KnownGroup{{ID: "grp_kaski", Names: []string{"Kaski"}}}}, Choices{}); err != nil || len(r.Rows) != 2 {
		t.Errorf("an address of two lines: %d rows, %v", len(r.Rows), err)
	}
}

func TestALineOfEndlessCellsIsRefusedBeforeItIsCut(t *testing.T) {
	for _, line := range []string{strings.Repeat(",", 4<<20), strings.Repeat("a;b|c\td,", 500_000)} {
		if _, err := Open("x.csv", []byte("Name,Phone\n"+line), Options{}); !fault.Is(err, fault.TooLarge) {
			t.Errorf("got %v", err)
		}
	}
}
