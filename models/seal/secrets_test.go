package seal_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

var epoch = clock.At(time.Unix(0, 0))

// eachPair runs a test on two keys stores: at home, and on another server.
func eachPair(t *testing.T, fn func(t *testing.T, home, away *store.Store)) {
	storetest.Each(t, seal.KeySpecs(), epoch, func(t *testing.T, home *store.Store) {
		fn(t, home, store.New(storetest.Hostile(t, seal.KeySpecs()...), epoch))
	})
}

func of(t rapid.TB, h seal.Hashes, org, value string) string {
	t.Helper()
	hash, err := h.Of(ctx, org, value)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func secretOf(t testing.TB, k *seal.Keys, org string) []byte {
	t.Helper()
	s, _, err := k.SecretOf(ctx, org)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rawKeys copies an organisation's keys out.
func rawKeys(t testing.TB, k *seal.Keys, org string) []seal.RawKey {
	t.Helper()
	var all []seal.RawKey
	err := k.EachRaw(ctx, org, func(id string, raw []byte) error {
		all = append(all, seal.RawKey{ID: id, Raw: bytes.Clone(raw)})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestHashesTellNothingAcrossPurposesOrganisationsAndServers(t *testing.T) {
	keys := seal.NewKeys(keyStore(t), master(t))
	names := keys.Hashes("name")
	if of(t, names, "a", "1") != of(t, keys.Hashes("name"), "a", "1") {
		t.Error("the same value is not found again")
	}
	elsewhere := seal.NewKeys(keyStore(t), master(t))
	seen := map[string]bool{}
	for _, h := range []string{
		of(t, names, "a", "1"), of(t, names, "b", "1"), of(t, names, "a", "2"),
		of(t, keys.Hashes("phone"), "a", "1"), of(t, elsewhere.Hashes("name"), "a", "1"),
	} {
		if seen[h] {
			t.Error("two hashes are equal")
		}
		seen[h] = true
	}
}

func TestAnAdoptedOrganisationHasTheHashesItHadAtHome(t *testing.T) {
	eachPair(t, func(t *testing.T, homeStore, awayStore *store.Store) {
		home, away := seal.NewKeys(homeStore, master(t)), seal.NewKeys(awayStore, master(t))
		key(t, home, "org_a", "mem_sita")
		if err := away.Adopt(ctx, "org_a", secretOf(t, home, "org_a"), true); err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(rt *rapid.T) {
			purpose, value := rapid.String().Draw(rt, "purpose"), rapid.String().Draw(rt, "value")
			if of(rt, home.Hashes(purpose), "org_a", value) != of(rt, away.Hashes(purpose), "org_a", value) {
				rt.Error("another hash than at home")
			}
			if of(rt, home.Hashes(purpose), "org_b", value) == of(rt, away.Hashes(purpose), "org_b", value) {
				rt.Error("two servers have one secret for another organisation")
			}
		})
		salt := []byte("0123456789abcdef")
		for name, slow := range map[string][2]*seal.Slow{
			"passphrases": {home.Passphrases(), away.Passphrases()}, "receipts": {home.Slow("receipt"), away.Slow("receipt")},
		} {
			here, err := slow[0].Hash(ctx, "org_a", "nadi tokari", salt)
			if err != nil {
				t.Fatal(err)
			}
			there, err := slow[1].Hash(ctx, "org_a", "nadi tokari", salt)
			if err != nil || !bytes.Equal(here, there) {
				t.Errorf("%s: another slow hash than at home (%v)", name, err)
			}
			other, err := slow[0].Hash(ctx, "org_b", "nadi tokari", salt)
			if err != nil || bytes.Equal(here, other) {
				t.Errorf("%s: one hash for two organisations (%v)", name, err)
			}
		}
	})
}

func TestAKeyReadsElsewhereWhatItSealedAtHome(t *testing.T) {
	eachPair(t, func(t *testing.T, homeStore, awayStore *store.Store) {
		home, away := seal.NewKeys(homeStore, master(t)), seal.NewKeys(awayStore, master(t))
		texts := map[string]seal.Sealed{}
		for i := range 130 { // more than a page
			id := fmt.Sprintf("mem_%d", i)
			texts[id] = sealed(t, key(t, home, "org_a", id), "d", "f", "जुनकीरी "+id)
		}
		key(t, home, "org_b", "mem_of_another")
		moved := rawKeys(t, home, "org_a")
		if _, err := away.AdoptKeys(ctx, "org_a", moved); !errors.Is(err, seal.ErrNoSecret) {
			t.Errorf("keys without the organisation's secret: %v", err)
		}
		if err := away.Adopt(ctx, "org_a", secretOf(t, home, "org_a"), true); err != nil {
			t.Fatal(err)
		}
		for range 2 { // cut short and done again
			if n, err := away.AdoptKeys(ctx, "org_a", moved); err != nil || n != len(texts) {
				t.Fatalf("%d of %d, %v", n, len(texts), err)
			}
		}
		for id, text := range texts {
			k, err := seal.NewKeys(awayStore, master(t)).Of(ctx, "org_a", id)
			if err == nil {
				t.Fatal("another server's key file opens it", k != nil)
			}
			k, err = away.Of(ctx, "org_a", id)
			if err != nil {
				t.Fatal(err)
			}
			if c, err := k.Open("d", "f", text); err != nil || c.Reveal() != "जुनकीरी "+id {
				t.Fatalf("%s: %v", id, err)
			}
		}
		moved[0].Raw = moved[1].Raw
		if _, err := away.AdoptKeys(ctx, "org_a", moved[:1]); !errors.Is(err, seal.ErrAnotherKey) {
			t.Errorf("her key is replaced by another: %v", err)
		}
		if _, err := away.AdoptKeys(ctx, "org_a", []seal.RawKey{{ID: "mem_x", Raw: []byte("no key")}}); err == nil {
			t.Error("no key is taken for one")
		}
	})
}

func TestAnExportedKeyIsWipedAndNeverPrinted(t *testing.T) {
	keys := seal.NewKeys(keyStore(t), master(t))
	key(t, keys, "org_a", "mem_sita")
	var kept []byte
	err := keys.EachRaw(ctx, "org_a", func(_ string, raw []byte) error {
		kept = raw
		if bytes.Count(raw, []byte{0}) == len(raw) {
			t.Error("nothing was handed over")
		}
		one := seal.RawKey{ID: "mem_sita", Raw: bytes.Clone(raw)}
		var log strings.Builder
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", one, "keys", []seal.RawKey{one})
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", one)
		out := log.String() + fmt.Sprintf("%v %+v %#v %s %x %d", one, one, one, one, one, one)
		if strings.Contains(out, "mem_sita") || strings.Contains(out, fmt.Sprintf("%x", raw[:8])) || strings.Contains(out, string(raw[:8])) {
			t.Errorf("it is printed: %s", out)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Count(kept, []byte{0}) != len(kept) {
		t.Error("the bytes outlive their use")
	}
}

// Whoever has a part of the keys store never gets by on a fresh secret: nobody
// could sign in, and no receipt would open.
func TestAMissingSecretIsNeverReplaced(t *testing.T) {
	eachPair(t, func(t *testing.T, st, other *store.Store) {
		m := master(t)
		keys := seal.NewKeys(st, m)
		key(t, keys, "org_a", "mem_sita")
		if err := seal.LoseSecret(ctx, st, "org_a"); err != nil {
			t.Fatal(err)
		}
		again := seal.NewKeys(st, m)
		if _, err := again.Hashes("name").Of(ctx, "org_a", "x"); !errors.Is(err, seal.ErrNoSecret) {
			t.Errorf("a hash: %v", err)
		}
		if _, err := again.Passphrases().Hash(ctx, "org_a", "x", make([]byte, 16)); !errors.Is(err, seal.ErrNoSecret) {
			t.Errorf("a slow hash: %v", err)
		}
		if _, err := again.Create(ctx, "org_a", "mem_gita"); !errors.Is(err, seal.ErrNoSecret) {
			t.Errorf("a key: %v", err)
		}
		// Even where only tombstones are left of it.
		if err := seal.NewKeys(other, m).Bury(ctx, "org_a", "mem_sita"); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.NewKeys(other, m).Hashes("name").Of(ctx, "org_a", "x"); !errors.Is(err, seal.ErrNoSecret) {
			t.Errorf("beside a tombstone: %v", err)
		}
		if err := again.Adopt(ctx, "org_a", secretOf(t, keysOf(t, "org_a"), "org_a"), true); err != nil {
			t.Error(err)
		}
	})
}

func keysOf(t testing.TB, org string) *seal.Keys {
	keys := seal.NewKeys(keyStore(t), master(t))
	key(t, keys, org, "mem_sita")
	return keys
}

func TestAnOrganisationsSecretIsNeverExchanged(t *testing.T) {
	keys := keysOf(t, "org_a")
	before := of(t, keys.Hashes("name"), "org_a", "x")
	if err := keys.Adopt(ctx, "org_a", bytes.Repeat([]byte{1, 2}, 16), true); !errors.Is(err, seal.ErrOtherSecret) {
		t.Errorf("got %v", err)
	}
	if err := keys.Adopt(ctx, "org_a", secretOf(t, keys, "org_a"), true); err != nil {
		t.Errorf("the same again: %v", err)
	}
	if err := keys.Adopt(ctx, "org_b", []byte("short"), true); err == nil {
		t.Error("a short secret is taken")
	}
	if of(t, keys.Hashes("name"), "org_a", "x") != before {
		t.Error("the hash is another")
	}
	if orgs, err := keys.Organisations(ctx); err != nil || len(orgs) != 1 || orgs[0] != "org_a" {
		t.Errorf("%v %v", orgs, err)
	}
}

// Many instances may meet an organisation for the first time at once.
func TestManyWhoStartAtOnceAgreeOnOneSecret(t *testing.T) {
	storetest.Each(t, seal.KeySpecs(), epoch, func(t *testing.T, st *store.Store) {
		m := master(t)
		hashes := make(chan string)
		const instances = 12
		for i := range instances {
			go func() {
				keys := seal.NewKeys(st, m)
				_, err := keys.Create(ctx, "org_a", fmt.Sprintf("mem_%d", i))
				h, errOf := keys.Hashes("name").Of(ctx, "org_a", "x")
				hashes <- fmt.Sprint(h, err, errOf)
			}()
		}
		seen := map[string]bool{}
		for range instances {
			seen[<-hashes] = true
		}
		if len(seen) != 1 {
			t.Errorf("%d outcomes: %v", len(seen), seen)
		}
	})
}

// Even with the very same key: a text is bound to its organisation, and a
// wrapped key too.
func TestWhatOneOrganisationSealedNeverOpensInAnother(t *testing.T) {
	eachPair(t, func(t *testing.T, st, _ *store.Store) {
		keys := seal.NewKeys(st, master(t))
		sita := key(t, keys, "org_a", "mem_sita")
		key(t, keys, "org_b", "mem_other")
		if _, err := keys.AdoptKeys(ctx, "org_b", rawKeys(t, keys, "org_a")); err != nil {
			t.Fatal(err)
		}
		abroad, err := keys.Of(ctx, "org_b", "mem_sita")
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(rt *rapid.T) {
			text, doc, field := rapid.StringN(1, -1, 200).Draw(rt, "text"), rapid.String().Draw(rt, "doc"), rapid.String().Draw(rt, "field")
			s, err := sita.Seal(doc, field, text)
			if err != nil {
				rt.Fatal(err)
			}
			if _, err := abroad.Open(doc, field, s); err == nil {
				rt.Error("it opens in another organisation")
			}
			if c, err := sita.Open(doc, field, s); err != nil || c.Reveal() != text {
				rt.Errorf("it doesn't open at home: %v", err)
			}
		})
		if err := seal.MoveWrapped(ctx, st, "org_a", "org_c", "mem_sita"); err != nil {
			t.Fatal(err)
		}
		if _, err := keys.Of(ctx, "org_c", "mem_sita"); err == nil {
			t.Error("a wrapped key opens in another organisation")
		}
	})
}
