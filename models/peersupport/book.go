package peersupport

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/store"
)

// Booking asks for a meeting at the start of a slot, with one supporter or with
// anyone. Along with it she may agree that the supporter sees her name.
type Booking struct {
	Start     time.Time       `json:"start" validate:"required"`
	Supporter string          `json:"supporter,omitempty" validate:"omitempty,id=mem"`
	Consents  []consent.Given `json:"consents,omitempty" validate:"max=4,dive"`
}

// Book books a meeting for the actor. Whoever is named, or else the first who
// is free of those near, least loaded, by id, is taken.
//
// Faults: support.slot_past, support.no_such_slot and support.self as fields;
// support.slot_taken, support.week_full, support.own_overlap and
// support.own_limit as conflicts; consent.text_unknown; access.Refused. A
// supporter who is unknown, on a break, or doesn't wish to be seen has no slot,
// nor has one between whom and the actor a conflict of interest was declared.
func (s *Support) Book(ctx context.Context, a access.Actor, k once.Key, in Booking) (*OwnSession, error) {
	if err := access.Decide(a, access.BookSession, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, err
	}
	space := s.store.Org(a.Org)
	refs, done, err := once.Earlier(ctx, space, a, k)
	if err != nil {
		return nil, err
	}
	if done {
		return s.own(ctx, a, refs[0])
	}
	if err := s.check(a, in); err != nil {
		return nil, err
	}
	if err := s.grown(ctx, space, a); err != nil {
		return nil, err
	}
	candidates, err := s.candidates(ctx, a, in)
	if err != nil {
		// What stands in the way may be the same request, which came through meanwhile.
		if refs, done, _ := once.Earlier(ctx, space, a, k); done {
			return s.own(ctx, a, refs[0])
		}
		return nil, err
	}
	why := errNoSlot
	for _, supporter := range candidates {
		doc, err := s.bookWith(ctx, a, k, supporter, in)
		switch {
		case errors.Is(err, errSlotTaken), errors.Is(err, errWeekFull):
			why = err
			if in.Supporter == "" {
				why = errSlotTaken // whose week is full is not hers to know
			}
		case errors.Is(err, errNoSlot):
		case err != nil:
			return nil, s.refuse(ctx, a, access.BookSession, a.Person, err)
		default:
			// The entry of the booking names both already.
			return s.named(ctx, a, doc, true)
		}
	}
	return nil, why
}

// grown refuses who is under 18, unless the focal point wrote down that her
// guardian agrees or is set aside (Individual Privacy Act 2075, s. 33): until then
// she is brought together with nobody.
func (s *Support) grown(ctx context.Context, v store.View, a access.Actor) error {
	young, guarded, err := s.members.Young(ctx, v, a.Org, a.Person)
	if err == nil && young && !guarded {
		err = errYoung
	}
	return err
}

// check tells what can't be booked whoever it is with.
func (s *Support) check(a access.Actor, in Booking) error {
	now := s.clock.Now()
	faults := only(consent.PeerName, in.Consents)
	switch {
	case tooSoon(in.Start, now):
		faults = append(faults, fault.At("start", "support.slot_past"))
	case !inReach(in.Start, now):
		faults = append(faults, fault.At("start", "support.no_such_slot"))
	}
	if in.Supporter != "" && in.Supporter == a.Person {
		faults = append(faults, fault.At("supporter", "support.self"))
	}
	return fault.Of("request.invalid", faults...)
}

// candidates are whom the transaction is to try, in order. It looks at what is
// committed now, so that those who come too late needn't wait for the others.
func (s *Support) candidates(ctx context.Context, a access.Actor, in Booking) ([]string, error) {
	space, now, day := s.store.Org(a.Org), s.clock.Now(), calendar.Of(in.Start)
	all, err := s.supporters(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	close, err := conflict.Close(ctx, space, []string{a.Person})
	if err != nil {
		return nil, err
	}
	near := ""
	if in.Supporter == "" {
		if near, _, err = s.members.GroupOf(ctx, space, a.Person); err != nil {
			return nil, err
		}
	}
	open := slices.DeleteFunc(slices.Clone(all.list), func(c standing) bool {
		if in.Supporter != "" && c.ID != in.Supporter || c.ID == a.Person || c.Paused || slices.Contains(close[a.Person], c.ID) {
			return true
		}
		_, offers := c.slotAt(in.Start)
		return !offers
	})
	// Nothing in the diary of somebody who may not be seen is told, nor that she
	// has one: whoever is named is looked up alike, whoever she is.
	asked := idsOf(open)
	if in.Supporter != "" {
		asked = []string{in.Supporter}
	}
	sheets, err := sheetsOf(ctx, space, asked)
	if err != nil {
		return nil, err
	}
	open = slices.DeleteFunc(open, func(c standing) bool { return !agreed(sheets[c.ID], consent.SupporterName, now) })
	if len(open) == 0 {
		return nil, errNoSlot
	}
	held, err := diariesOf(ctx, space, append(idsOf(open), a.Person))
	if err != nil {
		return nil, err
	}
	var candidates []string
	var why error = errSlotTaken
	for _, c := range rank(open, weekOf(day), near, held) {
		slot, _ := c.slotAt(in.Start)
		err := fits(held[a.Person], c.held, c.Hours, slot, now)
		switch {
		case err == nil:
			candidates = append(candidates, c.ID)
		case in.Supporter != "", !errors.Is(err, errSlotTaken) && !errors.Is(err, errWeekFull):
			why = err
		}
	}
	if len(candidates) == 0 {
		return nil, why
	}
	return candidates, nil
}

// fits tells whether both have room for a meeting, hers first.
func fits(own, theirs *Diary, h *Hours, slot Slot, now time.Time) error {
	switch {
	case own.busy(slot):
		return errOwnOverlap
	case own.ahead(now) >= mostAhead:
		return errOwnLimit
	case theirs.busy(slot):
		return errSlotTaken
	case theirs.load(calendar.Of(slot.Start)) >= h.Cap:
		return errWeekFull
	}
	return nil
}

// bookWith books with one supporter, or tells why not.
func (s *Support) bookWith(ctx context.Context, a access.Actor, k once.Key, supporter string, in Booking) (*Session, error) {
	leave, err := s.lines.In(ctx, a.Org+"/"+a.Person, a.Org+"/"+supporter)
	if err != nil {
		return nil, err
	}
	defer leave()
	now := s.clock.Now()
	var doc *Session
	var own, theirs *Diary
	err = s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		doc, own, theirs = nil, nil, nil
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		if done {
			doc, err = sessions.Get(ctx, tx, refs[0])
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		if err := access.Decide(a, access.BookSession, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
			return err
		}
		group, state, err := s.members.GroupOf(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		if state != member.Active {
			return access.Refused
		}
		slot, h, err := s.offered(ctx, tx, a.Person, supporter, in.Start, now)
		if err != nil {
			return err
		}
		if own, err = diaryOf(ctx, tx, a.Person); err != nil {
			return err
		}
		if theirs, err = diaryOf(ctx, tx, supporter); err != nil {
			return err
		}
		if err := fits(own, theirs, h, slot, now); err != nil {
			return err
		}
		if len(in.Consents) > 0 {
			if _, err := consent.Add(ctx, tx, a.Person, consent.BySelf, in.Consents, now); err != nil {
				return notFound(err)
			}
		}
		if doc, err = calledOff(ctx, tx, a.Person, supporter, slot.Start); err != nil {
			return err
		}
		doc.Group, doc.Start, doc.End, doc.State, doc.CancelledBy = group, slot.Start, slot.End, Booked, ""
		if doc.Version > 0 {
			err = sessions.Replace(ctx, tx, doc)
		} else {
			err = sessions.Insert(ctx, tx, doc)
		}
		if err != nil {
			return err
		}
		own.Held = append(own.Held, Held{Session: doc.ID, Start: doc.Start, End: doc.End})
		theirs.Held = append(theirs.Held, Held{Session: doc.ID, Start: doc.Start, End: doc.End, Supports: true})
		if err := write(ctx, tx, now, own, theirs); err != nil {
			return err
		}
		if err := s.audit.Did(ctx, tx, a, access.BookSession, doc.People); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, now, doc.ID)
	})
	if err == nil && theirs != nil {
		s.kept.wrote(a.Org, own, theirs)
	}
	return doc, err
}

// calledOff finds the meeting of two people at a start that was called off, or
// begins one. There is one of them however often they change their minds, so
// that nobody fills the pages of others by booking and cancelling.
func calledOff(ctx context.Context, tx *store.Tx, member, supporter string, start time.Time) (*Session, error) {
	docs, _, err := sessions.Find(ctx, tx, store.Query{
		Index: "person", Equal: []any{member}, From: start, Until: start.Add(time.Millisecond), Limit: store.MaxLimit,
	})
	for _, d := range docs {
		if d.Member() == member && d.Supporter() == supporter && d.State == Cancelled {
			return d, err
		}
	}
	return &Session{Meta: store.Meta{ID: id.New("ses")}, People: []string{member, supporter}}, err
}

// offered finds the slot of a supporter and makes the transaction depend on all
// that offers it to a member: her role, her yes to being seen, her hours, and that
// nobody declared anything between the two.
func (s *Support) offered(ctx context.Context, tx *store.Tx, member, supporter string, start, now time.Time) (Slot, *Hours, error) {
	h, err := hours.Get(ctx, tx, supporter)
	if errors.Is(err, store.ErrAbsent) {
		return Slot{}, nil, errNoSlot
	}
	if err != nil {
		return Slot{}, nil, err
	}
	slot, ok := h.slotAt(start)
	if !ok || h.Paused {
		return Slot{}, nil, errNoSlot
	}
	if err := mustSupport(ctx, tx, supporter); err != nil {
		return Slot{}, nil, err
	}
	_, err = consent.Prove(ctx, tx, supporter, consent.SupporterName, now)
	if errors.Is(err, consent.ErrNone) {
		return Slot{}, nil, errNoSlot
	}
	if err != nil {
		return Slot{}, nil, err
	}
	apart, err := conflict.StillApart(ctx, tx, supporter, member)
	if err != nil {
		return Slot{}, nil, err
	}
	if !apart {
		return Slot{}, nil, errNoSlot
	}
	return slot, h, hours.Require(ctx, tx, h)
}
