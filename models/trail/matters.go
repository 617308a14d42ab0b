package trail

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/store"
)

// mattersRead is how many entries of one matter are shown at most: far more
// than any has.
const mattersRead = 5 * store.MaxLimit

// OfMatters shows what was done about the matters that lie in her hands, or
// about one of them, the latest first. That she looked is itself an entry.
func (t *Trails) OfMatters(ctx context.Context, a access.Actor, subject string, limit int, after store.Cursor) ([]*audit.Entry, store.Cursor, error) {
	var page []*audit.Entry
	var next store.Cursor
	after, err := t.opened(a, mattersPlace, after)
	if err != nil {
		return nil, "", err
	}
	err = t.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		page, next = nil, ""
		if err := access.Decide(a, access.ReadTrail, access.Facts{Org: a.Org, Assigned: true, Apart: true}); err != nil {
			return err
		}
		hers, err := t.matters.InHands(ctx, tx, a)
		if err != nil {
			return err
		}
		if subject != "" {
			if !slices.Contains(hers, subject) {
				return access.Refused
			}
			hers = []string{subject}
		}
		all, err := entriesOf(ctx, tx, hers)
		if err != nil {
			return err
		}
		if page, next, err = pageOf(all, limit, after); err != nil {
			return err
		}
		return t.audit.Saw(ctx, tx, a, access.ReadTrail, about(page, hers))
	})
	if err != nil {
		return nil, "", t.refuse(ctx, a, access.ReadTrail, subject, err)
	}
	next, err = t.closed(a, mattersPlace, next)
	return page, next, err
}

// entriesOf are those about any of these matters, each once, the latest first.
func entriesOf(ctx context.Context, v store.View, matters []string) ([]*audit.Entry, error) {
	found := map[string]*audit.Entry{}
	for _, id := range matters {
		q := store.Query{Index: "subject", Equal: []any{id}, Down: true, Limit: store.MaxLimit}
		for n := 0; n < mattersRead; n += store.MaxLimit {
			entries, next, err := audit.Entries.Find(ctx, v, q)
			if err != nil {
				return nil, err
			}
			for _, e := range entries {
				found[e.ID] = e
			}
			if q.After = next; next == "" {
				break
			}
		}
	}
	all := make([]*audit.Entry, 0, len(found))
	for _, e := range found {
		all = append(all, e)
	}
	slices.SortFunc(all, func(x, y *audit.Entry) int {
		return cmp.Or(y.Day.Compare(x.Day), -compareAt(x, y), strings.Compare(x.ID, y.ID))
	})
	return all, nil
}

// compareAt puts what has no instant first in its day.
func compareAt(x, y *audit.Entry) int {
	switch {
	case x.At == nil && y.At == nil:
		return 0
	case x.At == nil:
		return -1
	case y.At == nil:
		return 1
	}
	return x.At.Compare(*y.At)
}

const mattersPlace = "matters"

func pageOf(all []*audit.Entry, limit int, after store.Cursor) ([]*audit.Entry, store.Cursor, error) {
	if after != "" {
		_, id, err := after.Position(mattersPlace, 0)
		if err != nil {
			return nil, "", err
		}
		i := slices.IndexFunc(all, func(e *audit.Entry) bool { return e.ID == id })
		if i < 0 {
			return nil, "", store.ErrCursor
		}
		all = all[i+1:]
	}
	if len(all) <= limit {
		return all, "", nil
	}
	next, err := store.NewCursor(mattersPlace, nil, all[limit-1].ID)
	return all[:limit], next, err
}

// about are the matters that a page tells of.
func about(page []*audit.Entry, matters []string) (ids []string) {
	for _, id := range matters {
		if slices.ContainsFunc(page, func(e *audit.Entry) bool { return slices.Contains(e.Subjects, id) }) {
			ids = append(ids, id)
		}
	}
	return ids
}
