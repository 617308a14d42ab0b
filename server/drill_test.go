package main

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/access"
	"chautari/models/archive"
	"chautari/models/clock"
	"chautari/models/grievance"
	"chautari/models/member"
	"chautari/models/peersupport"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/training"
)

// what one of the drill's people says, which must be read where it belongs and
// stand nowhere in clear.
const said = "दाउरा बोक्दा drillmarker सुनेँ"

// people is what a coordinator reads of everybody.
func people(t *testing.T, h *house, a access.Actor) map[string]string {
	t.Helper()
	found := map[string]string{}
	f := member.Filter{Limit: 100}
	for {
		rows, next, err := h.nouns.Members.List(context.Background(), a, f)
		require.NoError(t, err)
		for _, r := range rows {
			found[r.ID] = r.Alias.Reveal() + "/" + r.Phone.Reveal() + "/" + string(r.State)
		}
		if next == "" {
			return found
		}
		f.After = next
	}
}

// documents is everything that a store keeps of one organisation.
func documents(t *testing.T, s *store.Store, specs []*store.Spec, org string) map[string]store.Record {
	t.Helper()
	found := map[string]store.Record{}
	for _, spec := range specs {
		if spec.Passing {
			continue
		}
		q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
		for {
			page, err := s.Engine().Reader().Find(context.Background(), spec, org, q)
			require.NoError(t, err)
			for _, r := range page.Records {
				r.Changed = r.Changed.UTC()
				found[spec.Name+"/"+r.ID] = r
			}
			if page.Next == "" {
				break
			}
			q.After = page.Next
		}
	}
	return found
}

// printed is how somebody of a role signs in at a host.
func printed(t *testing.T, list []demoSignIn, r access.Role, at string) demoSignIn {
	t.Helper()
	i := slices.IndexFunc(list, func(s demoSignIn) bool {
		address, err := url.Parse(s.Address)
		return err == nil && s.Role == r && address.Hostname() == at
	})
	require.GreaterOrEqual(t, i, 0, "nobody signs in as %s at %s", r, at)
	return list[i]
}

// coordinatorAt signs the coordinator of a host in.
func coordinatorAt(t *testing.T, h *house, list []demoSignIn, at string) access.Actor {
	t.Helper()
	a, err := enterDemo(h, printed(t, list, access.Coordinator, at))
	require.NoError(t, err)
	return a
}

func speak(t *testing.T, h *house, c *demoClock, org string) (receipt string) {
	t.Helper()
	ctx, nobody := context.Background(), access.AnonymousIn(org)
	c.past.Set(time.Now())
	c.live.Store(false)
	defer c.live.Store(true)
	form, err := h.nouns.Grievances.Form(ctx, nobody)
	require.NoError(t, err)
	c.past.Advance(time.Minute) // a person types
	sent, err := h.nouns.Grievances.Send(ctx, nobody, grievance.Sending{Token: form.Token, Category: "idea", Text: said}, false)
	require.NoError(t, err)
	return sent.Receipt
}

// wantRead is what a receipt must open.
func wantRead(t *testing.T, h *house, org, receipt string) {
	t.Helper()
	thread, err := h.nouns.Grievances.Open(context.Background(), access.AnonymousIn(org), receipt, true)
	require.NoError(t, err)
	require.Equal(t, said, thread.Lines[0].Text.Reveal())
}

// opened is everything that stands in a file, decrypted.
func opened(t *testing.T, path string, id age.Identity) []byte {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	var all bytes.Buffer
	_, err = archive.Each(context.Background(), f, []age.Identity{id}, func(h archive.Head, e archive.Entry) error {
		all.WriteString(h.Organisation + e.Org + e.ID + e.Record.ID)
		all.Write(e.Record.Body)
		all.Write(e.Raw)
		return nil
	})
	require.NoError(t, err)
	return all.Bytes()
}

// The whole of it: a server is filled and backed up while it runs, somebody is
// erased, and what comes back elsewhere from the older files and the newer
// tombstones is the server as it was, without her. Then one of its organisations
// moves to a second server.
func TestTheDrill(t *testing.T) {
	ctx := context.Background()
	id, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	files := t.TempDir()
	identity := filepath.Join(files, "backup-key.txt")
	require.NoError(t, os.WriteFile(identity, []byte("# secret\n"+id.String()+"\n"), 0o600))
	named := func(name string) string { return filepath.Join(files, name) }
	to := func(name string) writing { return writing{To: named(name), For: []string{id.Recipient().String()}} }

	// Fill.
	first, list := installLived(t)
	c := demoNow()
	h, shut := first.build(t, c)
	coordinator, nadi := coordinatorAt(t, h, list, "localhost"), coordinatorAt(t, h, list, "nadi.localhost")
	main, small := coordinator.Org, nadi.Org
	receipt, theirs := speak(t, h, c, main), speak(t, h, c, small)
	wantRead(t, h, main, receipt)
	before, beforeSmall := people(t, h, coordinator), people(t, h, nadi)
	was := documents(t, h.data, specs(), main)
	require.Greater(t, len(before), 100)
	gone, name := "", ""
	for _, person := range slices.Sorted(maps.Keys(before)) {
		if alias, _, _ := strings.Cut(before[person], "/"); len(alias) > len(name) {
			gone, name = person, alias // a long name stands nowhere by chance
		}
	}

	// Back up beside the running server.
	first.here(t)
	require.NoError(t, (backupDataCommand{to("data")}).Run(ctx))
	require.NoError(t, (backupKeysCommand{to("keys")}).Run(ctx))
	require.ErrorContains(t, (backupKeysCommand{to("keys")}).Run(ctx), "there already")

	// She is erased; the keys are backed up anew, now with the server stopped.
	require.NoError(t, h.seals.Destroy(ctx, main, gone))
	shut()
	require.NoError(t, (backupKeysCommand{to("keys-newer")}).Run(ctx))

	// Restore elsewhere.
	second := install(t, first.KeyFile)
	second.here(t)
	restore := restoreCommand{Data: named("data"), Keys: named("keys"), Identity: identity, Tombstones: []string{named("keys-newer")}}
	require.NoError(t, restore.Run(ctx))
	require.ErrorIs(t, restore.Run(ctx), archive.ErrNotEmpty)
	h, shut = second.build(t, clock.System{})
	require.ErrorContains(t, restore.Run(ctx), "a server runs on this store")

	t.Run("she stays unreadable, and everybody else reads as before", func(t *testing.T) {
		_, err := h.seals.Of(ctx, main, gone)
		require.ErrorIs(t, err, seal.ErrNoKey)
		require.NotContains(t, documents(t, h.keys, seal.KeySpecs(), main), "person_keys/"+gone)
		delete(before, gone)
		require.Equal(t, before, people(t, h, coordinatorAt(t, h, list, "localhost")))
		nadi = coordinatorAt(t, h, list, "nadi.localhost")
		require.Equal(t, beforeSmall, people(t, h, nadi))
		wantRead(t, h, main, receipt)
		wantRead(t, h, small, theirs)
	})
	t.Run("what must hold still holds", func(t *testing.T) { invariants(t, h, main, was) })
	t.Run("the wall stands", func(t *testing.T) {
		for person := range before {
			_, err := h.nouns.Members.Read(ctx, nadi, person)
			require.Error(t, err)
			require.NotContains(t, beforeSmall, person)
			break
		}
		_, err := h.nouns.Grievances.Open(ctx, access.AnonymousIn(small), receipt, true)
		require.Error(t, err)
	})

	// One organisation moves, beside the running server.
	require.NoError(t, exportOrganisationCommand{Host: "localhost", writing: to("main")}.Run(ctx))
	require.Error(t, exportOrganisationCommand{Host: "nobody.example", writing: to("nobody")}.Run(ctx))
	shut()
	third := install(t, "")
	third.here(t)
	arrive := importOrganisationCommand{File: named("main"), Identity: identity, Host: []string{"moved.example"}}
	require.NoError(t, arrive.Run(ctx))
	require.ErrorIs(t, arrive.Run(ctx), archive.ErrThere)
	require.Error(t, restore.Run(ctx))
	other, _ := third.build(t, clock.System{})

	t.Run("under another key file she signs in and the receipt opens", func(t *testing.T) {
		s := printed(t, list, access.Member, "localhost")
		token, _, err := other.nouns.Accounts.SignIn(ctx, main, "moved.example", s.Handle, s.Passphrase)
		require.NoError(t, err)
		she, err := other.nouns.Accounts.Authenticate(ctx, main, "moved.example", token)
		require.NoError(t, err)
		require.True(t, she.Has(access.Member))
		wantRead(t, other, main, receipt)
		_, err = other.seals.Of(ctx, main, gone)
		require.ErrorIs(t, err, seal.ErrNoKey)
		invariants(t, other, main, was)
	})
	t.Run("nothing of another organisation came along", func(t *testing.T) {
		orgs, err := other.nouns.Organisations.All(ctx)
		require.NoError(t, err)
		require.Equal(t, []string{main}, orgs)
		require.Empty(t, documents(t, other.data, specs(), small))
		require.Empty(t, documents(t, other.keys, seal.KeySpecs(), small))
		inside := opened(t, named("main"), id)
		require.Contains(t, string(inside), main)
		searchFor(small, "nadi.localhost", "Nadi Kinar", "Sunsari", "नदी किनार").in(t, "the decrypted file", inside)
		for person := range beforeSmall {
			require.False(t, bytes.Contains(inside, []byte(person)))
		}
	})
	t.Run("no file, folder or log shows anything", func(t *testing.T) {
		secret := []string{said, name, "Junkiri", "लालीगुराँस", "चिया पसलमा"}
		for _, s := range list {
			secret = append(secret, s.Handle, s.Passphrase)
		}
		look := searchFor(secret...)
		look.under(t, files)
		for _, in := range []*installed{first, second, third} {
			look.in(t, "the log", in.logged.text())
			look.under(t, filepath.Dir(in.DataDir))
		}
		for _, n := range []string{"data", "keys", "main"} {
			content, err := os.ReadFile(named(n))
			require.NoError(t, err)
			searchFor("members", "collections", main, "Pipalbot").in(t, n, content)
			info, err := os.Stat(named(n))
			require.NoError(t, err)
			require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
		}
		left, err := filepath.Glob(named(".unfinished-*"))
		require.NoError(t, err)
		require.Empty(t, left)
	})
}

// invariants are those that every restore must keep: nothing more and nothing
// less is there than was backed up, every act is in the trail, no intake has more
// people than seats, and nobody meets two at once.
func invariants(t *testing.T, h *house, org string, was map[string]store.Record) {
	t.Helper()
	now := documents(t, h.data, specs(), org)
	trail := 0
	for place, r := range was {
		have, ok := now[place]
		require.True(t, ok, place)
		require.GreaterOrEqual(t, have.Version, r.Version, place)
		if strings.HasPrefix(place, "audit/") {
			trail++
			require.Equal(t, r, have)
		}
	}
	require.Greater(t, trail, 1000)
	for place := range now {
		kind, _, _ := strings.Cut(place, "/")
		if _, ok := was[place]; !ok && kind != "audit" {
			t.Errorf("%s was not there", place)
		}
	}
	intakes, meetings := 0, map[string][]peersupport.Session{}
	for place, r := range now {
		switch kind, _, _ := strings.Cut(place, "/"); kind {
		case "intakes":
			intakes++
			var in training.Intake
			require.NoError(t, bson.Unmarshal(r.Body, &in))
			require.LessOrEqual(t, len(in.Enrolled), in.Seats)
		case "support_sessions":
			var s peersupport.Session
			require.NoError(t, bson.Unmarshal(r.Body, &s))
			if s.CancelledBy == "" {
				meetings[s.Member()] = append(meetings[s.Member()], s)
				meetings[s.Supporter()] = append(meetings[s.Supporter()], s)
			}
		}
	}
	require.NotEmpty(t, meetings)
	for _, hers := range meetings {
		slices.SortFunc(hers, func(a, b peersupport.Session) int { return a.Start.Compare(b.Start) })
		for i := range hers[1:] {
			require.False(t, hers[i+1].Start.Before(hers[i].End), "two meetings at once")
		}
	}
	require.Positive(t, intakes)
}
