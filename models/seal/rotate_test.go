package seal_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"

	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// cutting is an engine on which the process dies at one transaction: before it,
// or after it was committed and before anybody heard.
type cutting struct {
	store.Engine
	left   int
	before bool
}

var errCut = errors.New("the process was killed")

func (c *cutting) Tx(ctx context.Context, body func(store.Writer) error) error {
	if c.left--; c.left < 0 {
		return errCut
	}
	if c.left == 0 && c.before {
		return errCut
	}
	err := c.Engine.Tx(ctx, body)
	if err == nil && c.left == 0 {
		return errCut
	}
	return err
}

func file(t testing.TB) []byte {
	t.Helper()
	content, err := seal.NewKeyFile()
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func opened(t testing.TB, content []byte) *seal.Master {
	t.Helper()
	m, err := seal.OpenMaster(content)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func withNewKey(t testing.TB, content []byte) []byte {
	t.Helper()
	more, err := seal.WithNewKey(content)
	if err != nil {
		t.Fatal(err)
	}
	return more
}

func finished(t testing.TB, content []byte) []byte {
	t.Helper()
	one, err := seal.WithNewestKeyOnly(content)
	if err != nil {
		t.Fatal(err)
	}
	return one
}

func checked(t testing.TB, st *store.Store, m *seal.Master) *seal.Keys {
	t.Helper()
	keys := seal.NewKeys(st, m)
	if err := keys.Check(ctx); err != nil {
		t.Fatal(err)
	}
	return keys
}

func rotate(keys *seal.Keys) (int, error) {
	if err := keys.Promote(ctx); err != nil {
		return 0, err
	}
	n, _, err := keys.Rewrap(ctx, func(int) {})
	return n, err
}

// filled is a keys store of two organisations, a sealed text of each person,
// and a hash of each organisation.
type filled struct {
	file   []byte
	texts  map[string]map[string]seal.Sealed
	hashes map[string]string
}

func fill(t testing.TB, st *store.Store, each int) filled {
	t.Helper()
	f := filled{file: file(t), texts: map[string]map[string]seal.Sealed{}, hashes: map[string]string{}}
	keys := checked(t, st, opened(t, f.file))
	for _, org := range []string{"org_a", "org_b"} {
		f.texts[org] = map[string]seal.Sealed{}
		var ids []string
		for i := range each {
			ids = append(ids, fmt.Sprintf("mem_%03d", i))
		}
		made, err := keys.Create(ctx, org, ids...)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range ids {
			f.texts[org][id] = sealed(t, made[i], "d", "f", org+id)
		}
		f.hashes[org] = of(t, keys.Hashes("name"), org, "nadi")
	}
	return f
}

// holds fails unless everything opens with this key file, and is what it was.
func (f filled) holds(t testing.TB, st *store.Store, content []byte) {
	t.Helper()
	keys := checked(t, st, opened(t, content))
	for org, texts := range f.texts {
		for id, text := range texts {
			k, err := keys.Of(ctx, org, id)
			if err != nil {
				t.Fatalf("%s %s: %v", org, id, err)
			}
			if c, err := k.Open("d", "f", text); err != nil || c.Reveal() != org+id {
				t.Fatalf("%s %s: %v", org, id, err)
			}
		}
		if of(t, keys.Hashes("name"), org, "nadi") != f.hashes[org] {
			t.Fatalf("%s: another hash", org)
		}
	}
}

func TestARotationKilledAtAnyWriteGoesOnAndLosesNoKey(t *testing.T) {
	const each = 103 // two pages of each organisation: 1 mark, 2 secrets and 4 pages are 7 writes
	for _, before := range []bool{true, false} {
		for writes := 1; ; writes++ {
			engine := storetest.SQLite(t, seal.KeySpecs()...)
			st := store.New(engine, epoch)
			f := fill(t, st, each)
			both := withNewKey(t, f.file)
			cut := &cutting{Engine: engine, left: writes, before: before}
			keys := checked(t, store.New(cut, epoch), opened(t, both))
			_, err := rotate(keys)
			if err != nil && !errors.Is(err, errCut) {
				t.Fatal(err)
			}
			f.holds(t, st, both)
			again := checked(t, st, opened(t, both))
			if _, err := rotate(again); err != nil {
				t.Fatal(err)
			}
			if n, _, err := again.Rewrap(ctx, func(int) {}); err != nil || n != 0 {
				t.Fatalf("%d are left, %v", n, err)
			}
			f.holds(t, st, finished(t, both))
			if err == nil {
				if writes != 8 {
					t.Fatalf("%d writes were cut", writes-1)
				}
				break
			}
		}
	}
}

func TestOtherCopiesOfTheKeyFileAreToldInTime(t *testing.T) {
	storetest.Each(t, seal.KeySpecs(), epoch, func(t *testing.T, st *store.Store) {
		f := fill(t, st, 3)
		both := withNewKey(t, f.file)
		other := withNewKey(t, f.file) // a second rotation began from an old copy
		refused := func(what string, content []byte) {
			t.Helper()
			if err := seal.NewKeys(st, opened(t, content)).Check(ctx); !errors.Is(err, seal.ErrOtherKey) {
				t.Errorf("%s: %v", what, err)
			}
		}
		// Until the new key is in use both copies serve, and write what both open.
		f.holds(t, st, both)
		key(t, checked(t, st, opened(t, both)), "org_a", "mem_new")
		if _, err := checked(t, st, opened(t, f.file)).Of(ctx, "org_a", "mem_new"); err != nil {
			t.Errorf("a server that doesn't have the new key yet can't read: %v", err)
		}
		refused("a stranger's", file(t))
		if _, err := rotate(checked(t, st, opened(t, both))); err != nil {
			t.Fatal(err)
		}
		refused("the copy from before the rotation", f.file)
		refused("another rotation's", other)
		f.holds(t, st, both)
		f.holds(t, st, finished(t, both))
		if n, _, err := checked(t, st, opened(t, both)).Rewrap(ctx, func(int) {}); err != nil || n != 0 {
			t.Errorf("%d wrapped by the old key, %v", n, err)
		}
		again := withNewKey(t, finished(t, both))
		if _, err := rotate(checked(t, st, opened(t, again))); err != nil {
			t.Fatal(err)
		}
		f.holds(t, st, finished(t, again))
		refused("the one before last", finished(t, both))
	})
}

func TestServersOnBothSidesOfARotationReadWhatTheOtherWrites(t *testing.T) {
	c := clock.At(time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC))
	storetest.Each(t, seal.KeySpecs(), c, func(t *testing.T, st *store.Store) {
		f := fill(t, st, 3)
		both := withNewKey(t, f.file)
		early, late := checked(t, st, opened(t, f.file)), checked(t, st, opened(t, both))
		command := checked(t, st, opened(t, both))
		hold := func(name string, k *seal.Keys, want error) {
			t.Helper()
			if err := k.Hold(ctx, name); !errors.Is(err, want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		behind := func(without, notUsing int) {
			t.Helper()
			w, n, err := command.Behind(ctx)
			if err != nil || w != without || n != notUsing {
				t.Errorf("%d without, %d not using (%v), want %d and %d", w, n, err, without, notUsing)
			}
		}
		hold("early", early, nil)
		hold("late", late, nil)
		behind(1, 1)
		if err := early.Release(ctx, "early"); err != nil {
			t.Fatal(err)
		}
		early = checked(t, st, opened(t, both)) // restarted
		hold("early again", early, nil)
		behind(0, 2)
		// Before, while and after the new key is taken into use, each reads all.
		made := 0
		all := func() {
			t.Helper()
			for _, maker := range []*seal.Keys{early, late} {
				made++
				id := fmt.Sprintf("mem_new_%d", made)
				key(t, maker, "org_a", id)
				for _, reader := range []*seal.Keys{early, late, command} {
					if _, err := reader.Of(ctx, "org_a", id); err != nil {
						t.Errorf("%s: %v", id, err)
					}
				}
			}
		}
		all()
		if _, err := rotate(command); err != nil {
			t.Fatal(err)
		}
		all() // still with the old key: the servers didn't look again yet
		behind(0, 2)
		hold("early again", early, nil)
		hold("late", late, nil)
		behind(0, 0)
		all()
		if n, _, err := command.Rewrap(ctx, func(int) {}); err != nil || n != 2 {
			t.Errorf("%d were made with the old key meanwhile, want 2 (%v)", n, err)
		}
		if n, _, err := command.Rewrap(ctx, func(int) {}); err != nil || n != 0 {
			t.Errorf("%d are left, %v", n, err)
		}
		hold("too early", seal.NewKeys(st, opened(t, f.file)), seal.ErrOtherKey)
		// A server that was killed is not waited for.
		c.Advance(seal.Alive + time.Second)
		behind(0, 0)
		if err := command.ReleaseAll(ctx); err != nil {
			t.Fatal(err)
		}
	})
}

func TestKeyFilesOfARotationKeepTheServersOwnSecret(t *testing.T) {
	first := file(t)
	both := withNewKey(t, first)
	one := finished(t, both)
	if opened(t, first).Rotating() || !opened(t, both).Rotating() || opened(t, one).Rotating() {
		t.Error("it is not told whether a rotation goes on")
	}
	for _, content := range [][]byte{both, one} {
		if !opened(t, content).TokenKey().Equal(opened(t, first).TokenKey()) {
			t.Error("sign-ins end with the rotation")
		}
	}
	if _, err := seal.WithNewKey([]byte("{}")); !errors.Is(err, seal.ErrKeyFile) {
		t.Errorf("got %v", err)
	}
	if _, err := seal.WithNewestKeyOnly(both[:len(both)/2]); !errors.Is(err, seal.ErrKeyFile) {
		t.Errorf("got %v", err)
	}
}

// Rotation couldn't see it: its clock is wrong, or it was cut off. What it wraps
// now would open with a key that is about to be destroyed.
func TestAServerThatRotationPassedByWrapsNothingMore(t *testing.T) {
	c := clock.At(time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC))
	storetest.Each(t, seal.KeySpecs(), c, func(t *testing.T, st *store.Store) {
		f := fill(t, st, 1)
		passedBy := checked(t, st, opened(t, f.file))
		if err := passedBy.Hold(ctx, "passed by"); err != nil {
			t.Fatal(err)
		}
		if _, err := rotate(checked(t, st, opened(t, withNewKey(t, f.file)))); err != nil {
			t.Fatal(err)
		}
		if err := passedBy.Hold(ctx, "passed by"); !errors.Is(err, seal.ErrOtherKey) {
			t.Fatal(err)
		}
		for _, org := range []string{"org_a", "org_new"} {
			if _, err := passedBy.Create(ctx, org, "mem_late"); !errors.Is(err, seal.ErrOtherKey) {
				t.Errorf("%s: %v", org, err)
			}
			if seal.Has(ctx, st, org, "mem_late") {
				t.Errorf("%s: the old key wrapped it", org)
			}
		}
	})
}

// One key that nothing opens keeps no other from being wrapped anew: after a key file
// was stolen the rest has to be saved.
func TestADamagedKeyKeepsNoOtherFromBeingWrappedAnew(t *testing.T) {
	storetest.Each(t, seal.KeySpecs(), epoch, func(t *testing.T, st *store.Store) {
		f := fill(t, st, 3)
		engine := st.Engine()
		spec := seal.KeySpecs()[slices.IndexFunc(seal.KeySpecs(), func(s *store.Spec) bool { return s.Name == "person_keys" })]
		damage := func(w store.Writer) error {
			r, err := w.Get(ctx, spec, "org_a", "mem_001")
			if err != nil {
				return err
			}
			var doc bson.M
			if err := bson.Unmarshal(r.Body, &doc); err != nil {
				return err
			}
			key := doc["key"].(primitive.Binary)
			key.Data[len(key.Data)/2] ^= 1
			if r.Body, err = bson.Marshal(doc); err != nil {
				return err
			}
			r.Version++
			return w.Replace(ctx, spec, "org_a", r)
		}
		err := store.ErrConflict
		for errors.Is(err, store.ErrConflict) {
			err = engine.Tx(ctx, damage)
		}
		if err != nil {
			t.Fatal(err)
		}
		both := withNewKey(t, f.file)
		keys := checked(t, st, opened(t, both))
		if err := keys.Promote(ctx); err != nil {
			t.Fatal(err)
		}
		if n, unopened, err := keys.Rewrap(ctx, func(int) {}); n != 7 || unopened != 1 || err != nil { // five keys and two secrets
			t.Errorf("%d were wrapped anew, %d don't open, %v", n, unopened, err)
		}
		if n, unopened, err := keys.Rewrap(ctx, func(int) {}); n != 0 || unopened != 1 || err != nil {
			t.Errorf("again: %d, %d, %v", n, unopened, err)
		}
		delete(f.texts["org_a"], "mem_001")
		f.holds(t, st, finished(t, both))
	})
}
