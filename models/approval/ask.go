package approval

import (
	"context"
	"errors"
	"slices"
	"strings"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Asking is what somebody asks for. The person it is about says her sign-in name
// herself. Whoever has none can't be asked about.
type Asking struct {
	Kind   Kind        `json:"kind" validate:"required,oneof=role reopen emergency export"`
	Handle string      `json:"handle,omitempty" validate:"max=120"`
	Role   access.Role `json:"role,omitempty" validate:"omitempty,oneof=peerSupporter trainer coordinator focalPoint deputy board liaison administrator"`
	Give   *bool       `json:"give,omitempty"`
	Group  *string     `json:"group,omitempty" validate:"omitempty,id=grp"`
	Hours  *int        `json:"hours,omitempty" validate:"omitempty,min=1,max=72"` // 24 where it isn't said
	Reason string      `json:"reason" validate:"required,max=600"`
}

const usualHours = 24

var errWaiting = fault.New(fault.Conflict, "approval.waiting")

// askers are the roles in which somebody asks, the first that she has counting.
var askers = []access.Role{access.FocalPoint, access.Deputy, access.Board, access.Administrator, access.Coordinator}

// check tells what is missing, and what doesn't belong to the kind.
func (in Asking) check(kind organisation.Kind) []fault.Field {
	var faults []fault.Field
	has := func(field string, wanted, there bool) {
		switch {
		case wanted && !there:
			faults = append(faults, fault.At(field, "field.required"))
		case there && !wanted:
			faults = append(faults, fault.At(field, "field.unknown"))
		}
	}
	has("reason", true, script.Clean(in.Reason) != "")
	has("handle", kinds[in.Kind].about, strings.TrimSpace(in.Handle) != "")
	has("role", in.Kind == Role, in.Role != "")
	has("give", in.Kind == Role, in.Give != nil)
	if in.Kind != Emergency {
		has("hours", false, in.Hours != nil)
	}
	switch {
	case in.Kind != Role:
		has("group", in.Kind == Export, in.Group != nil)
	case (in.Role == access.Coordinator) != (in.Group != nil):
		faults = append(faults, fault.At("group", "approval.role_group"))
	}
	if in.Role == access.Liaison && kind != organisation.Supporting {
		faults = append(faults, fault.At("role", "approval.role_elsewhere"))
	}
	return faults
}

// what is what is asked for, in the form in which it is kept.
func (in Asking) what() What {
	w := What{Role: in.Role, Give: in.Give != nil && *in.Give}
	if in.Group != nil {
		w.Group = *in.Group
	}
	if in.Kind == Emergency {
		w.Hours = usualHours
		if in.Hours != nil {
			w.Hours = *in.Hours
		}
	}
	return w
}

// Ask puts a request before whoever may decide on it. Faults: account.unknown,
// approval.own, .not_member, .not_needed, .last_one, .waiting, .role_group,
// .role_elsewhere, settings.group_unknown; access.Refused.
func (q *Requests) Ask(ctx context.Context, a access.Actor, k once.Key, in Asking) (*Shown, error) {
	of := kinds[in.Kind]
	what := in.what()
	// Whether she may ask for such a thing at all, whomever it is about.
	possible := access.Facts{Org: a.Org, Apart: true, Group: a.Coordinates(what.Group)}
	if err := access.Decide(a, of.ask, possible); err != nil {
		return nil, q.refuse(ctx, a, of.ask, "", err)
	}
	org, err := q.orgs.Get(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	if err := fault.Of("request.invalid", in.check(org.Kind)...); err != nil {
		return nil, err
	}
	if what.Count, err = q.count(ctx, a, in.Kind, what.Group); err != nil {
		return nil, err
	}
	now := q.clock.Now()
	asked := &Request{
		Meta: store.Meta{ID: id.New("ask")}, Kind: in.Kind, State: Waiting, Open: true, What: what,
		AskedBy: a.Account, Asker: a.Person, AskedAs: roleOf(a), Asked: now,
		Lapses: now.AddDate(0, 0, lapseDays), KeepUntil: now.AddDate(0, keepMonths, 0),
	}
	if of.about {
		whom, err := q.accounts.ByHandle(ctx, q.store.Org(a.Org), in.Handle)
		if errors.Is(err, store.ErrAbsent) {
			return nil, account.ErrUnknown
		}
		if err != nil {
			return nil, err
		}
		if whom.Person == a.Person {
			return nil, errOwn
		}
		asked.Account, asked.Person = whom.ID, whom.Person
	}
	if err := q.sealReason(ctx, a.Org, asked, in.Reason); err != nil {
		return nil, err
	}
	asked.Same = asked.same()
	stored := asked.ID
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
		if err := q.mayStand(ctx, tx, a, asked, org.Kind); err != nil {
			return err
		}
		doc := *asked // the body may run again
		if err := requests.Insert(ctx, tx, &doc); err != nil {
			if store.IsDuplicate(err, "same") {
				return errWaiting
			}
			return err
		}
		if err := q.audit.Did(ctx, tx, a, of.ask, asked.subjects(), asked.fields()...); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, now, asked.ID)
	})
	if errors.Is(err, errHidden) {
		// She learns no more than of a name that nobody has.
		return nil, errors.Join(account.ErrUnknown, q.audit.WasRefused(ctx, q.store.Org(a.Org), a, of.ask, asked.Person))
	}
	if err != nil {
		return nil, q.refuse(ctx, a, of.ask, asked.Person, err)
	}
	return q.Read(ctx, a, stored)
}

// errHidden: she herself declared a conflict of interest with the one she asks
// about. One that the other declared isn't told by a refusal: nobody decides then.
var errHidden = errors.New("approval: not apart")

// mayStand decides, on what is so in the transaction, whether a request may be asked.
func (q *Requests) mayStand(ctx context.Context, tx *store.Tx, a access.Actor, r *Request, body organisation.Kind) error {
	of := kinds[r.Kind]
	f := access.Facts{Org: a.Org, Apart: true, Group: a.Coordinates(r.What.Group)}
	if !of.about {
		return access.Decide(a, of.ask, f)
	}
	whom, err := r.whom(ctx, tx)
	if errors.Is(err, ErrOver) {
		return account.ErrUnknown
	}
	if err != nil {
		return err
	}
	if f.Apart, err = conflict.StillApartByOwn(ctx, tx, a.Person, r.Person); err != nil {
		return err
	}
	if err := access.Decide(a, of.ask, f); err != nil {
		if !f.Apart && errors.Is(err, access.Refused) {
			return errHidden
		}
		return err
	}
	if err := of.needed(ctx, tx, r, whom); err != nil {
		return err
	}
	if r.What.Give && body == organisation.SurvivorLed && !slices.Contains(whom.Roles, access.Member) {
		return errNotMember
	}
	return account.Require(ctx, tx, whom)
}

// count is how many active members a file would be about at the most; a group
// that isn't there is told.
func (q *Requests) count(ctx context.Context, a access.Actor, k Kind, group string) (int, error) {
	if group == "" {
		return 0, nil
	}
	tree, err := q.orgs.Tree(ctx, a.Org)
	if err != nil {
		return 0, err
	}
	if tree.Get(group) == nil {
		return 0, fault.Of("request.invalid", fault.At("group", "settings.group_unknown"))
	}
	if k != Export {
		return 0, nil
	}
	active, err := q.members.Count(ctx, a, member.Active)
	total := 0
	for _, g := range tree.Below(group) {
		total += active[g]
	}
	return total, err
}

// sealReason seals why under the key of whom it is about, or of who asks.
func (q *Requests) sealReason(ctx context.Context, org string, r *Request, reason string) error {
	key, err := q.keys.Of(ctx, org, r.keyHolder())
	if errors.Is(err, seal.ErrNoKey) {
		return account.ErrUnknown
	}
	if err != nil {
		return err
	}
	r.Reason, err = key.Seal(r.ID, "reason", script.Clean(reason))
	return err
}

// keyHolder is the person under whose key the reason lies.
func (r *Request) keyHolder() string {
	if r.Person != "" {
		return r.Person
	}
	return r.Asker
}

// same is equal for requests of which only one may wait at a time. Several may ask
// for the same: that one of them has is not told to the others.
func (r *Request) same() string {
	return strings.Join([]string{string(r.Kind), r.Account, string(r.What.Role), r.What.Group, r.AskedBy}, " ")
}

// fields are the names that the trail has for what is asked.
func (r *Request) fields() []string {
	if r.Kind == Role {
		return []string{string(r.Kind), string(r.What.Role)}
	}
	return []string{string(r.Kind)}
}

// roleOf is the role in which somebody asks.
func roleOf(a access.Actor) access.Role {
	for _, r := range askers {
		if a.Has(r) {
			return r
		}
	}
	return ""
}
