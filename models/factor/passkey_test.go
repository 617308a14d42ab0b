package factor_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/factor"
	"chautari/models/factor/softkey"
	"chautari/models/stage"
)

func TestAPasskeyIsAskedForWithNothingOfTheOrganisation(t *testing.T) {
	o := one(t)
	handle := o.admit(t, access.Administrator)
	a := o.words(t, handle)
	options, err := o.factors.BeginPasskey(ctx, a, host)
	must(t, err)
	if options.RP.ID != host || options.RP.Name != host || options.User.Name != handle || options.User.DisplayName != handle ||
		options.Selection.UserVerification != "required" || options.Attest != "none" || len(options.Exclude) != 0 {
		t.Errorf("%+v", options)
	}
	if strings.Contains(options.User.ID, a.Account) || len(options.User.ID) != 43 {
		t.Errorf("a device knows her as %q", options.User.ID)
	}
	now, _ := o.enrolPasskey(t, a)
	if !now.Has(access.Administrator) {
		t.Errorf("she is %v", now.Roles)
	}
	more, err := o.factors.BeginPasskey(ctx, now, host)
	if err != nil || len(more.Exclude) != 1 {
		t.Errorf("the one she has may be made again: %+v %v", more, err)
	}
	o.WantsNowhere("Stick")
}

// Web Authentication 7.1 and 7.2: each single thing that is wrong is refused.
func TestAPasskeyThatIsWrongInAnyWayOpensNothing(t *testing.T) {
	o := one(t)
	handle := o.admit(t, access.FocalPoint)
	_, stick := o.enrolPasskey(t, o.words(t, handle))
	good := *stick.key
	for name, change := range map[string]func(k *softkey.Key){
		"another origin":         func(k *softkey.Key) { k.Origin = "https://sathi.example.evil.example" },
		"without TLS":            func(k *softkey.Key) { k.Origin = "http://sathi.example" },
		"an address with a path": func(k *softkey.Key) { k.Origin = origin + "/in" },
		"somebody's name":        func(k *softkey.Key) { k.Origin = "https://a@sathi.example" },
		"no origin":              func(k *softkey.Key) { k.Origin = "" },
		"another host's key":     func(k *softkey.Key) { k.RP = "other.example" },
		"no finger, no PIN":      func(k *softkey.Key) { k.Unseen = true },
		"a copy":                 func(k *softkey.Key) { k.Still = true },
		"a counter set back":     func(k *softkey.Key) { k.Count = 0; k.Still = true },
		"another key":            func(k *softkey.Key) { *k = *softkey.New(host, origin); k.Count = 50 },
		"its name on another":    func(k *softkey.Key) { id := k.ID; *k = *softkey.New(host, origin); k.ID, k.Count = id, 50 },
	} {
		good.Count += 2
		o.in(t, handle, device{key: &good}) // the right one counts on
		bad := good
		change(&bad)
		a := o.words(t, handle)
		options, err := o.factors.BeginShowing(ctx, a, host)
		must(t, err)
		if _, _, err := o.factors.GivePasskey(ctx, a, host, shown(&bad, options.Challenge)); !wrong(err) {
			t.Errorf("%s: %v", name, err)
		}
		o.Clock.Advance(2 * time.Minute)
	}
	a := o.words(t, handle)
	for name, change := range map[string]func(s *factor.Shown){
		"no signature":       func(s *factor.Shown) { s.Signature = "" },
		"a broken signature": func(s *factor.Shown) { s.Signature = s.Signature[:len(s.Signature)-4] },
		"no base64":          func(s *factor.Shown) { s.ClientData = "{}" },
		"other data":         func(s *factor.Shown) { s.AuthenticatorData = s.ClientData },
		"a long id":          func(s *factor.Shown) { s.ID = strings.Repeat("A", 1400) },
	} {
		options, err := o.factors.BeginShowing(ctx, a, host)
		must(t, err)
		bad := shown(&good, options.Challenge)
		fine := bad
		change(&bad)
		if _, _, err := o.factors.GivePasskey(ctx, a, host, bad); !wrong(err) {
			t.Errorf("%s: %v", name, err)
		}
		o.Clock.Advance(time.Minute)
		// What was refused used nothing up: the right answer still counts.
		token, _, err := o.factors.GivePasskey(ctx, a, host, fine)
		must(t, err)
		a = o.who(t, token)
	}
}

func TestAChallengeIsAnsweredOnceInItsOwnSignInAndInTime(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.FocalPoint)
		_, stick := o.enrolPasskey(t, o.words(t, handle))
		a, b := o.words(t, handle), o.words(t, handle)
		options, err := o.factors.BeginShowing(ctx, a, host)
		must(t, err)
		answer := shown(stick.key, options.Challenge)
		if _, _, err := o.factors.GivePasskey(ctx, b, host, answer); code(err) != "factor.begin_again" {
			t.Errorf("in a sign-in that began nothing: %v", err)
		}
		if _, err := o.factors.BeginShowing(ctx, b, host); err != nil {
			t.Fatal(err)
		}
		if _, _, err := o.factors.GivePasskey(ctx, b, host, answer); !wrong(err) {
			t.Errorf("the answer of another sign-in: %v", err)
		}
		if _, _, err := o.factors.GivePasskey(ctx, a, "other.example", answer); !wrong(err) {
			t.Errorf("at another host: %v", err)
		}
		token, _, err := o.factors.GivePasskey(ctx, a, host, answer)
		must(t, err)
		if _, _, err := o.factors.GivePasskey(ctx, o.who(t, token), host, answer); code(err) != "factor.begin_again" {
			t.Errorf("a second time: %v", err)
		}
		if _, _, err := o.factors.GivePasskey(ctx, a, host, answer); !errors.Is(err, errRenewed) {
			t.Errorf("in the sign-in as it was: %v", err)
		}
		late := o.words(t, handle)
		options, err = o.factors.BeginShowing(ctx, late, host)
		must(t, err)
		o.Clock.Advance(5 * time.Minute)
		if _, _, err := o.factors.GivePasskey(ctx, late, host, shown(stick.key, options.Challenge)); code(err) != "factor.begin_again" {
			t.Errorf("after five minutes: %v", err)
		}
	})
}

func TestAPasskeyIsMadeForItsOwnCeremonyOnly(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		a := o.words(t, o.admit(t, access.Administrator))
		key := softkey.New(host, origin)
		if _, _, err := o.factors.AddPasskey(ctx, a, host, created(key, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "Stick"); code(err) != "factor.begin_again" {
			t.Errorf("nothing was begun: %v", err)
		}
		options, err := o.factors.BeginPasskey(ctx, a, host)
		must(t, err)
		for name, made := range map[string]factor.Created{
			"another challenge": created(key, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
			"another origin":    created(softkey.New(host, "https://evil.example"), options.Challenge),
			"another host":      created(softkey.New("evil.example", origin), options.Challenge),
			"nothing":           {},
		} {
			if _, _, err := o.factors.AddPasskey(ctx, a, host, made, "Stick"); !wrong(err) {
				t.Errorf("%s: %v", name, err)
			}
			o.Clock.Advance(time.Second)
		}
		unseen := softkey.New(host, origin)
		unseen.Unseen = true
		if _, _, err := o.factors.AddPasskey(ctx, a, host, created(unseen, options.Challenge), "Stick"); !wrong(err) {
			t.Errorf("one that asks for no finger: %v", err)
		}
		if _, _, err := o.factors.AddPasskey(ctx, a, host, created(key, options.Challenge), " \u200b "); code(err) != "request.invalid" {
			t.Errorf("without a name: %v", err)
		}
		o.Clock.Advance(time.Minute)
		token, _, err := o.factors.AddPasskey(ctx, a, host, created(key, options.Challenge), "Stick")
		must(t, err)
		now := o.who(t, token)
		options, err = o.factors.BeginPasskey(ctx, now, host)
		must(t, err)
		if _, _, err := o.factors.AddPasskey(ctx, now, host, created(key, options.Challenge), "The same"); !wrong(err) {
			t.Errorf("the same one twice: %v", err)
		}
	})
}

// Requirement 31: where more than words is asked for, it is asked for again.
func TestAProofTakesWordsAndAFactorOfWhoeverNeedsOne(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		handle := o.admit(t, access.Coordinator)
		a, phone := o.enrolApp(t, o.words(t, handle))
		codes, err := o.factors.Print(ctx, a, noKey)
		must(t, err)
		for range 6 {
			o.Clock.Advance(2 * time.Minute)
			_, err := o.Accounts.Who(ctx, a)
			must(t, err)
		}
		prove := func(words string, beside factor.Second) error {
			token, _, err := o.factors.Prove(ctx, a, host, words, beside)
			if err == nil {
				a = o.who(t, token)
			}
			return err
		}
		if err := prove(stage.Phrase, factor.Second{}); code(err) != "session.factor_needed" {
			t.Errorf("words alone: %v", err)
		}
		digits := o.digits(t, phone.app, 0)
		if err := prove("other words altogether", factor.Second{Code: digits}); code(err) != "session.proof_wrong" {
			t.Errorf("digits with other words: %v", err)
		}
		if err := prove(stage.Phrase, factor.Second{Code: "000000"}); !wrong(err) {
			t.Errorf("wrong digits: %v", err)
		}
		if err := prove(stage.Phrase, factor.Second{Code: "AAAA-AAAA-AAAA-AAAA"}); !wrong(err) {
			t.Errorf("a wrong code: %v", err)
		}
		must(t, prove(stage.Phrase, factor.Second{Code: digits}))
		if !a.Fresh || !a.Has(access.Coordinator) {
			t.Errorf("proved, she is %+v", a)
		}
		if err := prove(stage.Phrase, factor.Second{Code: digits}); !wrong(err) {
			t.Errorf("the same digits: %v", err)
		}
		must(t, prove(stage.Phrase, factor.Second{Code: codes[0]}))
		if err := prove(stage.Phrase, factor.Second{Code: codes[0]}); !wrong(err) {
			t.Errorf("the same code: %v", err)
		}
		half := o.words(t, handle)
		if _, _, err := o.factors.Prove(ctx, half, host, stage.Phrase, factor.Second{}); code(err) != "session.factor_needed" {
			t.Errorf("halfway in, words alone: %v", err)
		}
	})
}
