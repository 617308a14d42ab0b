package organisation_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/fault"
	"chautari/models/organisation"
)

func (o *office) supporting(t *testing.T, name, host string) string {
	t.Helper()
	org, _, err := o.Orgs.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: name}, Hosts: []string{host}, Kind: organisation.Supporting, Group: organisation.Name{EN: "Office"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return org
}

func (o *office) bodies(t *testing.T) string {
	t.Helper()
	list, err := o.Orgs.Bodies(ctx, o.settings(t).Organisation)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, b := range list {
		all = append(all, b.String())
	}
	return strings.Join(all, ", ")
}

func TestWhoReceivesFiguresIsChosenAndTheBoardSeesIt(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		partner, other := o.supporting(t, "Partner", "partner.example"), o.supporting(t, "Fund", "fund.example")
		o.change(t, organisation.SettingsChange{Bodies: []organisation.BodyInput{{Host: "Partner.example:443"}, {Host: "fund.example"}, {Host: "partner.example"}}})
		if got := o.bodies(t); got != "Partner · partner.example, Fund · fund.example" {
			t.Error(got)
		}
		o.change(t, organisation.SettingsChange{Bodies: []organisation.BodyInput{{ID: other}}})
		r, err := o.Orgs.Receivers(ctx, o.Org)
		if err != nil || !slices.Equal(r.Bodies, []string{other}) || slices.Contains(r.Bodies, partner) {
			t.Errorf("%+v %v", r, err)
		}
		moved, _, err := o.Orgs.History(ctx, o.board, 100, "")
		if err != nil || len(moved) != 3 {
			t.Fatal(moved, err)
		}
		for _, m := range moved {
			if m.Field != "bodies" || m.From != "" && m.From != "Partner · partner.example" {
				t.Errorf("%+v", m)
			}
		}
		trail := o.Trail(o.Org, audit.Done)
		for _, e := range trail {
			if fields := slices.Compact(slices.Clone(e.Fields)); !slices.Equal(fields, []string{"bodies"}) || e.Account != o.admin.Account {
				t.Errorf("%+v", e)
			}
		}
		if len(trail) != 2 {
			t.Errorf("%d entries", len(trail))
		}
		o.change(t, organisation.SettingsChange{Bodies: []organisation.BodyInput{}})
		if got := o.bodies(t); got != "" {
			t.Error(got)
		}
	})
}

func TestWhatIsNoSupportingBodyReceivesNothing(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		stranger, shut := o.supporting(t, "Stranger", "stranger.example"), o.supporting(t, "Shut", "shut.example")
		if err := o.Orgs.SetClosed(ctx, shut, true); err != nil {
			t.Fatal(err)
		}
		like, _ := found(t, o.Orgs, "Bar", "bar.example") // survivor-led, as she is
		for _, b := range []organisation.BodyInput{
			{},
			{Host: "bar.example"},
			{Host: "nobody.example"},
			{Host: "shut.example"},
			{Host: "localhost"},
			{ID: stranger},
			{ID: like},
			{ID: o.Org},
			{ID: "org_elsewhere"},
		} {
			_, err := o.Orgs.ChangeSettings(ctx, o.admin, "", 1, organisation.SettingsChange{Bodies: []organisation.BodyInput{b}})
			if got := told(t, err); got != "bodies.0 settings.body_unknown" {
				t.Errorf("%+v: %s", b, got)
			}
		}
		// Whatever is wrong with one part, nothing of the others is written.
		_, err := o.Orgs.ChangeSettings(ctx, o.admin, "", 1, organisation.SettingsChange{
			Name: &organisation.Name{EN: "Other"}, Hosts: []string{"localhost", "bar.example"}, Bodies: []organisation.BodyInput{{Host: "nobody.example"}},
		})
		if got := told(t, err); got != "hosts.1 settings.host_taken, bodies.0 settings.body_unknown" {
			t.Error(got)
		}
		if o.bodies(t) != "" || o.settings(t).Version != 1 || o.settings(t).Organisation.Name.EN != "Pipal" {
			t.Error("something was written")
		}
	})
}

func TestNobodyButTheAdministratorChoosesHostsAndBodies(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.supporting(t, "Partner", "partner.example")
		before := o.hosts(t, o.Org)
		for _, role := range access.Roles[1:] {
			if role == access.Administrator {
				continue
			}
			a := o.Person(role, o.Root, "Asha")
			for _, in := range []organisation.SettingsChange{
				{Hosts: []string{"localhost", "sathi.example"}}, {Bodies: []organisation.BodyInput{{Host: "partner.example"}}},
			} {
				if _, err := o.Orgs.ChangeSettings(ctx, a, "", 1, in); !errors.Is(err, access.Refused) {
					t.Errorf("%s: %v", role, err)
				}
			}
		}
		if o.hosts(t, o.Org) != before || o.bodies(t) != "" {
			t.Error("something was written")
		}
		// Who receives figures is decided on what she saw.
		if _, err := o.Orgs.ChangeSettings(ctx, o.admin, "", 2, organisation.SettingsChange{Bodies: []organisation.BodyInput{{Host: "partner.example"}}}); !fault.Is(err, fault.Stale) {
			t.Errorf("an old version: %v", err)
		}
	})
}
