package organisation

import (
	"context"
	"errors"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
)

// Names of the two collections in the server's own space that say which
// organisations there are and where they answer.
var (
	Collection      = organisations.Spec().Name // each under its own id
	HostsCollection = hosts.Spec().Name         // each under the host name
)

// Serves tells which organisation a stored host document belongs to.
func Serves(body bson.Raw) string {
	id, _ := body.Lookup("organisation").StringValueOK()
	return id
}

// HostDocument is a document by which an organisation answers at a host name.
func HostDocument(name, org string, at time.Time) (store.Record, error) {
	h := host{Meta: store.Meta{ID: HostName(name), Version: 1, Changed: at.UTC().Truncate(time.Millisecond)}, Organisation: org}
	body, err := bson.Marshal(h)
	return store.Record{ID: h.ID, Version: h.Version, Changed: h.Changed, Body: body}, err
}

// SupportedBy is a stored organisation with these of its supporters alone. Its
// version stays: it is as if they had never been others on this server.
func SupportedBy(r store.Record, stay func(string) bool) (store.Record, error) {
	var o Organisation
	if err := bson.Unmarshal(r.Body, &o); err != nil {
		return r, err
	}
	all := len(o.Supporters)
	o.Supporters = slices.DeleteFunc(o.Supporters, func(s string) bool { return !stay(s) })
	if len(o.Supporters) == all {
		return r, nil
	}
	var err error
	r.Body, err = bson.Marshal(o)
	return r, err
}

// Forget removes an organisation and its host names from the server's own
// space, for an arrival that is begun anew.
func Forget(ctx context.Context, system *store.Tx, org string) error {
	var names []*host
	err := hosts.Each(ctx, system, store.Query{Index: store.ChangedIndex}, func(h *host) error {
		if h.Organisation == org {
			names = append(names, h)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, h := range names {
		if err := hosts.Delete(ctx, system, h); err != nil {
			return err
		}
	}
	about, err := organisations.Get(ctx, system, org)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	return organisations.Delete(ctx, system, about)
}
