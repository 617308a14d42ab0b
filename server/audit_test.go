package main

import (
	"bytes"
	"context"
	gosql "database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/store"
)

// trailed is a house with one organisation and a copy, whose trail is sealed.
func trailed(t *testing.T) (h *house, s settings, org string) {
	t.Helper()
	ctx := context.Background()
	s = settings{DataDir: t.TempDir(), KeyFile: t.TempDir() + "/master.key", AuditCopy: t.TempDir(), MongoDatabase: "chautari"}
	if err := makeKey(s.KeyFile); err != nil {
		t.Fatal(err)
	}
	h = reopened(t, s)
	org, _, err := h.nouns.Organisations.Found(ctx, organisation.Founding{Name: organisation.Name{EN: "Pipal"}, Group: organisation.Name{EN: "All"}})
	if err != nil {
		t.Fatal(err)
	}
	return h, s, org
}

func reopened(t *testing.T, s settings) *house {
	t.Helper()
	master, err := s.openKey(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.At(time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC))
	h, err := build(context.Background(), s, master, c, newLog(s))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) acted(t *testing.T, org string, n int) {
	t.Helper()
	c := h.clock.(*clock.Fake)
	a := access.Actor{Org: org, Account: "acc_x", Roles: []access.Role{access.Coordinator}}
	for range n {
		err := h.data.Org(org).Tx(context.Background(), func(tx *store.Tx) error {
			return audit.Log{Clock: c}.Did(context.Background(), tx, a, access.CorrectMember, []string{"mem_x"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	c.Advance(2 * time.Second)
	if err := h.sealer.pass(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// The command verifies beside a running server as well as alone, says what it
// finds, and fails when that isn't nothing.
func TestAuditVerifySaysWhatWasChanged(t *testing.T) {
	ctx := context.Background()
	h, s, org := trailed(t)
	h.acted(t, org, 3)
	h.acted(t, org, 2)
	verify := func(head ...string) (string, error) {
		var out bytes.Buffer
		err := verifyCommand{Copy: s.AuditCopy, Head: head}.verify(ctx, s, &out, io.Discard)
		return out.String(), err
	}
	shut := h.openDoor()
	said, err := verify()
	if err != nil || !strings.Contains(said, "2 blocks, 5 entries as they were sealed, 0 not sealed yet") {
		t.Errorf("beside the server: %v\n%s", err, said)
	}
	if err := errors.Join(shut(), h.close()); err != nil {
		t.Fatal(err)
	}
	alone, err := verify()
	if err != nil || alone != said {
		t.Errorf("alone: %v\n%s", err, alone)
	}
	_, head, _ := strings.Cut(alone, "head ")
	head, _, _ = strings.Cut(head, "\n")

	h = reopened(t, s)
	err = h.data.Org(org).Tx(ctx, func(tx *store.Tx) error {
		last, err := audit.Blocks.First(ctx, tx, store.Query{Index: "seq", Down: true})
		if err != nil {
			return err
		}
		e, err := audit.Entries.Get(ctx, tx, last.Entries[0].ID)
		if err != nil {
			return err
		}
		return errors.Join(audit.Entries.Delete(ctx, tx, e), audit.Blocks.Delete(ctx, tx, last))
	})
	if err = errors.Join(err, h.close()); err != nil {
		t.Fatal(err)
	}
	said, err = verify(head)
	if !errors.Is(err, errNotSealed) || !strings.Contains(said, "FOUND block 2: the trail ends before this block") ||
		!strings.Contains(said, "FOUND block 2, entry aud_") {
		t.Errorf("%v\n%s", err, said)
	}
	for _, word := range []string{"acc_x", "mem_x", "Pipal", "correctMember"} {
		if strings.Contains(said, word) {
			t.Errorf("it tells of %s", word)
		}
	}
	if _, err := verify("nonsense"); err == nil {
		t.Error("a head that is none is taken")
	}

	// It was a restore: said once, the copy goes on.
	var out bytes.Buffer
	h = reopened(t, s)
	if err := h.sealer.pass(ctx); !errors.Is(err, audit.ErrForked) {
		t.Errorf("the copy goes on: %v", err)
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	if err := restored(ctx, s, &out); err != nil || !strings.Contains(out.String(), "blocks 2 to 2 of the copy are given up") {
		t.Errorf("%v\n%s", err, out.String())
	}
	h = reopened(t, s)
	h.acted(t, org, 1)
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	if said, err := verify(); err != nil || !strings.Contains(said, "given up when a backup was brought back: blocks 2 to 2") {
		t.Errorf("%v\n%s", err, said)
	}
}

// What hides an entry from where it is looked for, or shows a copied one there, is
// found, though every entry is as it was sealed; and what can't be read is named.
func TestAuditVerifyLooksAtIndexesAndDocumentsToo(t *testing.T) {
	ctx := context.Background()
	h, s, org := trailed(t)
	h.acted(t, org, 3)
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	verify := func() (string, error) {
		var out bytes.Buffer
		err := verifyCommand{Copy: s.AuditCopy}.verify(ctx, s, &out, io.Discard)
		return out.String(), err
	}
	if said, err := verify(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	file := filepath.Join(s.DataDir, "data.db")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for sql, words := range map[string]string{
		`DELETE FROM "i_audit.subject"`: "index subject lacks 1 entries",
		`DELETE FROM "i_audit.at"`:      "index at lacks 1 entries",
		`DELETE FROM "i_audit.account"`: "index account lacks 1 entries",
		`INSERT INTO "d_audit" SELECT org, 'aud_copied', version, changed, body FROM "d_audit" LIMIT 1;
			INSERT INTO "i_audit.subject" (org, key, id) SELECT org, key, 'aud_copied' FROM "i_audit.subject" LIMIT 1`: "audit aud_copied: body and columns differ",
		`UPDATE "d_audit" SET body = 'text' WHERE id = (SELECT min(id) FROM "d_audit")`: ": it is no document",
	} {
		if err := os.WriteFile(file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := gosql.Open("sqlite", file)
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.Exec(sql)
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		said, err := verify()
		if err == nil || !strings.Contains(said, "FOUND audit aud_") || !strings.Contains(said, words) {
			t.Errorf("%s: %v\n%s", sql, err, said)
		}
	}
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	s.KeyFile += ".gone"
	if _, err := verify(); err == nil || !strings.Contains(err.Error(), "key file") {
		t.Errorf("without the key file: %v", err)
	}
}

// What is in no block is neither sealed nor copied, however well the copy knows the
// blocks there are.
func TestWhatIsNotSealedIsNotSaidToBeSealed(t *testing.T) {
	w := newTwins(t, clock.At(twinDay))
	to, err := audit.NewFolder(t.TempDir())
	w.must(err)
	w.a.sealer.copier = audit.NewCopier(to)
	says := func(want string) {
		t.Helper()
		if got := w.a.trail(); got.Says != want || got.Wrong != "" {
			t.Errorf("it says %+v, want %q", got, want)
		}
	}
	says(trailUnknown)
	w.a.acted(t, w.org, 2)
	says(trailCopied)
	err = w.a.data.Org(w.org).Tx(ctx, func(tx *store.Tx) error {
		return audit.Log{Clock: w.clock}.Did(ctx, tx, access.Actor{Org: w.org, Account: "acc_x"}, access.CorrectMember, []string{"mem_x"})
	})
	w.must(err)
	w.fake.Advance(2 * time.Second)
	w.data.FailWrites(store.ErrFull)
	if err := w.a.sealer.pass(ctx); !errors.Is(err, store.ErrFull) {
		t.Error(err)
	}
	says(trailUnsealed)
	w.data.Heal()
	w.must(w.a.sealer.pass(ctx))
	says(trailCopied)
}

// A copy beside MongoDB's data needs MongoDB, and a missing folder is no copy.
func TestACopyThatCantBeIsRefusedInWords(t *testing.T) {
	ctx := context.Background()
	s := settings{MongoDatabase: "chautari"}
	if _, _, err := s.auditCopy(ctx, onMongoDB, audit.NewFolder); err == nil || !strings.Contains(err.Error(), "MongoDB") {
		t.Error(err)
	}
	if _, _, err := s.auditCopy(ctx, t.TempDir()+"/none", audit.OpenFolder); err == nil || !strings.Contains(err.Error(), "no copy of the trail") {
		t.Error("a folder that isn't there is verified against, or not told in words:", err)
	}
	if to, _, err := s.auditCopy(ctx, "", audit.NewFolder); to != nil || err != nil {
		t.Errorf("%v %v", to, err)
	}
}
