package organisation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/access"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

var ctx = context.Background()

func each(t *testing.T, fn func(t *testing.T, o *organisation.Organisations)) {
	c := clock.At(time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC))
	storetest.Each(t, organisation.Specs(), c, func(t *testing.T, s *store.Store) { fn(t, organisation.New(s, c)) })
}

func found(t *testing.T, o *organisation.Organisations, name string, hosts ...string) (org, root string) {
	t.Helper()
	org, root, err := o.Found(ctx, organisation.Founding{Name: organisation.Name{EN: name}, Group: organisation.Name{EN: "All"}, Hosts: hosts})
	if err != nil {
		t.Fatal(err)
	}
	return org, root
}

func TestTheFirstOrganisationAnswersToTheMachinesOwnNames(t *testing.T) {
	each(t, func(t *testing.T, o *organisation.Organisations) {
		if yes, err := o.Founded(ctx); yes || err != nil {
			t.Fatal(yes, err)
		}
		first, _ := found(t, o, "Pipal")
		second, _ := found(t, o, "Bar", "bar.example")
		for host, want := range map[string]string{
			"localhost": first, "LOCALHOST:8080": first, "127.0.0.1:80": first, "[::1]:8080": first, "bar.example": second, "Bar.Example:443": second,
		} {
			if got, err := o.ByHost(ctx, host); got != want || err != nil {
				t.Errorf("%s: %s %v", host, got, err)
			}
		}
		for _, host := range []string{"", "elsewhere.example", "localhost.example"} {
			if _, err := o.ByHost(ctx, host); !errors.Is(err, organisation.ErrNone) {
				t.Errorf("%s: %v", host, err)
			}
		}
	})
}

func TestAHostNameServesOneOrganisation(t *testing.T) {
	each(t, func(t *testing.T, o *organisation.Organisations) {
		first, _ := found(t, o, "Pipal", "bar.example")
		_, _, err := o.Found(ctx, organisation.Founding{Name: organisation.Name{EN: "Other"}, Hosts: []string{"BAR.example"}})
		if !store.IsDuplicate(err, "id") {
			t.Errorf("got %v", err)
		}
		if got, _ := o.ByHost(ctx, "bar.example"); got != first {
			t.Errorf("it serves %s now", got)
		}
		if all, err := o.All(ctx); err != nil || !slices.Equal(all, []string{first}) {
			t.Errorf("%v %v", all, err)
		}
	})
}

func TestGroupsOfOneOrganisationAreNotAnothers(t *testing.T) {
	each(t, func(t *testing.T, o *organisation.Organisations) {
		first, root := found(t, o, "Pipal", "a.example")
		second, _ := found(t, o, "Bar", "b.example")
		if _, err := o.AddGroup(ctx, second, root, organisation.Name{EN: "X"}, 1); !errors.Is(err, store.ErrAbsent) {
			t.Errorf("a group below another organisation's: %v", err)
		}
		front, err := o.Front(ctx, access.AnonymousIn(first))
		if err != nil || front.Tree.Root().ID != root || len(front.Tree.Groups) != 1 {
			t.Errorf("%+v %v", front, err)
		}
		if _, err := o.Front(ctx, access.Actor{}); !errors.Is(err, access.Refused) {
			t.Errorf("nobody sees %v", err)
		}
	})
}

func TestBelowIsTheGroupAndAllItsDescendants(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := clock.At(time.Unix(0, 0))
		o := organisation.New(storetest.New(t, organisation.Specs(), c), c)
		org, root := found(t, o, "Pipal")
		ids := []string{root}
		parent := map[string]string{}
		for i := range rapid.IntRange(0, 12).Draw(rt, "groups") {
			p := rapid.SampledFrom(ids).Draw(rt, "parent")
			g, err := o.AddGroup(ctx, org, p, organisation.Name{EN: fmt.Sprint(i)}, i)
			if err != nil {
				rt.Fatal(err)
			}
			ids, parent[g] = append(ids, g), p
		}
		tree, err := o.Tree(ctx, org)
		if err != nil {
			rt.Fatal(err)
		}
		of := rapid.SampledFrom(ids).Draw(rt, "of")
		below := tree.Below(of)
		for _, g := range ids {
			want := false
			for at := g; at != ""; at = parent[at] {
				want = want || at == of
			}
			if slices.Contains(below, g) != want {
				rt.Fatalf("below %s: %v", of, below)
			}
		}
		if len(tree.Below("grp_elsewhere")) != 0 {
			rt.Fatal("something is below a group that isn't there")
		}
	})
}
