package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chautari/models/archive"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/founding"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/store/sqlite"
)

// began tells what keeps a server from beginning on an installation.
func began(t *testing.T, s settings) error {
	t.Helper()
	master, err := openKey(s.KeyFile)
	if err != nil {
		return err
	}
	h, err := build(context.Background(), s, master, clock.System{}, slog.New(slog.DiscardHandler))
	if err == nil {
		err = h.close()
	}
	return err
}

// Data without its keys is never begun on: new ones would be made beside it, which
// fit nothing that was sealed before, and with whatever key file is there.
func TestDataWithoutItsKeysIsNotBegunOn(t *testing.T) {
	ctx := context.Background()
	h, s, org := trailed(t)
	h.acted(t, org, 2)
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(s.DataDir, "keys.db"+end)); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if err := thereIsData(s); !errors.Is(err, errNoKeys) {
		t.Errorf("commands say %v", err)
	}
	refusedForKeys(t, s)
	if _, err := os.Stat(filepath.Join(s.DataDir, "keys.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an empty store of keys was left beside the data: %v", err)
	}
	// Nor with an empty one, which somebody may have made.
	empty, err := sqlite.Open(ctx, filepath.Join(s.DataDir, "keys.db"), sqlite.Options{}, seal.KeySpecs()...)
	if err == nil {
		err = empty.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	refusedForKeys(t, s)
}

// refusedForKeys fails unless whatever begins on an installation, looks at it or hands
// it out says that keys are missing; it gives what it said.
func refusedForKeys(t *testing.T, s settings) (says string) {
	t.Helper()
	ctx := context.Background()
	public, _ := keyPair(t)
	for what, err := range map[string]error{
		"begin":       began(t, s),
		"backup data": handing{what: archive.Data, recipients: []string{public}}.fetch(ctx, s, io.Discard),
		"backup keys": handing{what: archive.Keys, recipients: []string{public}}.fetch(ctx, s, io.Discard),
		"verify":      verifyCommand{}.verify(ctx, s, io.Discard, io.Discard),
		"rotate-keys": rotateKeysCommand{}.step(ctx, s, io.Discard),
	} {
		if !errors.Is(err, errNoKeys) {
			t.Errorf("%s is not refused, or says %v", what, err)
		}
	}
	wantLevel(t, examineAll(ctx, s, time.Now()), "store", wrong)
	wantLevel(t, beforeUpgrade(ctx, s, time.Now()), "store", wrong)
	return fmt.Sprint(began(t, s))
}

// A store of keys from before an organisation was founded has those of the others: the
// server would make the one that lacks them a new secret, with which nobody of hers
// could sign in again. Where the right ones are gone for good, the others can leave.
func TestNoServerBeginsWhereOneOrganisationLacksItsKeys(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	file := filepath.Join(o.settings.DataDir, "keys.db")
	older := contentOf(t, file)
	h := o.open()
	code, err := h.nouns.Founders.NewCodeFor(ctx, newHost, organisation.Name{})
	if err != nil {
		t.Fatal(err)
	}
	in, err := h.nouns.Founders.Found(ctx, newHost, once.Key{}, founding.Founding{
		Code: code, OrganisationName: "Pipalbot at Kaski", GroupName: "All", Alias: "Kamala", Language: "ne",
		Passphrase: officePhrase, Consents: stage.Yes(consent.Membership),
	})
	if err != nil {
		t.Fatal(err)
	}
	o.close(h)
	newer := contentOf(t, file)
	if err := os.WriteFile(file, older, 0o600); err != nil {
		t.Fatal(err)
	}

	if says := refusedForKeys(t, o.settings); !strings.HasSuffix(says, " "+newHost) || strings.Contains(says, "Pipalbot") {
		t.Errorf("it says %s", says)
	}
	public, _ := keyPair(t)
	for host, refused := range map[string]bool{newHost: true, "localhost": false} {
		err := handing{what: archive.Organisation, host: host, recipients: []string{public}}.fetch(ctx, o.settings, io.Discard)
		if errors.Is(err, errNoKeys) != refused || !refused && err != nil {
			t.Errorf("%s leaves: %v", host, err)
		}
	}

	if err := os.WriteFile(file, newer, 0o600); err != nil {
		t.Fatal(err)
	}
	o.signsIn()
	h = o.open()
	defer o.close(h)
	org, err := h.nouns.Organisations.ByHost(ctx, newHost)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.nouns.Accounts.SignIn(ctx, org, newHost, in.Handle.Reveal(), officePhrase); err != nil {
		t.Errorf("with its keys: %v", err)
	}
}

// With another secret no second passphrase would open anything, which shows to whoever
// stands beside her.
func TestNoServerBeginsWhereADecoyTenantWithPeopleLacksItsKeys(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	h := o.open()
	org, err := h.nouns.Organisations.ByHost(ctx, "localhost")
	if err != nil {
		t.Fatal(err)
	}
	forgetSecret(t, h.keys, organisation.Decoy(org))
	o.close(h)
	if says := refusedForKeys(t, o.settings); !strings.HasSuffix(says, " "+org) {
		t.Errorf("an organisation without a name of its own is called by its id: %s", says)
	}
}

// forgetSecret takes the secret of one space out of a store of keys.
func forgetSecret(t *testing.T, keys *store.Store, space string) {
	t.Helper()
	ctx := context.Background()
	for _, spec := range seal.KeySpecs() {
		if spec.Name != seal.Secrets {
			continue
		}
		err := keys.Engine().Tx(ctx, func(w store.Writer) error {
			has, err := w.Get(ctx, spec, store.SystemSpace, space)
			if err != nil {
				return err
			}
			return w.Delete(ctx, spec, store.SystemSpace, space, has.Version)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Keys come before what they seal: what lies between the two is no data without keys.
func TestAFoundingThatWasCutShortKeepsNoServerFromBeginning(t *testing.T) {
	o := newOffice(t)
	h := o.open()
	org, root := organisation.NewIDs()
	if _, err := h.nouns.Members.PrepareAdmission(t.Context(), org, root, member.Admission{
		Alias: "Kamala", Language: "ne", Passphrase: officePhrase, Consents: stage.Yes(consent.Membership),
	}); err != nil {
		t.Fatal(err)
	}
	o.close(h)
	if err := began(t, o.settings); err != nil {
		t.Error(err)
	}
}

// A copy of the trail that is gone may lie on a disk that isn't there.
func TestACopyOfTheTrailThatIsGoneIsNotMadeAnew(t *testing.T) {
	h, s, org := trailed(t)
	h.acted(t, org, 2)
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(s.AuditCopy, s.AuditCopy+".away"); err != nil {
		t.Fatal(err)
	}
	if err := began(t, s); err == nil || !strings.Contains(err.Error(), "is the disk there") {
		t.Errorf("it begins, or says %v", err)
	}
	if _, err := os.Stat(s.AuditCopy); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder was made: %v", err)
	}
	if err := os.Rename(s.AuditCopy+".away", s.AuditCopy); err != nil {
		t.Fatal(err)
	}
	if err := began(t, s); err != nil {
		t.Errorf("with its copy: %v", err)
	}
	var out bytes.Buffer
	err := verifyCommand{Head: []string{"org_nobody=1:" + strings.Repeat("ab", 32)}}.verify(context.Background(), s, &out, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "no organisation here") {
		t.Errorf("the end of a trail that isn't here: %v", err)
	}
}
