package founding

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/store"
)

// setup is the setting up of one organisation: whether it goes on, and who was
// invited. It owns what of it may happen once; an organisation without one is
// set up.
type setup struct {
	store.Meta  `bson:",inline"`
	Open        bool         `bson:"open"`
	Invitations []invitation `bson:"invitations,omitempty"` // one for each role at most
}

// invitation is a code for one person, as a keyed hash, that is taken once.
type invitation struct {
	Role  access.Role `bson:"role"`
	Code  string      `bson:"code,omitempty"` // none any more once it was taken
	Until time.Time   `bson:"until"`
	Taken bool        `bson:"taken"`
}

var setups = store.Declare[setup]("setup").Guarded()

const setupID = "setup"

// Invited are the roles whose people the administrator invites in person: those
// without whom nobody would look at what she does.
var Invited = []access.Role{access.Board, access.FocalPoint, access.Coordinator}

// State is where an invitation stands.
type State string

// The states. What nobody took in time is none again.
const (
	None    State = "none"
	Waiting State = "waiting"
	Taken   State = "taken"
)

// Seat is one of the roles to be filled. Until is zero unless it waits.
type Seat struct {
	Role  access.Role
	State State
	Until time.Time
}

// Over is what an administrator is told who asks where setting up stands when it
// is closed. It reads as anything absent does, and is no refusal: her pages ask each
// time they open, and an alert about her would come of it.
var Over = fault.New(fault.Absent, access.Refused.Code)

// Setup shows where setting up stands, one seat for each role of Invited. Over
// when it is closed.
func (f *Founders) Setup(ctx context.Context, a access.Actor) ([]Seat, error) {
	if err := access.Decide(a, access.ManageSetup, access.Facts{Org: a.Org}); err != nil {
		return nil, f.refuse(ctx, a, err)
	}
	doc, err := setupOf(ctx, f.store.Org(a.Org))
	if err != nil {
		return nil, err
	}
	if !doc.Open {
		return nil, Over
	}
	now := f.clock.Now()
	seats := make([]Seat, len(Invited))
	for i, role := range Invited {
		seats[i] = Seat{Role: role, State: None}
		switch inv := doc.invitation(role); {
		case inv == nil:
		case inv.Taken:
			seats[i].State = Taken
		case now.Before(inv.Until):
			seats[i].State, seats[i].Until = Waiting, inv.Until
		}
	}
	return seats, nil
}

// Close ends setting up for good; codes that still wait are worth nothing from
// then on. Refused when it is closed.
func (f *Founders) Close(ctx context.Context, a access.Actor, k once.Key) error {
	err := f.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		_, done, err := once.Earlier(ctx, tx, a, k)
		if done || err != nil {
			return err
		}
		doc, err := f.openSetup(ctx, tx, a)
		if err != nil {
			return err
		}
		doc.close()
		if err := setups.Replace(ctx, tx, doc); err != nil {
			return err
		}
		if err := f.audit.Did(ctx, tx, a, access.ManageSetup, []string{a.Org}, "closed"); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, f.clock.Now())
	})
	return f.refuse(ctx, a, err)
}

// openSetup is the set-up that the actor may go on with, in the act's transaction.
func (f *Founders) openSetup(ctx context.Context, tx *store.Tx, a access.Actor) (*setup, error) {
	if err := account.Still(ctx, tx, a); err != nil {
		return nil, err
	}
	if err := access.Decide(a, access.ManageSetup, access.Facts{Org: a.Org}); err != nil {
		return nil, err
	}
	doc, err := setupOf(ctx, tx)
	if err == nil && !doc.Open {
		err = access.Refused
	}
	return doc, err
}

// setupOf reads a set-up; without one it is closed, at version 0.
func setupOf(ctx context.Context, v store.View) (*setup, error) {
	doc, err := setups.Get(ctx, v, setupID)
	if errors.Is(err, store.ErrAbsent) {
		return &setup{Meta: store.Meta{ID: setupID}}, nil
	}
	return doc, err
}

func (s *setup) save(ctx context.Context, tx *store.Tx) error {
	if s.Version > 0 {
		return setups.Replace(ctx, tx, s)
	}
	err := setups.InsertOver(ctx, tx, s)
	if store.IsDuplicate(err, "id") {
		return store.ErrConflict
	}
	return err
}

// invitation finds that of a role; nil where there is none.
func (s *setup) invitation(role access.Role) *invitation {
	for i := range s.Invitations {
		if s.Invitations[i].Role == role {
			return &s.Invitations[i]
		}
	}
	return nil
}

// invite puts a code in place of the one that waits.
func (s *setup) invite(role access.Role, code string, until time.Time) {
	s.Invitations = slices.DeleteFunc(s.Invitations, func(i invitation) bool { return i.Role == role })
	s.Invitations = append(s.Invitations, invitation{Role: role, Code: code, Until: until})
}

// close ends it; what the host itself invited stays.
func (s *setup) close() {
	s.Open = false
	s.takeBack()
}

// takeBack makes the codes that an administrator gave out and nobody took worth nothing.
func (s *setup) takeBack() {
	s.Invitations = slices.DeleteFunc(s.Invitations, func(i invitation) bool {
		return !i.Taken && slices.Contains(Invited, i.Role)
	})
}

// full tells that everybody who was to be invited has come.
func (s *setup) full() bool {
	return !slices.ContainsFunc(Invited, func(r access.Role) bool {
		inv := s.invitation(r)
		return inv == nil || !inv.Taken
	})
}

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (f *Founders) refuse(ctx context.Context, a access.Actor, err error) error {
	return f.audit.Refusal(ctx, f.store.Org(a.Org), a, access.ManageSetup, "", err)
}

var (
	errTaken = fault.New(fault.Conflict, "setup.role_taken")
	errOver  = fault.New(fault.Conflict, "setup.invitation_over")
)
