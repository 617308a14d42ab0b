package story

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// enough is how many accept a story before it shows.
const enough = 2

// MaxNote is the most characters of what a reader asks her to change.
const MaxNote = 600

// Waiting are at most limit stories that somebody must still read, and those
// that show, for whoever reads them before they do; the longest waiting first.
// A story of hers or of somebody she stands too close to is left out. It leaves
// one entry in the trail.
func (s *Stories) Waiting(ctx context.Context, a access.Actor, limit int) (all []*Read, err error) {
	if err := access.Decide(a, access.ReviewStories, access.Facts{Org: a.Org, Apart: a.Person != ""}); err != nil {
		return nil, s.refuse(ctx, a, access.ReviewStories, "", err)
	}
	var docs []*Story
	err = s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		docs = nil
		var ids []string
		for _, state := range []State{Offered, Accepted} {
			err := stories.Each(ctx, tx, store.Query{Index: "state", Equal: []any{state}}, func(doc *Story) error {
				if len(docs) >= limit {
					return nil
				}
				may, err := s.mayReview(ctx, tx, a, doc)
				if err == nil && may {
					docs, ids = append(docs, doc), append(ids, doc.ID)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		slices.Sort(ids)
		return s.audit.Saw(ctx, tx, a, access.ReviewStories, ids)
	})
	if err != nil {
		return nil, err
	}
	return s.open(ctx, s.store.Org(a.Org), a, docs)
}

// mayReview tells whether an actor may read a story before it shows: it isn't
// hers, nothing stands between the two, and its writer's yes still holds.
func (s *Stories) mayReview(ctx context.Context, v store.View, a access.Actor, doc *Story) (bool, error) {
	apart, err := conflict.Apart(ctx, v, a.Person, doc.Person)
	if err != nil || access.Decide(a, access.ReviewStories, access.Facts{Org: a.Org, Apart: apart}) != nil {
		return false, err
	}
	sheet, err := consent.Of(ctx, v, doc.Person)
	if errors.Is(err, store.ErrAbsent) {
		return false, nil
	}
	return err == nil && sheet.LiveOne(doc.Consent, s.clock.Now()), err
}

// Accept is the actor's word that a story at this version may be shown. The
// second one, of somebody else, shows it. Faults: story.over where it has
// changed or isn't waiting any more, story.accepted_before, story.too_young where
// its writer turned out to be.
func (s *Stories) Accept(ctx context.Context, a access.Actor, k once.Key, story string, version int64) error {
	return s.review(ctx, a, k, story, func(tx *store.Tx, doc *Story, _ *seal.Key) error {
		if err := s.grown(ctx, tx, a.Org, doc.Person); err != nil {
			return err
		}
		switch {
		case doc.Version != version || doc.State != Offered && doc.State != Accepted:
			return errOver
		case doc.acceptedBy(a):
			return fault.New(fault.Conflict, "story.accepted_before")
		}
		doc.Accepted = append(doc.Accepted, Acceptance{Account: a.Account, Person: a.Person, On: s.today()})
		doc.State, doc.On = Accepted, s.today()
		if len(doc.Accepted) >= enough {
			doc.State = Shown
		}
		return nil
	})
}

// Return asks its writer to change a story; one that shows is shown no more
// until she did and two have read it anew. Faults: field.required,
// field.too_long, story.over.
func (s *Stories) Return(ctx context.Context, a access.Actor, k once.Key, story, note string) error {
	note = script.CleanLines(note)
	switch {
	case note == "":
		return fault.Of("request.invalid", fault.At("note", "field.required"))
	case utf8.RuneCountInString(note) > MaxNote:
		return fault.Of("request.invalid", fault.At("note", "field.too_long", "max", strconv.Itoa(MaxNote)))
	}
	return s.review(ctx, a, k, story, func(_ *store.Tx, doc *Story, key *seal.Key) error {
		if doc.State == Returned {
			return errOver
		}
		sealed, err := key.Seal(doc.ID, "note", note)
		if err != nil {
			return err
		}
		s.again(doc)
		doc.State, doc.Note = Returned, sealed
		return nil
	})
}

// review runs a reader's act on somebody else's story, on her yes and on nothing
// standing between the two.
func (s *Stories) review(ctx context.Context, a access.Actor, k once.Key, story string, do func(*store.Tx, *Story, *seal.Key) error) error {
	space := s.store.Org(a.Org)
	err := func() error {
		found, err := stories.Get(ctx, space, story)
		if errors.Is(err, store.ErrAbsent) {
			return access.Refused
		}
		if err != nil {
			return err
		}
		key, err := s.keys.Of(ctx, a.Org, found.Person)
		if errors.Is(err, seal.ErrNoKey) {
			return access.Refused
		}
		if err != nil {
			return err
		}
		return space.Tx(ctx, func(tx *store.Tx) error {
			if _, done, err := once.Earlier(ctx, tx, a, k); done || err != nil {
				return err
			}
			if err := account.Still(ctx, tx, a); err != nil {
				return err
			}
			doc, err := stories.Get(ctx, tx, story)
			if errors.Is(err, store.ErrAbsent) {
				return access.Refused
			}
			if err != nil {
				return err
			}
			apart, err := conflict.StillApart(ctx, tx, a.Person, doc.Person)
			if err != nil {
				return err
			}
			if err := access.Decide(a, access.DecideOnStory, access.Facts{Org: a.Org, Apart: apart}); err != nil {
				return err
			}
			if err := consent.ProveOne(ctx, tx, doc.Person, doc.Consent, s.clock.Now()); errors.Is(err, consent.ErrNone) {
				return errOver
			} else if err != nil {
				return err
			}
			if err := do(tx, doc, key); err != nil {
				return err
			}
			if err := stories.Replace(ctx, tx, doc); err != nil {
				return err
			}
			if err := s.audit.Did(ctx, tx, a, access.DecideOnStory, []string{doc.ID}, string(doc.State)); err != nil {
				return err
			}
			return once.Remember(ctx, tx, a, k, s.clock.Now(), doc.ID)
		})
	}()
	if err != nil {
		return s.refuse(ctx, a, access.DecideOnStory, story, err)
	}
	return nil
}
