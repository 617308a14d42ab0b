package organisation

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/store"
)

// ChangeSettings changes what is told to, if nobody did since the version that
// was seen, notes each change in the history, and acts from the next request on.
// Faults: settings.name_missing, settings.languages_none, settings.helplines_none,
// settings.helpline_number, settings.checked_future, settings.holiday_twice,
// settings.limit_unknown, settings.limit_range, settings.hosts_none,
// settings.host_name, settings.host_taken, settings.host_in_use,
// settings.body_unknown, request.stale, access.Refused. At is the host name at
// which she is.
func (o *Organisations) ChangeSettings(ctx context.Context, a access.Actor, at string, version int64, in SettingsChange) (*Settings, error) {
	next, err := in.read(o.Today())
	if err != nil {
		return nil, err
	}
	var moves []move
	err = o.store.System().TxWith(ctx, o.store.Org(a.Org), func(system, tx *store.Tx) error {
		if err := o.may(ctx, tx, a, access.ChangeSettings); err != nil {
			return err
		}
		about, err := organisations.Get(ctx, system, a.Org)
		if err != nil {
			return err
		}
		doc, err := choicesOf(ctx, tx)
		if err != nil {
			return err
		}
		if doc.Version+1 != version {
			return fault.StaleAt(doc.Version + 1)
		}
		was := *about
		moves = next.apply(about, doc)
		more, err := o.reach(ctx, system, about, at, next)
		if err != nil {
			return err
		}
		if moves = append(moves, more...); len(moves) == 0 {
			return nil
		}
		if was.Name != about.Name || !slices.Equal(was.Languages, about.Languages) || !slices.Equal(was.Supporters, about.Supporters) {
			if err := organisations.Replace(ctx, system, about); err != nil {
				return err
			}
		}
		if err := doc.save(ctx, tx); err != nil {
			return err
		}
		return o.note(ctx, tx, a, access.ChangeSettings, a.Org, moves...)
	})
	if err != nil {
		return nil, o.refuse(ctx, a, access.ChangeSettings, "", err)
	}
	o.settings.forget(a.Org)
	for _, m := range moves {
		if m.Field == "hosts" {
			o.served.forget(m.From)
			o.served.forget(m.To)
		}
	}
	return o.readSettings(ctx, a.Org)
}

// reach writes where the organisation is reached and whom its figures reach, if
// that is wanted, and tells what moved.
func (o *Organisations) reach(ctx context.Context, system *store.Tx, about *Organisation, at string, w wanted) (moves []move, err error) {
	var wrong []fault.Field
	if w.hosts != nil {
		if moves, wrong, err = o.answerAt(ctx, system, about.ID, at, w.hosts); err != nil {
			return nil, err
		}
	}
	if w.bodies != nil {
		of, bad, err := reportTo(ctx, system, about, w.bodies)
		if err != nil {
			return nil, err
		}
		moves, wrong = append(moves, of...), append(wrong, bad...)
	}
	return moves, fault.Of("request.invalid", wrong...)
}

// apply writes what is wanted and tells what moved.
func (w wanted) apply(about *Organisation, doc *choices) (moves []move) {
	moved := func(field, from, to string) bool {
		if from != to {
			moves = append(moves, move{field, from, to})
		}
		return from != to
	}
	if w.name != nil && moved("name", about.Name.String(), w.name.String()) {
		about.Name = *w.name
	}
	if w.languages != nil && moved("languages", strings.Join(about.Languages, " "), strings.Join(w.languages, " ")) {
		about.Languages = w.languages
	}
	if w.helplines != nil {
		was := doc.helplines()
		doc.Helplines = w.helplines
		for i := range doc.Helplines {
			if findHelpline(was, doc.Helplines[i].ID) == "" {
				doc.Helplines[i].ID = id.New("hln")
			}
		}
		for _, h := range was {
			moved("helplines", h.String(), findHelpline(doc.Helplines, h.ID))
		}
		for _, h := range doc.Helplines {
			if findHelpline(was, h.ID) == "" {
				moved("helplines", "", h.String())
			}
		}
	}
	if w.holidays != nil {
		was := doc.Holidays
		doc.Holidays = inOrder(w.holidays)
		for _, h := range was {
			moved("holidays", h.String(), findHoliday(doc.Holidays, h.Day))
		}
		for _, h := range doc.Holidays {
			if findHoliday(was, h.Day) == "" {
				moved("holidays", "", h.String())
			}
		}
	}
	for _, n := range w.numbers {
		if moved("limits."+n.Key, strconv.Itoa(doc.number(n.Number)), strconv.Itoa(n.value)) {
			doc.choose(n.Number, n.value)
		}
	}
	return moves
}

// String is a line of a helpline, for the history.
func (h Helpline) String() string {
	return strings.Join([]string{h.Number, h.Name.String(), h.Source, h.Checked.String(), string(h.Owner)}, " · ")
}

func findHelpline(list []Helpline, id string) string {
	for _, h := range list {
		if h.ID == id {
			return h.String()
		}
	}
	return ""
}

// String is a line of a holiday, for the history.
func (h Holiday) String() string { return h.Day.String() + " · " + h.Name.String() }

func findHoliday(list []Holiday, day calendar.Date) string {
	for _, h := range list {
		if h.Day == day {
			return h.String()
		}
	}
	return ""
}
