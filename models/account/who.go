package account

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// SignedIn is what a sign-in answers, and what asking who is here answers.
type SignedIn struct {
	Organisation *organisation.Organisation
	Roles        []access.Role
	Handle       seal.Clear
	Idle         time.Duration // how long it may be left alone

	Space   string // where the sign-in lies; never shown
	Account string
	Session string
	Given   Factor // beside her words
	Demand  Demand // what her roles ask for here

	Others   int // sign-ins of hers elsewhere
	NewSince int // of these, those that began after this one
}

// Who tells an actor who she is signed in as.
func (s *Accounts) Who(ctx context.Context, a access.Actor) (*SignedIn, error) {
	found, err := accounts.Get(ctx, s.store.Org(a.Org), a.Account)
	if errors.Is(err, store.ErrAbsent) {
		return nil, ErrAbsent
	}
	if err != nil {
		return nil, err
	}
	return s.describe(ctx, a.Org, found, a.Session)
}

// describe tells who is signed in, and ErrAbsent where the sign-in is over. Work
// in the background has none.
func (s *Accounts) describe(ctx context.Context, org string, found *Account, session string) (*SignedIn, error) {
	handle, err := s.HandleOf(ctx, org, found)
	if err != nil {
		return nil, err
	}
	by, err := s.orgs.Settings(ctx, org)
	if err != nil {
		return nil, err
	}
	in := &SignedIn{
		Organisation: by.Organisation, Roles: found.Roles, Handle: handle, Idle: idleOf(staff(found.Roles), by),
		Space: org, Account: found.ID, Session: session, Demand: DemandedIn(by, found.Roles),
	}
	if session == "" {
		return in, nil
	}
	mine, others, err := s.signInsOf(ctx, s.store.Org(org), by, found.ID, session)
	if err == nil && mine == nil {
		err = ErrAbsent
	}
	if err != nil {
		return nil, err
	}
	in.Given, in.Others = mine.Factor, len(others)
	for _, d := range others {
		if d.Began.After(mine.Began) {
			in.NewSince++
		}
	}
	return in, nil
}
