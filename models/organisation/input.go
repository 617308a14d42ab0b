package organisation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/script"
)

// SettingsChange is what is to be changed; what is left out stays. A list is the
// whole list, but Limits holds only those to be changed.
type SettingsChange struct {
	Name      *Name           `json:"name,omitempty"`
	Languages []string        `json:"languages,omitempty" validate:"max=3,unique,dive,oneof=ne en nb"`
	Helplines []HelplineInput `json:"helplines,omitempty" validate:"max=20,dive"`
	Holidays  []HolidayInput  `json:"holidays,omitempty" validate:"max=100,dive"`
	Limits    []LimitInput    `json:"limits,omitempty" validate:"max=100,dive"`
	Hosts     []string        `json:"hosts,omitempty" validate:"max=10,dive,max=253"`
	Bodies    []BodyInput     `json:"bodies,omitempty" validate:"max=20,dive"`
}

// HelplineInput is a helpline as it is typed; one without an id that is known is new.
type HelplineInput struct {
	ID      string      `json:"id,omitempty" validate:"max=40"`
	Name    Name        `json:"name"`
	Number  string      `json:"number" validate:"required,max=30"`
	Source  string      `json:"source" validate:"required,max=200"`
	Checked string      `json:"checked" validate:"required,datetime=2006-01-02"`
	Owner   access.Role `json:"owner" validate:"required,oneof=administrator board focalPoint deputy coordinator"`
}

// HolidayInput is a holiday as it is typed.
type HolidayInput struct {
	Day  string `json:"day" validate:"required,datetime=2006-01-02"`
	Name Name   `json:"name"`
}

// BodyInput names a supporting body: one that receives figures already by its
// id, a new one by the host name at which it answers.
type BodyInput struct {
	ID   string `json:"id,omitempty" validate:"omitempty,id=org"`
	Host string `json:"host,omitempty" validate:"max=253"`
}

// LimitInput is a number that is chosen.
type LimitInput struct {
	Key   string `json:"key" validate:"required,max=60"`
	Value int    `json:"value"`
}

// wanted is a change that was read and found good.
type wanted struct {
	name      *Name
	languages []string
	helplines []Helpline
	holidays  []Holiday // nil: as they are
	numbers   []chosenNumber
	hosts     []string // as they are stored; nil: as they are
	bodies    []BodyInput
}

type chosenNumber struct {
	Number
	value int
}

// read checks a change and tells everything that is wrong with it.
func (in SettingsChange) read(today calendar.Date) (w wanted, err error) {
	var faults []fault.Field
	wrong := func(field, code string, params ...string) { faults = append(faults, fault.At(field, code, params...)) }
	if in.Name != nil {
		name := in.Name.clean()
		if w.name = &name; len(name.All()) == 0 {
			wrong("name", "settings.name_missing")
		}
	}
	if in.Languages != nil {
		if len(in.Languages) == 0 {
			wrong("languages", "settings.languages_none")
		}
		for _, l := range Languages { // in their usual order
			if slices.Contains(in.Languages, l) {
				w.languages = append(w.languages, l)
			}
		}
	}
	if in.Helplines != nil && len(in.Helplines) == 0 {
		wrong("helplines", "settings.helplines_none")
	}
	for i, h := range in.Helplines {
		at := fmt.Sprintf("helplines.%d.", i)
		line := Helpline{ID: h.ID, Name: h.Name.clean(), Source: script.Clean(h.Source), Owner: h.Owner}
		if len(line.Name.All()) == 0 {
			wrong(at+"name", "settings.name_missing")
		}
		if line.Number = dialled(h.Number); line.Number == "" {
			wrong(at+"number", "settings.helpline_number")
		}
		if line.Source == "" {
			wrong(at+"source", "field.required")
		}
		day, err := calendar.Parse(h.Checked)
		if line.Checked = day; err != nil || today.Before(day) {
			wrong(at+"checked", "settings.checked_future")
		}
		w.helplines = append(w.helplines, line)
	}
	if in.Holidays != nil {
		w.holidays = []Holiday{}
	}
	for i, h := range in.Holidays {
		at := fmt.Sprintf("holidays.%d.", i)
		day, err := calendar.Parse(h.Day)
		if err != nil {
			wrong(at+"day", "field.not_a_day")
		}
		if slices.ContainsFunc(w.holidays, func(other Holiday) bool { return other.Day == day }) {
			wrong(at+"day", "settings.holiday_twice")
		}
		name := h.Name.clean()
		if len(name.All()) == 0 {
			wrong(at+"name", "settings.name_missing")
		}
		w.holidays = append(w.holidays, Holiday{Day: day, Name: name})
	}
	if in.Hosts != nil && len(in.Hosts) == 0 {
		wrong("hosts", "settings.hosts_none")
	}
	for _, typed := range in.Hosts {
		w.hosts = append(w.hosts, strings.ToLower(script.Clean(typed)))
	}
	w.bodies = in.Bodies
	for i, l := range in.Limits {
		n := numberOf(l.Key)
		switch {
		case n == nil:
			wrong(fmt.Sprintf("limits.%d.key", i), "settings.limit_unknown")
		case l.Value < n.Least || l.Value > n.Most:
			wrong(fmt.Sprintf("limits.%d.value", i), "settings.limit_range", "least", strconv.Itoa(n.Least), "most", strconv.Itoa(n.Most))
		default:
			w.numbers = append(w.numbers, chosenNumber{*n, l.Value})
		}
	}
	return w, fault.Of("request.invalid", faults...)
}

// dialled is a number as it is dialled: 3 to 15 digits with a plus before them at
// most, whichever digits and gaps it is typed with; "" for anything else.
func dialled(text string) string {
	folded := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(script.FoldDigits(script.Clean(text)))
	digits := strings.TrimPrefix(folded, "+")
	if len(digits) < 3 || len(digits) > 15 || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return folded
}
