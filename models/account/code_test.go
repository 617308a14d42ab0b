package account_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/paper"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

const newPhrase = "hatti sirani chulo pahad sagar"

// keeps makes a code in the space of an actor.
func (p *pair) keeps(a access.Actor) (code string) {
	p.t.Helper()
	ctx, code := context.Background(), paper.Draw()
	typed, err := p.Accounts.TypeCode(ctx, a.Org, a.Account, code)
	must(p.t, err)
	must(p.t, p.Store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		return account.KeepCode(ctx, tx, typed, calendar.Of(p.Clock.Now()))
	}))
	return code
}

// returns uses a code up.
func (p *pair) returns(code, phrase string) error {
	ctx := context.Background()
	back, err := p.Accounts.Bring(ctx, p.Org, p.handle, code)
	if err != nil {
		return err
	}
	fresh, err := p.Accounts.Freshen(ctx, p.Org, back, account.Chosen{Passphrase: phrase})
	if err != nil {
		return err
	}
	return p.Store.Org(p.Org).Tx(ctx, func(tx *store.Tx) error {
		return p.Accounts.LetBack(ctx, tx, back, fresh, p.Clock.Now().Add(time.Hour), func(context.Context, *store.Tx) error { return nil })
	})
}

func wantsCode(t *testing.T, err error, code string) {
	t.Helper()
	if f, ok := fault.As(err); !ok || f.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

// Requirements 34 and 35: a code that was made with the second words sets those
// alone, and nothing of hers changes but that she is signed in nowhere.
func TestACodeOfTheTwinSetsTheSecondWordsAndOnlyThose(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		code := p.keeps(p.as(secondPhrase))
		_, first, _ := p.slots(p.her.Account)
		must(t, p.returns(code, newPhrase))
		if _, now, _ := p.slots(p.her.Account); !slices.Equal(first, now) {
			t.Error("her own words changed")
		}
		if a := p.as(newPhrase); !organisation.IsDecoy(a.Org) {
			t.Error("the new words lead to her")
		}
		if a := p.as(stage.Phrase); a.Org != p.Org || a.IsHeld() {
			t.Error("her own words lead elsewhere, or what is hers is closed")
		}
		wantsCode(t, p.returns(code, newPhrase), "recovery.wrong")
		mine := p.keeps(p.as(stage.Phrase))
		must(t, p.returns(mine, "dhoka aangan kuwa simal batase"))
		if a := p.as("dhoka aangan kuwa simal batase"); a.Org != p.Org {
			t.Error("her own code set the second words")
		}
		p.as(newPhrase)
	})
}

// Requirement 24: what is asked of the store, and that one slow hash is made, tells
// neither whether a name is somebody's nor what was wrong with the code.
func TestARefusedReturnAsksTheSameWhoeverIsTried(t *testing.T) {
	c := clock.At(stage.Start)
	counted := storetest.Counting(storetest.SQLite(t, stage.Specs()...))
	p := newPair(t, stage.On(t, store.New(counted, c), c))
	ctx := context.Background()
	used := p.keeps(p.her)
	must(t, p.returns(used, newPhrase))
	lapsed, err := p.Accounts.DrawFor(ctx, p.Org, p.her.Account)
	must(t, err)
	must(t, p.Store.Org(p.Org).Tx(ctx, func(tx *store.Tx) error { return account.Hand(ctx, tx, lapsed, "ask_invented", c.Now()) }))
	var first []string
	for _, try := range [][2]string{
		{p.handle, "K7QM-2XPA-9RTC-WZ4H"}, {p.handle, used}, {p.handle, lapsed.Code.Reveal()}, {"river-lamp-seven", used}, {"", ""}, {"::", "::"},
	} {
		counted.Asked()
		_, err := p.Accounts.Bring(ctx, p.Org, try[0], try[1])
		wantsCode(t, err, "recovery.wrong")
		asked, _ := counted.Asked()
		if first == nil {
			first = asked
		}
		if len(asked) == 0 || !slices.Equal(asked, first) {
			t.Errorf("%q asks %v, the first %v", try[0], asked, first)
		}
	}
}

func TestBothPrintedCodesAskTheSameOfTheStore(t *testing.T) {
	c := clock.At(stage.Start)
	counted := storetest.Counting(storetest.SQLite(t, stage.Specs()...))
	p := newPair(t, stage.On(t, store.New(counted, c), c))
	asks := func(code string) []string {
		counted.Asked()
		must(t, p.returns(code, newPhrase))
		calls, _ := counted.Asked()
		return calls
	}
	mine, theirs := p.keeps(p.as(stage.Phrase)), p.keeps(p.as(secondPhrase))
	if one, two := asks(mine), asks(theirs); !slices.Equal(one, two) {
		t.Errorf("her own asks %v, the other %v", one, two)
	}
}

// Requirement 25: tries slow down, and never lock her out.
func TestTriesAtACodeSlowDownApartFromThoseAtWords(t *testing.T) {
	p := newPair(t, stage.New(t))
	ctx, code := context.Background(), p.keeps(p.her)
	for range 6 {
		if _, err := p.Accounts.Bring(ctx, p.Org, p.handle, "K7QM-2XPA-9RTC-WZ4H"); fault.Is(err, fault.TooMany) {
			t.Fatal(err)
		}
		p.Clock.Advance(time.Second)
	}
	_, err := p.Accounts.Bring(ctx, p.Org, p.handle, "K7QM-2XPA-9RTC-WZ4H")
	wantsCode(t, err, "session.slow_down")
	p.as(stage.Phrase)
	p.Clock.Advance(time.Minute)
	must(t, p.returns(code, newPhrase))
}

// A copy of the store doesn't tell for whom there is a code.
func TestEveryAccountHasThreeCodesFromItsBirthAndOlderOnesGetThem(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		ctx, seen := context.Background(), map[string]bool{}
		look := func() {
			t.Helper()
			codes, err := account.Codes(ctx, p.Store.Org(p.Org), p.her.Account)
			must(t, err)
			for _, c := range codes {
				if len(c) != 32 || seen[string(c)] {
					t.Errorf("%d bytes, or the same twice", len(c))
				}
				seen[string(c)] = true
			}
		}
		look()
		must(t, p.Store.Org(p.Org).Tx(ctx, func(tx *store.Tx) error { return account.Bare(ctx, tx, p.her.Account) }))
		_, err := p.Accounts.Bring(ctx, p.Org, p.handle, "")
		wantsCode(t, err, "recovery.wrong")
		_, err = p.Accounts.Upgrade(ctx, p.Org)
		must(t, err)
		look()
		must(t, p.Store.Org(p.Org).Tx(ctx, func(tx *store.Tx) error { return account.Bare(ctx, tx, p.her.Account) }))
		must(t, p.returns(p.keeps(p.as(stage.Phrase)), newPhrase))
		look()
	})
}

func TestAUsedCodeDoesNotComeBackWithOlderData(t *testing.T) {
	eachPair(t, func(t *testing.T, p *pair) {
		ctx := context.Background()
		mine, theirs := p.keeps(p.as(stage.Phrase)), p.keeps(p.as(secondPhrase))
		were, err := account.Codes(ctx, p.Store.Org(p.Org), p.her.Account)
		must(t, err)
		must(t, p.returns(mine, newPhrase))
		must(t, p.returns(theirs, "dhoka aangan kuwa simal batase"))
		for _, space := range []string{p.Org, organisation.Decoy(p.Org)} {
			_, err := p.Keys.KeepRetracted(ctx, p.Store.Org(space), store.MaxLimit)
			must(t, err)
		}
		must(t, p.Store.Org(p.Org).Tx(ctx, func(tx *store.Tx) error { return account.PutCodes(ctx, tx, p.her.Account, were) }))
		for i, want := range []int{1, 0} {
			if people, err := p.Accounts.ReplayCodes(ctx, p.Org); err != nil || people != want {
				t.Errorf("run %d: %d accounts (%v)", i, people, err)
			}
		}
		wantsCode(t, p.returns(mine, newPhrase), "recovery.wrong")
		wantsCode(t, p.returns(theirs, newPhrase), "recovery.wrong")
	})
}
