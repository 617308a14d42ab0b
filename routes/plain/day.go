package plain

import (
	"strconv"
	"strings"

	"chautari/models/calendar"
)

// months are the names of the months in one language, by the calendar.
type months struct{ bikram, gregorian [12]string }

var monthNames = map[string]months{
	"ne": {
		bikram:    [12]string{"वैशाख", "जेठ", "असार", "साउन", "भदौ", "असोज", "कात्तिक", "मंसिर", "पुस", "माघ", "फागुन", "चैत"},
		gregorian: [12]string{"जनवरी", "फेब्रुअरी", "मार्च", "अप्रिल", "मे", "जुन", "जुलाई", "अगस्ट", "सेप्टेम्बर", "अक्टोबर", "नोभेम्बर", "डिसेम्बर"},
	},
	"en": {
		bikram:    [12]string{"Baisakh", "Jeth", "Asar", "Saun", "Bhadau", "Asoj", "Kattik", "Mangsir", "Pus", "Magh", "Phagun", "Chait"},
		gregorian: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	},
	"nb": {
		bikram:    [12]string{"baisakh", "jeth", "asar", "saun", "bhadau", "asoj", "kattik", "mangsir", "pus", "magh", "phagun", "chait"},
		gregorian: [12]string{"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"},
	},
}

// digits writes ASCII digits as the language does.
func (w Words) digits(text string) string {
	if w.Lang != "ne" {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '०'
		}
		return r
	}, text)
}

// Day writes a day: in Nepali and English in both calendars, Bikram Sambat
// first, in Norwegian in the Gregorian one. The year is the one it is now.
func (w Words) Day(d calendar.Date) string {
	names := monthNames[w.Lang]
	gregorian := w.dayOf(d.Day, names.gregorian[d.Month-1])
	b, err := calendar.ToBS(d)
	if err != nil || w.Lang == "nb" {
		return gregorian
	}
	return w.dayOf(b.Day, names.bikram[b.Month-1]) + " (" + gregorian + ")"
}

func (w Words) dayOf(day int, month string) string {
	n := w.digits(strconv.Itoa(day))
	switch w.Lang {
	case "ne":
		return month + " " + n
	case "nb":
		return n + ". " + month
	}
	return n + " " + month
}
