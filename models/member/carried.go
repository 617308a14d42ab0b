package member

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/seal"
	"chautari/models/store"
)

// People from an old register are carried over: kept on the ground of the paper
// they joined with, seen by their group's coordinators as the paper showed
// them, in no mailing and no figure, until somebody has asked them.

// Carried is one person as an import found her.
type Carried struct {
	Alias string
	Details
	Group string
}

// NewCarried makes the document of a person from line `line` of an import. Her
// key must be at hand; nothing is stored yet. How long she is carried over is what
// the organisation has chosen at this moment.
func (m *Members) NewCarried(ctx context.Context, org string, key *seal.Key, person, imported string, line int, c Carried) (*Member, error) {
	by, err := m.orgs.Settings(ctx, org)
	if err != nil {
		return nil, err
	}
	doc := &Member{
		Meta: store.Meta{ID: person}, Group: c.Group, State: Active, Since: m.today(),
		CarriedOver: &CarriedOver{Import: imported, Line: line, Until: carriedUntil(m.clock.Now(), by)},
	}
	if doc.Alias, err = key.Seal(doc.ID, "alias", c.Alias); err != nil {
		return nil, err
	}
	return doc, write(key, doc, c.Details)
}

// NewPerson is the id of a person to be.
func NewPerson() string { return id.New("mem") }

// InsertCarried stores a carried-over person in the import's transaction.
func (m *Members) InsertCarried(ctx context.Context, tx *store.Tx, doc *Member) error {
	if doc.CarriedOver == nil {
		return ErrNotCarriedOver
	}
	return members.Insert(ctx, tx, doc)
}

// ErrNotCarriedOver: she has come in herself, and what is hers only she changes.
var ErrNotCarriedOver = fault.New(fault.Conflict, "member.not_carried_over")

// Known is somebody that an import's rows are compared with.
//
// It holds no more than the actor may see: without a yes to it there is no
// phone to compare with, and who may not be seen at all is only there as a name
// that must not come in again (Visible is false).
type Known struct {
	ID       string
	Name     string
	Alias    string // where she chose a name beside the one on paper
	Phone    string
	Birth    calendar.Birth
	Group    string
	District string
	Carried  bool
	Visible  bool
	Import   string // the import she came with, if any
}

// EachKnown hands over the people of an actor's groups, to be compared with and
// not to be shown: no fresh proof is asked for.
func (m *Members) EachKnown(ctx context.Context, a access.Actor, fn func(Known)) error {
	a.Fresh = true
	space, now, today := m.store.Org(a.Org), m.clock.Now(), m.today()
	page := make([]*Member, 0, store.MaxIDs)
	flush := func() error {
		opened, err := m.openWhole(ctx, a.Org, page)
		if err != nil {
			return err
		}
		sheets, err := consent.OfMany(ctx, space, idsOf(opened))
		if err != nil {
			return err
		}
		for _, o := range opened {
			if (o.State == Applied || o.State == Declined) && !o.listed(sheets[o.ID], today) {
				continue // nothing tells whoever brings a list that she is there, or was
			}
			sees := func(act access.Action, p consent.Purpose) bool {
				return access.Decide(a, act, facts(a, o, sheets[o.ID], p, now)) == nil
			}
			visible, contact := sees(access.ReadMember, consent.Membership), sees(access.ReadContact, consent.CoordinatorPhone)
			o.othersSee(sheets[o.ID], now, today) // after it was decided: it takes her birth away
			k := Known{ID: o.ID, Name: o.Name().Reveal(), Group: o.Group, Carried: o.CarriedOver != nil}
			if !o.PaperName.Empty() {
				k.Name, k.Alias = o.PaperName.Reveal(), o.Alias.Reveal()
			}
			if k.Carried {
				k.Import = o.CarriedOver.Import
			}
			if k.Visible = visible; visible {
				k.Birth = o.Birth
				if contact {
					k.Phone, k.District = o.Phone.Reveal(), o.District.Reveal()
				}
			}
			fn(k)
		}
		page = page[:0]
		return nil
	}
	err := members.Each(ctx, space, store.Query{Index: store.ChangedIndex}, func(d *Member) error {
		if !a.Coordinates(d.Group) {
			return nil
		}
		page = append(page, d)
		if len(page) < cap(page) {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

func idsOf(opened []*Opened) []string {
	ids := make([]string, len(opened))
	for i, o := range opened {
		ids[i] = o.ID
	}
	return ids
}

// Change is what is to be changed of a carried-over person; nil stays.
type Change struct {
	Name     *string
	Phone    *string // E.164
	Birth    *calendar.Birth
	Group    *string
	District *string
}

// Before is what a changed person was, so that the change can be undone.
type Before struct {
	Name     string         `json:"name"`
	Phone    string         `json:"phone"`
	Birth    calendar.Birth `json:"birth"`
	Group    string         `json:"group"`
	District string         `json:"district"`
}

// ChangeCarried changes a carried-over person in a transaction and tells what
// she was and which fields changed. version 0 takes her as she is. Whoever the
// actor may not correct, or may not put where she is to go, is access.Refused.
func (m *Members) ChangeCarried(ctx context.Context, tx *store.Tx, a access.Actor, key *seal.Key, person string, version int64, c Change) (now *Member, was Before, fields []string, err error) {
	now, err = members.Update(ctx, tx, person, func(doc *Member) error {
		if err := m.allow(ctx, tx, a, access.CorrectMember, doc); err != nil {
			return err
		}
		if c.Group != nil && !a.Coordinates(*c.Group) {
			return access.Refused
		}
		if doc.CarriedOver == nil {
			return ErrNotCarriedOver
		}
		if version != 0 && doc.Version != version {
			return fault.StaleAt(doc.Version)
		}
		o, err := open(key, doc)
		if err == nil {
			err = o.whole()
		}
		if err != nil {
			return err
		}
		was = Before{
			Name: o.PaperName.Reveal(), Phone: o.Phone.Reveal(), Birth: o.Birth,
			Group: doc.Group, District: o.District.Reveal(),
		}
		d := Details{PaperName: was.Name, Phone: was.Phone, Birth: was.Birth, District: was.District}
		set(&fields, "name", &d.PaperName, c.Name)
		set(&fields, "phone", &d.Phone, c.Phone)
		set(&fields, "birth", &d.Birth, c.Birth)
		set(&fields, "district", &d.District, c.District)
		set(&fields, "group", &doc.Group, c.Group)
		return write(key, doc, d)
	})
	return now, was, fields, err
}

// set puts a new value in place and notes the field if it is another one.
func set[T comparable](fields *[]string, name string, to *T, value *T) {
	if value != nil && *value != *to {
		*to = *value
		*fields = append(*fields, name)
	}
}

// TakeBack removes a carried-over person that an import made, if nobody
// touched her since and she is in a group of the actor's; else kept tells that
// she stays.
func (m *Members) TakeBack(ctx context.Context, tx *store.Tx, a access.Actor, person, imported string) (kept bool, err error) {
	doc, err := members.Get(ctx, tx, person)
	if errors.Is(err, store.ErrAbsent) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if doc.CarriedOver == nil || doc.CarriedOver.Import != imported || doc.Version != 1 {
		return true, nil
	}
	if access.Decide(a, access.ImportRegister, access.Facts{Org: a.Org, Group: a.Coordinates(doc.Group)}) != nil {
		return true, nil
	}
	return false, remove(ctx, tx, doc)
}

// Listed puts people that an import made or changed into the directory, after
// its transaction; Unlisted takes them out.
func (m *Members) Listed(org string, key *seal.Key, doc *Member) error {
	o, err := open(key, doc)
	if err == nil {
		m.names.changed(org, o)
	}
	return err
}

// Unlisted takes a person out of the directory.
func (m *Members) Unlisted(org, person string) { m.names.removed(org, person) }

// Forget destroys the keys of persons that are no longer there.
func (m *Members) Forget(ctx context.Context, org string, persons ...string) error {
	return m.keys.Destroy(ctx, org, persons...)
}

// ForgetOverdue erases at most limit people whose time of being carried over is
// past without anybody having asked them, and says how many.
func (m *Members) ForgetOverdue(ctx context.Context, org string, limit int) (int, error) {
	overdue, _, err := members.Find(ctx, m.store.Org(org), store.Query{Index: "carried_until", Until: m.today().String(), Limit: limit})
	if err != nil || len(overdue) == 0 {
		return 0, err
	}
	var gone []string
	err = m.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		gone = nil
		for _, d := range overdue {
			now, err := members.Get(ctx, tx, d.ID)
			if errors.Is(err, store.ErrAbsent) {
				continue
			}
			if err != nil {
				return err
			}
			if now.CarriedOver == nil || !now.CarriedOver.Until.Before(m.today()) {
				continue
			}
			if err := remove(ctx, tx, now); err != nil {
				return err
			}
			gone = append(gone, now.ID)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, p := range gone {
		m.names.removed(org, p)
	}
	return len(overdue), m.keys.Destroy(ctx, org, gone...)
}
