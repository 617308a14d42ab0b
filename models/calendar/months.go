package calendar

import (
	"strings"

	"chautari/models/script"
)

// month is a month of one of the calendars, 1 to 12.
type month struct {
	calendar Calendar
	number   int
}

// monthSpellings are the usual spellings; the key brings their variants in.
var monthSpellings = map[Calendar][12]string{
	Bikram: {
		"वैशाख बैशाख बैसाख Baisakh Baishak",
		"जेठ ज्येष्ठ जेष्ठ Jeth Jyestha Jestha Jyaistha",
		"असार आषाढ अषाढ Asar Asaar Ashadh Asad Ashad Asadh",
		"साउन श्रावण सावन Saun Shrawan Sawan Shravan Srawan",
		"भदौ भाद्र भदौं भाद Bhadau Bhadra Bhado Bhadaw",
		"असोज आश्विन अश्विन Asoj Ashwin Aswin Aswayuja Ashoj",
		"कात्तिक कार्तिक कातिक Kattik Kartik Katik",
		"मंसिर मङ्सिर मङ्सीर मार्ग मार्गशीर्ष Mangsir Mansir Marga Margashirsha Mangshir",
		"पुस पौष पूष पुष Pus Poush Paush Push",
		"माघ Magh Maagh",
		"फागुन फाल्गुन फाल्गुण Phagun Falgun Phalgun",
		"चैत चैत्र Chait Chaitra",
	},
	Gregorian: {
		"January Jan जनवरी जनबरी januar",
		"February Feb फेब्रुअरी फेब्रुवरी फरवरी februar",
		"March Mar मार्च mars",
		"April Apr अप्रिल अप्रील",
		"May मे मई mai",
		"June Jun जुन जून juni",
		"July Jul जुलाई juli",
		"August Aug अगस्ट अगस्त",
		"September Sep Sept सेप्टेम्बर सेप्टेम्वर सितम्बर",
		"October Oct अक्टोबर अक्टुबर oktober okt",
		"November Nov नोभेम्बर नोवेम्बर",
		"December Dec डिसेम्बर दिसम्बर desember des",
	},
}

// monthsByKey finds a month by the key of its name.
var monthsByKey = func() map[string]month {
	m := map[string]month{}
	for calendar, months := range monthSpellings {
		for i, spellings := range months {
			for _, s := range strings.Fields(spellings) {
				m[script.NameKey(s)] = month{calendar, i + 1}
			}
		}
	}
	return m
}()

// markers are words and abbreviations, in lower case and without dots and
// blanks, that say which calendar a date is in.
var markers = map[string]Calendar{
	"bs": Bikram, "vs": Bikram, "bikramsambat": Bikram, "vikramsambat": Bikram, "bikram": Bikram, "sambat": Bikram,
	"sal": Bikram, "saal": Bikram, "gate": Bikram, "gatey": Bikram,
	"विसं": Bikram, "बिसं": Bikram, "विस": Bikram, "बिस": Bikram, "विसम्वत": Bikram,
	"विक्रमसंवत्": Bikram, "विक्रमसंवत": Bikram, "विक्रमसम्वत्": Bikram, "विक्रमसम्वत": Bikram, "बिक्रमसंवत्": Bikram, "बिक्रमसम्वत्": Bikram, "बिक्रमसंवत": Bikram, "बिक्रमसम्वत": Bikram,
	"संवत्": Bikram, "संवत": Bikram, "सम्वत्": Bikram, "सम्वत": Bikram,
	"साल": Bikram, "सालको": Bikram, "सालमा": Bikram, "गते": Bikram, "गतेका": Bikram,
	"ad": Gregorian, "ce": Gregorian, "isvisan": Gregorian,
	"ईसं": Gregorian, "इसं": Gregorian, "ईस": Gregorian, "इस": Gregorian, "एडी": Gregorian,
	"ईस्वी": Gregorian, "इस्वी": Gregorian, "ईस्वीसन्": Gregorian, "इस्वीसन्": Gregorian, "ईसंवत्": Gregorian,
	"सन्": Gregorian, "सन": Gregorian, "तारिख": Gregorian,
}

// fillers say nothing about a date. English ordinals are among them.
var fillers = map[string]bool{
	"st": true, "nd": true, "rd": true, "th": true, "of": true, "the": true, "ko": true,
	"को": true, "का": true, "मा": true, "महिना": true, "दिन": true, "born": true, "dob": true, "जन्म": true,
}

// notKnown are the ways to write that nobody knows.
var notKnown = map[string]bool{
	"unknown": true, "not known": true, "n/a": true, "na": true, "n.a.": true, "थाहा छैन": true, "थाहा नभएको": true,
}
