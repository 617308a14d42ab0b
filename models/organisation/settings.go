package organisation

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/store"
)

// choices is what an organisation chose for itself, one document in its own
// space. What it never chose is not in it, so that it gets the usual of the day.
type choices struct {
	store.Meta `bson:",inline"`
	Helplines  []Helpline `bson:"helplines,omitempty"`
	Holidays   []Holiday  `bson:"holidays,omitempty"`
	Numbers    []choice   `bson:"numbers,omitempty"` // by key
}

type choice struct {
	Key   string `bson:"key"`
	Value int    `bson:"value"`
}

var chosen = store.Declare[choices]("settings")

const choicesID = "settings"

// Settings is how an organisation runs, at most a second old. It is shared and
// not to be changed.
type Settings struct {
	Organisation *Organisation
	Helplines    []Helpline
	Holidays     []Holiday // in the order of their days
	Version      int64     // what a change must name; it counts changes of names and languages too

	chosen map[string]int
}

// Settings returns the settings of an organisation, at most a second old; for a
// decoy tenant those of the one it belongs to.
func (o *Organisations) Settings(ctx context.Context, org string) (*Settings, error) {
	org = Shown(org)
	return o.settings.get(org, func() (*Settings, error) { return o.readSettings(ctx, org) })
}

func (o *Organisations) readSettings(ctx context.Context, org string) (*Settings, error) {
	doc, err := choicesOf(ctx, o.store.Org(org))
	if err != nil {
		return nil, err
	}
	// Read after the choices: whoever names their version has seen this name or a later one.
	about, err := o.Get(ctx, org)
	if err != nil {
		return nil, err
	}
	return settingsOf(about, doc), nil
}

func settingsOf(about *Organisation, doc *choices) *Settings {
	s := &Settings{
		Organisation: about, Helplines: doc.helplines(), Holidays: inOrder(doc.Holidays),
		Version: doc.Version + 1, chosen: map[string]int{},
	}
	for _, c := range doc.Numbers {
		s.chosen[c.Key] = c.Value
	}
	return s
}

// choicesOf reads what an organisation chose; nothing yet is version 0.
func choicesOf(ctx context.Context, v store.View) (*choices, error) {
	doc, err := chosen.Get(ctx, v, choicesID)
	if errors.Is(err, store.ErrAbsent) {
		return &choices{Meta: store.Meta{ID: choicesID}}, nil
	}
	return doc, err
}

func (c *choices) save(ctx context.Context, tx *store.Tx) error {
	if c.Version > 0 {
		return chosen.Replace(ctx, tx, c)
	}
	err := chosen.Insert(ctx, tx, c)
	if store.IsDuplicate(err, "id") {
		return store.ErrConflict
	}
	return err
}

func (c *choices) helplines() []Helpline {
	if len(c.Helplines) == 0 {
		return UsualHelplines()
	}
	return c.Helplines
}

// number is what was chosen for a key, or the usual.
func (c *choices) number(n Number) int {
	for _, chosen := range c.Numbers {
		if chosen.Key == n.Key {
			return min(max(chosen.Value, n.Least), n.Most)
		}
	}
	return n.Usual
}

// choose notes a number; the usual one is not kept.
func (c *choices) choose(n Number, value int) {
	c.Numbers = slices.DeleteFunc(c.Numbers, func(was choice) bool { return was.Key == n.Key })
	if value != n.Usual {
		c.Numbers = append(c.Numbers, choice{n.Key, value})
	}
}

// ReadSettings shows the settings as they are now to who looks after them.
func (o *Organisations) ReadSettings(ctx context.Context, a access.Actor) (*Settings, error) {
	if err := access.Decide(a, access.ReadSettings, access.Facts{Org: a.Org}); err != nil {
		return nil, o.refuse(ctx, a, access.ReadSettings, "", err)
	}
	return o.readSettings(ctx, a.Org)
}

// Helplines shows anybody the numbers to call. They are there even when the
// store can't be asked: then they are the usual ones.
func (o *Organisations) Helplines(ctx context.Context, org string) []Helpline {
	if org == "" {
		return UsualHelplines()
	}
	s, err := o.Settings(ctx, org)
	if err != nil {
		return UsualHelplines()
	}
	return s.Helplines
}

// Today is the day in Nepal.
func (o *Organisations) Today() calendar.Date { return calendar.Of(o.clock.Now()) }

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (o *Organisations) refuse(ctx context.Context, a access.Actor, act access.Action, subject string, err error) error {
	return o.audit.Refusal(ctx, o.store.Org(a.Org), a, act, subject, err)
}
