package consent

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/store"
)

// Texts are the use cases around what an organisation asks: reading it, writing
// a text of its own, and releasing it by a second person.
type Texts struct {
	store *store.Store
	audit audit.Log
	clock clock.Clock
	kept  kept
}

// New serves the texts of a store.
func New(s *store.Store, c clock.Clock, log audit.Log) *Texts {
	return &Texts{store: s, audit: log, clock: c, kept: kept{under: map[string]reading{}}}
}

var (
	errDraftThere = fault.New(fault.Conflict, "text.draft_there")
	errNotDraft   = fault.New(fault.Conflict, "text.not_draft")
	errUnasked    = fault.Of("request.invalid", fault.At("purpose", "consent.text_unknown"))
)

// Drafting is a text as it is written.
type Drafting struct {
	Purpose Purpose `json:"purpose" validate:"required,max=40"`
	Texts   Wording `json:"texts" validate:"required"`
}

// Draft writes a new text for a purpose, with which nobody is asked before
// another person releases it. There is one draft of a purpose at a time. Faults:
// those of a wording; consent.text_unknown for what isn't asked; text.draft_there.
func (t *Texts) Draft(ctx context.Context, a access.Actor, k once.Key, in Drafting) (*Version, error) {
	words, faults := in.Texts.read()
	if err := fault.Of("request.invalid", faults...); err != nil {
		return nil, err
	}
	if r, known := ruleOf(in.Purpose); !known || r.asked == Nowhere {
		return nil, errUnasked
	}
	return t.do(ctx, a, k, access.DraftText, "", func(tx *store.Tx) (*Version, []string, error) {
		if err := access.Decide(a, access.DraftText, access.Facts{Org: a.Org}); err != nil {
			return nil, nil, err
		}
		n, err := versions.Count(ctx, tx, store.Query{Index: "standing", Equal: []any{Draft, in.Purpose}}, 1)
		if err != nil {
			return nil, nil, err
		}
		if n > 0 {
			return nil, nil, errDraftThere
		}
		number := 1
		last, err := versions.First(ctx, tx, store.Query{Index: "number", Equal: []any{in.Purpose}, Down: true})
		switch {
		case err == nil:
			number = last.Number + 1
		case !errors.Is(err, store.ErrAbsent):
			return nil, nil, err
		}
		v := &Version{
			Meta: store.Meta{ID: idOf(in.Purpose, nameOf(number))}, Purpose: in.Purpose, Number: number,
			Standing: Draft, Words: words, Drafted: handOf(a), Last: handOf(a), Hands: []string{a.Account}, On: t.today(),
		}
		err = versions.Insert(ctx, tx, v)
		if store.IsDuplicate(err, "") {
			err = store.ErrConflict // another draft was begun meanwhile
		}
		return v, []string{"drafted"}, err
	})
}

// Change gives a draft that is at this version other words. A recording in a
// language whose words changed goes. Faults as Draft; text.not_draft;
// request.stale.
func (t *Texts) Change(ctx context.Context, a access.Actor, id string, version int64, in Wording) (*Version, error) {
	words, faults := in.read()
	if err := fault.Of("request.invalid", faults...); err != nil {
		return nil, err
	}
	return t.onDraft(ctx, a, once.Key{}, access.DraftText, id, func(tx *store.Tx, v *Version) ([]string, error) {
		if v.Revision() != version {
			return nil, fault.StaleAt(v.Revision())
		}
		for _, language := range languages {
			if v.Words.In(language) != words.In(language) {
				if err := v.unrecord(ctx, tx, language); err != nil {
					return nil, err
				}
			}
		}
		v.Words = words
		v.touched(a)
		return []string{"words"}, nil
	})
}

// Drop gives a draft up: its words and recordings go. Fault: text.not_draft.
func (t *Texts) Drop(ctx context.Context, a access.Actor, k once.Key, id string) (*Version, error) {
	return t.onDraft(ctx, a, k, access.DropText, id, func(tx *store.Tx, v *Version) ([]string, error) {
		for _, language := range languages {
			if err := v.unrecord(ctx, tx, language); err != nil {
				return nil, err
			}
		}
		v.Standing, v.On, v.Words = Dropped, t.today(), Wording{}
		return []string{"dropped"}, nil
	})
}

// onDraft changes a draft and stores it. Whoever had a hand in it
// stands in the facts as its own.
func (t *Texts) onDraft(ctx context.Context, a access.Actor, k once.Key, act access.Action, id string, change func(*store.Tx, *Version) ([]string, error)) (*Version, error) {
	return t.do(ctx, a, k, act, id, func(tx *store.Tx) (*Version, []string, error) {
		v, err := versions.Get(ctx, tx, id)
		if errors.Is(err, store.ErrAbsent) {
			err = access.Refused
		}
		if err != nil {
			return nil, nil, err
		}
		if err := access.Decide(a, act, access.Facts{Org: a.Org, Own: v.by(a)}); err != nil {
			return nil, nil, err
		}
		if v.Standing != Draft {
			return nil, nil, errNotDraft
		}
		fields, err := change(tx, v)
		if err != nil {
			return nil, nil, err
		}
		return v, fields, versions.Replace(ctx, tx, v)
	})
}

// do runs one act on a text in a transaction, with its entry in the trail, and
// answers with the text as it is then.
func (t *Texts) do(ctx context.Context, a access.Actor, k once.Key, act access.Action, id string, body func(*store.Tx) (*Version, []string, error)) (*Version, error) {
	var v *Version
	err := t.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		v = nil
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		if done {
			v, err = versions.Get(ctx, tx, refs[0])
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		var fields []string
		if v, fields, err = body(tx); err != nil {
			return err
		}
		if err := t.audit.Did(ctx, tx, a, act, []string{v.ID}, fields...); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, t.clock.Now(), v.ID)
	})
	if err != nil {
		return nil, t.audit.Refusal(ctx, t.store.Org(a.Org), a, act, id, err)
	}
	t.kept.forget(organisation.Shown(a.Org))
	return v, nil
}

func (t *Texts) today() calendar.Date { return calendar.Of(t.clock.Now()) }

// Revision counts how often it was written: what a change must name.
func (v *Version) Revision() int64 { return v.Meta.Version }

// by tells whether somebody had a hand in a text. That another changed it after her
// takes nothing from that: what she wrote or recorded may stand in it still.
func (v *Version) by(a access.Actor) bool {
	return slices.Contains(v.Hands, a.Account)
}

// touched notes that somebody had a hand in a draft.
func (v *Version) touched(a access.Actor) {
	v.Last = handOf(a)
	if !slices.Contains(v.Hands, a.Account) {
		v.Hands = append(v.Hands, a.Account)
	}
}

// handOf tells as what somebody writes or releases texts.
func handOf(a access.Actor) Hand {
	for _, r := range []access.Role{access.FocalPoint, access.Board, access.Administrator} {
		if slices.Contains(a.Roles, r) {
			return Hand{a.Account, r}
		}
	}
	return Hand{Account: a.Account}
}
