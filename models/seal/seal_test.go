package seal_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"pgregory.net/rapid"

	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

var ctx = context.Background()

func master(t testing.TB) *seal.Master {
	t.Helper()
	content, err := seal.NewKeyFile()
	if err != nil {
		t.Fatal(err)
	}
	m, err := seal.OpenMaster(content)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func keyStore(t testing.TB) *store.Store {
	return storetest.New(t, seal.KeySpecs(), clock.At(time.Unix(0, 0)))
}

func key(t testing.TB, keys *seal.Keys, org, person string) *seal.Key {
	t.Helper()
	made, err := keys.Create(ctx, org, person)
	if err != nil {
		t.Fatal(err)
	}
	return made[0]
}

func sealed(t testing.TB, k *seal.Key, doc, field, text string) seal.Sealed {
	t.Helper()
	s, err := k.Seal(doc, field, text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhatIsSealedOpensInItsOwnPlaceOnly(t *testing.T) {
	keys := seal.NewKeys(keyStore(t), master(t))
	sita, gita, abroad := key(t, keys, "org_a", "mem_sita"), key(t, keys, "org_a", "mem_gita"), key(t, keys, "org_b", "mem_sita")
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringN(1, 200, -1).Draw(rt, "text")
		s := sealed(t, sita, "doc_1", "alias", text)
		clear, err := sita.Open("doc_1", "alias", s)
		if err != nil || clear.Reveal() != text {
			rt.Fatalf("did not come back: %v", err)
		}
		if strings.Contains(string(s), text) && len(text) > 3 {
			rt.Fatal("the text stands in the ciphertext")
		}
		for name, open := range map[string]func() (seal.Clear, error){
			"another document":     func() (seal.Clear, error) { return sita.Open("doc_2", "alias", s) },
			"another field":        func() (seal.Clear, error) { return sita.Open("doc_1", "phone", s) },
			"another person":       func() (seal.Clear, error) { return gita.Open("doc_1", "alias", s) },
			"another organisation": func() (seal.Clear, error) { return abroad.Open("doc_1", "alias", s) },
			"a changed byte": func() (seal.Clear, error) {
				bad := append(seal.Sealed(nil), s...)
				bad[rapid.IntRange(0, len(bad)-1).Draw(rt, "place")] ^= 1
				return sita.Open("doc_1", "alias", bad)
			},
			"a cut end": func() (seal.Clear, error) { return sita.Open("doc_1", "alias", s[:len(s)-1]) },
		} {
			if c, err := open(); err == nil {
				rt.Fatalf("%s opens it: %q", name, c.Reveal())
			}
		}
	})
}

func TestKeysComeBackFromTheStoreAndOnlyUnderTheirMaster(t *testing.T) {
	st, m := keyStore(t), master(t)
	s := sealed(t, key(t, seal.NewKeys(st, m), "org_a", "mem_sita"), "d", "f", "जुनकीरी")
	again, err := seal.NewKeys(st, m).Of(ctx, "org_a", "mem_sita")
	if err != nil {
		t.Fatal(err)
	}
	if c, err := again.Open("d", "f", s); err != nil || c.Reveal() != "जुनकीरी" {
		t.Errorf("%v", err)
	}
	if _, err := seal.NewKeys(st, master(t)).Of(ctx, "org_a", "mem_sita"); err == nil {
		t.Error("another master opens her key")
	}
	if _, err := seal.NewKeys(st, m).Of(ctx, "org_b", "mem_sita"); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("another organisation finds her key: %v", err)
	}
}

func TestADestroyedKeyIsGoneFromTheStoreAndFromMemory(t *testing.T) {
	st, m := keyStore(t), master(t)
	keys := seal.NewKeys(st, m)
	key(t, keys, "org_a", "mem_sita")
	if err := keys.Destroy(ctx, "org_a", "mem_sita", "mem_nobody"); err != nil {
		t.Fatal(err)
	}
	for _, k := range []*seal.Keys{keys, seal.NewKeys(st, m)} {
		if _, err := k.Of(ctx, "org_a", "mem_sita"); !errors.Is(err, seal.ErrNoKey) {
			t.Errorf("got %v", err)
		}
	}
}

func TestManyKeysStayRightWhenTheMemoryIsFull(t *testing.T) {
	keys := seal.NewKeys(keyStore(t), master(t))
	const persons = 4500 // more than two generations hold
	texts := make(map[string]seal.Sealed, persons)
	var ids []string
	for len(ids) < persons {
		page := make([]string, 100)
		for i := range page {
			page[i] = fmt.Sprintf("mem_%d", len(ids)+i)
		}
		made, err := keys.Create(ctx, "org_a", page...)
		if err != nil {
			t.Fatal(err)
		}
		for i, k := range made {
			texts[page[i]] = sealed(t, k, "d", "f", page[i])
		}
		ids = append(ids, page...)
	}
	for range 2 {
		for start := 0; start < persons; start += 75 {
			page := ids[start:min(start+75, persons)]
			found, err := keys.Many(ctx, "org_a", append([]string{"mem_nobody"}, page...))
			if err != nil || len(found) != len(page) {
				t.Fatalf("%d of %d keys, %v", len(found), len(page), err)
			}
			for _, id := range page {
				if c, err := found[id].Open("d", "f", texts[id]); err != nil || c.Reveal() != id {
					t.Fatalf("%s: %v", id, err)
				}
			}
		}
	}
}

func TestSealedAndOpenedTextsMaskThemselves(t *testing.T) {
	const secret = "जुनकीरी-9841000001"
	keys := seal.NewKeys(keyStore(t), master(t))
	s := sealed(t, key(t, keys, "org_a", "mem_sita"), "d", "f", secret)
	clear := seal.Open(secret)
	type both struct {
		Sealed seal.Sealed
		Clear  seal.Clear
	}
	v := both{s, clear}
	asJSON, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "sealed", s, "clear", clear, "both", v)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "sealed", s, "clear", clear, "both", v)
	for name, out := range map[string]string{
		"json": string(asJSON), "log": log.String(),
		"fmt": fmt.Sprintf("%v %+v %#v %s %q %x %d", v, v, v, clear, clear, clear, clear) + fmt.Sprintf("%s %x %#v", s, s, s) + fmt.Sprint(&v),
		"err": fmt.Errorf("%v %w", clear, errors.New("x")).Error(),
	} {
		if strings.Contains(out, secret) || strings.Contains(out, "9841") || strings.Contains(out, fmt.Sprintf("%x", []byte(s))) {
			t.Errorf("%s shows it: %s", name, out)
		}
	}
}

func TestSealedTextsSurviveTheStore(t *testing.T) {
	type doc struct {
		Full  seal.Sealed `bson:"full"`
		Empty seal.Sealed `bson:"empty,omitempty"`
	}
	b, err := bson.Marshal(doc{Full: seal.Sealed{1, 2, 3}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bson.Raw(b).LookupErr("empty"); err == nil {
		t.Error("an empty one is stored")
	}
	var back doc
	if err := bson.Unmarshal(b, &back); err != nil || string(back.Full) != "\x01\x02\x03" || !back.Empty.Empty() {
		t.Errorf("%v %v", back.Full, err)
	}
}

func TestAKeyFileThatIsNotWholeIsRefused(t *testing.T) {
	good, err := seal.NewKeyFile()
	if err != nil {
		t.Fatal(err)
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(good, &parts); err != nil {
		t.Fatal(err)
	}
	with := func(name, value string) []byte {
		changed := map[string]json.RawMessage{}
		for k, v := range parts {
			changed[k] = v
		}
		changed[name] = json.RawMessage(value)
		b, err := json.Marshal(changed)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, content := range map[string][]byte{
		"empty": nil, "cut": good[:len(good)/2], "text": []byte("secret"), "no wrap": with("wrap", "{}"),
		"short secret": with("secret", `"AAECAw=="`), "sample secret": with("secret", `"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="`),
		"other kind": with("chautari", `"key-9"`),
	} {
		if _, err := seal.OpenMaster(content); !errors.Is(err, seal.ErrKeyFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLookUpsTellNothingAcrossPurposesAndOrganisations(t *testing.T) {
	m := master(t)
	phone := m.Lookup("phone")
	if phone.Of("a", "+9779841000001") != m.Lookup("phone").Of("a", "+9779841000001") {
		t.Error("the same value is not found again")
	}
	seen := map[string]bool{}
	for _, h := range []string{
		phone.Of("a", "1"), phone.Of("b", "1"), phone.Of("a", "2"), m.Lookup("name").Of("a", "1"), master(t).Lookup("phone").Of("a", "1"),
	} {
		if seen[h] {
			t.Error("two look-ups are equal")
		}
		seen[h] = true
	}
}

func TestABoxOpensOnlyWhatItClosedForTheSameOrganisation(t *testing.T) {
	m := master(t)
	box := m.Box("place")
	closed, err := box.Close("a", "sita")
	if err != nil || strings.Contains(closed, "sita") {
		t.Fatal(closed, err)
	}
	if text, ok := box.Open("a", closed); !ok || text != "sita" {
		t.Error("it does not open")
	}
	for name, try := range map[string]func() (string, bool){
		"another organisation": func() (string, bool) { return box.Open("b", closed) },
		"another purpose":      func() (string, bool) { return m.Box("x").Open("a", closed) },
		"nonsense":             func() (string, bool) { return box.Open("a", "AAAA") },
		"not base64":           func() (string, bool) { return box.Open("a", "…") },
	} {
		if _, ok := try(); ok {
			t.Errorf("%s opens it", name)
		}
	}
}
