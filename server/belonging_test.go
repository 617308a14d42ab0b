package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chautari/models/clock"
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
	// The second time there is an empty store of keys, which the first try made.
	for range 2 {
		if err := began(t, s); !errors.Is(err, errNoKeys) {
			t.Errorf("it begins, or says %v", err)
		}
		wantLevel(t, examineAll(ctx, s, time.Now()), "store", wrong)
		wantLevel(t, beforeUpgrade(ctx, s, time.Now()), "store", wrong)
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
