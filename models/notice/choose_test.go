package notice

import (
	"context"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/notice/gateway"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
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

func TestNothingLeavesADecoyTenant(t *testing.T) {
	each(t, func(t *testing.T, h *hall) {
		s := standing{
			message: Message{Channel: SMS, State: Waiting, Sentence: "off", To: "h", Until: h.Clock.Now().Add(day)},
			line:    Line{To: []byte("x"), Hash: "h", Checked: true, Hours: &daytime, Asked: h.today()}, months: 6,
			carried: true, open: true, active: true, consents: true,
		}
		if v, _ := s.judge(h.Clock.Now()); v != send {
			t.Fatal("it wouldn't leave anyway")
		}
		s.decoy = true
		if v, _ := s.judge(h.Clock.Now()); v != drop {
			t.Error("it leaves")
		}
		decoy := organisation.Decoy(h.Org)
		err := h.Store.Org(decoy).Tx(ctx, func(tx *store.Tx) error {
			return insertOnce(ctx, tx, &Message{
				Meta: store.Meta{ID: "msg_1"}, Person: "mem_1", Sentence: "off", Channel: SMS, State: Waiting,
				NotBefore: h.Clock.Now(), Until: h.Clock.Now().Add(time.Hour), To: "h", Day: h.today(),
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		if left := must[int](t)(h.Deliver(ctx, decoy)); left != 0 || len(h.sms.left) != 0 {
			t.Errorf("%d left", left)
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
