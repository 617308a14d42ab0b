package account

import (
	"context"
	"maps"
	"slices"

	"chautari/models/access"
	"chautari/models/store"
)

// WithRole lists the open accounts that have any of the roles, each once, in the
// order of their persons.
func WithRole(ctx context.Context, v store.View, roles ...access.Role) ([]*Account, error) {
	byPerson := map[string]*Account{}
	for _, r := range roles {
		err := accounts.Each(ctx, v, store.Query{Index: "role", Equal: []any{string(r)}}, func(a *Account) error {
			if !a.Closed {
				byPerson[a.Person] = a
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	found := make([]*Account, 0, len(byPerson))
	for _, person := range slices.Sorted(maps.Keys(byPerson)) {
		found = append(found, byPerson[person])
	}
	return found, nil
}

// Another finds an open account besides this one that has the role, or
// store.ErrAbsent. The transaction depends on it staying so: of the last two,
// not both can go at once.
func Another(ctx context.Context, tx *store.Tx, than *Account, role access.Role) (*Account, error) {
	with, err := WithRole(ctx, tx, role)
	if err != nil {
		return nil, err
	}
	for _, a := range with {
		if a.ID != than.ID {
			return a, accounts.Require(ctx, tx, a)
		}
	}
	return nil, store.ErrAbsent
}

// Require makes a transaction depend on an account being as it was read in it.
func Require(ctx context.Context, tx *store.Tx, a *Account) error {
	return accounts.Require(ctx, tx, a)
}

// SetRole gives and takes a role where something else brings it about: her
// membership begins or ends, somebody took over what she did while the
// organisation was set up. With a coordinator's role go her groups. Her sign-ins
// go on where she is no more than she was.
func SetRole(ctx context.Context, tx *store.Tx, person string, give, take access.Role) error {
	a, err := OfPerson(ctx, tx, person)
	if err != nil {
		return err
	}
	roles := slices.DeleteFunc(slices.Clone(a.Roles), func(r access.Role) bool { return r == take || r == give })
	if give != "" {
		roles = append(roles, give)
	}
	groups := a.Groups
	if take == access.Coordinator {
		groups = nil
	}
	if len(beyond([]access.Role{give})) > 0 {
		return SetRoles(ctx, tx, a, roles, groups)
	}
	return become(ctx, tx, a, roles, groups)
}

// SetRoles gives an account these roles, and these groups to coordinate, in the
// transaction that read it and that decides on it. Where it is about more than
// her own membership her sign-ins end, so that no value that was in a cookie
// before stands for what she may do now.
func SetRoles(ctx context.Context, tx *store.Tx, a *Account, roles []access.Role, groups []string) error {
	same := slices.Equal(beyond(a.Roles), beyond(roles)) && slices.Equal(a.Groups, groups)
	if err := become(ctx, tx, a, roles, groups); err != nil || same {
		return err
	}
	return endAll(ctx, tx, a.ID)
}

// beyond are the roles that reach further than to herself, in one order.
func beyond(roles []access.Role) []access.Role {
	var far []access.Role
	for _, r := range access.Roles {
		if r != access.Applicant && r != access.Member && slices.Contains(roles, r) {
			far = append(far, r)
		}
	}
	return far
}
