package register

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/member"
	"chautari/models/register/sheet"
	"chautari/models/seal"
	"chautari/models/store"
)

// commit lets the rows in, a batch a transaction.
func (r *Registers) commit(ctx context.Context, org string, imp *Import) error {
	a, err := r.worker(ctx, org, imp)
	if errors.Is(err, account.ErrAbsent) {
		return r.stop(ctx, org, imp.ID)
	}
	if err != nil {
		return err
	}
	v, err := r.read(ctx, a, imp)
	if err != nil {
		return err
	}
	r.beforeBatch()
	for start := imp.Done; start < len(v.rows); start += batchSize {
		// Rights are looked at anew for each batch: taken away, they act at once.
		a, err := r.worker(ctx, org, imp)
		if errors.Is(err, account.ErrAbsent) {
			return r.stop(ctx, org, imp.ID)
		}
		if err != nil {
			return err
		}
		end := min(start+batchSize, len(v.rows))
		if err := r.commitBatch(ctx, a, imp.ID, v, start, end); err != nil {
			if errors.Is(err, access.Refused) {
				return r.stop(ctx, org, imp.ID)
			}
			return err
		}
	}
	r.readings.drop(imp.ID)
	return r.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		_, err := imports.Update(ctx, tx, imp.ID, func(i *Import) error {
			if i.State == Committing && i.Done == len(v.rows) {
				i.enter(Committed, r.clock.Now())
				i.Rows = len(v.rows)
			}
			return nil
		})
		return err
	})
}

// worker is whoever brought the import, as far as she may still do what she
// began: it goes on while she is away, and shows nothing to anybody, so no fresh
// proof is asked of it.
func (r *Registers) worker(ctx context.Context, org string, imp *Import) (access.Actor, error) {
	a, err := r.accounts.ActorOf(ctx, org, imp.By)
	a.Fresh = err == nil
	return a, err
}

// stop ends work that can't go on.
func (r *Registers) stop(ctx context.Context, org, importID string) error {
	return r.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		_, err := imports.Update(ctx, tx, importID, func(i *Import) error {
			i.enter(Stopped, r.clock.Now())
			return nil
		})
		return err
	})
}

// commitBatch lets some rows in with all that tells of it, in one transaction.
func (r *Registers) commitBatch(ctx context.Context, a access.Actor, importID string, v *view, start, end int) error {
	entrants, err := r.prepare(ctx, a.Org, importID, v, start, end)
	if err != nil {
		return err
	}
	var done []entrant
	err = r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		done = nil
		imp, err := imports.Get(ctx, tx, importID)
		if err != nil {
			return err
		}
		if imp.State != Committing || imp.Done != start {
			return nil // another instance was here
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		b := &batch{Meta: store.Meta{ID: fmt.Sprintf("%s.%06d", importID, start)}, Import: importID, Start: start}
		var touched []string
		for _, e := range entrants {
			o := e.outcome
			if err := r.enter(ctx, tx, a, &e, &o); err != nil {
				return err
			}
			if o.Fate == Created || o.Fate == Updated {
				touched = append(touched, o.Person)
				done = append(done, e)
			}
			imp.Counts.add(o.Fate)
			b.Outcomes = append(b.Outcomes, o)
		}
		if err := batches.Insert(ctx, tx, b); err != nil {
			return err
		}
		imp.Done = end
		if err := imports.Replace(ctx, tx, imp); err != nil {
			return err
		}
		return r.audit.Did(ctx, tx, a, access.ImportRegister, touched)
	})
	if err != nil {
		return err
	}
	for _, e := range done {
		if err := r.members.Listed(a.Org, e.key, e.doc); err != nil {
			return err
		}
	}
	r.afterBatch()
	return nil
}

// entrant is a row with what its transaction needs.
type entrant struct {
	outcome outcome
	doc     *member.Member // made for a created row; found for an updated one
	key     *seal.Key
	change  member.Change
	group   string
}

// prepare makes keys and seals texts before the transaction.
func (r *Registers) prepare(ctx context.Context, org, importID string, v *view, start, end int) ([]entrant, error) {
	entrants := make([]entrant, 0, end-start)
	var newcomers []string
	for i := start; i < end; i++ {
		row, verdict := &v.rows[i], v.verdicts[i]
		e := entrant{
			outcome: outcome{Key: row.Key, Fate: verdict.Fate, Reason: verdict.Reason},
			group:   row.GroupID,
		}
		switch verdict.Fate {
		case Created:
			e.outcome.Person = member.NewPerson()
			newcomers = append(newcomers, e.outcome.Person)
		case Updated:
			e.outcome.Person = verdict.Same.ID
			e.change = changeOf(row, verdict)
		}
		entrants = append(entrants, e)
	}
	made, err := r.keys.Create(ctx, org, newcomers...)
	if err != nil {
		return nil, err
	}
	for i := range entrants {
		e := &entrants[i]
		switch e.outcome.Fate {
		case Created:
			e.key, made = made[0], made[1:]
			row := &v.rows[start+i]
			e.doc, err = r.members.NewCarried(ctx, org, e.key, e.outcome.Person, importID, row.Key, carried(row))
		case Updated:
			e.key, err = r.keys.Of(ctx, org, e.outcome.Person)
			if errors.Is(err, seal.ErrNoKey) {
				e.outcome.Fate, e.outcome.Reason, e.outcome.Person, err = Failed, ReasonGone, "", nil
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return entrants, nil
}

func carried(row *sheet.Row) member.Carried {
	return member.Carried{
		Alias: row.Alias, Group: row.GroupID,
		Details: member.Details{PaperName: row.Name, Phone: row.Phone, Birth: row.Birth, District: row.District},
	}
}

func changeOf(row *sheet.Row, v Verdict) member.Change {
	var c member.Change
	for _, f := range v.Fields {
		switch f {
		case "phone":
			c.Phone = &row.Phone
		case "birth":
			c.Birth = &row.Birth
		case "group":
			c.Group = &row.GroupID
		case "district":
			c.District = &row.District
		}
	}
	return c
}

// enter does one row in the batch's transaction.
func (r *Registers) enter(ctx context.Context, tx *store.Tx, a access.Actor, e *entrant, o *outcome) error {
	switch o.Fate {
	case Created:
		err := access.Decide(a, access.ImportRegister, access.Facts{Org: a.Org, Group: a.Coordinates(e.group)})
		if err != nil {
			return err
		}
		return r.members.InsertCarried(ctx, tx, e.doc)
	case Updated:
		now, was, fields, err := r.members.ChangeCarried(ctx, tx, a, e.key, o.Person, 0, e.change)
		if errors.Is(err, store.ErrAbsent) || errors.Is(err, member.ErrNotCarriedOver) || errors.Is(err, access.Refused) {
			o.Fate, o.Reason, o.Person = Failed, ReasonGone, ""
			return nil
		}
		if err != nil {
			return err
		}
		if len(fields) == 0 {
			o.Fate, o.Reason = Skipped, ReasonUnchanged
			return nil
		}
		text, err := json.Marshal(undoable{Was: was, Version: now.Version})
		if err != nil {
			return err
		}
		e.doc, o.Fields = now, fields
		o.Before, err = e.key.Seal(o.Person, "before", string(text))
		return err
	}
	return nil
}
