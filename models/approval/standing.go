package approval

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/store"
)

// errLapsed: who asked could not ask for it now. What she asked came to its end
// with the attempt to grant it.
var errLapsed = fault.New(fault.Conflict, "approval.lapsed")

// mayStill tells whether who asked could ask for it at this moment: nothing is
// granted on the word of somebody who was shut out, gave the role back in which she
// asked, or stands too close by her own word. The transaction depends on it
// staying so. The request holds from then on what she had lost until now: what it
// opens ends with whatever she loses later, though it be given back.
func (q *Requests) mayStill(ctx context.Context, tx *store.Tx, org string, r *Request) (bool, error) {
	asker, err := account.Get(ctx, tx, r.AskedBy)
	if errors.Is(err, store.ErrAbsent) || err == nil && asker.Closed {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := account.Require(ctx, tx, asker); err != nil {
		return false, err
	}
	r.Losses = asker.Losses
	a, err := q.actor(ctx, org, asker)
	if err != nil {
		return false, err
	}
	f := access.Facts{Org: org, Apart: true, Group: a.Coordinates(r.What.Group)}
	if r.Person != "" {
		if f.Apart, err = conflict.StillApartByOwn(ctx, tx, r.Asker, r.Person); err != nil {
			return false, err
		}
	}
	return access.Decide(a, kinds[r.Kind].ask, f) == nil, nil
}

// actor is what somebody may do at this moment, once she has shown that it is she.
func (q *Requests) actor(ctx context.Context, org string, acc *account.Account) (access.Actor, error) {
	a := access.Actor{Org: org, Account: acc.ID, Person: acc.Person, Roles: acc.Roles, Assigned: acc.Groups, Fresh: true, Hold: acc.Held(q.clock.Now())}
	if len(acc.Groups) == 0 {
		return a, nil
	}
	tree, err := q.orgs.Tree(ctx, org)
	if err != nil {
		return a, err
	}
	a.Groups = tree.Below(acc.Groups...)
	return a, nil
}
