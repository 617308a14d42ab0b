package rights

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/store"
)

// Purger is a noun of which something goes by itself when its time is over: at
// most limit documents in a transaction, by what the organisation has chosen. It
// says how many went.
type Purger interface {
	Purge(ctx context.Context, tx *store.Tx, by *organisation.Settings, today calendar.Date, limit int) (int, error)
}

// PurgeBy adds nouns to what is purged. It belongs to putting the house together.
func (r *Rights) PurgeBy(all ...Purger) { r.purgers = append(r.purgers, all...) }

// purged is on which day each organisation was last purged through.
type purged struct {
	mu sync.Mutex
	on map[string]calendar.Date
}

func (p *purged) done(org string, today calendar.Date) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.on[org] == today
}

func (p *purged) note(org string, today calendar.Date) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.on[org] = today
}

// Purge removes what is over, once in a day of Nepal: what nouns keep for a
// time, and everything of whoever left too long ago or was declined. Cut short,
// it begins again. The caller sees to it that the clock can be believed.
func (r *Rights) Purge(ctx context.Context, org string) error {
	today := r.today()
	if r.purged.done(org, today) {
		return nil
	}
	by, err := r.orgs.Settings(ctx, org)
	if err != nil {
		return err
	}
	for _, p := range r.purgers {
		if err := r.purgeOne(ctx, org, p, by, today); err != nil {
			return err
		}
	}
	if err := r.eraseOver(ctx, org, by, today); err != nil {
		return err
	}
	if err := r.eraseRestored(ctx, org); err != nil {
		return err
	}
	r.purged.note(org, today)
	return nil
}

func (r *Rights) purgeOne(ctx context.Context, org string, p Purger, by *organisation.Settings, today calendar.Date) error {
	for {
		n := 0
		err := r.store.Org(org).Tx(ctx, func(tx *store.Tx) (err error) {
			n, err = p.Purge(ctx, tx, by, today, page)
			return err
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// eraseOver erases whoever's time is over, as if she had asked for it. Whoever
// still has something in hand is left, and comes up again the next day.
func (r *Rights) eraseOver(ctx context.Context, org string, by *organisation.Settings, today calendar.Date) error {
	over, err := r.members.Over(ctx, org, by, today)
	if err != nil {
		return err
	}
	for _, person := range over {
		if err := r.eraseByItself(ctx, org, person); err != nil {
			return err
		}
	}
	return nil
}

// eraseRestored erases again whoever came back with an older backup: her key has
// its tombstone, and nothing of her opens, but her documents are there.
func (r *Rights) eraseRestored(ctx context.Context, org string) error {
	var buried []string
	err := r.keys.Tombstones(ctx, org, func(id string, _ time.Time) error {
		buried = append(buried, id)
		return nil
	})
	if err != nil {
		return err
	}
	for ids := range slices.Chunk(buried, store.MaxIDs) {
		back, err := r.members.Present(ctx, org, ids)
		if err != nil {
			return err
		}
		for _, person := range back {
			if err := r.eraseByItself(ctx, org, person); err != nil {
				return err
			}
		}
	}
	return nil
}

// errAtWork: she still has a task here, so she has not left.
var errAtWork = errors.New("rights: she has a task here")

// eraseByItself begins an erasure that nobody asked for, and ends it.
func (r *Rights) eraseByItself(ctx context.Context, org, person string) error {
	gone := access.Actor{Org: org, Person: person}
	err := r.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		found, err := account.OfPerson(ctx, tx, person)
		switch {
		case err == nil:
			gone.Account, gone.Roles = found.ID, found.Roles
		case !errors.Is(err, store.ErrAbsent):
			return err
		}
		if slices.ContainsFunc(gone.Roles, func(r access.Role) bool { return r != access.Applicant && r != access.Member }) {
			return errAtWork
		}
		return r.begin(ctx, tx, gone)
	})
	if f, ok := fault.As(err); ok && f.Kind == fault.Conflict || errors.Is(err, errAtWork) {
		return nil
	}
	if err != nil {
		return err
	}
	return r.finish(ctx, org, &erasure{Meta: store.Meta{ID: person}, Account: gone.Account})
}
