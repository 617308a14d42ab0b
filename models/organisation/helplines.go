package organisation

import (
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
)

// Helpline is a number to call outside the organisation.
type Helpline struct {
	ID      string        `bson:"id"`
	Name    Name          `bson:"name"` // whose it is and when it answers
	Number  string        `bson:"number"`
	Source  string        `bson:"source"`  // where it was confirmed
	Checked calendar.Date `bson:"checked"` // when it was last found to be right
	Owner   access.Role   `bson:"owner"`   // who sees to it that it is checked
}

// checkEvery is how many days a number may go unchecked.
const checkEvery = 90

// Old tells that nobody has checked the number for too long.
func (h Helpline) Old(today calendar.Date) bool { return h.Checked.AddDays(checkEvery).Before(today) }

// Shipped tells that the number is as it came with the program: whoever made the
// program checked it, and nobody of the organisation has yet.
func (h Helpline) Shipped() bool { return slices.Contains(UsualHelplines(), h) }

// Owners are the roles that can look after a number.
var Owners = []access.Role{access.Administrator, access.Board, access.FocalPoint, access.Deputy, access.Coordinator}

// UsualHelplines are the numbers in Nepal that could be confirmed. Others were
// left out rather than guessed.
func UsualHelplines() []Helpline {
	checked := calendar.Date{Year: 2026, Month: time.November, Day: 26}
	line := func(number, source, ne, en, nb string) Helpline {
		return Helpline{
			ID: "line" + number, Number: number, Source: source, Name: Name{NE: ne, EN: en, NB: nb},
			Checked: checked, Owner: access.FocalPoint,
		}
	}
	return []Helpline{
		line(
			"1145", "nwc.gov.np", "राष्ट्रिय महिला आयोग। दिनरात खुला, पैसा लाग्दैन।",
			"National Women Commission. Free, day and night.", "Kvinnekommisjonen i Nepal. Gratis, døgnet rundt.",
		),
		line("1098", "ncrc.gov.np", "बालबालिकाका लागि मद्दत", "Help for children", "Hjelp for barn"),
		line("104", "ncrc.gov.np", "बच्चा हराएमा", "When a child is missing", "Når et barn er borte"),
		line("100", "nepalpolice.gov.np", "प्रहरी", "Police", "Politiet"),
	}
}
