package account

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/paper"
	"chautari/models/seal"
	"chautari/models/store"
)

// Back is somebody who brought a code that lets her back in, before it is used.
type Back struct {
	Account *Account // in the organisation's own space
	Request string   // on which two others gave her the code; empty for her own

	by    by
	opens *credentials
	typed *Typed
}

// ByOthers tells that the code is the one that two others gave her.
func (b *Back) ByOthers() bool { return b.by == byStaff }

// Bring finds whom a sign-in name and a code let back in. What is asked of the
// store and the one slow hash are the same whatever the name and the code, and
// tries are counted as those at sign-in are, apart from them. Faults: ErrCode,
// session.slow_down.
func (s *Accounts) Bring(ctx context.Context, org, handle, code string) (*Back, error) {
	name, err := s.handleKey(ctx, org, handle)
	if err != nil {
		return nil, err
	}
	now, counted := s.clock.Now(), "code/"+name
	failed, err := s.guesses.try(ctx, counted, now)
	if err != nil {
		return nil, err
	}
	space := s.store.Org(org)
	found, err := accounts.First(ctx, space, store.Query{Index: "handle_key", Equal: []any{name}})
	if errors.Is(err, store.ErrAbsent) {
		found, err = nobody, nil
	}
	if err != nil {
		return nil, err
	}
	if len(found.Hash) > 0 {
		if err := s.upgrade(ctx, org, found.ID); err != nil {
			return nil, err
		}
	}
	opens, err := credentialsOf(ctx, space, found.ID)
	if err != nil {
		return nil, err
	}
	hash, err := s.codeHash(ctx, org, code, opens)
	if err != nil {
		return nil, err
	}
	is, ok := opens.CodeHashes.which(hash, now)
	if !ok || found == nobody || found.Closed || is == byStaff && found.ByHerOwn {
		if err := s.guessed(ctx, org, found, failed); err != nil {
			return nil, err
		}
		return nil, ErrCode
	}
	s.guesses.succeeded(ctx, counted)
	b := &Back{Account: found, by: is, opens: opens, typed: &Typed{found.ID, string(opens.Salt), string(hash)}}
	if is == byStaff {
		b.Request = opens.StaffFor
	}
	return b, nil
}

// Noting writes into the trail of a space what happened there, in the transaction.
type Noting func(ctx context.Context, tx *store.Tx) error

// LetBack uses the code up and puts the new words in their place, in a transaction
// of the organisation's own space, and ends every sign-in that any of her words
// began. It tells the space that the words lead to. Her own code opens what was
// closed there; after the code of others all is closed until held, unless nobody
// ever chose words before, and her twin is held like her. note is called for each
// space in which she is let in again: what is seen there must be alike. Fault:
// ErrCode, where anything has changed since it was brought.
func (s *Accounts) LetBack(ctx context.Context, tx *store.Tx, b *Back, f *Fresh, held time.Time, note Noting) error {
	now, org := s.clock.Now(), organisation.Shown(tx.Org())
	inner := tx.Beside(b.by.slot().space(org))
	gone := ""
	err := changeCodes(ctx, tx, b.Account.ID, func(c *credentials) error {
		if !b.typed.is(c, b.by) || b.by == byStaff && (c.StaffUntil == nil || !now.Before(*c.StaffUntil)) {
			return ErrCode
		}
		gone = c.thing(b.by)
		c.drop(b.by)
		if b.by == byFirst {
			c.drop(byStaff) // she needs the other no more
		}
		if f.first != nil {
			c.First = f.first
		}
		if f.second != nil {
			c.Second = f.second
		}
		return nil
	})
	if errors.Is(err, store.ErrAbsent) {
		return ErrCode
	}
	if err != nil {
		return err
	}
	if err := seal.Retract(ctx, inner, gone); err != nil {
		return err
	}
	for _, space := range []string{org, organisation.Decoy(org)} {
		if err := endAll(ctx, tx.Beside(space), b.Account.ID); err != nil {
			return err
		}
	}
	her, err := accounts.Get(ctx, inner, b.Account.ID)
	if errors.Is(err, store.ErrAbsent) || err == nil && (her.Closed || b.by == byStaff && her.ByHerOwn) {
		return ErrCode
	}
	if err != nil {
		return err
	}
	if b.by != byStaff {
		her.CodeDay = calendar.Date{}
		return s.settleBack(ctx, inner, her, time.Time{}, note)
	}
	if her.Wordless {
		held = time.Time{}
	}
	if err := s.settleBack(ctx, inner, her, held, note); err != nil {
		return err
	}
	return withTwin(ctx, tx, her.ID, func(beside *store.Tx, twin *Account) error { return s.settleBack(ctx, beside, twin, held, note) })
}

// settleBack closes what was there before until held, or opens it.
func (s *Accounts) settleBack(ctx context.Context, tx *store.Tx, her *Account, held time.Time, note Noting) error {
	her.Wordless, her.HeldSince, her.HeldUntil = false, nil, nil
	if !held.IsZero() {
		now := s.clock.Now()
		her.HeldSince, her.HeldUntil = &now, &held
	}
	if err := accounts.Replace(ctx, tx, her); err != nil {
		return err
	}
	return note(ctx, tx)
}

// HandOver is a code that two people are about to give somebody, hashed outside
// the transaction.
type HandOver struct {
	Code seal.Clear

	typed *Typed
}

// DrawFor draws a code for an account.
func (s *Accounts) DrawFor(ctx context.Context, org, account string) (*HandOver, error) {
	code := paper.Draw()
	typed, err := s.TypeCode(ctx, org, account, code)
	return &HandOver{seal.Open(paper.Spelt(code)), typed}, err
}

// Hand makes the code count until an instant, once, in a transaction of the
// organisation's own space, in place of one that others gave before.
func Hand(ctx context.Context, tx *store.Tx, h *HandOver, request string, until time.Time) error {
	return changeCodes(ctx, tx, h.typed.account, func(c *credentials) error {
		if string(c.Salt) != h.typed.salt {
			return store.ErrConflict
		}
		c.StaffCode, c.StaffUntil, c.StaffFor = []byte(h.typed.hash), &until, request
		return nil
	})
}

// Space is where the words lead to that are chosen with the code.
func (b *Back) Space(org string) string { return b.by.slot().space(org) }

// Returned is what the trail of a space knows somebody as who came back with a code.
func (b *Back) Returned(space string) access.Actor {
	return access.Actor{Org: space, Account: b.Account.ID, Person: b.Account.Person, Roles: b.rolesIn(space)}
}

// rolesIn are hers, or in a decoy tenant her twin's, who has none but a member's.
func (b *Back) rolesIn(space string) []access.Role {
	if organisation.IsDecoy(space) {
		return standing(b.Account.Roles)
	}
	return b.Account.Roles
}
