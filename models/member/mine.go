package member

import (
	"context"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Mine is what a person sees of herself: all that is held.
type Mine struct {
	*Opened
	Handle   seal.Clear
	Language string
	Group    *organisation.Group // nil while she does not know hers
	Consents []consent.Shown
	Held     []Held
	Until    calendar.Date // the last day it is kept; zero while no day is set

	// ClosedUntil is until when what she had before is closed to her, since others
	// let her in again: nothing of it is here. Else it is zero.
	ClosedUntil time.Time
}

// Held is one thing that is kept of her, and who may read it besides herself.
type Held struct {
	Field   string
	Value   seal.Clear
	Readers []access.Role
	Damaged bool // it doesn't open: she may write it anew
}

// Mine shows the actor what is held of her. It leaves no entry in the trail.
func (m *Members) Mine(ctx context.Context, a access.Actor) (*Mine, error) {
	err := access.Decide(a, access.ReadOwn, access.Facts{Org: a.Org, Own: a.Person != ""})
	if access.IsHeld(err) {
		return m.mineClosed(ctx, a)
	}
	if err != nil {
		return nil, err
	}
	space := m.store.Org(a.Org)
	doc, err := members.Get(ctx, space, a.Person)
	if err != nil {
		return nil, notFound(err)
	}
	opened, err := m.openOne(ctx, a.Org, doc)
	if err != nil {
		return nil, err
	}
	acc, err := account.Get(ctx, space, a.Account)
	if err != nil {
		return nil, notFound(err)
	}
	handle, err := m.accounts.HandleOf(ctx, a.Org, acc)
	if err != nil {
		return nil, err
	}
	sheet, err := consent.Of(ctx, space, a.Person)
	if err != nil {
		return nil, notFound(err)
	}
	yeses := sheet.Yeses()
	words, err := consent.WordingsOf(ctx, m.shown(a.Org), yeses)
	if err != nil {
		return nil, err
	}
	mine := &Mine{Opened: opened, Handle: handle, Language: acc.Language, Consents: words.Read(yeses, m.clock.Now())}
	if !doc.Unsure {
		tree, err := m.orgs.Tree(ctx, a.Org)
		if err != nil {
			return nil, err
		}
		mine.Group = tree.Get(doc.Group)
	}
	mine.Held = held(opened, sheet, m.clock.Now())
	opened.listedBy(sheet, m.clock.Now(), m.today())
	by, err := m.orgs.Settings(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	mine.Until = doc.leavesOn(by)
	return mine, nil
}

// mineClosed is what she sees of herself while what she had before is closed: where
// she belongs, under which name she signs in, and until when.
func (m *Members) mineClosed(ctx context.Context, a access.Actor) (*Mine, error) {
	space := m.store.Org(a.Org)
	doc, err := members.Get(ctx, space, a.Person)
	if err != nil {
		return nil, notFound(err)
	}
	acc, err := account.Get(ctx, space, a.Account)
	if err != nil {
		return nil, notFound(err)
	}
	handle, err := m.accounts.HandleOf(ctx, a.Org, acc)
	if err != nil {
		return nil, err
	}
	bare := &Member{Meta: doc.Meta, State: doc.State, Since: doc.Since}
	mine := &Mine{Opened: &Opened{Member: bare}, Handle: handle, Language: acc.Language, ClosedUntil: a.Hold.Until}
	if !doc.Unsure {
		tree, err := m.orgs.Tree(ctx, a.Org)
		if err != nil {
			return nil, err
		}
		mine.Group = tree.Get(doc.Group)
	}
	return mine, nil
}

// held lists what is kept, in the order she reads it; what is empty is not kept.
func held(o *Opened, sheet *consent.Sheet, now time.Time) []Held {
	var coordinators, nameReaders, phoneReaders, paperReaders, districtReaders, ageReaders []access.Role
	today := calendar.Of(now)
	if o.Young(today) {
		ageReaders = []access.Role{access.FocalPoint, access.Deputy}
	}
	switch {
	case !sheet.Live(consent.Membership, now):
	case !o.listed(sheet, today):
		coordinators = ageReaders
		nameReaders = ageReaders
	default:
		coordinators = []access.Role{access.Coordinator}
		nameReaders = slices.Clone(coordinators)
		if sheet.Live(consent.PeerName, now) {
			nameReaders = append(nameReaders, access.PeerSupporter)
		}
		if sheet.Live(consent.SupporterName, now) {
			nameReaders = append(nameReaders, access.Member)
		}
		if sheet.Live(consent.CoordinatorPhone, now) {
			phoneReaders = coordinators
		}
		if sheet.Live(consent.CoordinatorName, now) {
			paperReaders = coordinators
		}
		if sheet.Live(consent.CoordinatorDistrict, now) {
			districtReaders = coordinators
		}
	}
	birth := seal.Clear{}
	if !o.Birth.IsZero() {
		birth = seal.Open(o.Birth.String())
	}
	all := []Held{
		{Field: "alias", Value: o.Alias, Readers: nameReaders},
		{Field: "paper_name", Value: o.PaperName, Readers: paperReaders},
		{Field: "phone", Value: o.Phone, Readers: phoneReaders},
		{Field: "birth", Value: birth},
		{Field: "age", Value: seal.Open(string(o.Age.Said)), Readers: ageReaders},
		{Field: "district", Value: o.District, Readers: districtReaders},
	}
	kept := all[:0]
	for _, h := range all {
		if h.Damaged = slices.Contains(o.Damaged, h.Field); h.Damaged || !h.Value.Empty() {
			kept = append(kept, h)
		}
	}
	// These are always there, and are shown elsewhere on the page.
	return append(kept,
		Held{Field: "group", Readers: coordinators},
		Held{Field: "membership", Readers: coordinators},
		Held{Field: "consents", Readers: coordinators},
		Held{Field: "sign_in"},
	)
}

// OwnChange is what she changes of herself; what is left out stays.
type OwnChange struct {
	Alias    *string
	Language *string // ne, en or nb
	// These she may also have removed: an empty one is that.
	PaperName *string
	Phone     *string
	Birth     *calendar.Birth
	District  *string
}

// ErrStale: the document is no longer the one she changed.
var ErrStale = fault.New(fault.Stale, "request.stale")

// act is the right that a change takes: a language is chosen without a proof.
func (in OwnChange) act() access.Action {
	if in == (OwnChange{Language: in.Language}) {
		return access.ChooseLanguage
	}
	return access.ChangeOwn
}

// ChangeOwn changes what is hers if her page is still at the version she saw. A
// phone number that her coordinators may not see, and what else she writes here
// beside her alias, only she sees. Faults: registration.alias_missing,
// field.too_long, phone.*, birth.*, field.district_unknown, all at once; request.stale.
func (m *Members) ChangeOwn(ctx context.Context, a access.Actor, version int64, in OwnChange) (*Mine, error) {
	if err := access.Decide(a, in.act(), access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, err
	}
	in, err := in.check(m.today())
	if err != nil {
		return nil, err
	}
	key, err := m.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return nil, err
	}
	err = m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		var fields []string
		turned := false // she turns out to be under 18
		_, err := members.Update(ctx, tx, a.Person, func(doc *Member) (err error) {
			if doc.Version != version {
				return fault.StaleAt(doc.Version)
			}
			was, err := open(key, doc)
			if err != nil {
				return err
			}
			// Who counted as young because nothing could be read gave as somebody of age.
			turned = in.Birth != nil && young(*in.Birth, m.today()) && (was.ageless() || !was.Young(m.today()))
			fields, err = in.write(key, doc, was, m.today())
			return err
		})
		if err != nil {
			return notFound(err)
		}
		if turned {
			if err := m.turnsYoung(ctx, tx, a); err != nil {
				return err
			}
		}
		if in.Language != nil {
			if err := account.SetLanguage(ctx, tx, a.Account, *in.Language); err != nil {
				return err
			}
		}
		return m.audit.Did(ctx, tx, a, in.act(), []string{a.Person}, fields...)
	})
	if err != nil {
		return nil, err
	}
	mine, err := m.Mine(ctx, a)
	if err == nil && in.act() == access.ChangeOwn {
		m.names.changed(a.Org, mine.Opened)
	}
	return mine, err
}
