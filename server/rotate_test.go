package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/founding"
	"chautari/models/once"
	"chautari/models/seal"
	"chautari/models/stage"
)

// office is an installation in a folder, with one organisation.
type office struct {
	t        *testing.T
	settings settings
	handle   string
}

const officePhrase = "nadi tokari saat makai jhyal"

func newOffice(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	o := &office{t: t, settings: settings{DataDir: filepath.Join(dir, "data"), KeyFile: filepath.Join(dir, "keys", "master.key"), Port: 8080}}
	if err := makeKey(o.settings.KeyFile); err != nil {
		t.Fatal(err)
	}
	h := o.open()
	ctx := t.Context()
	code, err := h.nouns.Founders.NewCode(ctx)
	if err != nil {
		t.Fatal(err)
	}
	in, err := h.nouns.Founders.Found(ctx, "localhost", once.Key{}, founding.Founding{
		Code: code, OrganisationName: "Pipalbot", GroupName: "All", Alias: "Junkiri", Language: "ne",
		Passphrase: officePhrase, Consents: stage.Yes(consent.Membership),
	})
	if err != nil {
		t.Fatal(err)
	}
	o.handle = in.Handle.Reveal()
	o.close(h)
	return o
}

func (o *office) open() *house {
	o.t.Helper()
	master, err := openKey(o.settings.KeyFile)
	if err != nil {
		o.t.Fatal(err)
	}
	h, err := build(o.t.Context(), o.settings, master, clock.System{}, slog.New(slog.DiscardHandler))
	if err != nil {
		o.t.Fatal(err)
	}
	return h
}

func (o *office) close(h *house) {
	o.t.Helper()
	if err := h.close(); err != nil {
		o.t.Fatal(err)
	}
}

// signsIn fails unless the founder still comes in, which takes her own key and
// the organisation's secret.
func (o *office) signsIn() {
	o.t.Helper()
	h := o.open()
	defer o.close(h)
	org, err := h.nouns.Organisations.ByHost(o.t.Context(), "localhost")
	if err != nil {
		o.t.Fatal(err)
	}
	if _, in, err := h.nouns.Accounts.SignIn(o.t.Context(), org, "localhost", o.handle, officePhrase); err != nil || in.Handle.Reveal() != o.handle {
		o.t.Fatalf("she doesn't come in: %v", err)
	}
}

func (o *office) rotate(finish bool) (string, error) {
	var out bytes.Buffer
	err := rotateKeysCommand{Finish: finish}.step(o.t.Context(), o.settings, &out)
	return out.String(), err
}

func (o *office) mustRotate(finish bool, says string) {
	o.t.Helper()
	out, err := o.rotate(finish)
	if err != nil || !strings.Contains(out, says) {
		o.t.Fatalf("%q %v", out, err)
	}
}

func (o *office) keyFile() []byte {
	o.t.Helper()
	content, err := os.ReadFile(o.settings.KeyFile)
	if err != nil {
		o.t.Fatal(err)
	}
	return content
}

func TestKeysAreRotatedInThreeStepsAndEachSaysWhatIsNext(t *testing.T) {
	o := newOffice(t)
	before := o.keyFile()
	o.mustRotate(true, "nothing to finish")
	o.mustRotate(false, "A new key was added")
	added := o.keyFile()
	o.signsIn()
	if _, err := o.rotate(true); err == nil || !strings.Contains(err.Error(), "not in use yet") {
		t.Errorf("finished before it was begun: %v", err)
	}
	o.mustRotate(false, "The new key is in use")
	o.signsIn()
	o.mustRotate(false, "0 keys") // again, as after a kill
	o.mustRotate(true, "The old key is out")
	o.signsIn()
	o.mustRotate(true, "nothing to finish")
	after := o.keyFile()

	if info, err := os.Stat(o.settings.KeyFile); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	// A copy from before is refused with words by every command; one from while it
	// went on still serves.
	for name, copied := range map[string][]byte{"from before": before, "from after": after, "from between": added} {
		if err := os.WriteFile(o.settings.KeyFile, copied, 0o600); err != nil {
			t.Fatal(err)
		}
		if name != "from before" {
			o.signsIn()
			continue
		}
		_, err := o.rotate(false)
		if err == nil || !strings.Contains(err.Error(), "only a copy that was made since then") || !bytes.Equal(o.keyFile(), copied) {
			t.Errorf("%s: %v", name, err)
		}
		if err := (recoverAdminCommand{Host: "localhost"}).recover(t.Context(), o.settings, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "not the one of the data") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestARotationOnTheEmbeddedStoreAsksForTheServerToBeStopped(t *testing.T) {
	o := newOffice(t)
	h := o.open()
	defer o.close(h)
	before := o.keyFile()
	if _, err := o.rotate(false); !errors.Is(err, errStopFirst) {
		t.Errorf("got %v", err)
	}
	if !bytes.Equal(before, o.keyFile()) {
		t.Error("the key file was changed")
	}
	if err := (recoverAdminCommand{Host: "localhost"}).recover(t.Context(), o.settings, &bytes.Buffer{}); !errors.Is(err, errStopFirst) {
		t.Errorf("got %v", err)
	}
}

func TestServersThatLackTheNewKeyHoldTheRotationUp(t *testing.T) {
	o := newOffice(t)
	old := o.keyFile()
	if err := changeKeyFile(o.settings.KeyFile, seal.WithNewKey); err != nil {
		t.Fatal(err)
	}
	h := o.open()
	defer o.close(h)
	instance := func(content []byte) *seal.Keys {
		m, err := seal.OpenMaster(content)
		if err != nil {
			t.Fatal(err)
		}
		return seal.NewKeys(h.keys, m)
	}
	hold := func(name string, k *seal.Keys) {
		t.Helper()
		if err := k.Hold(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	late, restarted := instance(old), instance(o.keyFile())
	hold("srv_late", late)
	hold("srv_restarted", restarted)
	var out bytes.Buffer
	master, err := openKey(o.settings.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	r := rotation{settings: o.settings, master: master, keys: instance(o.keyFile()), out: &out}
	if err := r.rewrap(t.Context()); err == nil || !strings.Contains(err.Error(), "1 of the running servers") {
		t.Fatalf("got %v", err)
	}
	if err := late.Release(t.Context(), "srv_late"); err != nil {
		t.Fatal(err)
	}
	if err := r.rewrap(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.finish(t.Context()); err == nil || !strings.Contains(err.Error(), "1 of the running servers still wrap with the old key") {
		t.Fatalf("got %v", err)
	}
	hold("srv_restarted", restarted)
	if err := r.finish(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// No request should be sent to a server that can open nothing new.
func TestAServerThatRotationPassedByIsNotReady(t *testing.T) {
	o := newOffice(t)
	h := o.open()
	defer o.close(h)
	wrong := func() (all []string) {
		for _, p := range h.ready(t.Context()) {
			if p.Wrong != "" {
				all = append(all, p.Name+" "+p.Wrong)
			}
		}
		return all
	}
	h.holdOnce(t.Context(), "srv_before")
	if err := h.seals.Release(t.Context(), "srv_before"); err != nil || len(wrong()) != 0 {
		t.Fatalf("%v before anything was rotated: %v", wrong(), err)
	}
	if err := changeKeyFile(o.settings.KeyFile, seal.WithNewKey); err != nil {
		t.Fatal(err)
	}
	master, err := openKey(o.settings.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	r := rotation{settings: o.settings, master: master, keys: seal.NewKeys(h.keys, master), out: &bytes.Buffer{}}
	if err := errors.Join(r.rewrap(t.Context()), r.finish(t.Context())); err != nil {
		t.Fatal(err)
	}
	h.holdOnce(t.Context(), "srv_passed")
	if got := wrong(); len(got) != 1 || got[0] != "key file is from before the keys were rotated" {
		t.Errorf("got %q", got)
	}
}

// A kill leaves the file whole under its name, and what lies beside it is
// written over the next time.
func TestTheKeyFileIsWholeAtEveryMoment(t *testing.T) {
	o := newOffice(t)
	before := o.keyFile()
	if err := os.WriteFile(o.settings.KeyFile+".new", before[:20], 0o644); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("no")
	if err := changeKeyFile(o.settings.KeyFile, func([]byte) ([]byte, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if !bytes.Equal(before, o.keyFile()) {
		t.Error("the key file was changed")
	}
	o.mustRotate(false, "A new key was added")
	if _, err := os.Stat(o.settings.KeyFile + ".new"); !errors.Is(err, os.ErrNotExist) {
		t.Error("a file with keys is left beside the key file")
	}
	// Through a link, the file it points to is exchanged and the link stays.
	link := filepath.Join(t.TempDir(), "key")
	if err := os.Symlink(o.settings.KeyFile, link); err != nil {
		t.Fatal(err)
	}
	if err := changeKeyFile(link, seal.WithNewestKeyOnly); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	if info, err := os.Stat(o.settings.KeyFile); err != nil || info.Mode().Perm() != 0o600 {
		t.Error("others may read the key file")
	}
}

func TestAServerSaysThatItRunsAndThatItStops(t *testing.T) {
	o := newOffice(t)
	h := o.open()
	defer o.close(h)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { h.hold(ctx); close(ended) }()
	running := func() int {
		n, err := h.seals.Running(t.Context(), clock.System{}.Now())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for running() == 0 {
		select {
		case <-ended:
			t.Fatal("it stopped")
		default:
		}
	}
	stop()
	<-ended
	if n := running(); n != 0 {
		t.Errorf("%d still run", n)
	}
}

// Step by step beside empty stores, the key of the real ones would be lost.
func TestNoKeyIsRotatedBesideStoresOfSomewhereElse(t *testing.T) {
	o := newOffice(t)
	real, before := o.settings.DataDir, o.keyFile()
	o.settings.DataDir = filepath.Join(t.TempDir(), "mistyped")
	tried := func(says string) {
		t.Helper()
		for _, finish := range []bool{false, true} {
			if out, err := o.rotate(finish); err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%q %v", out, err)
			}
		}
	}
	tried("there is no data in")
	if err := (recoverAdminCommand{Host: "localhost"}).recover(t.Context(), o.settings, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "there is no data in") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(o.settings.DataDir); !errors.Is(err, os.ErrNotExist) {
		t.Error("a folder was made")
	}
	data, keys, err := openStores(t.Context(), o.settings, false)
	if err := errors.Join(err, data.Close(), keys.Close()); err != nil {
		t.Fatal(err)
	}
	tried("the stores are empty")
	if !bytes.Equal(o.keyFile(), before) {
		t.Error("the key file was changed")
	}
	o.settings.DataDir = real
	o.signsIn()
}
