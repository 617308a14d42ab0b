package approval

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/conflict"
	"chautari/models/store"
)

// facts are what is known of a request towards an actor. It is her own when she
// asked or when it is about her; she is apart from it when no conflict of
// interest stands between her and either of these.
func (q *Requests) facts(ctx context.Context, v store.View, a access.Actor, r *Request) (access.Facts, error) {
	apart, err := conflict.Apart(ctx, v, a.Person, others(a, r.Person, r.Asker)...)
	if err == nil && apart && r.opens() {
		apart, err = conflict.Apart(ctx, v, r.Asker, r.Person)
	}
	return q.withStead(ctx, v, a, r, apart, err)
}

// factsStill are the facts for an act: the transaction depends on nobody
// declaring anything meanwhile.
func (q *Requests) factsStill(ctx context.Context, tx *store.Tx, a access.Actor, r *Request) (access.Facts, error) {
	apart, err := conflict.StillApart(ctx, tx, a.Person, others(a, r.Person, r.Asker)...)
	if err == nil && apart && r.opens() {
		apart, err = conflict.StillApart(ctx, tx, r.Asker, r.Person)
	}
	return q.withStead(ctx, tx, a, r, apart, err)
}

// withStead adds whether she decides in the stead of others. That another is free
// again meanwhile takes nothing from it.
func (q *Requests) withStead(ctx context.Context, v store.View, a access.Actor, r *Request, apart bool, err error) (access.Facts, error) {
	f := factsOf(a, r, apart)
	if err == nil {
		f.Stead, err = q.inStead(ctx, v, a, r, f)
	}
	return f, err
}

// opens tells whether a record waits to be opened to who asked, or she herself may
// come into that one's hands: between these two nothing may stand either, else
// nobody decides.
func (r *Request) opens() bool {
	return r.Kind == Emergency && r.State == Waiting || r.Kind.Shown() == Recovery
}

func factsOf(a access.Actor, r *Request, apart bool) access.Facts {
	return access.Facts{
		Org: a.Org, Own: r.AskedBy == a.Account || r.Asker == a.Person || r.Person != "" && r.Person == a.Person,
		Group: a.Coordinates(r.What.Group), Apart: apart,
	}
}

// others are those of the persons who are somebody, and not the actor.
func others(a access.Actor, persons ...string) []string {
	return slices.DeleteFunc(persons, func(p string) bool { return p == "" || p == a.Person })
}

// decides tells whether the actor may decide on a request, once she has shown
// again that it is she.
func decides(a access.Actor, r *Request, f access.Facts) bool {
	a.Fresh = true
	return access.Decide(a, kinds[r.Kind].decide, f) == nil
}
