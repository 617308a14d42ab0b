package notice

import (
	"context"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/notice/gateway"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/stage"
)

func TestNothingComesBeforeTheDigitsAreTypedAndNothingAfterOneStep(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		h.tellOff(t, she, "ses_1.1")
		if h.deliver(t); len(h.sms.left) != 0 {
			t.Fatal("it came before she asked for any")
		}
		own := must[*Own](t)(h.BeginSMS(ctx, she, once.Key{}, opting(5, daytime)))
		if own.SMS.On || own.SMS.Checked || own.SMS.Ends != "05" || !own.SMS.CodeLeft {
			t.Errorf("she has %+v", own.SMS)
		}
		h.tellOff(t, she, "ses_2.1")
		if h.deliver(t); len(h.sms.left) != 1 || h.sms.codeOf("+9779841000005") == "" {
			t.Fatalf("%v left", h.sms.left)
		}
		own = must[*Own](t)(h.Check(ctx, she, once.Key{}, SMS, h.sms.codeOf("+9779841000005")))
		if !own.SMS.On || own.SMS.AskAgain.String() != "2027-05-26" || len(own.InApp) != 2 {
			t.Errorf("she has %+v", own)
		}
		h.tellOff(t, she, "ses_3.1")
		h.tellOff(t, she, "ses_3.1")
		if h.deliver(t); len(h.sms.left) != 2 || h.sms.left[1].text != "यसपालि नहुने भयो।" {
			t.Fatalf("%v left", h.sms.left)
		}
		h.tellOff(t, she, "ses_4.1")
		own = must[*Own](t)(h.Stop(ctx, h.Stale(she), once.Key{}, SMS))
		if own.SMS.On || own.SMS.Held {
			t.Errorf("stopped, she has %+v", own.SMS)
		}
		h.tellOff(t, she, "ses_5.1")
		if h.deliver(t); len(h.sms.left) != 2 {
			t.Fatalf("after she stopped it, %v left", h.sms.left)
		}
		sheet := must[*consent.Sheet](t)(consent.Of(ctx, h.Store.Org(h.Org), she.Person))
		if sheet.Given(consent.MessagesSMS, h.Clock.Now()) {
			t.Error("her yes is there still")
		}
		if must[*Own](t)(h.Stop(ctx, she, once.Key{}, SMS)).SMS.Held {
			t.Error("stopped twice it is not stopped")
		}
	})
}

// Taken back on her own page, or with her membership, it is as if she had stopped:
// the number is gone with the yes, not at the next purge.
func TestTheNumberGoesWithTheYesWhereverSheTakesItBack(t *testing.T) {
	for _, p := range []consent.Purpose{consent.MessagesSMS, consent.Membership} {
		t.Run(string(p), func(t *testing.T) {
			each(t, func(t *testing.T, h *hall) {
				she, other := h.Person(access.Member, h.First, "Junkiri"), h.Person(access.Member, h.First, "Kopila")
				h.on(t, she, 5, daytime)
				h.on(t, other, 6, daytime)
				h.sms.left = nil
				h.tellOff(t, she, "ses_1.1")
				h.tellOff(t, other, "ses_2.1")
				h.takeBack(t, h.Stale(she), p)
				choice := must[*Choice](t)(choiceOf(ctx, h.Store.Org(h.Org), she.Person))
				if l := choice.SMS; l.held() || l.Hash != "" || l.Hours != nil || l.Checked {
					t.Errorf("there is %+v", l)
				}
				if got := h.states(t, SMS); got[Waiting] != 1 || got[Dropped] != 1 {
					t.Errorf("there are %v", got)
				}
				sheet := must[*consent.Sheet](t)(consent.Of(ctx, h.Store.Org(h.Org), she.Person))
				if sheet.Given(consent.MessagesSMS, h.Clock.Now()) {
					t.Error("her yes is there still")
				}
				if h.deliver(t); len(h.sms.left) != 1 || h.sms.left[0].to != "+9779841000006" {
					t.Errorf("%v left", h.sms.left)
				}
			})
		})
	}
}

// Who turned messages on and has the digits on their way takes her yes back.
func TestTheDigitsOnTheirWayGoWithTheYes(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		must[*Own](t)(h.BeginSMS(ctx, she, once.Key{}, opting(5, daytime)))
		h.withdraw(t, she)
		if h.deliver(t); len(h.sms.left) != 0 {
			t.Errorf("%v left", h.sms.left)
		}
		if own := must[*Own](t)(h.Read(ctx, she)); own.SMS.Held || own.SMS.CodeLeft {
			t.Errorf("she has %+v", own.SMS)
		}
	})
}

func TestAnotherYesTakenBackLeavesHerMessages(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		h.on(t, she, 5, daytime)
		if _, err := h.Members.GiveConsent(ctx, she, once.Key{}, stage.Yes(consent.PeerName)); err != nil {
			t.Fatal(err)
		}
		h.takeBack(t, she, consent.PeerName)
		if own := must[*Own](t)(h.Read(ctx, she)); !own.SMS.On {
			t.Errorf("she has %+v", own.SMS)
		}
	})
}

func TestWhatCannotBeANumberOrHoursIsRefusedInWords(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		for want, change := range map[string]func(*Opting){
			"phone: phone.invalid":          func(o *Opting) { o.Phone = "https://evil.example" },
			"phone: notice.not_mobile":      func(o *Opting) { o.Phone = "01-4412345" },
			"hours: notice.hours_missing":   func(o *Opting) { o.Hours.From = "soon" },
			"hours: notice.hours_short":     func(o *Opting) { o.Hours.From, o.Hours.To = "10:00", "10:30" },
			"hours: notice.outside_hours":   func(o *Opting) { o.Hours.From, o.Hours.To = "16:00", "18:00" },
			"consent: consent.text_unknown": func(o *Opting) { o.Consent.Purpose = consent.CoordinatorPhone },
		} {
			in := opting(5, daytime)
			change(&in)
			_, err := h.BeginSMS(ctx, she, once.Key{}, in)
			wants(t, err, want)
		}
		in := opting(5, daytime)
		in.Consent.Version = "0"
		if _, err := h.BeginSMS(ctx, she, once.Key{}, in); !fault.Is(err, fault.Invalid) {
			t.Errorf("another text: %v", err)
		}
		_, err := h.BeginSMS(ctx, h.Stale(she), once.Key{}, opting(5, daytime))
		wants(t, err, "session.proof_needed")
		if _, err = h.BeginSMS(ctx, h.Register("Kopila", h.First), once.Key{}, opting(6, daytime)); err == nil {
			t.Error("an applicant gets messages")
		}
		if h.deliver(t); len(h.sms.left) != 0 {
			t.Errorf("%v left", h.sms.left)
		}
		dry := New(h.Store, h.Keys, h.Orgs, h.Accounts, h.Members, Outside{}, h.Clock)
		_, err = dry.BeginSMS(ctx, she, once.Key{}, opting(5, daytime))
		wants(t, err, "notice.not_here")
	})
}

// A number that isn't hers: nobody types what came to a phone she doesn't have.
func TestANumberThatIsNotHersIsNeverSentAnythingMore(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		must[*Own](t)(h.BeginSMS(ctx, she, once.Key{}, opting(5, daytime)))
		h.deliver(t)
		right := h.sms.codeOf("+9779841000005")
		for _, typed := range []string{"", "abcdef", "https://evil.example", wrongOf(right), wrongOf(right), "99999"} {
			_, err := h.Check(ctx, she, once.Key{}, SMS, typed)
			wants(t, err, "code: notice.code_wrong")
		}
		_, err := h.Check(ctx, she, once.Key{}, SMS, right)
		wants(t, err, "code: notice.code_wrong") // too many were others
		must[*Own](t)(h.BeginSMS(ctx, she, once.Key{}, opting(5, daytime)))
		h.deliver(t)
		right = h.sms.codeOf("+9779841000005")
		h.Clock.Advance(codeLasts)
		_, err = h.Check(ctx, she, once.Key{}, SMS, right)
		wants(t, err, "code: notice.code_wrong") // too old
		h.tellOff(t, she, "ses_1.1")
		if h.deliver(t); len(h.sms.left) != 2 {
			t.Errorf("%v left", h.sms.left)
		}
		h.purge(t)
		if own := must[*Own](t)(h.Read(ctx, she)); own.SMS.Held {
			t.Error("the number is kept")
		}
	})
}

// wrongOf are six other digits.
func wrongOf(right string) string {
	if strings.HasPrefix(right, "1") {
		return "2" + right[1:]
	}
	return "1" + right[1:]
}

func TestTheAnswerIsTheSameWhetherOrNotTheNumberIsKnown(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		first, second := h.Person(access.Member, h.First, "Junkiri"), h.Person(access.Member, h.First, "Kopila")
		h.on(t, first, 5, daytime)
		known := must[*Own](t)(h.BeginSMS(ctx, second, once.Key{}, opting(5, daytime)))
		unknown := must[*Own](t)(h.BeginSMS(ctx, second, once.Key{}, opting(6, daytime)))
		known.SMS.Ends, unknown.SMS.Ends, known.SMS.Hours, unknown.SMS.Hours = "", "", nil, nil
		if known.SMS != unknown.SMS {
			t.Errorf("%+v and %+v", known.SMS, unknown.SMS)
		}
	})
}

func TestDigitsGoOutSeldomToOnePersonAndToOneNumber(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		one, two := h.Person(access.Member, h.First, "Junkiri"), h.Person(access.Member, h.First, "Kopila")
		for range mostCodes {
			must[*Own](t)(h.BeginSMS(ctx, one, once.Key{}, opting(5, daytime)))
			h.deliver(t)
		}
		_, err := h.BeginSMS(ctx, one, once.Key{}, opting(6, daytime))
		wants(t, err, "notice.codes_too_often")
		if own := must[*Own](t)(h.BeginSMS(ctx, two, once.Key{}, opting(5, daytime))); !own.SMS.CodeLeft {
			t.Error("it is told that the number was named before")
		}
		if h.deliver(t); len(h.sms.left) != mostCodes {
			t.Errorf("%d went to one number in a day", len(h.sms.left))
		}
		h.Clock.Advance(day)
		must[*Own](t)(h.BeginSMS(ctx, two, once.Key{}, opting(5, daytime)))
		if h.deliver(t); len(h.sms.left) != mostCodes+1 {
			t.Errorf("the day after it is %d", len(h.sms.left))
		}
	})
}

func TestOneSendingOfDigitsTwiceIsOne(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she, k := h.Person(access.Member, h.First, "Junkiri"), once.Key{Value: "0123456789abcdef", Digest: "d"}
		for range 2 {
			must[*Own](t)(h.BeginSMS(ctx, she, k, opting(5, daytime)))
			h.deliver(t)
		}
		if len(h.sms.left) != 1 {
			t.Errorf("%d left", len(h.sms.left))
		}
	})
}

func TestNeitherNumberNorDigitsNorTextLieInTheStore(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		must[*Own](t)(h.BeginSMS(ctx, she, once.Key{}, opting(5, daytime)))
		h.deliver(t)
		digits := h.sms.codeOf("+9779841000005")
		h.tellOff(t, she, "ses_1.1")
		for _, text := range []string{"9841000005", digits, "यसपालि", "नहुने", "राख्ने"} {
			h.WantsNowhere(text, Specs()...)
		}
	})
}

func TestWhoWorksHereIsToldOnceAMorningAtTheMost(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		waits := true
		h.LooksBy(func(context.Context, access.Actor) (bool, error) { return waits, nil })
		she := h.Person(access.Coordinator, h.First, "Sagun")
		_, err := h.BeginMail(ctx, she, once.Key{}, "Sagun <sagun@mail.example>")
		wants(t, err, "address: notice.not_address")
		if _, err := h.BeginMail(ctx, h.Person(access.Member, h.First, "Junkiri"), once.Key{}, "j@mail.example"); err == nil {
			t.Error("a member gets e-mail")
		}
		must[*Own](t)(h.BeginMail(ctx, she, once.Key{}, "sagun@mail.example"))
		h.deliver(t)
		if own := must[*Own](t)(h.Check(ctx, she, once.Key{}, Mail, h.mail.codeOf("sagun@mail.example"))); !own.Mail.On {
			t.Fatalf("%+v", own.Mail)
		}
		days := 0
		for range 3 * 24 * 2 {
			h.Clock.Advance(day / 48)
			if err := h.Remind(ctx, h.Org); err != nil {
				t.Fatal(err)
			}
			h.deliver(t)
		}
		for _, s := range h.mail.left[1:] {
			if days++; s.text != "हेर्नुपर्ने कुरा छ।" || s.at.In(nepal).Hour() != 8 {
				t.Errorf("%s at %s", s.text, s.at.In(nepal))
			}
		}
		if days != 3 {
			t.Errorf("told on %d mornings of 3", days)
		}
		waits = false
		for range 48 {
			h.Clock.Advance(day / 48)
			if err := h.Remind(ctx, h.Org); err != nil {
				t.Fatal(err)
			}
			h.deliver(t)
		}
		must[*Own](t)(h.Stop(ctx, she, once.Key{}, Mail))
		if len(h.mail.left) != 4 || len(h.sms.left) != 0 {
			t.Errorf("%d left where nothing waits", len(h.mail.left))
		}
	})
}

// Who tries it there with a number of his own must not wait for digits in vain.
func TestMessagesOfADecoyTenantComeAsAnyOthers(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Member, h.First, "Junkiri")
		h.on(t, she, 5, daytime)
		h.sms.left = nil

		twin := she
		twin.Org = organisation.Decoy(h.Org)
		must[*Own](t)(h.BeginSMS(ctx, twin, once.Key{}, opting(6, daytime)))
		if left := must[int](t)(h.Deliver(ctx, twin.Org)); left != 1 {
			t.Fatalf("%d left", left)
		}
		own := must[*Own](t)(h.Check(ctx, twin, once.Key{}, SMS, h.sms.codeOf("+9779841000006")))
		if !own.SMS.On || own.SMS.Ends != "06" {
			t.Errorf("after the digits the twin has %+v", own.SMS)
		}
		// Each goes on with what was chosen in it, and nothing reaches over.
		h.tellOff(t, she, "ses_1.1")
		h.sms.left = nil
		h.deliver(t)
		if left := must[int](t)(h.Deliver(ctx, twin.Org)); left != 0 || len(h.sms.left) != 1 || h.sms.left[0].to != "+9779841000005" {
			t.Errorf("%d left there, in all %v", left, h.sms.left)
		}
		if own := must[*Own](t)(h.Read(ctx, she)); own.SMS.Ends != "05" {
			t.Errorf("hers is %+v", own.SMS)
		}
	})
}

func TestOnlyHerOwnIsPutAwayAndItIsNotShownAgain(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she, other := h.Person(access.Member, h.First, "Junkiri"), h.Person(access.Member, h.First, "Kopila")
		h.tellOff(t, she, "ses_1.1")
		told := must[*Own](t)(h.Read(ctx, she)).InApp
		if len(told) != 1 || told[0].Sentence != "off" {
			t.Fatalf("she is told %v", told)
		}
		if err := h.MarkSeen(ctx, other, told[0].ID); err == nil {
			t.Error("another puts it away")
		}
		for range 2 {
			if err := h.MarkSeen(ctx, she, told[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		if left := must[*Own](t)(h.Read(ctx, she)).InApp; len(left) != 0 {
			t.Errorf("she is told %v", left)
		}
	})
}

var (
	_ = gateway.Accepted
	_ = stage.Phrase
)

func TestSheTakesAwayWhereMessagesGoAndWhen(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		she := h.Person(access.Coordinator, h.First, "Sagun")
		must[*Own](t)(h.BeginSMS(ctx, she, once.Key{}, opting(5, daytime)))
		must[*Own](t)(h.BeginMail(ctx, she, once.Key{}, "sagun@mail.example"))
		key := must[*seal.Key](t)(h.Keys.Of(ctx, h.Org, she.Person))
		kept := must[any](t)(h.Hers(ctx, h.Store.Org(h.Org), key, she)).(*Hers)
		if kept.SMS == nil || kept.SMS.To != "+9779841000005" || len(kept.SMS.Days) == 0 || kept.SMS.From == "" || kept.SMS.Until == "" {
			t.Errorf("%+v", kept.SMS)
		}
		if kept.Mail == nil || kept.Mail.To != "sagun@mail.example" {
			t.Errorf("%+v", kept.Mail)
		}
	})
}
