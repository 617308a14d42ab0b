package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/grievance"
	"chautari/models/member"
	"chautari/models/peersupport"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/training"
)

func TestTheKeyFileNeverLiesInTheDataFolder(t *testing.T) {
	dir := t.TempDir()
	for name, s := range map[string]settings{
		"beside the data":  {DataDir: dir, KeyFile: filepath.Join(dir, "master.key")},
		"below the data":   {DataDir: dir, KeyFile: filepath.Join(dir, "keys", "master.key")},
		"by a round about": {DataDir: dir, KeyFile: filepath.Join(dir, "..", filepath.Base(dir), "master.key")},
	} {
		if err := s.places(); err == nil {
			t.Errorf("%s it was accepted", name)
		}
	}
	s := settings{DataDir: dir, KeyFile: filepath.Join(t.TempDir(), "master.key")}
	if err := s.places(); err != nil {
		t.Error(err)
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", "")
	var byDefault settings
	if err := byDefault.places(); err != nil {
		t.Error(err)
	}
}

func TestAKeyIsMadeOnceAndNeverReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "apart", "master.key")
	if _, err := openKey(path); err == nil || !strings.Contains(err.Error(), "server init") {
		t.Errorf("without a key file: %v", err)
	}
	if err := makeKey(path); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := makeKey(path); err == nil {
		t.Error("a second key was made in its place")
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Error("the key file changed")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, before[:len(before)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openKey(path); err == nil {
		t.Error("half a key file was accepted")
	}
}

func TestNoNewKeyIsMadeBesideOldData(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "data.db"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "master.key")
	t.Setenv("DATA_DIR", dir)
	t.Setenv("KEY_FILE", key)
	if err := (runCommand{}).Run(context.Background()); err == nil || !strings.Contains(err.Error(), "bring your copy back") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(key); err == nil {
		t.Error("a key was made")
	}
}

func TestASweepThatFailsDoesNotKeepTheOthersWaiting(t *testing.T) {
	no, left := errors.New("no"), 2*store.MaxLimit+1
	err := inTurn(
		func() (int, error) { return store.MaxLimit, no },
		func() (int, error) {
			n := min(left, store.MaxLimit)
			left -= n
			return n, nil
		},
	)
	if !errors.Is(err, no) || left != 0 {
		t.Errorf("%v, and %d are left", err, left)
	}
}

// enterDemo signs somebody printed in at her own address.
func enterDemo(h *house, s demoSignIn) (access.Actor, error) {
	ctx := context.Background()
	at, err := url.Parse(s.Address)
	if err != nil {
		return access.Actor{}, err
	}
	org, err := h.nouns.Organisations.ByHost(ctx, at.Hostname())
	if err != nil {
		return access.Actor{}, err
	}
	token, _, err := h.nouns.Accounts.SignIn(ctx, org, at.Hostname(), s.Handle, s.Passphrase)
	if err != nil {
		return access.Actor{}, err
	}
	return h.nouns.Accounts.Authenticate(ctx, org, at.Hostname(), token)
}

func TestTheDemoHasItsPeopleAndOnlyThePrintedOnesSignIn(t *testing.T) {
	t.Parallel()
	h, list := demoHouse(t)
	ctx := context.Background()
	var roles []access.Role
	for _, s := range list {
		roles = append(roles, s.Role)
		a, err := enterDemo(h, s)
		if err != nil || !a.Has(s.Role) {
			t.Errorf("%s: %v %v", s.Role, a.Roles, err)
		}
	}
	for _, r := range access.Roles[1:] {
		if !slices.Contains(roles, r) {
			t.Errorf("nobody to sign in as %s", r)
		}
	}
	last := list[len(list)-1]
	of := func(r access.Role) access.Actor {
		i := slices.IndexFunc(list, func(s demoSignIn) bool { return s.Role == r })
		a, err := enterDemo(h, list[i])
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	coordinator := of(access.Coordinator)
	if len(coordinator.Groups) != 11 {
		t.Errorf("the first coordinator has %d groups", len(coordinator.Groups))
	}
	rows, _, err := h.nouns.Members.List(ctx, coordinator, member.Filter{State: member.Applied, Limit: 100})
	if err != nil || len(rows) == 0 {
		t.Errorf("%d applications wait (%v)", len(rows), err)
	}
	active, err := h.nouns.Members.Count(ctx, coordinator, member.Active)
	if err != nil {
		t.Fatal(err)
	}
	members := 0
	for _, n := range active {
		members += n
	}
	if members != demoMembers {
		t.Errorf("%d members instead of %d", members, demoMembers)
	}

	t.Run("every course state, grievance state and job of the day is there to be seen", func(t *testing.T) {
		states := map[training.State]bool{}
		intakes, _, err := h.nouns.Courses.Intakes(ctx, coordinator, training.Filter{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range intakes {
			states[in.On(calendar.Of(h.clock.Now()))] = true
		}
		if len(states) != len(training.States) {
			t.Errorf("intakes are in the states %v", states)
		}
		found, sent := map[grievance.State]bool{}, 0
		err = grievance.EachSent(ctx, h.data.Org(coordinator.Org), calendar.Date{Year: 2000, Month: 1, Day: 1}, calendar.Of(h.clock.Now()).AddDays(1), func(g *grievance.Grievance) error {
			found[g.State] = true
			sent++
			return nil
		})
		if err != nil || len(found) != 4 || sent != demoGrievances {
			t.Errorf("%d grievances in the states %v (%v)", sent, found, err)
		}
		offer, err := h.nouns.Support.Slots(ctx, of(access.Member), peersupport.SlotQuery{Days: 14})
		if err != nil || len(offer.Supporters) != demoSupporters {
			t.Errorf("%d supporters can be met (%v)", len(offer.Supporters), err)
		}
		for _, s := range offer.Supporters {
			sheet, err := consent.Of(ctx, h.data.Org(coordinator.Org), s.ID)
			if err != nil || !sheet.Live(consent.SupporterName, h.clock.Now().AddDate(0, 6, 0)) {
				t.Errorf("half a year on a supporter can't be met any more (%v)", err)
			}
		}
		results, _, err := h.nouns.Reports.Results(ctx, of(access.Liaison), 100, "")
		if err != nil || len(results) < 3 {
			t.Errorf("the liaison has %d results (%v)", len(results), err)
		}
	})

	var table strings.Builder
	if err := printSignIns(&table, list); err != nil || !strings.Contains(table.String(), last.Handle) {
		t.Errorf("printed: %s (%v)", table.String(), err)
	}
	path := filepath.Join(t.TempDir(), "credentials.json")
	if err := writeSignIns(path, list); err != nil {
		t.Fatal(err)
	}
	var back []map[string]string
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &back); err != nil {
		t.Fatal(err)
	}
	for _, entry := range back {
		for _, key := range []string{"role", "handle", "passphrase", "organisation", "address"} {
			if entry[key] == "" {
				t.Errorf("an entry lacks %s", key)
			}
		}
	}
}

func TestTheDemoNeverTouchesDataThatIsThere(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "data.db"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DATA_DIR", dir)
	if err := (demoCommand{}).Run(context.Background()); err == nil || !strings.Contains(err.Error(), "empty folder") {
		t.Errorf("got %v", err)
	}
}

// What lies on the disk of a running demo shows nothing that anybody said of
// herself, in any form a thief would search for.
func TestTheFilesHoldNoNamePhraseOrSignInName(t *testing.T) {
	l := demoLived(t)
	markers := []string{"लालीगुराँस", "Junkiri", "junkiri", "Sayapatri", "आउने शनिबार", "दुई वर्षको छोरा", "चिया पसलमा", "नसोधी कसैसँग"}
	for _, s := range l.signIns {
		markers = append(markers, s.Handle, s.Passphrase)
	}
	look := searchFor(markers...)
	for name, content := range l.files {
		if look.in(t, name, content) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
	look.in(t, "the log", l.logged)
}

func TestAnotherKeyFileIsNoticedBeforeAnythingIsWrittenWithIt(t *testing.T) {
	dir := t.TempDir()
	s := settings{DataDir: dir, Port: 8080}
	open := func() (*house, error) {
		content, err := seal.NewKeyFile()
		if err != nil {
			t.Fatal(err)
		}
		master, err := seal.OpenMaster(content)
		if err != nil {
			t.Fatal(err)
		}
		return build(context.Background(), s, master, clock.System{}, slog.New(slog.DiscardHandler))
	}
	first, err := open()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.close(); err != nil {
		t.Fatal(err)
	}
	if _, err := open(); !errors.Is(err, seal.ErrOtherKey) {
		t.Errorf("another key: %v", err)
	}
}
