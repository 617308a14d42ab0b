package approval

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/seal"
	"chautari/models/store"
)

// Recovering is who is to be let in again: as she stands in a list, or by the
// sign-in name that she says herself.
type Recovering struct {
	Person string `json:"person,omitempty" validate:"omitempty,id=mem"`
	Handle string `json:"handle,omitempty" validate:"max=120"`
}

// codeLasts is for how long a code that two people gave counts (OWASP ASVS 6.5.5).
const codeLasts = 10 * time.Minute

var (
	errRefusedByHer = fault.New(fault.Conflict, "recovery.refused_by_her")
	errCodeShown    = fault.New(fault.Conflict, "approval.code_shown")
)

// check names the field by which she is told, and finds fault with none or two.
func (in Recovering) check() (field string, err error) {
	switch {
	case in.Person == "" && in.Handle == "":
		return "", fault.Of("request.invalid", fault.At("handle", "field.required"))
	case in.Person != "" && in.Handle != "":
		return "", fault.Of("request.invalid", fault.At("handle", "field.unknown"))
	case in.Person != "":
		return "person", nil
	}
	return "handle", nil
}

// at is a fault of a sign-in name where she was told in another way.
func at(err error, field string) error {
	f, ok := fault.As(err)
	if field == "handle" || !ok || len(f.Fields) != 1 || f.Fields[0].Field != "handle" {
		return err
	}
	moved := fault.Of(f.Code, fault.At(field, f.Fields[0].Code))
	if errors.Is(err, access.Refused) {
		return errors.Join(moved, err)
	}
	return moved
}

// AskRecovery asks a second person to let somebody in again who has lost her words
// and stands before the one who asks. It waits for an hour. Faults: account.unknown,
// approval.own, .waiting, recovery.refused_by_her; access.Refused.
func (q *Requests) AskRecovery(ctx context.Context, a access.Actor, k once.Key, in Recovering) (*Shown, error) {
	field, err := in.check()
	if err != nil {
		return nil, err
	}
	if err := q.mayRecover(a); err != nil {
		return nil, q.refuse(ctx, a, access.AskForRecovery, "", err)
	}
	asked, err := q.recovery(ctx, a, in)
	if err != nil {
		return nil, at(err, field)
	}
	act, stored := kinds[asked.Kind].ask, asked.ID
	err = q.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		if stored = asked.ID; done {
			stored = refs[0]
			return nil
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		doc := *asked // the body may run again
		if doc.What.Group, err = q.groupOf(ctx, tx, a.Org, &doc); err != nil {
			return err
		}
		if err := q.mayAskRecovery(ctx, tx, a, &doc); err != nil {
			return err
		}
		if err := q.inPlaceOfLapsed(ctx, tx, &doc); err != nil {
			return err
		}
		if err := q.audit.Did(ctx, tx, a, act, doc.subjects(), doc.fields()...); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, asked.Asked, asked.ID)
	})
	if errors.Is(err, errHidden) {
		return nil, at(errors.Join(account.ErrUnknown, q.audit.WasRefused(ctx, q.store.Org(a.Org), a, act, asked.Person)), field)
	}
	if err != nil {
		return nil, at(q.refuse(ctx, a, act, asked.Person, err), field)
	}
	return q.Read(ctx, a, stored)
}

// mayRecover tells whether the actor may ask for such a thing at all.
func (q *Requests) mayRecover(a access.Actor) error {
	f := access.Facts{Org: a.Org, Apart: true, Group: len(a.Groups) > 0}
	err := access.Decide(a, access.AskForRecovery, f)
	if errors.Is(err, access.Refused) {
		err = access.Decide(a, access.AskForStaffRecovery, f)
	}
	return err
}

// recovery is the request, about whomever is named.
func (q *Requests) recovery(ctx context.Context, a access.Actor, in Recovering) (*Request, error) {
	var whom *account.Account
	var err error
	if in.Person != "" {
		whom, err = account.OfPerson(ctx, q.store.Org(a.Org), in.Person)
	} else {
		whom, err = q.accounts.ByHandle(ctx, q.store.Org(a.Org), in.Handle)
	}
	if errors.Is(err, store.ErrAbsent) {
		return nil, account.ErrUnknown
	}
	if err != nil {
		return nil, err
	}
	if whom.Person == a.Person {
		return nil, errOwn
	}
	kind, now := Recovery, q.clock.Now()
	if account.Works(whom.Roles) {
		kind = StaffRecovery
	}
	r := &Request{
		Meta: store.Meta{ID: id.New("ask")}, Kind: kind, State: Waiting, Open: true,
		AskedBy: a.Account, Asker: a.Person, AskedAs: roleOf(a), Asked: now,
		Lapses: now.Add(kind.lasts()), KeepUntil: now.AddDate(0, keepMonths, 0),
		Account: whom.ID, Person: whom.Person,
	}
	r.Same = r.same()
	return r, nil
}

// groupOf is the group whose coordinators have a part in it; of who works here none.
func (q *Requests) groupOf(ctx context.Context, v store.View, org string, r *Request) (string, error) {
	if r.Kind != Recovery {
		return "", nil
	}
	return q.members.SeenIn(ctx, v, org, r.Person)
}

// mayAskRecovery decides on what is so in the transaction. Whom a coordinator
// doesn't see, and whom only others help who work here, she learns nothing of.
func (q *Requests) mayAskRecovery(ctx context.Context, tx *store.Tx, a access.Actor, r *Request) error {
	whom, err := r.whom(ctx, tx)
	if errors.Is(err, ErrOver) {
		return account.ErrUnknown
	}
	if err != nil {
		return err
	}
	f := access.Facts{Org: a.Org, Group: a.Coordinates(r.What.Group)}
	if f.Apart, err = conflict.StillApartByOwn(ctx, tx, a.Person, r.Person); err != nil {
		return err
	}
	if err := access.Decide(a, kinds[r.Kind].ask, f); errors.Is(err, access.Refused) {
		return errHidden
	} else if err != nil {
		return err
	}
	if err := recoverable(ctx, tx, r, whom); errors.Is(err, ErrOver) {
		return account.ErrUnknown // she began or ceased to work here in this moment
	} else if err != nil {
		return err
	}
	return account.Require(ctx, tx, whom)
}

// inPlaceOfLapsed stores the request. One of the same that has lapsed, and that
// no job has ended yet, ends here.
func (q *Requests) inPlaceOfLapsed(ctx context.Context, tx *store.Tx, r *Request) error {
	was, err := requests.First(ctx, tx, store.Query{Index: "same", Equal: []any{r.Same}})
	switch {
	case errors.Is(err, store.ErrAbsent):
	case err != nil:
		return err
	case was.waits(r.Asked):
		return errWaiting
	default:
		was.enter(Over, "", r.Asked)
		if err := requests.Replace(ctx, tx, was); err != nil {
			return err
		}
	}
	err = requests.Insert(ctx, tx, r)
	if store.IsDuplicate(err, "same") {
		return errWaiting
	}
	return err
}

// recoverable: her way in is open, she still is or isn't somebody who works here,
// and she didn't say beforehand that nobody is to help her in.
func recoverable(_ context.Context, _ *store.Tx, r *Request, whom *account.Account) error {
	switch {
	case whom.Closed:
		return account.ErrUnknown
	case account.Works(whom.Roles) != (r.Kind == StaffRecovery):
		return ErrOver
	case whom.ByHerOwn:
		return errRefusedByHer
	}
	return nil
}

// letIn opens nothing by itself: the code does, once she brings it.
func letIn(ctx context.Context, tx *store.Tx, r *Request, whom *account.Account, now time.Time) error {
	ends := now.Add(codeLasts)
	r.Ends = &ends
	return account.Require(ctx, tx, whom)
}

// draw draws the code of a recovery that is about to be approved; nil for other
// requests, and for those of which nothing is to be told.
func (q *Requests) draw(ctx context.Context, org, request string) (*account.HandOver, error) {
	r, err := requests.Get(ctx, q.store.Org(org), request)
	if errors.Is(err, store.ErrAbsent) || err == nil && r.Kind.Shown() != Recovery {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return q.accounts.DrawFor(ctx, org, r.Account)
}

// hand makes the code of a recovery that was just granted count, and notes how
// often who decided has lost anything: it counts no more once she loses more.
func (q *Requests) hand(ctx context.Context, tx *store.Tx, a access.Actor, r *Request, code *account.HandOver) error {
	if code == nil {
		return nil
	}
	decider, err := account.Get(ctx, tx, a.Account)
	if err != nil {
		return notFound(err)
	}
	r.Lost = decider.Losses
	if err := account.Require(ctx, tx, decider); err != nil {
		return err
	}
	if r.What.Group != "" {
		if group, err := q.groupOf(ctx, tx, a.Org, r); err != nil {
			return err
		} else if group != r.What.Group {
			return ErrOver // she came to others' group meanwhile, or is hidden from them
		}
	}
	return account.Hand(ctx, tx, code, r.ID, *r.Ends)
}

// Gave are the two who let somebody in again, each in the role in which she did.
type Gave struct{ Asker, Decider access.Actor }

// UseRecovery ends a recovery that was approved, in the transaction in which its
// code is used, once. Both who gave the code must be at this moment who they were
// when they did: what one of them had lost since, or declared, takes it back. Fault
// approval.over.
func (q *Requests) UseRecovery(ctx context.Context, tx *store.Tx, request string) (*Gave, error) {
	r, err := requests.Get(ctx, tx, request)
	now := q.clock.Now()
	if errors.Is(err, store.ErrAbsent) || err == nil && (r.Kind.Shown() != Recovery || !r.granted(now)) {
		return nil, ErrOver
	}
	if err != nil {
		return nil, err
	}
	losses, group := r.Losses, r.What.Group
	// A coordinator's part in it is of whom she sees now.
	if r.What.Group, err = q.groupOf(ctx, tx, tx.Org(), r); err != nil {
		return nil, err
	}
	may, err := q.mayStill(ctx, tx, tx.Org(), r)
	if err != nil {
		return nil, err
	}
	if !may || r.Losses != losses {
		return nil, ErrOver
	}
	asker, err := q.gave(ctx, tx, r.AskedBy)
	if err != nil {
		return nil, err
	}
	decider, err := q.gave(ctx, tx, r.DecidedBy)
	if err != nil {
		return nil, err
	}
	acc, err := account.Get(ctx, tx, r.DecidedBy)
	if err != nil {
		return nil, over(err)
	}
	f, err := q.factsStill(ctx, tx, *decider, r)
	if err != nil {
		return nil, err
	}
	if acc.Losses != r.Lost || access.Decide(*decider, kinds[r.Kind].decide, f) != nil {
		return nil, ErrOver
	}
	r.Ends, r.What.Group = &now, group
	return &Gave{*asker, *decider}, requests.Replace(ctx, tx, r)
}

// gave is who had a part in it, if her way in is open; the transaction depends on that.
func (q *Requests) gave(ctx context.Context, tx *store.Tx, acc string) (*access.Actor, error) {
	found, err := account.Get(ctx, tx, acc)
	if err != nil {
		return nil, over(err)
	}
	if found.Closed {
		return nil, ErrOver
	}
	if err := account.Require(ctx, tx, found); err != nil {
		return nil, err
	}
	a, err := q.actor(ctx, tx.Org(), found)
	return &a, err
}

// over makes of who is gone that it is over.
func over(err error) error {
	if errors.Is(err, store.ErrAbsent) || errors.Is(err, seal.ErrNoKey) {
		return ErrOver
	}
	return err
}
