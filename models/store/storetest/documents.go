package storetest

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
)

func documents(t *testing.T, open Open) {
	b := set(t, open)
	yes := true
	in := &thing{
		Kind: "k", Rank: -3, Done: &yes, At: epoch.Add(time.Hour), Tags: []string{"x", "y"}, Slot: "s",
		Inner: inner{"ग"}, People: []inner{{"p"}}, Any: "a",
	}
	b.insert(b.org, in)
	require.Equal(t, int64(1), in.Version)
	require.Equal(t, epoch, in.Changed)

	got, err := things.Get(ctx, b.org, in.ID)
	require.NoError(t, err)
	require.Equal(t, in, got)

	b.clock.Advance(time.Minute)
	b.change(b.org, in.ID, func(d *thing) { d.Rank, d.Tags = 7, nil })
	got, err = things.Get(ctx, b.org, in.ID)
	require.NoError(t, err)
	require.Equal(t, int64(2), got.Version)
	require.Equal(t, 7, got.Rank)
	require.Equal(t, epoch.Add(time.Minute), got.Changed)

	_, err = others.Get(ctx, b.org, in.ID)
	require.ErrorIs(t, err, store.ErrAbsent, "another collection")

	b.remove(b.org, in.ID)
	_, err = things.Get(ctx, b.org, in.ID)
	require.ErrorIs(t, err, store.ErrAbsent)
	require.Empty(t, b.all(b.org, store.Query{Index: store.ChangedIndex}))

	again := &thing{Meta: store.Meta{ID: in.ID}}
	b.insert(b.org, again)
	require.Equal(t, int64(1), again.Version, "versions begin anew")
}

func stale(t *testing.T, open Open) {
	b := set(t, open)
	d := &thing{Rank: 1}
	b.insert(b.org, d)
	old := *d
	b.change(b.org, d.ID, func(d *thing) { d.Rank = 2 })

	// The raw engine, since the port would run a conflict again.
	spec, e := things.Spec(), b.store.Engine()
	raw := func(body func(store.Writer) error) error { return e.Tx(ctx, body) }
	record := func(id string, version int64) store.Record {
		body, err := bson.Marshal(&thing{Meta: store.Meta{ID: id, Version: version, Changed: epoch}})
		require.NoError(t, err)
		return store.Record{ID: id, Version: version, Changed: epoch, Body: body}
	}
	for name, write := range map[string]func(store.Writer) error{
		"replace": func(w store.Writer) error { return w.Replace(ctx, spec, "org_a", record(old.ID, old.Version+1)) },
		"delete":  func(w store.Writer) error { return w.Delete(ctx, spec, "org_a", old.ID, old.Version) },
		"require": func(w store.Writer) error { return w.Require(ctx, spec, "org_a", old.ID, old.Version) },
		"require what is absent": func(w store.Writer) error {
			return w.Require(ctx, spec, "org_a", "none", 1)
		},
	} {
		require.ErrorIs(t, raw(write), store.ErrConflict, name)
	}
	for name, write := range map[string]func(tx *store.Tx) error{
		"replace": func(tx *store.Tx) error {
			return things.Replace(ctx, tx, &thing{Meta: store.Meta{ID: "none", Version: 1}})
		},
		"delete": func(tx *store.Tx) error {
			return things.Delete(ctx, tx, &thing{Meta: store.Meta{ID: "none", Version: 1}})
		},
	} {
		require.ErrorIs(t, b.org.Tx(ctx, write), store.ErrAbsent, name)
	}
	require.Error(t, raw(func(w store.Writer) error { return w.Insert(ctx, spec, "org_a", record("v", 0)) }), "version 0")
	require.Error(t, raw(func(w store.Writer) error { return w.Insert(ctx, spec, "org_a", record("", 1)) }), "no id")
	whole := record("broken", 1).Body
	for _, body := range []bson.Raw{nil, {}, {0, 0, 0, 0}, {0, 0, 0, 0, 0}, whole[:len(whole)-2], append(bytes.Clone(whole), 0)} {
		require.Error(t, raw(func(w store.Writer) error {
			return w.Insert(ctx, spec, "org_a", store.Record{ID: "broken", Version: 1, Changed: epoch, Body: body})
		}), "% x", []byte(body))
	}

	got, err := things.Get(ctx, b.org, d.ID)
	require.NoError(t, err)
	require.Equal(t, 2, got.Rank)
	require.Equal(t, int64(2), got.Version)
}

func duplicates(t *testing.T, open Open) {
	b := set(t, open)
	first := &thing{Slot: "mon-9"}
	b.insert(b.org, first, &thing{}, &thing{}) // without a value the index doesn't care
	insert := func(d *thing) error {
		return b.org.Tx(ctx, func(tx *store.Tx) error { return things.Insert(ctx, tx, d) })
	}
	err := insert(&thing{Meta: store.Meta{ID: "z"}, Slot: "mon-9"})
	var dup *store.DuplicateError
	require.ErrorAs(t, err, &dup)
	require.Equal(t, store.DuplicateError{Collection: "thing", Index: "slot"}, *dup)
	require.True(t, store.IsDuplicate(err, "slot"))

	err = insert(&thing{Meta: store.Meta{ID: first.ID}, Slot: "mon-10"})
	require.True(t, store.IsDuplicate(err, "id"), "%v", err)

	second := &thing{Slot: "mon-10"}
	b.insert(b.org, second)
	move := func(to string) error {
		return b.org.Tx(ctx, func(tx *store.Tx) error {
			_, err := things.Update(ctx, tx, second.ID, func(d *thing) error { d.Slot = to; return nil })
			return err
		})
	}
	require.True(t, store.IsDuplicate(move("mon-9"), "slot"))
	require.NoError(t, move("mon-10"), "its own slot")
	b.remove(b.org, first.ID)
	require.NoError(t, move("mon-9"), "a slot that became free")
	require.NoError(t, insert(&thing{Meta: store.Meta{ID: "y"}, Slot: "mon-10"}), "a slot that was left")

	// A swap within one transaction: out first, then in.
	require.NoError(t, b.org.Tx(ctx, func(tx *store.Tx) error {
		if _, err := things.Update(ctx, tx, second.ID, func(d *thing) error { d.Slot = ""; return nil }); err != nil {
			return err
		}
		_, err := things.Update(ctx, tx, "y", func(d *thing) error { d.Slot = "mon-9"; return nil })
		return err
	}))
	require.Equal(t, []string{"y"}, b.all(b.org, store.Query{Index: "slot", Equal: []any{"mon-9"}}))
	require.Empty(t, b.all(b.org, store.Query{Index: "slot", Equal: []any{"mon-10"}}))
}

func getMany(t *testing.T, open Open) {
	b := set(t, open)
	b.insert(b.org, named(&thing{Rank: 0}, &thing{Rank: 1}, &thing{Rank: 2})...)
	b.insert(b.store.Org("org_b"), &thing{Meta: store.Meta{ID: "x"}})

	got, err := things.GetMany(ctx, b.org, []string{"c", "none", "a", "x", "it's \"quoted\"", ""})
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Equal(t, "c", got[0].ID)
	require.Equal(t, "a", got[1].ID)

	got, err = things.GetMany(ctx, b.org, nil)
	require.NoError(t, err)
	require.Empty(t, got)

	_, err = things.GetMany(ctx, b.org, make([]string, store.MaxIDs))
	require.NoError(t, err)
	_, err = things.GetMany(ctx, b.org, make([]string, store.MaxIDs+1))
	require.Error(t, err)
}
