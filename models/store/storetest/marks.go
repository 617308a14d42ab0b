package storetest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

// Marker makes marks under a fixed key. Complete tells whether everything has
// its mark, and Met what was found forged.
type Marker struct {
	Complete bool

	mu  sync.Mutex
	Met []string
}

// Mark is a keyed hash over the parts.
func (m *Marker) Mark(_ context.Context, org string, parts ...[]byte) ([]byte, error) {
	mac := hmac.New(sha256.New, []byte("key of "+org))
	for _, p := range parts {
		mac.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p))))
		mac.Write(p)
	}
	return mac.Sum(nil), nil
}

// All is Complete.
func (m *Marker) All(context.Context, string) (bool, error) { return m.Complete, nil }

// Forged keeps what was met, each once.
func (m *Marker) Forged(collection, id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if name := collection + "/" + id; !slices.Contains(m.Met, name) {
		m.Met = append(m.Met, name)
	}
}

// marks shows that the engine gives back every byte that a mark was made over.
func marks(t *testing.T, open Open) {
	b := set(t, open)
	guarded, m := things.Guarded(), &Marker{Complete: true}
	s := b.store.GuardedBy(m)
	space, yes := s.Org("org_a"), true
	all := []*thing{
		{Meta: store.Meta{ID: "bare"}},
		{
			Meta: store.Meta{ID: "full"}, Kind: "ग", Rank: -3, Done: &yes, At: epoch.Add(time.Hour), Tags: []string{"x", "y"}, Slot: "s",
			Inner: inner{"c"}, People: []inner{{"p"}, {"q"}}, Any: "a", Any2: int64(1),
		},
	}
	require.NoError(t, space.Tx(ctx, func(tx *store.Tx) error {
		for _, d := range all {
			c := *d
			if err := guarded.Insert(ctx, tx, &c); err != nil {
				return err
			}
			if _, err := guarded.Get(ctx, tx, d.ID); err != nil {
				return err // it sees what it wrote
			}
		}
		return nil
	}))
	require.NoError(t, space.Tx(ctx, func(tx *store.Tx) error {
		_, err := guarded.Update(ctx, tx, "full", func(d *thing) error { d.Rank++; return nil })
		return err
	}))
	for _, d := range all {
		_, err := guarded.Get(ctx, space, d.ID)
		require.NoError(t, err, d.ID)
	}
	many, err := guarded.GetMany(ctx, space, []string{"bare", "full"})
	require.NoError(t, err)
	require.Len(t, many, 2)
	found, _, err := guarded.Find(ctx, space, store.Query{Index: store.ChangedIndex, Limit: 10})
	require.NoError(t, err)
	require.Len(t, found, 2)
	require.NoError(t, s.EachForged(ctx, []*store.Spec{guarded.Spec()}, "org_a", m.Forged))
	require.Empty(t, m.Met)
}
