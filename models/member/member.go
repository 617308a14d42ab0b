// Package member holds the people of an organisation: how they come in, what
// is kept of them, who finds them, and what each may see of herself.
//
// A name, a phone number, a birth and a place lie sealed with the person's own
// key. A woman who registers gives an alias and no more; people from an old
// register are carried over until they have been asked.
package member

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// State is where a membership stands.
type State string

// The states of a membership.
const (
	Applied  State = "applied"
	Active   State = "active"
	Declined State = "declined"
	Paused   State = "paused"
	Ended    State = "ended"
)

// States lists them all.
var States = []State{Applied, Active, Declined, Paused, Ended}

// Reason is why an application was declined, as one of a few words; what else
// the coordinator wants to say she writes.
type Reason string

// The reasons.
const (
	AlreadyHere Reason = "duplicate"
	OtherGroup  Reason = "not_this_group"
	TalkFirst   Reason = "talk_first"
	OtherReason Reason = "other"
)

// CarriedOver is the ground on which somebody from an old register is kept
// until she has been asked: the paper she once joined with. It allows her
// group's coordinators what the paper showed, and nothing else.
type CarriedOver struct {
	Import string        `bson:"import"`
	Line   int           `bson:"line"`
	Until  calendar.Date `bson:"until"`           // erased then if nobody asked her
	Asked  calendar.Date `bson:"asked,omitempty"` // she was asked then, and said no
}

// Member is a person of the organisation. What is sealed opens with her key only.
type Member struct {
	store.Meta  `bson:",inline"`
	Alias       seal.Sealed   `bson:"alias,omitempty"`
	PaperName   seal.Sealed   `bson:"paper_name,omitempty"`
	Phone       seal.Sealed   `bson:"phone,omitempty"`
	Birth       seal.Sealed   `bson:"birth,omitempty"`
	District    seal.Sealed   `bson:"district,omitempty"`
	Age         seal.Sealed   `bson:"age,omitempty"` // whether she is 18, as she said
	Group       string        `bson:"group"`
	Unsure      bool          `bson:"unsure,omitempty"` // she did not know which group; it lies with the root
	State       State         `bson:"state"`
	Since       calendar.Date `bson:"since"` // of the state
	Language    string        `bson:"language,omitempty"`
	Reason      Reason        `bson:"reason,omitempty"`
	Words       seal.Sealed   `bson:"words,omitempty"` // what the coordinator wrote to her
	CarriedOver *CarriedOver  `bson:"carried_over,omitempty"`
}

var members = store.Declare[Member]("members",
	store.Index{Name: "import", Fields: []string{"carried_over.import", "carried_over.line"}},
	store.Index{Name: "carried_until", Fields: []string{"carried_over.until"}},
	store.Index{Name: "state", Fields: []string{"state", "since"}},
)

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{members.Spec(), departures.Spec()} }

// Members are the use cases around the people of an organisation.
type Members struct {
	store    *store.Store
	keys     *seal.Keys
	orgs     *organisation.Organisations
	accounts *account.Accounts
	audit    audit.Log
	clock    clock.Clock
	names    directories
	places   seal.Box
	leaving  []Leaving
	after    map[consent.Purpose][]Leaving
	young    []Leaving
}

// Leaving is what another noun does when somebody ends her membership, or takes
// a yes back: it gives back what others wait for, and lets go of what was kept for
// that alone, in the same transaction.
type Leaving func(ctx context.Context, tx *store.Tx, a access.Actor) error

// WhenLeaving adds what is done when somebody ends her membership. It belongs to
// putting the house together, before anything is served.
func (m *Members) WhenLeaving(all ...Leaving) { m.leaving = append(m.leaving, all...) }

// WhenTakenBack adds what another noun does, in the same transaction, when
// somebody takes her yes for a purpose back. It belongs there as well.
func (m *Members) WhenTakenBack(p consent.Purpose, all ...Leaving) {
	m.after[p] = append(m.after[p], all...)
}

// WhenYoung adds what another noun does, in the same transaction, when somebody
// turns out to be under 18: what she gave others as somebody of age ends. It belongs
// there too.
func (m *Members) WhenYoung(all ...Leaving) { m.young = append(m.young, all...) }

// turnsYoung has every noun end what she gave as somebody of age.
func (m *Members) turnsYoung(ctx context.Context, tx *store.Tx, a access.Actor) error {
	for _, end := range m.young {
		if err := end(ctx, tx, a); err != nil {
			return err
		}
	}
	return nil
}

// New serves the members of a store.
func New(s *store.Store, keys *seal.Keys, master *seal.Master, orgs *organisation.Organisations, accounts *account.Accounts, c clock.Clock) *Members {
	return &Members{
		store: s, keys: keys, orgs: orgs, accounts: accounts,
		audit: orgs.Log(), clock: c, names: directories{clock: c, kept: map[string]*directory{}},
		places: master.Box("place in a list"), after: map[consent.Purpose][]Leaving{},
	}
}

// today is the day in Nepal.
func (m *Members) today() calendar.Date { return calendar.Of(m.clock.Now()) }

// Opened is a member with her texts opened, for somebody who may read them.
type Opened struct {
	*Member
	Alias     seal.Clear
	PaperName seal.Clear
	Phone     seal.Clear
	District  seal.Clear
	Words     seal.Clear
	Birth     calendar.Birth
	Age       Age

	Damaged     []string      // texts of hers that don't open, by field; they are empty here
	Restricted  bool          // as her consents said where they were looked at
	Decided     bool          // likewise: it was decided on her as somebody under 18
	Listing     bool          // likewise: her coordinators may see her though she is
	Review      calendar.Date // likewise: when it is looked at again that her guardian was set aside
	phoneUnseen bool          // nobody but her may look for her number
}

// Name is what she is called: her alias, or until she has one the name on paper.
// Whose alias can't be read has none: the other is not for everybody.
func (o *Opened) Name() seal.Clear {
	if o.chose() {
		return o.Alias
	}
	return o.PaperName
}

// chose tells whether she has an alias, be it readable or not.
func (o *Opened) chose() bool { return len(o.Member.Alias) > 0 || !o.Alias.Empty() }

// Unreadable tells whether a text of hers doesn't open.
func (o *Opened) Unreadable() bool { return len(o.Damaged) > 0 }

// ageless tells that this is so of her birth or her answer to it.
func (o *Opened) ageless() bool {
	return slices.Contains(o.Damaged, "birth") || slices.Contains(o.Damaged, "age")
}

// whole is seal.ErrUnreadable where a text of hers doesn't open, for what goes
// wrong without it.
func (o *Opened) whole() error {
	if o.Unreadable() {
		return fmt.Errorf("%w: %s", seal.ErrUnreadable, strings.Join(o.Damaged, ", "))
	}
	return nil
}

// open opens what is held of one person. A text that doesn't open is Damaged, and
// keeps nothing else from being shown.
func open(key *seal.Key, doc *Member) (*Opened, error) {
	o := &Opened{Member: doc}
	var birth, age seal.Clear
	for _, f := range []struct {
		name string
		from seal.Sealed
		to   *seal.Clear
	}{
		{"alias", doc.Alias, &o.Alias},
		{"paper_name", doc.PaperName, &o.PaperName},
		{"phone", doc.Phone, &o.Phone},
		{"district", doc.District, &o.District},
		{"words", doc.Words, &o.Words},
		{"birth", doc.Birth, &birth},
		{"age", doc.Age, &age},
	} {
		clear, err := key.Open(doc.ID, f.name, f.from)
		switch {
		case errors.Is(err, seal.ErrUnreadable):
			o.Damaged = append(o.Damaged, f.name)
		case err != nil:
			return nil, err
		}
		*f.to = clear
	}
	if !birth.Empty() {
		if err := json.Unmarshal([]byte(birth.Reveal()), &o.Birth); err != nil {
			return nil, err
		}
	}
	var err error
	if o.Age, err = readAge(age); err != nil {
		return nil, err
	}
	return o, nil
}

// Details are what can be known of a person besides her alias. Empty ones are not held.
type Details struct {
	PaperName string
	Phone     string // E.164
	Birth     calendar.Birth
	District  string
}

// write seals details into a document in place of what stood there.
func write(key *seal.Key, doc *Member, d Details) error {
	var birth string
	if !d.Birth.IsZero() {
		b, err := json.Marshal(d.Birth)
		if err != nil {
			return err
		}
		birth = string(b)
	}
	for _, f := range []struct {
		name, text string
		to         *seal.Sealed
	}{
		{"paper_name", d.PaperName, &doc.PaperName},
		{"phone", d.Phone, &doc.Phone},
		{"birth", birth, &doc.Birth},
		{"district", d.District, &doc.District},
	} {
		sealed, err := key.Seal(doc.ID, f.name, f.text)
		if err != nil {
			return err
		}
		*f.to = sealed
	}
	return nil
}

// openAll opens documents with their persons' keys. Whose key was destroyed is left out.
func (m *Members) openAll(ctx context.Context, org string, docs []*Member) ([]*Opened, error) {
	ids := make([]string, len(docs))
	for i, d := range docs {
		ids[i] = d.ID
	}
	keys, err := m.keys.Many(ctx, org, ids)
	if err != nil {
		return nil, err
	}
	opened := make([]*Opened, 0, len(docs))
	for _, d := range docs {
		key := keys[d.ID]
		if key == nil {
			continue
		}
		o, err := open(key, d)
		if err != nil {
			return nil, err
		}
		opened = append(opened, o)
	}
	return opened, nil
}

// openWhole is openAll for what goes wrong where something of somebody is missing:
// seal.ErrUnreadable if a text of anybody doesn't open.
func (m *Members) openWhole(ctx context.Context, org string, docs []*Member) ([]*Opened, error) {
	opened, err := m.openAll(ctx, org, docs)
	for _, o := range opened {
		err = errors.Join(err, o.whole())
	}
	return opened, err
}

// facts are what is known of a member towards an actor at an instant, for something
// that takes a yes for a purpose. Whether they are apart is asked in the act that
// needs it.
func facts(a access.Actor, o *Opened, sheet *consent.Sheet, p consent.Purpose, now time.Time) access.Facts {
	today := calendar.Of(now)
	return access.Facts{
		Org: a.Org, Own: o.ID == a.Person, Group: a.Coordinates(o.Group),
		Consent: sheet.Live(p, now) || o.carried(today), Listed: o.listed(sheet, today),
	}
}

// carried tells whether the paper she once joined with still stands for her yes.
func (d *Member) carried(today calendar.Date) bool {
	return d.CarriedOver != nil && d.State == Active && !d.CarriedOver.Until.Before(today)
}

// monthsCarried is how long somebody is carried over before she must have been asked.
var monthsCarried = organisation.Declare(organisation.Number{Key: "carriedOver", Unit: organisation.Months, Usual: 12, Least: 1, Most: 12})

func carriedUntil(now time.Time, by *organisation.Settings) calendar.Date {
	return calendar.Of(now.AddDate(0, monthsCarried.Of(by), 0))
}
