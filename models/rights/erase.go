package rights

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/store"
)

// erasure is somebody who is on her way out: it begins in one transaction, goes
// on page by page, and can be cut short anywhere. Its id is hers. It goes when
// nothing of her is left.
type erasure struct {
	store.Meta `bson:",inline"`
	Account    string `bson:"account,omitempty"`
}

var erasures = store.Declare[erasure]("erasures").Daily().Guarded()

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{erasures.Spec()} }

// page is about how many documents one transaction of an erasure touches.
const page = 50

// Ahead is what she is told before she says yes to being erased.
type Ahead struct {
	Stays          []Stay
	KeysBackupDays int
	Hinders        string // the code of what stands in the way; empty when nothing does
}

// Stay is something that is kept after her. Until is zero where no day is set.
type Stay struct {
	What  string
	Why   string
	Until calendar.Date
}

// stays are all that may be kept, in the order in which she reads them, with the
// reason (GDPR art. 17(3)).
var stays = []Stay{
	{What: "audit", Why: "accountability"},
	{What: "requests", Why: "accountability"},
	{What: "grievances", Why: "rights_of_others"},
	{What: "figures", Why: "nobody_in_them"},
	{What: "old_lists", Why: "rights_of_others"},
	{What: "backups", Why: "unreadable"},
}

// StaysKnown lists the codes of what may stay, for the API's description.
func StaysKnown() (whats []string) {
	for _, s := range stays {
		whats = append(whats, s.What)
	}
	return whats
}

// errTried ends a transaction that is only tried.
var errTried = errors.New("rights: tried")

// Ahead tells what stays, and whether anything stands in the way. Nothing is
// changed: leaving is tried and given up.
func (r *Rights) Ahead(ctx context.Context, a access.Actor) (*Ahead, error) {
	if err := access.Decide(a, access.ReadOwn, mine(a)); err != nil {
		return nil, r.refuse(ctx, a, access.ReadOwn, err)
	}
	space := r.store.Org(a.Org)
	found := map[string]calendar.Date{"backups": r.today().AddDays(daysOfKeys)}
	for _, p := range r.parts {
		more, err := p.Stays(ctx, space, a)
		if err != nil {
			return nil, err
		}
		for what, until := range more {
			found[what] = until
		}
	}
	ahead := &Ahead{KeysBackupDays: daysOfKeys}
	for _, s := range stays {
		if until, ok := found[s.What]; ok {
			s.Until = until
			ahead.Stays = append(ahead.Stays, s)
		}
	}
	err := space.Tx(ctx, func(tx *store.Tx) error {
		if err := r.leave(ctx, tx, a); err != nil {
			return err
		}
		return errTried
	})
	if f, ok := fault.As(err); ok && f.Kind == fault.Conflict {
		ahead.Hinders = f.Code
		return ahead, nil
	}
	if !errors.Is(err, errTried) {
		return nil, err
	}
	return ahead, nil
}

// leave has every noun let her go.
func (r *Rights) leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	for _, p := range r.parts {
		if err := p.Leave(ctx, tx, a); err != nil {
			return err
		}
	}
	return nil
}

// Erase removes everything of the actor. When it has begun nobody sees her any
// more and she can't sign in; should the server stop before the end, Resume goes
// on. It needs no idempotency key: whoever sends it again is signed in no more.
// Faults: rights.last_one, rights.matters_in_hand; access.Refused.
func (r *Rights) Erase(ctx context.Context, a access.Actor) error {
	err := r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		if err := access.Decide(a, access.EraseOwn, mine(a)); err != nil {
			return err
		}
		return r.begin(ctx, tx, a)
	})
	if err != nil {
		return r.refuse(ctx, a, access.EraseOwn, err)
	}
	// What has begun goes on though she closes the page.
	ctx = context.WithoutCancel(ctx)
	for _, space := range spacesOf(a.Org) {
		err = errors.Join(err, r.finish(ctx, space, &erasure{Meta: store.Meta{ID: a.Person}, Account: a.Account}))
	}
	return err
}

// spacesOf are the spaces in which somebody is erased: with her goes her twin,
// but a twin goes alone.
func spacesOf(org string) []string {
	if organisation.IsDecoy(org) {
		return []string{org}
	}
	return []string{org, organisation.Decoy(org)}
}

// begin shuts everything and notes that she goes, and her twin with her.
func (r *Rights) begin(ctx context.Context, tx *store.Tx, a access.Actor) error {
	for _, space := range spacesOf(tx.Org()) {
		a.Org = space
		if err := r.beginIn(ctx, tx.Beside(space), a); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rights) beginIn(ctx context.Context, tx *store.Tx, a access.Actor) error {
	if err := r.leave(ctx, tx, a); err != nil {
		return err
	}
	_, err := erasures.Get(ctx, tx, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		err = erasures.InsertOver(ctx, tx, &erasure{Meta: store.Meta{ID: a.Person}, Account: a.Account})
	}
	if err != nil {
		return err
	}
	return r.audit.Did(ctx, tx, a, access.EraseOwn, []string{a.Person})
}

// Resume brings at most limit erasures to their end that were cut short, and
// says how many.
func (r *Rights) Resume(ctx context.Context, org string, limit int) (int, error) {
	begun, _, err := erasures.Find(ctx, r.store.Org(org), store.Query{Index: store.ChangedIndex, Limit: limit})
	if err != nil {
		return 0, err
	}
	done := 0
	for _, e := range begun {
		// One that can't be brought to its end keeps nobody else here.
		if one := r.finish(ctx, org, e); one != nil {
			err = errors.Join(err, one)
			continue
		}
		done++
	}
	return done, err
}

// finish takes everything of her away: first what she is known again by is
// noted, while it still opens; then noun by noun; her key; and last the erasure
// itself. Each step done again changes nothing.
func (r *Rights) finish(ctx context.Context, org string, e *erasure) error {
	if err := r.members.NoteLikeness(ctx, org, e.ID); err != nil {
		return err
	}
	gone := access.Actor{Org: org, Person: e.ID, Account: e.Account}
	space := r.store.Org(org)
	for _, p := range r.parts {
		for {
			n := 0
			err := space.Tx(ctx, func(tx *store.Tx) (err error) {
				n, err = p.Erase(ctx, tx, gone, page)
				return err
			})
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
		}
	}
	r.members.Unlisted(org, e.ID)
	for n := page; n == page; {
		var err error
		if n, err = r.keys.KeepRetracted(ctx, space, page); err != nil {
			return err
		}
	}
	for n := page; n == page; {
		var err error
		if n, err = r.keys.DestroyDoomed(ctx, space, page); err != nil {
			return err
		}
	}
	return space.Tx(ctx, func(tx *store.Tx) error {
		doc, err := erasures.Get(ctx, tx, e.ID)
		if errors.Is(err, store.ErrAbsent) {
			return nil
		}
		if err != nil {
			return err
		}
		return erasures.Delete(ctx, tx, doc)
	})
}
