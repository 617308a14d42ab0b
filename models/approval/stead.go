package approval

import (
	"context"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/conflict"
	"chautari/models/store"
)

// next is who decides in the stead of those who are all too close, the first of
// them in which somebody is free. It is the order in which a grievance goes on.
var next = []access.Role{access.FocalPoint, access.Deputy, access.Board}

// inStead tells whether the actor decides because nobody whose it is can: each of
// them stands too close to who asked, or to whom it is about. So a declaration,
// or many of them, leaves no request without anybody. What is her own, or about
// somebody whom she is close to, stays out of her hands here too.
func (q *Requests) inStead(ctx context.Context, v store.View, a access.Actor, r *Request, f access.Facts) (bool, error) {
	if f.Own || !f.Apart || decides(a, r, f) {
		return false, nil
	}
	people, err := account.WithRole(ctx, v, append([]access.Role{access.Coordinator}, next...)...)
	if err != nil {
		return false, err
	}
	kept := false // by a conflict of interest alone
	free := map[access.Role]bool{}
	for _, acc := range people {
		one, err := q.actor(ctx, a.Org, acc)
		if err != nil {
			return false, err
		}
		apart, err := conflict.Apart(ctx, v, one.Person, others(one, r.Person, r.Asker)...)
		if err != nil {
			return false, err
		}
		its := factsOf(one, r, true)
		switch {
		case its.Own:
		case decides(one, r, its) && apart:
			return false, nil
		case decides(one, r, its):
			kept = true
		case apart:
			for _, role := range one.Roles {
				free[role] = true
			}
		}
	}
	for _, role := range next {
		if kept && free[role] {
			return a.Has(role), nil
		}
	}
	return false, nil
}
