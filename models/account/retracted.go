package account

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// How the keys store is told of what can be taken back of an account.
func wayIn(account string) string                 { return "account/" + account }
func roleOf(account string, r access.Role) string { return "role/" + account + "/" + string(r) }
func groupOf(account, group string) string        { return "group/" + account + "/" + group }

// become gives an account these roles and groups, and notes what it lost and
// got. Where she becomes a member by it, so does her twin.
func become(ctx context.Context, tx *store.Tx, a *Account, roles []access.Role, groups []string) error {
	before, stood := a.reach(), standing(a.Roles)
	a.Roles, a.Groups = roles, groups
	after := a.reach()
	if len(without(before, after)) > 0 {
		a.Losses++
	}
	if err := accounts.Replace(ctx, tx, a); err != nil {
		return err
	}
	if err := seal.Retract(ctx, tx, without(before, after)...); err != nil {
		return err
	}
	if err := seal.Regrant(ctx, tx, without(after, before)...); err != nil {
		return err
	}
	if member := standing(roles); slices.Contains(member, access.Member) && !slices.Equal(member, stood) {
		return withTwin(ctx, tx, a.ID, func(beside *store.Tx, twin *Account) error { return become(ctx, beside, twin, member, nil) })
	}
	return nil
}

func without(things, others []string) []string {
	return slices.DeleteFunc(slices.Clone(things), func(t string) bool { return slices.Contains(others, t) })
}

// reach names the roles and groups that an account has.
func (a *Account) reach() []string {
	var things []string
	for _, r := range a.Roles {
		if r != access.Applicant { // with which she reaches herself alone
			things = append(things, roleOf(a.ID, r))
		}
	}
	for _, g := range a.Groups {
		things = append(things, groupOf(a.ID, g))
	}
	return things
}

// Things names all of an account that may have been taken back: its roles and
// groups, and that it is open.
func (a *Account) Things() []string {
	things := a.reach()
	if !a.Closed {
		things = append(things, wayIn(a.ID))
	}
	return things
}

// Each hands every account over.
func Each(ctx context.Context, v store.View, fn func(*Account) error) error {
	return accounts.Each(ctx, v, store.Query{Index: store.ChangedIndex}, fn)
}

// TakeBack takes from an account, in the transaction that read it, what was
// taken back before, and says which roles went and whether it is shut now. A
// coordinator without a group is none, and who is no member any more keeps her
// way in to her own page. It shuts the last account of its role too.
func TakeBack(ctx context.Context, tx *store.Tx, a *Account, gone map[string]calendar.Date) (fields []string, closed bool, err error) {
	is := func(thing string) bool { _, ok := gone[thing]; return ok }
	groups := slices.DeleteFunc(slices.Clone(a.Groups), func(g string) bool { return is(groupOf(a.ID, g)) })
	roles := slices.DeleteFunc(slices.Clone(a.Roles), func(r access.Role) bool { return is(roleOf(a.ID, r)) })
	if len(groups) == 0 {
		roles = slices.DeleteFunc(roles, func(r access.Role) bool { return r == access.Coordinator && len(a.Groups) > 0 })
	}
	if !slices.Contains(roles, access.Coordinator) {
		groups = nil
	}
	for _, r := range a.Roles {
		if !slices.Contains(roles, r) {
			fields = append(fields, string(r))
		}
	}
	if slices.Contains(fields, string(access.Member)) && !slices.Contains(roles, access.Applicant) {
		roles = append(roles, access.Applicant)
	}
	if len(groups) < len(a.Groups) {
		fields = append(fields, "groups")
	}
	if len(fields) > 0 {
		if err := SetRoles(ctx, tx, a, roles, groups); err != nil {
			return nil, false, err
		}
	}
	if a.Closed || !is(wayIn(a.ID)) {
		return fields, false, nil
	}
	return fields, true, shut(ctx, tx, a)
}
