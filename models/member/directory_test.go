package member_test

import (
	"context"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/member"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
)

// elsewhere is another instance over the same stores.
func elsewhere(s *stage.Stage) *member.Members {
	keys := seal.NewKeys(s.KeyStore, s.Master)
	return member.New(s.Store, keys, s.Master, s.Orgs, s.Accounts, s.Clock)
}

func listed(t *testing.T, m *member.Members, a access.Actor, f member.Filter) map[string]bool {
	t.Helper()
	f.Limit = 100
	rows, _, err := m.List(context.Background(), a, f)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, r := range rows {
		ids[r.ID] = true
	}
	return ids
}

func TestWhoWasErasedElsewhereLeavesTheDirectoryWithHerNameAndNumber(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		ctx := context.Background()
		there := elsewhere(s)
		stays := s.Register("Sagarmatha", s.First, stage.WithPhone("9841000077"))
		goes := s.Carry(s.First, member.Details{PaperName: "Dhaulagiri Sherpa", Phone: "+9779841000077"})
		count := func(m *member.Members) int {
			t.Helper()
			n, err := m.Count(ctx, s.Coordinator, member.Active)
			if err != nil {
				t.Fatal(err)
			}
			return n[s.First]
		}
		if !listed(t, there, s.Coordinator, member.Filter{Query: "Dhaulagiri"})[goes] {
			t.Fatal("she is not found while she is here")
		}
		s.Clock.Advance(400 * 24 * time.Hour) // her paper membership is over
		before := count(there)
		if n, err := s.Members.ForgetOverdue(ctx, s.Org, 100); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		s.Clock.Advance(time.Second)
		coordinator := s.Admit(s.Root, "Machhapuchchhre")
		if after := count(there); after != before-1 {
			t.Errorf("%d are counted, as if she were here", after)
		}
		for _, query := range []string{"", "Dhaulagiri", "41000077"} {
			if listed(t, there, coordinator, member.Filter{Query: query})[goes] {
				t.Errorf("she is found by %q", query)
			}
		}
		rows, _, err := there.List(ctx, coordinator, member.Filter{Query: "Sagarmatha", Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.ID == stays.Person && len(r.Hints) > 0 {
				t.Errorf("what is left of her is hinted at: %v", r.Hints)
			}
		}
	})
}

// The directory follows what another instance does though that one's clock is
// minutes behind, a transaction took long, or the clock was set back.
func TestTheDirectoryHearsOfChangesThatAreDatedEarlier(t *testing.T) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		there := elsewhere(s)
		listed(t, there, s.Coordinator, member.Filter{})
		for _, late := range []time.Duration{0, 2 * time.Second, 4 * time.Minute, 72 * time.Hour} {
			s.Clock.Advance(-late)
			who := s.Register("Annapurna", s.First)
			if late > 24*time.Hour {
				late = 0 // the clock stays back
			}
			s.Clock.Advance(late + 61*time.Second)
			if !listed(t, there, s.Coordinator, member.Filter{Query: "Annapurna"})[who.Person] {
				t.Errorf("dated %s back she is not found", late)
			}
		}
	})
}

func TestDeparturesGoOnceEveryDirectoryHasHeardOfThem(t *testing.T) {
	s := stage.New(t)
	ctx := context.Background()
	s.Carry(s.First, member.Details{PaperName: "Dhaulagiri Sherpa"})
	s.Clock.Advance(400 * 24 * time.Hour)
	if _, err := s.Members.ForgetOverdue(ctx, s.Org, 100); err != nil {
		t.Fatal(err)
	}
	forget := func() (n int) {
		err := s.Store.Org(s.Org).Tx(ctx, func(tx *store.Tx) (err error) {
			n, err = member.ForgetDepartures(ctx, tx, s.Clock.Now(), 100)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if forget() != 0 {
		t.Error("it went at once")
	}
	s.Clock.Advance(31 * 24 * time.Hour)
	if forget() != 1 {
		t.Error("it stays")
	}
}
