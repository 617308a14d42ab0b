package approval

import (
	"context"
	"errors"
	"slices"
	"strings"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Shown is a request as the actor sees it: one that she asked, or may decide on.
type Shown struct {
	*Request
	Mine        bool
	MayDecide   bool // once she has shown again that it is she
	MayWithdraw bool
	Reason      seal.Clear
	Damaged     bool                // a text of it can't be read any more
	Handle      seal.Clear          // the sign-in name of whom it is about
	ClosedFor   seal.Clear          // why her account was closed, where it is to open again
	Group       *organisation.Group // nil where it has none
	Code        seal.Clear          // of a recovery that was just approved, once; it counts until Ends

	whom *account.Account
}

// List lists the requests that wait, or those that were decided, as far as the
// actor sees them, the latest first. A page is one entry in the trail.
func (q *Requests) List(ctx context.Context, a access.Actor, waiting bool, limit int, after store.Cursor) ([]*Shown, store.Cursor, error) {
	var page []*Shown
	var next store.Cursor
	after, err := q.place(a, after)
	if err != nil {
		return nil, "", err
	}
	err = q.show(ctx, a, func(tx *store.Tx) ([]*Shown, error) {
		var err error
		page, next, err = q.page(ctx, tx, a, waiting, limit, after)
		if err != nil || next == "" {
			return page, err
		}
		// A next page that holds nothing for her would tell that there is something.
		more, _, err := q.page(ctx, tx, a, waiting, 1, next)
		if len(more) == 0 {
			next = ""
		}
		return page, err
	})
	if err != nil {
		return nil, "", q.refuse(ctx, a, access.ReadRequests, "", err)
	}
	next, err = q.closed(a, next)
	return page, next, err
}

// closed makes the place in the list hers alone, and unreadable: in it stands at
// which instant something was asked.
func (q *Requests) closed(a access.Actor, next store.Cursor) (store.Cursor, error) {
	if next == "" {
		return "", nil
	}
	text, err := q.places.Close(a.Org, a.Account+" "+string(next))
	return store.Cursor(text), err
}

// place reads what closed made; store.ErrCursor for anything else.
func (q *Requests) place(a access.Actor, after store.Cursor) (store.Cursor, error) {
	if after == "" {
		return "", nil
	}
	text, ok := q.places.Open(a.Org, string(after))
	place, hers := strings.CutPrefix(text, a.Account+" ")
	if !ok || !hers {
		return "", store.ErrCursor
	}
	return store.Cursor(place), nil
}

// Read shows one request; one that isn't hers to see is access.Refused.
func (q *Requests) Read(ctx context.Context, a access.Actor, request string) (*Shown, error) {
	var found *Shown
	err := q.show(ctx, a, func(tx *store.Tx) ([]*Shown, error) {
		r, err := get(ctx, tx, request)
		if err != nil {
			return nil, err
		}
		if found, err = q.seen(ctx, tx, a, r); err != nil {
			return nil, err
		}
		if found == nil {
			return nil, access.Refused
		}
		return []*Shown{found}, nil
	})
	return found, q.refuse(ctx, a, access.ReadRequests, request, err)
}

// Waiting counts the requests that wait for the actor to decide.
func (q *Requests) Waiting(ctx context.Context, a access.Actor) (int, error) {
	if access.Decide(a, access.ReadRequests, access.Facts{Org: a.Org}) != nil {
		return 0, nil
	}
	space, now, n := q.store.Org(a.Org), q.clock.Now(), 0
	err := requests.Each(ctx, space, store.Query{Index: "open", Equal: []any{true}}, func(r *Request) error {
		f, err := q.facts(ctx, space, a, r)
		if err == nil && r.waits(now) && decides(a, r, f) {
			n++
		}
		return err
	})
	return n, err
}

// page gathers what the actor sees, one after the other, so that its end is where
// the next page begins.
func (q *Requests) page(ctx context.Context, tx *store.Tx, a access.Actor, waiting bool, limit int, after store.Cursor) ([]*Shown, store.Cursor, error) {
	page := []*Shown{}
	for {
		docs, next, err := requests.Find(ctx, tx, store.Query{
			Index: "open", Equal: []any{waiting}, Down: true, Limit: limit - len(page), After: after,
		})
		if err != nil {
			return nil, "", err
		}
		for _, r := range docs {
			s, err := q.seen(ctx, tx, a, r)
			if err != nil {
				return nil, "", err
			}
			if s != nil && !(waiting && !r.waits(q.clock.Now())) {
				page = append(page, s)
			}
		}
		if next == "" || len(page) == limit {
			return page, next, nil
		}
		after = next
	}
}

// seen is a request towards an actor; nil where she is not to know of it.
func (q *Requests) seen(ctx context.Context, tx *store.Tx, a access.Actor, r *Request) (*Shown, error) {
	f, err := q.facts(ctx, tx, a, r)
	if err != nil {
		return nil, err
	}
	s := &Shown{Request: r, Mine: r.AskedBy == a.Account}
	may := decides(a, r, f)
	if !s.Mine && !may {
		return nil, nil
	}
	waits := r.waits(q.clock.Now())
	s.MayDecide, s.MayWithdraw = waits && may, waits && s.Mine
	if r.Account != "" {
		if s.whom, err = account.Get(ctx, tx, r.Account); errors.Is(err, store.ErrAbsent) {
			s.whom, err = nil, nil
		}
	}
	return s, err
}

// show notes in the trail whose names and reasons are handed out, in the
// transaction that looked whether they may be, and opens them.
func (q *Requests) show(ctx context.Context, a access.Actor, find func(*store.Tx) ([]*Shown, error)) error {
	if err := access.Decide(a, access.ReadRequests, access.Facts{Org: a.Org}); err != nil {
		return err
	}
	var found []*Shown
	err := q.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) (err error) {
		if found, err = find(tx); err != nil {
			return err
		}
		var persons []string
		for _, s := range found {
			if p := s.keyHolder(); p != a.Person && !slices.Contains(persons, p) {
				persons = append(persons, p)
			}
		}
		return q.audit.Saw(ctx, tx, a, access.ReadRequests, persons)
	})
	if err != nil {
		return err
	}
	tree, err := q.orgs.Tree(ctx, a.Org)
	if err != nil {
		return err
	}
	for _, s := range found {
		s.Group = tree.Get(s.What.Group)
		if err := q.open(ctx, a.Org, s); err != nil {
			return err
		}
	}
	return nil
}

// open opens the texts of one request, as far as they open. Of somebody who was
// erased nothing does.
func (q *Requests) open(ctx context.Context, org string, s *Shown) error {
	key, err := q.keys.Of(ctx, org, s.keyHolder())
	if errors.Is(err, seal.ErrNoKey) {
		return nil
	}
	if err != nil {
		return err
	}
	s.Reason = key.Readable(s.ID, "reason", s.Request.Reason, &s.Damaged)
	if s.whom == nil {
		return nil
	}
	if s.Handle, err = s.known(q.accounts.HandleOf(ctx, org, s.whom)); err != nil || s.Kind != Reopen {
		return err
	}
	s.ClosedFor, err = s.known(q.accounts.WhyClosed(ctx, org, s.whom))
	return err
}

// known notes in place of a fault that a text doesn't open.
func (s *Shown) known(text seal.Clear, err error) (seal.Clear, error) {
	if errors.Is(err, seal.ErrUnreadable) {
		s.Damaged, err = true, nil
	}
	return text, err
}

// legible is seal.ErrUnreadable where a text of a request doesn't open: nobody
// says yes to what she can't read.
func (q *Requests) legible(ctx context.Context, org, request string) error {
	space := q.store.Org(org)
	r, err := requests.Get(ctx, space, request)
	if errors.Is(err, store.ErrAbsent) {
		return nil // for others to say
	}
	s := &Shown{Request: r}
	if err == nil && r.Account != "" {
		if s.whom, err = account.Get(ctx, space, r.Account); errors.Is(err, store.ErrAbsent) {
			err = nil
		}
	}
	if err == nil {
		err = q.open(ctx, org, s)
	}
	if err == nil && s.Damaged {
		err = seal.ErrUnreadable
	}
	return err
}
