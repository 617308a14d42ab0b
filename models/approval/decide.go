package approval

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/once"
	"chautari/models/store"
)

// Approve says yes, and what was asked for is so from the same moment on. Of
// several who decide or withdraw at once, one does. Faults: approval.over for what
// was decided, withdrawn or has lapsed, approval.lapsed where who asked may not ask
// for it any more, approval.not_needed, approval.last_one; access.Refused.
func (q *Requests) Approve(ctx context.Context, a access.Actor, k once.Key, request string) (*Shown, error) {
	return q.decide(ctx, a, k, request, Approved)
}

// Refuse says no. Faults as Approve.
func (q *Requests) Refuse(ctx context.Context, a access.Actor, k once.Key, request string) (*Shown, error) {
	return q.decide(ctx, a, k, request, Refused)
}

func (q *Requests) decide(ctx context.Context, a access.Actor, k once.Key, request string, to State) (*Shown, error) {
	act := access.ReadRequests
	var code *account.HandOver
	if to == Approved {
		if err := q.legible(ctx, a.Org, request); err != nil {
			return nil, err
		}
		var err error
		if code, err = q.draw(ctx, a.Org, request); err != nil {
			return nil, err
		}
	}
	s, earlier, err := q.move(ctx, a, k, request, &act, func(tx *store.Tx, r *Request) error {
		act = kinds[r.Kind].decide
		f, err := q.factsStill(ctx, tx, a, r)
		if err != nil {
			return err
		}
		if err := access.Decide(a, act, f); err != nil {
			return err
		}
		now := q.clock.Now()
		if !r.waits(now) {
			return ErrOver
		}
		if to == Approved {
			may, err := q.mayStill(ctx, tx, a.Org, r)
			if err != nil {
				return err
			}
			if !may {
				r.enter(Over, "", now)
				return nil
			}
			if err := grant(ctx, tx, r, q); err != nil {
				return err
			}
			if err := q.hand(ctx, tx, a, r, code); err != nil {
				return err
			}
		}
		r.enter(to, a.Account, now)
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case s.State == Over:
		return nil, errLapsed
	case code != nil && earlier:
		return nil, errCodeShown
	case code != nil:
		s.Code = code.Code
	}
	return s, nil
}

// grant does what an approved request asks for, if it is still needed.
func grant(ctx context.Context, tx *store.Tx, r *Request, q *Requests) error {
	whom, err := r.whom(ctx, tx)
	if err != nil {
		return err
	}
	of := kinds[r.Kind]
	if of.needed != nil {
		err := of.needed(ctx, tx, r, whom)
		if errors.Is(err, account.ErrUnknown) {
			return ErrOver // the way in was shut meanwhile
		}
		if err != nil {
			return err
		}
	}
	return of.grant(ctx, tx, r, whom, q.clock.Now())
}

// Withdraw takes back what the actor asked for herself. Faults as Approve.
func (q *Requests) Withdraw(ctx context.Context, a access.Actor, k once.Key, request string) (*Shown, error) {
	act := access.ReadRequests
	s, _, err := q.move(ctx, a, k, request, &act, func(_ *store.Tx, r *Request) error {
		if err := access.Decide(a, act, access.Facts{Org: a.Org}); err != nil {
			return err
		}
		now := q.clock.Now()
		switch {
		case r.AskedBy != a.Account:
			return access.Refused
		case !r.waits(now):
			return ErrOver
		}
		r.enter(Withdrawn, a.Account, now)
		return nil
	})
	return s, err
}

// move changes where one request stands, in one transaction with what comes of it.
// earlier tells that it was moved before with this key.
func (q *Requests) move(ctx context.Context, a access.Actor, k once.Key, request string, act *access.Action, to func(*store.Tx, *Request) error) (s *Shown, earlier bool, err error) {
	err = q.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		var err error
		if _, earlier, err = once.Earlier(ctx, tx, a, k); earlier || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		r, err := get(ctx, tx, request)
		if err != nil {
			return err
		}
		if err := to(tx, r); err != nil {
			return err
		}
		if err := requests.Replace(ctx, tx, r); err != nil {
			return err
		}
		if err := q.audit.Did(ctx, tx, a, *act, r.subjects(), append(r.fields(), string(r.State))...); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, q.clock.Now(), request)
	})
	if err != nil {
		return nil, false, q.refuse(ctx, a, *act, request, err)
	}
	s, err = q.Read(ctx, a, request)
	return s, earlier, err
}

// get finds a request; one that isn't there is access.Refused.
func get(ctx context.Context, v store.View, request string) (*Request, error) {
	r, err := requests.Get(ctx, v, request)
	if errors.Is(err, store.ErrAbsent) {
		return nil, access.Refused
	}
	return r, err
}
