package register

import (
	"context"
	"encoding/json"
	"errors"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/member"
	"chautari/models/seal"
	"chautari/models/store"
)

// undoable is what an updated person was, and the version the update made of her.
type undoable struct {
	Was     member.Before `json:"was"`
	Version int64         `json:"version"`
}

// undo takes an import back, batch by batch.
func (r *Registers) undo(ctx context.Context, org string, imp *Import) error {
	a, err := r.worker(ctx, org, imp)
	if errors.Is(err, account.ErrAbsent) {
		return r.stop(ctx, org, imp.ID)
	}
	if err != nil {
		return err
	}
	err = batches.Each(ctx, r.store.Org(org), store.Query{Index: "import", Equal: []any{imp.ID}}, func(b *batch) error {
		return r.undoBatch(ctx, a, imp.ID, b.ID)
	})
	if errors.Is(err, access.Refused) {
		return r.stop(ctx, org, imp.ID)
	}
	if err != nil {
		return err
	}
	r.readings.drop(imp.ID)
	return r.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		_, err := imports.Update(ctx, tx, imp.ID, func(i *Import) error {
			if i.State == Undoing {
				i.enter(Undone, r.clock.Now())
			}
			return nil
		})
		return err
	})
}

func (r *Registers) undoBatch(ctx context.Context, a access.Actor, importID, batchID string) error {
	var gone []string
	err := r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		gone = nil
		b, err := batches.Get(ctx, tx, batchID)
		if err != nil || b.Undone {
			return err
		}
		imp, err := r.get(ctx, tx, a, importID)
		if err != nil || imp.State != Undoing {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		var touched []string
		for _, o := range b.Outcomes {
			var kept bool
			switch o.Fate {
			case Created:
				if kept, err = r.members.TakeBack(ctx, tx, a, o.Person, importID); err == nil && !kept {
					gone = append(gone, o.Person)
				}
			case Updated:
				kept, err = r.putBack(ctx, tx, a, o)
			default:
				continue
			}
			if err != nil {
				return err
			}
			if kept {
				imp.Kept++
			}
			touched = append(touched, o.Person)
		}
		b.Undone = true
		if err := batches.Replace(ctx, tx, b); err != nil {
			return err
		}
		imp.Done += len(b.Outcomes)
		if err := imports.Replace(ctx, tx, imp); err != nil {
			return err
		}
		return r.audit.Did(ctx, tx, a, access.ImportRegister, touched, "undone")
	})
	if err != nil {
		return err
	}
	for _, p := range gone {
		r.members.Unlisted(a.Org, p)
	}
	return r.members.Forget(ctx, a.Org, gone...)
}

// putBack gives an updated person back what she was, unless somebody changed
// her since.
func (r *Registers) putBack(ctx context.Context, tx *store.Tx, a access.Actor, o outcome) (kept bool, err error) {
	key, err := r.keys.Of(ctx, tx.Org(), o.Person)
	if errors.Is(err, seal.ErrNoKey) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	clear, err := key.Open(o.Person, "before", o.Before)
	if err != nil {
		return false, err
	}
	var u undoable
	if err := json.Unmarshal([]byte(clear.Reveal()), &u); err != nil {
		return false, err
	}
	was := u.Was
	_, _, _, err = r.members.ChangeCarried(ctx, tx, a, key, o.Person, u.Version, member.Change{
		Name: &was.Name, Phone: &was.Phone, Birth: &was.Birth, Group: &was.Group, District: &was.District,
	})
	if errors.Is(err, member.ErrStale) || errors.Is(err, store.ErrAbsent) || errors.Is(err, access.Refused) || errors.Is(err, member.ErrNotCarriedOver) {
		return true, nil
	}
	return false, err
}
