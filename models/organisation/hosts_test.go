package organisation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/store"
)

func (o *office) hosts(t *testing.T, org string) string {
	t.Helper()
	names, err := o.Orgs.Hosts(ctx, org)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, " ")
}

// put asks for a whole list of host names, seen from one of them.
func (o *office) put(t *testing.T, at string, names ...string) error {
	t.Helper()
	_, err := o.Orgs.ChangeSettings(ctx, o.admin, at, o.settings(t).Version, organisation.SettingsChange{Hosts: append([]string{}, names...)})
	return err
}

// told lists what is wrong, as "hosts.1 settings.host_taken".
func told(t *testing.T, err error) string {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid {
		t.Fatalf("got %v", err)
	}
	var all []string
	for _, field := range f.Fields {
		all = append(all, field.Field+" "+field.Code)
	}
	return strings.Join(all, ", ")
}

func TestHostNamesAreAddedAndRemoved(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		there := organisation.New(o.Store, o.Clock)
		o.change(t, organisation.SettingsChange{Hosts: []string{"localhost", "127.0.0.1", " Sathi.Example ", "office.lan", "192.168.1.20", "office.lan"}})
		if got := o.hosts(t, o.Org); got != "127.0.0.1 192.168.1.20 localhost office.lan sathi.example" {
			t.Error(got)
		}
		for name, orgs := range map[string]*organisation.Organisations{"here": o.Orgs, "on another instance": there} {
			if got, err := orgs.ByHost(ctx, "sathi.example:443"); got != o.Org || err != nil {
				t.Errorf("a new name %s: %s %v", name, got, err)
			}
			if _, err := orgs.ByHost(ctx, "::1"); !errors.Is(err, organisation.ErrNone) {
				t.Errorf("a name that went %s: %v", name, err)
			}
		}
		if err := o.put(t, "localhost", "localhost"); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Orgs.ByHost(ctx, "sathi.example"); !errors.Is(err, organisation.ErrNone) {
			t.Errorf("here it is still found: %v", err)
		}
		o.Clock.Advance(time.Second)
		if _, err := there.ByHost(ctx, "sathi.example"); !errors.Is(err, organisation.ErrNone) {
			t.Errorf("on another instance it is still found: %v", err)
		}
		moved, _, err := o.Orgs.History(ctx, o.board, 100, "")
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, m := range moved {
			lines = append(lines, m.Field+" "+m.From+">"+m.To)
		}
		slices.Sort(lines)
		want := []string{
			"hosts 127.0.0.1>", "hosts 192.168.1.20>", "hosts ::1>", "hosts >192.168.1.20", "hosts >office.lan", "hosts >sathi.example",
			"hosts office.lan>", "hosts sathi.example>",
		}
		if slices.Sort(want); !slices.Equal(lines, want) {
			t.Errorf("%q", lines)
		}
		trail := o.Trail(o.Org, audit.Done)
		if len(trail) != 2 || !slices.Equal(slices.Compact(append(trail[0].Fields, trail[1].Fields...)), []string{"hosts"}) {
			t.Errorf("%+v", trail)
		}
	})
}

func TestAHostNameThatCantBeHersIsRefusedAndNothingIsWritten(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		found(t, o.Orgs, "Bar", "bar.example")
		o.Orgs.WaitingBy(func(_ context.Context, _ store.View, host string) (bool, error) { return host == "waits.example", nil })
		before := o.hosts(t, o.Org)
		own := []string{"localhost", "127.0.0.1", "::1"}
		for _, c := range []struct {
			at   string
			want []string
			told string
		}{
			{"localhost", nil, "hosts settings.hosts_none"},
			{"localhost:8080", own[1:], "hosts settings.host_in_use"},
			{"LocalHost", []string{"sathi.example"}, "hosts settings.host_in_use"},
			{"", append(own, "bar.example"), "hosts.3 settings.host_taken"},
			{"", append(own, "BAR.example", "waits.example"), "hosts.3 settings.host_taken, hosts.4 settings.host_taken"},
			{"", append(own, "sathi.example:8080", "a.example"), "hosts.3 settings.host_name"},
		} {
			if got := told(t, o.put(t, c.at, c.want...)); got != c.told {
				t.Errorf("%v at %q: %s", c.want, c.at, got)
			}
		}
		if _, err := o.Orgs.ChangeSettings(ctx, o.admin, "localhost", 1, organisation.SettingsChange{Hosts: []string{}}); err == nil {
			t.Error("no name is left")
		}
		if _, err := o.Orgs.ChangeSettings(ctx, o.admin, "localhost", 7, organisation.SettingsChange{Hosts: append(own, "a.example")}); !fault.Is(err, fault.Stale) {
			t.Errorf("an old version: %v", err)
		}
		if got := o.hosts(t, o.Org); got != before || o.settings(t).Version != 1 || len(o.Trail(o.Org, audit.Done)) != 0 {
			t.Errorf("something was written: %s", got)
		}
	})
}

func TestWhatABrowserCouldAskForIsAHostName(t *testing.T) {
	long := strings.Repeat("a", 63)
	for name, want := range map[string]bool{
		"sathi.example": true, "localhost": true, "office.lan": true, "xn--11b4d3a.example": true, "a-1.b2": true, "10.0.0.7": true, "::1": true,
		"fe80::2": true, long + ".example": true, "1password.example": true,
		"": false, ".": false, "sathi.example.": false, ".example": false, "a..b": false, "-a.example": false, "a-.example": false, "a_b.example": false,
		"Sathi.example": false, "साथी.example": false, "https://a.example": false, "a.example/x": false, "a.example:80": false, "*.example": false,
		"a b": false, "a@b": false, "10.0.0.256": false, "1.2": false, "[::1]": false, "FE80::2": false, "fe80::2%eth0": false, long + "a.example": false,
		strings.Repeat(long+".", 4) + "example": false, "a\x00.example": false,
	} {
		if organisation.IsHostName(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

func TestOneNewHostNameThatManyWantAtOnceGoesToOne(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		const rivals, names = 6, 3
		admins := make([]access.Actor, rivals)
		first := o.Org
		for i := range rivals {
			o.Org, o.Root = found(t, o.Orgs, fmt.Sprint("Rival ", i), fmt.Sprintf("rival-%d.example", i))
			admins[i] = o.Person(access.Administrator, o.Root, "Kamala")
		}
		o.Org = first
		var wait sync.WaitGroup
		errs := make([]error, rivals*names)
		for i := range errs {
			wait.Go(func() {
				rival := i % rivals
				for {
					s, err := o.Orgs.ReadSettings(ctx, admins[rival])
					if err == nil {
						var own []string
						if own, err = o.Orgs.Hosts(ctx, admins[rival].Org); err == nil {
							in := organisation.SettingsChange{Hosts: append(own, fmt.Sprintf("wanted-%d.example", i/rivals))}
							_, err = o.Orgs.ChangeSettings(ctx, admins[rival], own[0], s.Version, in)
						}
					}
					if !fault.Is(err, fault.Stale) { // her own other change was quicker
						errs[i] = err
						return
					}
				}
			})
		}
		wait.Wait()
		for n := range names {
			won := 0
			for i := n * rivals; i < (n+1)*rivals; i++ {
				if errs[i] == nil {
					won++
				} else if got := told(t, errs[i]); !strings.HasSuffix(got, "settings.host_taken") {
					t.Error(got)
				}
			}
			org, err := o.Orgs.ByHost(ctx, fmt.Sprintf("wanted-%d.example", n))
			if won != 1 || err != nil {
				t.Errorf("%d of %d have name %d (%v)", won, rivals, n, err)
			}
			for _, a := range admins {
				if has := strings.Contains(o.hosts(t, a.Org), fmt.Sprintf("wanted-%d.example", n)); has != (a.Org == org) {
					t.Errorf("%s is listed: %v", a.Org, has)
				}
			}
		}
	})
}
