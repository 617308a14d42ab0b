package approval

import (
	"cmp"
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/conflict"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/register/sheet"
	"chautari/models/seal"
	"chautari/models/store"
)

// Opened is a record that was opened in an emergency, and until when.
type Opened struct {
	*member.Row
	Until time.Time
}

// Open shows a closed record to who asked for it, while its hours last, her
// account is open and no conflict of interest stands between them. Each showing is
// an entry in the trail, from which the person reads later who opened it.
func (q *Requests) Open(ctx context.Context, a access.Actor, request string) (*Opened, error) {
	var until time.Time
	row, err := q.members.InEmergency(ctx, a, func(ctx context.Context, tx *store.Tx) (string, access.Facts, error) {
		r, f, err := q.standing(ctx, tx, a, request, Emergency)
		if err != nil {
			return "", f, err
		}
		if r.Ends != nil {
			until = *r.Ends
		}
		return r.Person, f, nil
	})
	if err != nil {
		return nil, q.refuse(ctx, a, access.UseEmergency, request, err)
	}
	return &Opened{row, until}, nil
}

// maxPeople is how many people one file holds at the most.
const maxPeople = 50_000

var errTooMany = fault.New(fault.TooLarge, "approval.too_many_people")

// File makes the file of people that was approved, while its day lasts: those of
// the group who agree at this moment, with the phone numbers of those who agree to
// that too. It is CSV that the import of registers reads back unchanged, with headings of
// a language, or of the one she reads in where none is said.
func (q *Requests) File(ctx context.Context, a access.Actor, request, language string) ([]byte, error) {
	r, err := get(ctx, q.store.Org(a.Org), request)
	if err != nil {
		return nil, q.refuse(ctx, a, access.TakeExport, request, err)
	}
	tree, err := q.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	her, err := account.Get(ctx, q.store.Org(a.Org), a.Account)
	if err != nil {
		return nil, q.refuse(ctx, a, access.TakeExport, request, notFound(err))
	}
	var people []sheet.Person
	err = q.members.Export(ctx, a, request, tree.Below(r.What.Group), func(ctx context.Context, tx *store.Tx) (access.Facts, error) {
		_, f, err := q.standing(ctx, tx, a, request, Export)
		return f, err
	}, func(o *member.Opened) error {
		if len(people) == maxPeople {
			return errTooMany
		}
		people = append(people, sheet.Person{Name: o.Alias.Reveal(), Phone: o.Phone.Reveal(), Group: tree.Get(o.Group).Name.All()[0]})
		return nil
	})
	if err != nil {
		return nil, q.refuse(ctx, a, access.TakeExport, request, err)
	}
	return sheet.Write(cmp.Or(language, her.Language), people)
}

// standing reads a request in the transaction that uses what it opened, and makes
// the transaction depend on it, on the actor and on whom it is about.
func (q *Requests) standing(ctx context.Context, tx *store.Tx, a access.Actor, request string, of Kind) (*Request, access.Facts, error) {
	if err := account.Still(ctx, tx, a); err != nil {
		return nil, access.Facts{}, err
	}
	r, err := get(ctx, tx, request)
	if err != nil {
		return nil, access.Facts{}, err
	}
	if r.Kind != of {
		return nil, access.Facts{}, access.Refused
	}
	her, err := account.Get(ctx, tx, a.Account)
	if err != nil {
		return nil, access.Facts{}, notFound(err)
	}
	f := access.Facts{
		Org: a.Org, Own: r.AskedBy == a.Account, Group: a.Coordinates(r.What.Group),
		Granted: r.AskedBy == a.Account && r.granted(q.clock.Now()) && r.Losses == her.Losses,
	}
	if f.Apart, err = conflict.StillApart(ctx, tx, a.Person, others(a, r.Person)...); err != nil {
		return nil, f, err
	}
	if r.Account != "" {
		whom, err := account.Get(ctx, tx, r.Account)
		if err != nil {
			return nil, f, notFound(err)
		}
		f.Granted = f.Granted && !whom.Closed
		if err := account.Require(ctx, tx, whom); err != nil {
			return nil, f, err
		}
	}
	return r, f, requests.Require(ctx, tx, r)
}

// notFound makes what is absent look like what is refused.
func notFound(err error) error {
	if errors.Is(err, store.ErrAbsent) || errors.Is(err, seal.ErrNoKey) {
		return access.Refused
	}
	return err
}
