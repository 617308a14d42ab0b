package consent_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/stage"
	"chautari/models/store"
)

// desk is an organisation with those who look after what it asks.
type desk struct {
	*stage.Stage
	texts               *consent.Texts
	focal, admin, board access.Actor
}

func eachDesk(t *testing.T, fn func(t *testing.T, d *desk)) {
	stage.Each(t, stage.Specs(), func(t *testing.T, s *stage.Stage) {
		fn(t, &desk{
			Stage: s, texts: consent.New(s.Store, s.Clock, s.Orgs.Log()),
			focal: s.Person(access.FocalPoint, s.Root, "Sarita"), admin: s.Person(access.Administrator, s.Root, "Kamala"),
			board: s.Person(access.Board, s.Root, "Bimala"),
		})
	})
}

// wording says the same in three languages, with a word by which it is known again.
func wording(word string) consent.Wording {
	return consent.Wording{
		NE: "समूहकी संयोजकले मेरो फोन नम्बर देख्न सक्नुहुन्छ, एक वर्षसम्म। " + word,
		EN: "My group's coordinator may see my phone number, for a year. I may say no. " + word,
		NB: "Koordinatoren i gruppa mi kan se telefonnummeret mitt i ett år. Jeg kan si nei. " + word,
	}
}

func (d *desk) drafts(t *testing.T, a access.Actor, p consent.Purpose, word string) *consent.Version {
	t.Helper()
	v, err := d.texts.Draft(ctx, a, once.Key{}, consent.Drafting{Purpose: p, Texts: wording(word)})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (d *desk) releases(a access.Actor, v *consent.Version) error {
	_, err := d.texts.Release(ctx, a, once.Key{}, v.ID, v.Revision())
	return err
}

// asked is the text that anybody reads.
func (d *desk) asked(t *testing.T, org string, p consent.Purpose, language string) consent.Text {
	t.Helper()
	texts, err := d.texts.AskedNow(ctx, org, language)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range texts {
		if x.Purpose == p {
			return x
		}
	}
	t.Fatalf("%s isn't asked", p)
	return consent.Text{}
}

func phone(version string) []consent.Given {
	return []consent.Given{{Purpose: consent.CoordinatorPhone, Version: version, Language: "ne"}}
}

func wantsRefused(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, access.Refused) {
		t.Errorf("%s: %v", what, err)
	}
}

func wantsOld(t *testing.T, what string, err error) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || len(f.Fields) != 1 || f.Fields[0].Code != "consent.text_old" {
		t.Errorf("%s: %v", what, err)
	}
}

func wantsCode(t *testing.T, what, code string, err error) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code {
		t.Errorf("%s: %v", what, err)
	}
}

func TestATextIsAskedOnlyOnceAnotherPersonReleasedIt(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		v := d.drafts(t, d.admin, consent.CoordinatorPhone, "pipal")
		if got := d.asked(t, d.Org, consent.CoordinatorPhone, "ne"); got.Version != "1" || strings.Contains(got.Text, "pipal") {
			t.Errorf("a draft is asked: %+v", got)
		}
		if _, err := d.texts.Draft(ctx, d.focal, once.Key{}, consent.Drafting{Purpose: consent.CoordinatorPhone, Texts: wording("bar")}); err == nil {
			t.Error("two drafts of one purpose")
		}
		wantsRefused(t, "the administrator", d.releases(d.admin, v))
		if err := d.releases(d.Stage.Stale(d.board), v); !errors.Is(err, access.Unproved) {
			t.Errorf("without a fresh proof: %v", err)
		}
		if err := d.releases(d.board, v); err != nil {
			t.Fatal(err)
		}
		got := d.asked(t, d.Org, consent.CoordinatorPhone, "en")
		if got.Version != "1.1" || got.Text != v.Words.EN || got.Months != 12 || got.Recipient != consent.Coordinator {
			t.Errorf("%+v", got)
		}
		if got := d.asked(t, organisation.Decoy(d.Org), consent.CoordinatorPhone, "en"); got.Text != v.Words.EN {
			t.Errorf("the decoy tenant asks %+v", got)
		}
		wantsCode(t, "released twice", "text.not_draft", d.releases(d.board, v))
		_, err := d.texts.Change(ctx, d.focal, v.ID, 2, wording("bar"))
		wantsCode(t, "changed once it is released", "text.not_draft", err)
		for _, result := range []audit.Result{audit.Done, audit.Refused} {
			if n := len(d.Trail(v.ID, result)); n == 0 {
				t.Errorf("nothing %s stands in the trail", result)
			}
		}
	})
}

func TestNobodyReleasesWhatSheHadAHandIn(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		other := d.Person(access.FocalPoint, d.Root, "Urmi")
		v := d.drafts(t, d.focal, consent.PeerName, "pipal")
		wantsRefused(t, "who began it", d.releases(d.focal, v))
		v, err := d.texts.Change(ctx, other, v.ID, v.Revision(), wording("bar"))
		if err != nil {
			t.Fatal(err)
		}
		wantsRefused(t, "who changed it", d.releases(other, v))
		wantsRefused(t, "who began it and let another change it", d.releases(d.focal, v))
		v, err = d.texts.Record(ctx, other, once.Key{}, v.ID, "ne", recording)
		if err != nil {
			t.Fatal(err)
		}
		wantsRefused(t, "who recorded it", d.releases(other, v))
		// Nor does whose words or recording stand in it still, though another changed it after her.
		w := v.Words
		w.EN += " Thank you."
		if v, err = d.texts.Change(ctx, d.admin, v.ID, v.Revision(), w); err != nil {
			t.Fatal(err)
		}
		if _, still := v.Recorded("ne"); !still {
			t.Fatal("her recording is gone")
		}
		wantsRefused(t, "whose recording stands in it still", d.releases(other, v))
		sides, err := d.texts.List(ctx, other)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sides {
			if s.MayRelease {
				t.Errorf("%s: she is told that she may", s.Purpose)
			}
		}
		if err := d.releases(d.board, v); err != nil {
			t.Error(err)
		}
	})
}

// What she read is what she releases: a draft that was changed meanwhile isn't.
func TestARaceOfChangeAndReleaseLeavesNoTextThatItsReleaserDidNotRead(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		for round := range 6 {
			v := d.drafts(t, d.focal, consent.PeerName, "pipal")
			var all sync.WaitGroup
			released, changed := make([]error, 4), make([]error, 4)
			for i := range 4 {
				all.Go(func() { released[i] = d.releases(d.board, v) })
				all.Go(func() {
					_, changed[i] = d.texts.Change(ctx, d.admin, v.ID, v.Revision(), wording(fmt.Sprint("bar ", string(rune('a'+i)))))
				})
			}
			all.Wait()
			won, done := 0, false
			for i := range 4 {
				if released[i] == nil {
					won, done = won+1, true
				}
				if changed[i] == nil {
					won++
				}
			}
			if won != 1 {
				t.Fatalf("round %d: %d of them got through", round, won)
			}
			now := d.asked(t, d.Org, consent.PeerName, "en")
			if done != (now.Text == v.Words.EN && now.Version == v.Name()) {
				t.Errorf("released %v, and %+v is asked", done, now)
			}
			if !done {
				if _, err := d.texts.Drop(ctx, d.board, once.Key{}, v.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func TestAnOldYesKeepsItsWordsAndANewOneIsToTheTextInForce(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		she := d.Person(access.Member, d.First, "Kopila")
		says := func(version string) error {
			_, err := d.Members.GiveConsent(ctx, she, once.Key{}, []consent.Given{{Purpose: consent.PeerName, Version: version, Language: "ne"}})
			return err
		}
		if err := says("1"); err != nil {
			t.Fatal(err)
		}
		v := d.drafts(t, d.admin, consent.PeerName, "pipal")
		if err := d.releases(d.board, v); err != nil {
			t.Fatal(err)
		}
		old := consent.Words(consent.PeerName, "1", "ne")
		ledger := func() []consent.Shown {
			l, err := d.Members.Ledger(ctx, she, "ne")
			if err != nil {
				t.Fatal(err)
			}
			return slices.DeleteFunc(l.Given, func(c consent.Shown) bool { return c.Purpose != consent.PeerName })
		}
		now := ledger()
		if len(now) != 1 || !now[0].Stands || now[0].Text != old || now[0].Version != "1" {
			t.Fatalf("%+v", now)
		}
		if _, err := d.Members.WithdrawConsent(ctx, she, once.Key{}, now[0].ID); err != nil {
			t.Fatal(err)
		}
		wantsOld(t, "the old text once more", says("1"))
		if err := says("1.1"); err != nil {
			t.Fatal(err)
		}
		second := d.drafts(t, d.admin, consent.PeerName, "bar")
		if err := d.releases(d.board, second); err != nil {
			t.Fatal(err)
		}
		now = ledger()
		if len(now) != 2 || now[0].Text != v.Words.NE || !now[0].Stands || now[1].Text != old {
			t.Errorf("%+v", now)
		}
		got, err := consent.Kept{Store: d.Store}.Hers(ctx, d.Store.Org(d.Org), nil, she)
		if err != nil {
			t.Fatal(err)
		}
		var read []string
		for _, c := range got.(*consent.Hers).Consents {
			if c.Purpose == consent.PeerName {
				read = append(read, c.Text)
			}
		}
		if !slices.Equal(read, []string{old, v.Words.NE}) {
			t.Errorf("she takes away %q", read)
		}
		mine, err := d.Members.Mine(ctx, she)
		if err != nil || !slices.ContainsFunc(mine.Consents, func(c consent.Shown) bool { return c.Text == v.Words.NE }) {
			t.Errorf("her page shows %+v %v", mine.Consents, err)
		}
	})
}

func TestAYesToAnOldTextIsRefusedHoweverTheyMeet(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		space := d.Store.Org(d.Org)
		v := d.drafts(t, d.admin, consent.CoordinatorPhone, "pipal")
		people := make([]string, 24)
		for i := range people {
			people[i] = fmt.Sprintf("mem_%d", i)
			if _, err := begin(space, people[i], consent.BySelf, given(consent.Membership)); err != nil {
				t.Fatal(err)
			}
		}
		var mu sync.Mutex
		over := false
		var all sync.WaitGroup
		for i, person := range people {
			all.Go(func() {
				if i == len(people)/2 {
					if err := d.releases(d.board, v); err != nil {
						t.Error(err)
					}
					mu.Lock()
					over = true
					mu.Unlock()
					return
				}
				mu.Lock()
				after := over
				mu.Unlock()
				err := space.Tx(ctx, func(tx *store.Tx) error {
					_, err := consent.Add(ctx, tx, person, consent.BySelf, phone("1"), start)
					return err
				})
				if after {
					wantsOld(t, "after the release", err)
				}
			})
		}
		all.Wait()
		_, err := begin(space, "mem_new", consent.BySelf, given(consent.Membership), phone("1")[0])
		wantsOld(t, "registering", err)
		_, err = begin(space, "mem_new", consent.BySelf, given(consent.Membership), phone("1.2")[0])
		wantsOld(t, "a version that nobody released", err)
		if _, err := begin(space, "mem_new", consent.BySelf, given(consent.Membership), phone("1.1")[0]); err != nil {
			t.Error(err)
		}
		// The same where it lies in the decoy tenant.
		_, err = begin(d.Store.Org(organisation.Decoy(d.Org)), "mem_new", consent.BySelf, given(consent.Membership), phone("1")[0])
		wantsOld(t, "in the decoy tenant", err)
	})
}

func TestWhatOneOrganisationAsksIsNoOthers(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		org, _, err := d.Orgs.Found(ctx, organisation.Founding{Name: organisation.Name{EN: "Bar"}, Hosts: []string{"bar.example"}, Group: organisation.Name{EN: "All"}})
		if err != nil {
			t.Fatal(err)
		}
		v := d.drafts(t, d.admin, consent.CoordinatorPhone, "pipal")
		stranger := d.board
		stranger.Org = org
		wantsRefused(t, "releasing from elsewhere", d.releases(stranger, v))
		_, err = d.texts.HearDraft(ctx, stranger, v.ID, "ne")
		wantsRefused(t, "hearing from elsewhere", err)
		if err := d.releases(d.board, v); err != nil {
			t.Fatal(err)
		}
		if got := d.asked(t, org, consent.CoordinatorPhone, "ne"); got.Version != "1" {
			t.Errorf("there %+v is asked", got)
		}
		_, err = begin(d.Store.Org(org), "mem_1", consent.BySelf, given(consent.Membership), phone("1.1")[0])
		wantsOld(t, "a yes to a text of another organisation's", err)
	})
}

func TestOnlyPlainWordsOfTheRightLengthAreTakenInEachLanguage(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		long := strings.Repeat("word ", 200)
		for what, c := range map[string]struct {
			change func(*consent.Wording)
			field  string
			code   string
		}{
			"one is missing":   {func(w *consent.Wording) { w.NB = " - " }, "texts.nb", "field.required"},
			"one is short":     {func(w *consent.Wording) { w.EN = "You may." }, "texts.en", "field.too_short"},
			"one is long":      {func(w *consent.Wording) { w.EN = long }, "texts.en", "field.too_long"},
			"an address":       {func(w *consent.Wording) { w.EN += " https://pipal.example/more" }, "texts.en", "text.not_plain"},
			"a bare address":   {func(w *consent.Wording) { w.NE += " pipal.example" }, "texts.ne", "text.not_plain"},
			"another dot":      {func(w *consent.Wording) { w.NB += " pipal\uff0eexample" }, "texts.nb", "text.not_plain"},
			"a hidden joiner":  {func(w *consent.Wording) { w.EN += " pipal.\u200dexam\u202eple" }, "texts.en", "text.not_plain"},
			"markup":           {func(w *consent.Wording) { w.EN += " <b>now</b>" }, "texts.en", "text.not_plain"},
			"other markup":     {func(w *consent.Wording) { w.NB += " **nå**" }, "texts.nb", "text.not_plain"},
			"the wrong script": {func(w *consent.Wording) { w.NE = w.EN + " more" }, "texts.ne", "text.other_script"},
			"twice the same":   {func(w *consent.Wording) { w.NB = w.EN }, "texts.nb", "text.same_twice"},
		} {
			w := wording("pipal")
			c.change(&w)
			_, err := d.texts.Draft(ctx, d.admin, once.Key{}, consent.Drafting{Purpose: consent.PeerName, Texts: w})
			f, ok := fault.As(err)
			if !ok || len(f.Fields) != 1 || f.Fields[0].Field != c.field || f.Fields[0].Code != c.code {
				t.Errorf("%s: %v", what, err)
			}
		}
		for _, p := range []consent.Purpose{consent.Police, "everything"} {
			if _, err := d.texts.Draft(ctx, d.admin, once.Key{}, consent.Drafting{Purpose: p, Texts: wording("pipal")}); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", p, err)
			}
		}
		for _, a := range []access.Actor{d.board, d.Coordinator, access.AnonymousIn(d.Org)} {
			_, err := d.texts.Draft(ctx, a, once.Key{}, consent.Drafting{Purpose: consent.PeerName, Texts: wording("pipal")})
			wantsRefused(t, fmt.Sprint(a.Roles), err)
		}
	})
}
