package recovery_test

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/conflict"
	"chautari/models/factor"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/recovery"
	"chautari/models/stage"
	"chautari/models/store"
)

var ctx = context.Background()

const (
	newPhrase   = "hatti sirani chulo pahad sagar"
	otherPhrase = "dhoka aangan kuwa simal batase"
)

// office is a stage with a member of the first group, and those who let in again.
type office struct {
	*stage.Stage
	t             *testing.T
	requests      *approval.Requests
	all           *recovery.Recoveries
	focal, deputy access.Actor
	board         access.Actor
	she           access.Actor
	handle        string
}

func open(t *testing.T, s *stage.Stage) *office {
	t.Helper()
	o := &office{Stage: s, t: t, requests: approval.New(s.Store, s.Keys, s.Orgs, s.Accounts, s.Members, s.Clock)}
	o.all = recovery.New(s.Store, s.Keys, s.Orgs, s.Accounts, s.Members, o.requests, s.Clock)
	o.focal, o.deputy = s.Person(access.FocalPoint, s.Root, "Sarita"), s.Person(access.Deputy, s.Root, "Urmi")
	o.board = s.Person(access.Board, s.Root, "Nirmala")
	o.she = s.Register("Junkiri", s.First)
	o.handle = s.Handle(o.she)
	return o
}

func each(t *testing.T, fn func(t *testing.T, o *office)) {
	stage.Each(t, stage.Specs(approval.Specs()...), func(t *testing.T, s *stage.Stage) { fn(t, open(t, s)) })
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) wants(err error, code string) {
	o.t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code && !(len(f.Fields) == 1 && f.Fields[0].Code == code) {
		o.t.Errorf("got %v, want %s", err, code)
	}
}

// asks asks for her to be let in again.
func (o *office) asks(a access.Actor) (string, error) {
	s, err := o.requests.AskRecovery(ctx, a, once.Key{}, approval.Recovering{Handle: o.handle})
	if err != nil {
		return "", err
	}
	return s.ID, nil
}

// given is a code that two people gave.
func (o *office) given(one, other access.Actor) string {
	o.t.Helper()
	id, err := o.asks(one)
	o.must(err)
	s, err := o.requests.Approve(ctx, other, once.Key{}, id)
	o.must(err)
	return s.Code.Reveal()
}

func (o *office) comes(code, phrase string) error {
	return o.all.ComeBack(ctx, o.Org, recovery.Coming{Handle: o.handle, Code: code, Passphrase: phrase})
}

// enters signs in with words, and has given a proof by it.
func (o *office) enters(phrase string) (access.Actor, error) {
	token, _, err := o.Accounts.SignIn(ctx, o.Org, "localhost", o.handle, phrase)
	if err != nil {
		return access.Actor{}, err
	}
	return o.Accounts.Authenticate(ctx, o.Org, "localhost", token)
}

func (o *office) in(phrase string) access.Actor {
	o.t.Helper()
	a, err := o.enters(phrase)
	o.must(err)
	return a
}

// Requirement 32: printed, once, ending every sign-in, and nothing is closed after it.
func TestHerOwnCodeLetsHerInOnceAndEndsEverySignIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		key := once.Key{Value: "0123456789abcdef"}
		code, err := o.all.MakeCode(ctx, o.she, key)
		o.must(err)
		again, err := o.all.MakeCode(ctx, o.she, key)
		o.must(err)
		if code != again {
			t.Error("sent again, it is another")
		}
		own, err := o.all.Read(ctx, o.she)
		if err != nil || own.CodeMade.IsZero() || !own.ByStaff {
			t.Errorf("%+v: %v", own, err)
		}
		o.wants(o.comes(code.Reveal(), "short"), "passphrase.too_short")
		typed := strings.ToLower(strings.ReplaceAll(code.Reveal(), "-", " "))
		o.must(o.comes(typed, newPhrase))
		if _, err := o.Accounts.Who(ctx, o.she); !errors.Is(err, account.ErrAbsent) {
			t.Errorf("her sign-in goes on: %v", err)
		}
		if _, err := o.enters(stage.Phrase); err == nil {
			t.Error("the old words open")
		}
		now := o.in(newPhrase)
		if now.IsHeld() {
			t.Error("after her own code something is closed")
		}
		o.wants(o.comes(code.Reveal(), otherPhrase), "recovery.wrong")
		_, err = o.all.MakeCode(ctx, now, key)
		o.wants(err, "recovery.code_replaced")
		if own, err := o.all.Read(ctx, now); err != nil || !own.CodeMade.IsZero() {
			t.Errorf("%+v: %v", own, err)
		}
		o.WantsNowhere(code.Reveal())
	})
}

func TestOnePersonAloneLetsNobodyIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id, err := o.asks(o.OfFirst)
		o.must(err)
		_, err = o.requests.Approve(ctx, o.OfFirst, once.Key{}, id)
		o.wants(err, "request.absent")
		_, err = o.asks(o.OfFirst)
		o.wants(err, "approval.waiting")
		_, err = o.asks(o.board) // of a member it is for those who know her
		o.wants(err, "account.unknown")
		_, err = o.asks(o.Admit(o.Second, "Tara")) // coordinates others
		o.wants(err, "account.unknown")
		_, err = o.requests.AskRecovery(ctx, o.focal, once.Key{}, approval.Recovering{Handle: o.Handle(o.focal)})
		o.wants(err, "approval.own")
		stale := o.Stale(o.deputy)
		_, err = o.requests.Approve(ctx, stale, once.Key{}, id)
		o.wants(err, "session.proof_needed")

		key := once.Key{Value: "0123456789abcdef"}
		s, err := o.requests.Approve(ctx, o.deputy, key, id)
		o.must(err)
		if s.Kind != approval.Recovery || s.Code.Empty() || !s.Ends.Equal(o.Clock.Now().Add(10*time.Minute)) {
			t.Fatalf("%+v", s)
		}
		_, err = o.requests.Approve(ctx, o.deputy, key, id)
		o.wants(err, "approval.code_shown")
		o.wants(o.comes("K7QM-2XPA-9RTC-WZ4H", newPhrase), "recovery.wrong")
		o.must(o.comes(s.Code.Reveal(), newPhrase))
		o.in(newPhrase)
		o.wants(o.comes(s.Code.Reveal(), otherPhrase), "recovery.wrong")
		o.WantsNowhere(s.Code.Reveal(), approval.Specs()...)

		roles := map[access.Role]bool{}
		for _, e := range o.Trail(o.she.Person, audit.Done) {
			if e.Action == access.LetBackIn {
				roles[e.Leading()] = true
			}
		}
		if len(roles) != 2 || !roles[access.Deputy] || !roles[access.Coordinator] {
			t.Errorf("the trail knows %v", roles)
		}
		alert, err := audit.Alerts.First(ctx, o.Store.Org(o.Org), store.Query{Index: "day"})
		if err != nil || alert.Kind != audit.LetBackIn || alert.Person != o.she.Person {
			t.Errorf("%+v: %v", alert, err)
		}
	})
}

// Requirement 32: what was there before stays closed until her own code or the time
// opens it, and her twin is closed alike.
func TestWhatWasBeforeIsClosedAfterOthersLetHerIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		mine, err := o.all.MakeCode(ctx, o.she, once.Key{})
		o.must(err)
		o.Clock.Advance(time.Minute)
		o.must(o.all.ComeBack(ctx, o.Org, recovery.Coming{
			Handle: o.handle, Code: o.given(o.OfFirst, o.focal), Passphrase: newPhrase, SecondPassphrase: otherPhrase,
		}))
		she, twin := o.in(newPhrase), o.in(otherPhrase)
		if !organisation.IsDecoy(twin.Org) || she.Org != o.Org {
			t.Fatalf("in %s and %s", she.Org, twin.Org)
		}
		for _, a := range []access.Actor{she, twin} {
			if a.Hold.Until.Sub(a.Hold.Since) != 7*24*time.Hour {
				t.Errorf("held %+v", a.Hold)
			}
			m, err := o.Members.Mine(ctx, a)
			if err != nil || !m.Alias.Empty() || !m.ClosedUntil.Equal(a.Hold.Until) || len(m.Held)+len(m.Consents) != 0 || m.Handle.Reveal() != o.handle {
				t.Errorf("%+v: %v", m, err)
			}
			_, err = o.all.Read(ctx, a)
			o.wants(err, "account.held")
			_, err = o.all.MakeCode(ctx, a, once.Key{})
			o.wants(err, "account.held")
			_, err = o.all.Choose(ctx, a, 1, false)
			o.wants(err, "account.held")
		}
		o.wants(o.all.Open(ctx, twin, once.Key{}, mine.Reveal()), "recovery.wrong")
		o.wants(o.all.Open(ctx, she, once.Key{}, "K7QM-2XPA-9RTC-WZ4H"), "recovery.wrong")
		key := once.Key{Value: "0123456789abcdef"}
		for range 2 {
			o.must(o.all.Open(ctx, she, key, mine.Reveal()))
		}
		if she = o.in(newPhrase); she.IsHeld() {
			t.Error("her own code opened nothing")
		}
		o.wants(o.all.Open(ctx, she, once.Key{}, mine.Reveal()), "recovery.wrong")
		if twin = o.in(otherPhrase); !twin.IsHeld() {
			t.Error("it opened what is the twin's")
		}
		o.Clock.Advance(7*24*time.Hour - time.Hour)
		if twin = o.in(otherPhrase); !twin.IsHeld() {
			t.Error("it opened before its time")
		}
		o.Clock.Advance(time.Hour)
		if twin = o.in(otherPhrase); twin.IsHeld() {
			t.Error("it stays closed")
		}
	})
}

func TestHerOwnCodeBroughtLaterOpensToo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		mine, err := o.all.MakeCode(ctx, o.she, once.Key{})
		o.must(err)
		o.must(o.comes(o.given(o.focal, o.deputy), newPhrase))
		o.must(o.comes(mine.Reveal(), otherPhrase))
		if o.in(otherPhrase).IsHeld() {
			t.Error("closed though she has brought her code")
		}
	})
}

// Requirement 34: what a choice names tells how she chose, and not how often her
// account was written, which is another number in the other space.
func TestTheVersionOfAChoiceIsTheSameInBothSpaces(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.must(o.all.ComeBack(ctx, o.Org, recovery.Coming{Handle: o.handle, Code: o.given(o.focal, o.deputy), Passphrase: newPhrase, SecondPassphrase: otherPhrase}))
		o.Clock.Advance(8 * 24 * time.Hour)
		for range 3 {
			_, err := o.all.MakeCode(ctx, o.in(newPhrase), once.Key{})
			o.must(err)
		}
		for range 2 {
			var versions []int64
			for _, phrase := range []string{newPhrase, otherPhrase} {
				a := o.in(phrase)
				own, err := o.all.Read(ctx, a)
				o.must(err)
				versions = append(versions, own.Version)
				_, err = o.all.Choose(ctx, a, own.Version, !own.ByStaff)
				o.must(err)
			}
			if versions[0] != versions[1] {
				t.Errorf("%v tell the two apart", versions)
			}
		}
	})
}

// Whom a coordinator sees no more when the code is used, she has let nobody in; two who
// protect have.
func TestACodeOfACoordinatorCountsForWhomSheSeesStill(t *testing.T) {
	for _, restricted := range []bool{true, false} {
		each(t, func(t *testing.T, o *office) {
			code := o.given(o.OfFirst, o.deputy)
			if restricted {
				_, err := o.Members.RestrictOwn(ctx, o.she, once.Key{}, true)
				o.must(err)
				o.wants(o.comes(code, newPhrase), "recovery.wrong")
				code = o.given(o.focal, o.deputy)
			}
			o.must(o.comes(code, newPhrase))
		})
	}
}

// Requirement 34: with a code that was made in a decoy tenant nothing is told of who
// she is outside it: neither her names, nor that she works there.
func TestACodeOfTheDecoyTenantTellsNothingOfHerOutsideIt(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		paper := "Bhagirathi Kumari"
		mine, err := o.Members.Mine(ctx, o.focal)
		o.must(err)
		_, err = o.Members.ChangeOwn(ctx, o.focal, mine.Version, member.OwnChange{PaperName: &paper})
		o.must(err)
		o.handle = o.Handle(o.focal)
		o.must(o.all.ComeBack(ctx, o.Org, recovery.Coming{Handle: o.handle, Code: o.given(o.deputy, o.board), Passphrase: newPhrase, SecondPassphrase: otherPhrase}))
		o.Clock.Advance(8 * 24 * time.Hour)
		twin := o.in(otherPhrase)
		if !organisation.IsDecoy(twin.Org) {
			t.Fatal("in no decoy tenant")
		}
		for _, words := range []string{"dhokaaangank", "Bhagirathi Kumari ha"} { // shorter than of who works here; her name on paper
			code, err := o.all.MakeCode(ctx, twin, once.Key{})
			o.must(err)
			if err := o.comes(code.Reveal(), words); err != nil {
				t.Errorf("%q: %v", words, err)
			}
			twin = o.in(words)
			e, err := audit.Entries.First(ctx, o.Store.Org(twin.Org), store.Query{Index: "subject", Equal: []any{twin.Person}, Down: true})
			if err != nil || !slices.Equal(e.Roles, twin.Roles) || slices.Contains(e.Roles, access.FocalPoint) {
				t.Errorf("the trail there knows %+v: %v", e, err)
			}
		}
	})
}

// A twin that is made only while she is closed out is closed like her.
func TestATwinThatComesLateIsClosedToo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.must(o.comes(o.given(o.focal, o.deputy), newPhrase))
		acc, err := account.Get(ctx, o.Store.Org(o.Org), o.she.Account)
		o.must(err)
		late, err := o.Accounts.PrepareTwin(ctx, o.Org, acc)
		o.must(err)
		now := o.Clock.Now()
		if late.Account.Held(now) != acc.Held(now) || acc.Held(now) == (access.Hold{}) {
			t.Errorf("%v beside %v", late.Account.Held(now), acc.Held(now))
		}
	})
}

func TestWhoRefusedBeforehandIsLetInByNobodyElse(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		refuses := func(byStaff bool) {
			t.Helper()
			own, err := o.all.Read(ctx, o.she)
			o.must(err)
			_, err = o.all.Choose(ctx, o.she, own.Version+1, byStaff)
			o.wants(err, "request.stale")
			own, err = o.all.Choose(ctx, o.she, own.Version, byStaff)
			if err != nil || own.ByStaff != byStaff {
				t.Fatalf("%+v: %v", own, err)
			}
		}
		_, err := o.all.Choose(ctx, o.Stale(o.she), 1, false)
		o.wants(err, "session.proof_needed")
		id, err := o.asks(o.OfFirst)
		o.must(err)
		code := o.given(o.focal, o.deputy)
		refuses(false)
		_, err = o.asks(o.Coordinator)
		o.wants(err, "recovery.refused_by_her")
		_, err = o.requests.Approve(ctx, o.deputy, once.Key{}, id)
		o.wants(err, "recovery.refused_by_her")
		o.wants(o.comes(code, newPhrase), "recovery.wrong")
		mine, err := o.all.MakeCode(ctx, o.she, once.Key{})
		o.must(err)
		o.must(o.comes(mine.Reveal(), newPhrase))
	})
}

// Nobody has written anything of hers, so nothing is closed.
func TestWhoNeverHadWordsIsNotHeld(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.she = o.Person(access.Member, o.First, "Asha")
		o.handle = o.Handle(o.she)
		o.must(o.comes(o.given(o.OfFirst, o.focal), newPhrase))
		if o.in(newPhrase).IsHeld() {
			t.Error("she is held")
		}
		o.must(o.comes(o.given(o.OfFirst, o.focal), otherPhrase))
		if !o.in(otherPhrase).IsHeld() {
			t.Error("the second time there was something")
		}
	})
}

func TestWhoWorksHereIsLetInByThoseWhoProtectAndTheBoard(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		works := o.Admit(o.First, "Tulasi")
		o.she, o.handle = works, o.Handle(works)
		factors := factor.New(o.Store, o.Keys, o.Orgs, o.Accounts, o.Clock)
		made, err := factors.BeginApp(ctx, works)
		o.must(err)
		digits, err := totp.GenerateCode(made.Base32, o.Clock.Now())
		o.must(err)
		_, _, err = factors.AddApp(ctx, works, "localhost", digits, "Office phone")
		o.must(err)
		_, err = o.asks(o.Coordinator)
		o.wants(err, "account.unknown")
		id, err := o.asks(o.board)
		o.must(err)
		_, err = o.requests.Approve(ctx, o.Coordinator, once.Key{}, id)
		o.wants(err, "request.absent")
		s, err := o.requests.Approve(ctx, o.focal, once.Key{}, id)
		o.must(err)
		o.wants(o.comes(s.Code.Reveal(), "nadi makai tok"), "passphrase.too_short")
		o.must(o.comes(s.Code.Reveal(), newPhrase))
		a := o.in(newPhrase)
		if items, _, err := factors.List(ctx, a); err != nil || len(items) != 0 {
			t.Errorf("what may be in other hands lets in: %v (%v)", items, err)
		}
		if _, _, err := o.requests.List(ctx, a, true, 10, ""); !access.IsHeld(err) {
			t.Errorf("she reads what was there before: %v", err)
		}
		if _, err := o.requests.AskRecovery(ctx, a, once.Key{}, approval.Recovering{Handle: o.Handle(o.Person(access.Member, o.First, "Asha"))}); !access.IsHeld(err) {
			t.Errorf("she lets others in: %v", err)
		}
	})
}

func TestWhoStandsTooCloseOrIsGoneLetsNobodyIn(t *testing.T) {
	for name, after := range map[string]func(o *office){
		"the asker lost her role": func(o *office) { o.TakeRole(o.deputy, access.Deputy) },
		"the decider lost hers":   func(o *office) { o.TakeRole(o.focal, access.FocalPoint) },
		"the decider declared":    func(o *office) { o.Declare(o.focal, conflict.Relative, o.she) },
		"the asker declared":      func(o *office) { o.Declare(o.deputy, conflict.Household, o.she) },
		"her account was closed":  func(o *office) { o.shut(o.handle) },
		"the asker's was closed":  func(o *office) { o.shut(o.Handle(o.deputy)) },
		"it took eleven minutes":  func(o *office) { o.Clock.Advance(11 * time.Minute) },
		"it is being erased":      func(o *office) { o.leaves() },
		"another code was given":  func(o *office) { o.given(o.OfFirst, o.deputy) },
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t, stage.New(t, approval.Specs()...))
			code := o.given(o.deputy, o.focal)
			after(o)
			o.wants(o.comes(code, newPhrase), "recovery.wrong")
			if _, err := o.enters(newPhrase); err == nil {
				t.Error("she is in")
			}
		})
	}
	o := open(t, stage.New(t, approval.Specs()...))
	o.Declare(o.deputy, conflict.Relative, o.she)
	_, err := o.asks(o.deputy)
	o.wants(err, "account.unknown")
	id, err := o.asks(o.focal)
	o.must(err)
	_, err = o.requests.Approve(ctx, o.deputy, once.Key{}, id)
	o.wants(err, "request.absent")
	o.Clock.Advance(time.Hour)
	_, err = o.requests.Approve(ctx, o.Coordinator, once.Key{}, id)
	o.wants(err, "approval.over")
	if _, err := o.asks(o.focal); err != nil {
		t.Errorf("what has lapsed stands in the way: %v", err)
	}
}

func (o *office) shut(handle string) {
	o.t.Helper()
	who := o.Person(access.FocalPoint, o.Root, "Bimala")
	o.must(o.Accounts.Close(ctx, who, once.Key{}, account.Closing{Handle: handle, Reason: "She left."}))
}

func (o *office) leaves() {
	o.t.Helper()
	o.must(o.Store.Org(o.Org).Tx(ctx, func(tx *store.Tx) error { return o.Accounts.Leave(ctx, tx, o.she) }))
}

// Whatever happens at the same time, a code works once, and not after what takes its
// force away.
func TestACodeThatRacesWorksOnceOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		code := o.given(o.focal, o.deputy)
		var all sync.WaitGroup
		errs := make([]error, 3)
		phrases := []string{newPhrase, otherPhrase, "lamp river nine barley door"}
		for i, phrase := range phrases {
			all.Go(func() { errs[i] = o.comes(code, phrase) })
		}
		all.Wait()
		worked := 0
		for i, err := range errs {
			_, in := o.enters(phrases[i])
			if (err == nil) != (in == nil) {
				t.Errorf("%v, and signing in %v", err, in)
			}
			if err == nil {
				worked++
			}
		}
		if worked != 1 {
			t.Errorf("it worked %d times: %v", worked, errs)
		}
	})
	each(t, func(t *testing.T, o *office) {
		code := o.given(o.focal, o.deputy)
		var all sync.WaitGroup
		var came error
		all.Go(func() { came = o.comes(code, newPhrase) })
		all.Go(func() { o.shut(o.handle) })
		all.Wait()
		if _, err := o.enters(newPhrase); err == nil {
			t.Errorf("she is in behind a closed door (%v)", came)
		}
	})
	each(t, func(t *testing.T, o *office) {
		code := o.given(o.focal, o.deputy)
		own, err := o.all.Read(ctx, o.she)
		o.must(err)
		var all sync.WaitGroup
		var came, refused error
		all.Go(func() { came = o.comes(code, newPhrase) })
		all.Go(func() { _, refused = o.all.Choose(ctx, o.she, own.Version, false) })
		all.Wait()
		acc, err := account.Get(ctx, o.Store.Org(o.Org), o.she.Account)
		o.must(err)
		if came == nil && refused == nil && !acc.ByHerOwn || came == nil && acc.HeldSince == nil {
			t.Errorf("came %v, refused %v, and %+v", came, refused, acc)
		}
	})
}

// In whatever order all of it happens, nothing lets in but a code that counts, and
// each one once.
func TestInWhateverOrderOnlyACodeThatCountsLetsIn(t *testing.T) {
	for seed := range uint64(6) {
		o := open(t, stage.New(t, approval.Specs()...))
		r := rand.New(rand.NewPCG(seed, 7))
		var waiting, codes []string // every code there ever was
		asked, until := map[string]time.Time{}, map[string]time.Time{}
		printed, staff, refused, phrase := "", "", false, stage.Phrase
		var was []string
		for step := range 16 {
			act := r.IntN(7)
			was = append(was, string(rune('0'+act)))
			o.Clock.Advance(time.Minute + time.Duration(r.IntN(4))*time.Minute)
			she, err := o.enters(phrase)
			if err != nil {
				t.Fatalf("seed %d after %v: %v", seed, was, err)
			}
			switch {
			case act == 0:
				id, err := o.asks([]access.Actor{o.focal, o.OfFirst}[r.IntN(2)])
				if refused {
					o.wants(err, "recovery.refused_by_her")
				} else if err == nil {
					waiting, asked[id] = append(waiting, id), o.Clock.Now()
				}
			case act <= 2 && len(waiting) > 0:
				i := r.IntN(len(waiting))
				id := waiting[i]
				over := o.Clock.Now().Sub(asked[id]) >= time.Hour
				if act == 2 {
					_, err := o.requests.Refuse(ctx, o.deputy, once.Key{}, id)
					if (err == nil) == over {
						t.Fatalf("seed %d %v: refusing %v", seed, was, err)
					}
					waiting = slices.Delete(waiting, i, i+1)
					break
				}
				s, err := o.requests.Approve(ctx, o.deputy, once.Key{}, id)
				if (err == nil) != (!over && !refused) {
					t.Fatalf("seed %d %v: approving %v, over %v, refused %v", seed, was, err, over, refused)
				}
				if err == nil {
					staff = s.Code.Reveal()
					codes, until[staff] = append(codes, staff), *s.Ends
					waiting = slices.Delete(waiting, i, i+1)
				}
			case act == 3:
				code, err := o.all.MakeCode(ctx, she, once.Key{})
				if she.IsHeld() != access.IsHeld(err) {
					t.Fatalf("seed %d %v: %v", seed, was, err)
				}
				if err == nil {
					printed = code.Reveal()
					codes = append(codes, printed)
				}
			case act == 4:
				own, err := o.all.Read(ctx, she)
				if err == nil {
					_, err = o.all.Choose(ctx, she, own.Version, refused)
				}
				if err == nil {
					refused = !refused
				} else if !she.IsHeld() {
					t.Fatal(err)
				}
			case len(codes) > 0:
				code := codes[r.IntN(len(codes))]
				counts := code == printed || code == staff && !refused && o.Clock.Now().Before(until[code])
				next := []string{newPhrase, otherPhrase}[step%2]
				if next == phrase {
					next = "lamp river nine barley door"
				}
				err := o.comes(code, next)
				if (err == nil) != counts {
					t.Fatalf("seed %d %v: %v, and it counts %v", seed, was, err, counts)
				}
				if err != nil {
					break
				}
				if phrase = next; code == printed {
					printed = ""
				}
				staff = ""
				if _, err := o.Accounts.Who(ctx, she); !errors.Is(err, account.ErrAbsent) {
					t.Fatal("a sign-in from before goes on")
				}
			}
		}
	}
}

func TestSheTakesAwayWhatSheMadeReady(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		code, err := o.all.MakeCode(ctx, o.she, once.Key{})
		o.must(err)
		key, err := o.Keys.Of(ctx, o.Org, o.she.Person)
		o.must(err)
		hers, err := o.Accounts.Hers(ctx, o.Store.Org(o.Org), key, o.she)
		o.must(err)
		text, err := json.Marshal(hers)
		if err != nil || !strings.Contains(string(text), `"recoveryCodeMade":"2026-11-26"`) || !strings.Contains(string(text), `"othersMayLetHerIn":true`) || strings.Contains(string(text), code.Reveal()) {
			t.Errorf("%s (%v)", text, err)
		}
	})
}
