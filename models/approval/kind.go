package approval

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/fault"
	"chautari/models/store"
)

// Kind is what sort of thing is asked for.
type Kind string

// The kinds.
const (
	Role      Kind = "role"      // a role is given or taken
	Reopen    Kind = "reopen"    // a closed account opens again
	Emergency Kind = "emergency" // a closed record is opened for some hours to who asks
	Export    Kind = "export"    // who asks gets a file of a group's people
	Recovery  Kind = "recovery"  // somebody without words gets a code with which she chooses new ones

	// StaffRecovery is Recovery of somebody who works here, which others decide on.
	StaffRecovery Kind = "staff_recovery"
)

// Shown is what a kind is called outside.
func (k Kind) Shown() Kind {
	if k == StaffRecovery {
		return Recovery
	}
	return k
}

// lasts is for how long a request of the kind waits. Who has no words stands there.
func (k Kind) lasts() time.Duration {
	if k.Shown() == Recovery {
		return time.Hour
	}
	return lapseDays * 24 * time.Hour
}

// kind says of a sort of request who may ask and decide, whether it is about
// somebody, what must be so when it is asked and when it is approved, and what an
// approval does in its own transaction.
type kind struct {
	ask, decide access.Action
	about       bool
	needed      func(ctx context.Context, tx *store.Tx, r *Request, whom *account.Account) error
	grant       func(ctx context.Context, tx *store.Tx, r *Request, whom *account.Account, now time.Time) error
}

var kinds = map[Kind]kind{
	Role: {access.AskForRole, access.DecideOnRole, true, roleNeeded, setRole},
	// Shutting a way in takes one of these; opening it again takes two.
	Reopen:    {access.CloseAccount, access.DecideOnOpening, true, closedStill, reopen},
	Emergency: {access.AskForEmergency, access.DecideOnOpening, true, openStill, openFor},
	Export:    {access.AskForExport, access.DecideOnExport, false, nil, openFor},

	Recovery:      {access.AskForRecovery, access.DecideOnRecovery, true, recoverable, letIn},
	StaffRecovery: {access.AskForStaffRecovery, access.DecideOnStaffRecovery, true, recoverable, letIn},
}

var (
	errOwn       = fault.Of("request.invalid", fault.At("handle", "approval.own"))
	errNotMember = fault.Of("request.invalid", fault.At("handle", "approval.not_member"))
	errNotNeeded = fault.New(fault.Conflict, "approval.not_needed")
	errLastOne   = fault.New(fault.Conflict, "approval.last_one")
)

func closedStill(_ context.Context, _ *store.Tx, _ *Request, whom *account.Account) error {
	if !whom.Closed {
		return errNotNeeded
	}
	return nil
}

func openStill(_ context.Context, _ *store.Tx, _ *Request, whom *account.Account) error {
	if whom.Closed {
		return account.ErrUnknown
	}
	return nil
}

func reopen(ctx context.Context, tx *store.Tx, _ *Request, whom *account.Account, _ time.Time) error {
	return account.Reopen(ctx, tx, whom)
}

// openFor opens what was asked for until its hours are over. Of somebody it
// is about, nothing may have changed in the transaction.
func openFor(ctx context.Context, tx *store.Tx, r *Request, whom *account.Account, now time.Time) error {
	hours := fileHours
	if r.Kind == Emergency {
		hours = r.What.Hours
	}
	ends := now.Add(time.Duration(hours) * time.Hour)
	r.Ends = &ends
	if whom == nil {
		return nil
	}
	return account.Require(ctx, tx, whom)
}

// irreplaceable are the roles that an organisation is never without.
var irreplaceable = []access.Role{access.Board, access.Administrator}

// roleNeeded: the role isn't hers yet, or is hers still and not the last of its
// sort. Only a member of a survivor-led organisation gets a role in it.
func roleNeeded(ctx context.Context, tx *store.Tx, r *Request, whom *account.Account) error {
	has := slices.Contains(whom.Roles, r.What.Role)
	if r.What.Role == access.Coordinator {
		has = has && slices.Contains(whom.Groups, r.What.Group)
	}
	switch {
	case whom.Closed:
		return account.ErrUnknown
	case has == r.What.Give:
		return errNotNeeded
	case r.What.Give || !slices.Contains(irreplaceable, r.What.Role):
		return nil
	}
	_, err := account.Another(ctx, tx, whom, r.What.Role)
	if errors.Is(err, store.ErrAbsent) {
		return errLastOne
	}
	return err
}

// setRole gives or takes the role; a coordinator has hers for as long as she has a group.
func setRole(ctx context.Context, tx *store.Tx, r *Request, whom *account.Account, _ time.Time) error {
	roles, groups := slices.Clone(whom.Roles), slices.Clone(whom.Groups)
	if r.What.Role == access.Coordinator {
		groups = slices.DeleteFunc(groups, func(g string) bool { return g == r.What.Group })
		if r.What.Give {
			groups = append(groups, r.What.Group)
		}
	}
	if r.What.Role != access.Coordinator || r.What.Give || len(groups) == 0 {
		roles = slices.DeleteFunc(roles, func(has access.Role) bool { return has == r.What.Role })
	}
	if r.What.Give {
		roles = append(roles, r.What.Role)
	}
	return account.SetRoles(ctx, tx, whom, roles, groups)
}

// whom reads the account that a request is about, as it is in the transaction;
// nil for a request about nobody. One that is gone is ErrOver.
func (r *Request) whom(ctx context.Context, tx *store.Tx) (*account.Account, error) {
	if r.Account == "" {
		return nil, nil
	}
	whom, err := account.Get(ctx, tx, r.Account)
	if errors.Is(err, store.ErrAbsent) {
		return nil, ErrOver
	}
	return whom, err
}
