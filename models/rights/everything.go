package rights

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/organisation"
	"chautari/models/store"
)

// Everything is all that is kept of one person, and nothing of anybody else.
type Everything struct {
	On           calendar.Date
	Organisation organisation.Name
	Language     string // the one she reads in
	Parts        []Given
}

// Given is one part, by its name.
type Given struct {
	Name string
	Part any
}

// Everything gives the actor all that is hers, read at one moment. It leaves no
// entry in the trail, as no reading of what is hers does.
func (r *Rights) Everything(ctx context.Context, a access.Actor) (*Everything, error) {
	if err := access.Decide(a, access.TakeOwnAway, mine(a)); err != nil {
		return nil, r.refuse(ctx, a, access.TakeOwnAway, err)
	}
	about, err := r.orgs.Get(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	key, err := r.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return nil, err
	}
	acc, err := account.Get(ctx, r.store.Org(a.Org), a.Account)
	if err != nil {
		return nil, err
	}
	all := &Everything{On: r.today(), Organisation: about.Name, Language: acc.Language}
	err = r.store.Org(a.Org).Snapshot(ctx, func(v *store.Snapshot) error {
		all.Parts = nil
		for _, p := range slices.Backward(r.parts) { // herself first
			part, err := p.Hers(ctx, v, key, a)
			if err != nil {
				return err
			}
			if part != nil {
				all.Parts = append(all.Parts, Given{p.Name, part})
			}
		}
		return nil
	})
	return all, err
}

// MarshalJSON writes the parts in their order.
func (e *Everything) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	put := func(name string, value any) error {
		if out.Len() > 0 {
			out.WriteByte(',')
		}
		key, err := json.Marshal(name)
		if err != nil {
			return err
		}
		text, err := json.Marshal(value)
		out.Write(key)
		out.WriteByte(':')
		out.Write(text)
		return err
	}
	err := put("on", e.On)
	if err == nil {
		err = put("organisation", e.Organisation)
	}
	for _, p := range e.Parts {
		if err == nil {
			err = put(p.Name, p.Part)
		}
	}
	return []byte("{" + out.String() + "}"), err
}
