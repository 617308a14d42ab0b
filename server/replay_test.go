package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/store"
)

// After the data was backed up a member takes her yes to being kept back, a
// trainer stops being one and a coordinator's account is closed. What comes back
// from the older data and the newer keys, or from the older data beside the keys
// store that is still there, is served only without all three.
func TestWhatWasTakenBackSinceTheBackupIsTakenBackAfterARestore(t *testing.T) {
	ctx := context.Background()
	id, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	files := t.TempDir()
	identity := filepath.Join(files, "backup-key.txt")
	require.NoError(t, os.WriteFile(identity, []byte(id.String()+"\n"), 0o600))
	named := func(name string) string { return filepath.Join(files, name) }
	to := func(name string) writing { return writing{To: named(name), For: []string{id.Recipient().String()}} }
	c := clock.At(time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC))

	first := install(t, "")
	h, shut := first.build(t, c)
	org, group, err := h.nouns.Organisations.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Pipal"}, Group: organisation.Name{EN: "All"}, Hosts: []string{"pipal.example"},
	})
	require.NoError(t, err)
	admit := func(alias string, roles ...access.Role) access.Actor {
		in, err := h.nouns.Members.Admit(ctx, org, group, member.Admission{
			Alias: alias, Language: "ne", Roles: append(roles, access.Member), Waiting: true,
			Consents: []consent.Given{{Purpose: consent.Membership, Version: "1", Language: "ne"}},
		})
		require.NoError(t, err)
		a, err := h.nouns.Accounts.ActorOf(ctx, org, in.Account)
		require.NoError(t, err)
		return a
	}
	leaves, trains, closed, stays := admit("Leaves"), admit("Trains", access.Trainer), admit("Closed", access.Coordinator), admit("Stays", access.Trainer)
	first.here(t)
	require.NoError(t, (backupDataCommand{to("data")}).Run(ctx))
	require.NoError(t, (backupKeysCommand{to("keys")}).Run(ctx))

	sheet, err := consent.Of(ctx, h.data.Org(org), leaves.Person)
	require.NoError(t, err)
	_, err = h.nouns.Members.WithdrawConsent(ctx, leaves, once.Key{}, sheet.Consents[0].ID)
	require.NoError(t, err)
	require.NoError(t, h.data.Org(org).Tx(ctx, func(tx *store.Tx) error {
		if err := account.SetRole(ctx, tx, trains.Person, "", access.Trainer); err != nil {
			return err
		}
		return h.nouns.Accounts.Leave(ctx, tx, closed)
	}))
	require.NoError(t, h.sweepOne(ctx, org))
	require.NoError(t, (backupKeysCommand{to("keys-newer")}).Run(ctx))
	shut()

	want := func(h *house) {
		require.NoError(t, h.replay(ctx))
		require.NoError(t, h.replay(ctx))
		space := h.data.Org(org)
		sheet, err := consent.Of(ctx, space, leaves.Person)
		require.NoError(t, err)
		require.False(t, sheet.Given(consent.Membership, c.Now()))
		for who, roles := range map[string][]access.Role{
			leaves.Person: {access.Applicant}, trains.Person: {access.Member}, stays.Person: {access.Trainer, access.Member},
		} {
			a, err := account.OfPerson(ctx, space, who)
			require.NoError(t, err)
			require.False(t, a.Closed)
			require.Equal(t, roles, a.Roles)
		}
		a, err := account.OfPerson(ctx, space, closed.Person)
		require.NoError(t, err)
		require.True(t, a.Closed)
		_, err = h.nouns.Accounts.ActorOf(ctx, org, closed.Account)
		require.Error(t, err)

		var noted []string // each once, by the host
		require.NoError(t, audit.Entries.Each(ctx, space, store.Query{Index: store.ChangedIndex}, func(e *audit.Entry) error {
			if slices.Equal(e.Roles, []access.Role{access.Host}) {
				noted = append(noted, e.Subjects[0]+" "+string(e.Action)+" "+e.Fields[0])
			}
			return nil
		}))
		require.ElementsMatch(t, []string{
			leaves.Person + " withdrawConsent membership", trains.Person + " decideOnRole trainer", closed.Person + " closeAccount closed",
		}, slices.DeleteFunc(noted, func(line string) bool { return line == leaves.Person+" decideOnRole member" }))
	}

	second := install(t, first.KeyFile)
	second.here(t)
	restore := restoreCommand{Data: named("data"), Keys: named("keys"), Identity: identity, Tombstones: []string{named("keys-newer")}}
	require.NoError(t, restore.Run(ctx))
	h, _ = second.build(t, c)
	want(h)

	require.NoError(t, os.Remove(first.dataFile()))
	first.here(t)
	require.NoError(t, restoreCommand{Data: named("data"), Identity: identity}.Run(ctx))
	h, _ = first.build(t, c)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	serving, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- h.serve(serving, listener) }()
	answer, err := http.Get("http://" + listener.Addr().String() + "/healthz")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	people, err := h.nouns.Members.Replay(ctx, org)
	require.NoError(t, err)
	require.Zero(t, people, "it answers before all is taken back")
	stop()
	require.NoError(t, <-ended)
}
