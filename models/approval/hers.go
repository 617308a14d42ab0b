package approval

import (
	"context"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Hers is what was asked about her, and what she asked herself. The reasons are
// left out: they may tell of others, and of who asked.
type Hers struct {
	About []HersRequest `json:"about"`
	Asked []HersRequest `json:"askedFor"`
}

// HersRequest is one request. Ends is until when a record was open.
type HersRequest struct {
	Kind  Kind          `json:"kind"`
	State State         `json:"state"`
	On    calendar.Date `json:"on"`
	Role  access.Role   `json:"role,omitempty"`
	Give  *bool         `json:"give,omitempty"`
	Ends  *time.Time    `json:"ends,omitempty"`
}

// Holds names the collections that requests answer for before her rights.
func (q *Requests) Holds() []string { return []string{requests.Spec().Name} }

// Hers is a *Hers. What she is told of is told by (*Request).told.
func (q *Requests) Hers(ctx context.Context, v store.View, _ *seal.Key, a access.Actor) (any, error) {
	h, yesterday := &Hers{About: []HersRequest{}, Asked: []HersRequest{}}, q.clock.Now().AddDate(0, 0, -1)
	return h, each(ctx, v, func(r *Request) error {
		line := HersRequest{Kind: r.Kind.Shown(), State: r.State, On: calendar.Of(r.Asked), Role: r.What.Role, Ends: r.Ends}
		if r.Kind == Role {
			line.Give = &r.What.Give
		}
		switch {
		case a.Person == "":
		case r.Asker == a.Person:
			h.Asked = append(h.Asked, line)
		case r.Person == a.Person:
			if r.told(yesterday) {
				h.About = append(h.About, line)
			}
		}
		return nil
	})
}

// told tells whether she whom it is about may know of it: of an emergency once it
// has long been over, of anything else what has come of it. While people speak of
// her account, or when they decided to leave it, she would read from it that
// somebody complained.
func (r *Request) told(yesterday time.Time) bool {
	if r.Kind != Emergency {
		return r.State == Approved
	}
	over := r.Ends
	if over == nil {
		over = r.Decided
	}
	return over != nil && over.Before(yesterday)
}

// each goes through all requests that are kept, which are few.
func each(ctx context.Context, v store.View, fn func(*Request) error) error {
	return requests.Each(ctx, v, store.Query{Index: store.ChangedIndex}, fn)
}

// Leave takes back what she asked and what is asked about her, where nobody has
// decided yet: nothing is done to an account that goes.
func (q *Requests) Leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	var open []*Request
	err := requests.Each(ctx, tx, store.Query{Index: "open", Equal: []any{true}}, func(r *Request) error {
		if r.Asker == a.Person || r.Person == a.Person {
			open = append(open, r)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, r := range open {
		r.enter(Withdrawn, "", q.clock.Now())
		if err := requests.Replace(ctx, tx, r); err != nil {
			return err
		}
	}
	return nil
}

// Erase removes what was asked about her. What she asked and decided for others
// stays as long as those are kept, with ids alone and without her reasons.
func (q *Requests) Erase(ctx context.Context, tx *store.Tx, a access.Actor, limit int) (int, error) {
	var about, asked []*Request
	err := each(ctx, tx, func(r *Request) error {
		switch {
		case a.Person == "" || len(about)+len(asked) == limit:
		case r.Person == a.Person:
			about = append(about, r)
		case r.Asker == a.Person && r.Person == "" && !r.Reason.Empty():
			asked = append(asked, r) // sealed with her key
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, r := range about {
		if err := requests.Delete(ctx, tx, r); err != nil {
			return 0, err
		}
	}
	for _, r := range asked {
		r.Reason = nil
		if err := requests.Replace(ctx, tx, r); err != nil {
			return 0, err
		}
	}
	return len(about) + len(asked), nil
}

// Stays tells until when it is kept what she asked and decided for others.
func (q *Requests) Stays(ctx context.Context, v store.View, a access.Actor) (map[string]calendar.Date, error) {
	var last time.Time
	err := each(ctx, v, func(r *Request) error {
		if a.Person != "" && r.Person != a.Person && (r.Asker == a.Person || r.DecidedBy == a.Account) && r.KeepUntil.After(last) {
			last = r.KeepUntil
		}
		return nil
	})
	if err != nil || last.IsZero() {
		return nil, err
	}
	return map[string]calendar.Date{"requests": calendar.Of(last)}, nil
}
