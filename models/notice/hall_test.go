package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/notice/gateway"
	"chautari/models/notice/sentence"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
)

var ctx = context.Background()

// sent is one sentence that left.
type sent struct {
	to, text string
	at       time.Time
}

// carrier keeps what leaves, and answers as it is told.
type carrier struct {
	hall   *hall
	answer gateway.Answer
	left   []sent
	before func() // runs while a sentence is being handed over
}

func (c *carrier) Name() string { return "Carrier" }

func (c *carrier) Send(_ context.Context, to gateway.Number, text sentence.Text) gateway.Answer {
	return c.post(c.hall.numberOf(to), text)
}

func (c *carrier) post(to string, text sentence.Text) gateway.Answer {
	if c.before != nil {
		c.before()
	}
	c.left = append(c.left, sent{to, text.Reveal(), c.hall.Clock.Now()})
	return c.answer
}

// postman is a carrier for e-mail.
type postman struct{ *carrier }

func (p postman) Send(_ context.Context, to string, text sentence.Text) gateway.Answer {
	return p.post(to, text)
}

// hall is a stage with notices that something carries.
type hall struct {
	*stage.Stage
	*Notices
	sms, mail *carrier
}

// numberOf tells a number, which prints as a mask, by those that the tests know.
func (h *hall) numberOf(n gateway.Number) string {
	for i := range 100 {
		known := fmt.Sprintf("+97798410000%02d", i)
		if k, _ := gateway.Nepali(known); k == n {
			return known
		}
	}
	return "?"
}

func each(t *testing.T, fn func(t *testing.T, h *hall)) {
	stage.Each(t, stage.Specs(Specs()...), func(t *testing.T, s *stage.Stage) { fn(t, newHall(s)) })
}

func newHall(s *stage.Stage) *hall {
	h := &hall{Stage: s}
	h.sms, h.mail = &carrier{hall: h}, &carrier{hall: h}
	h.sms.answer, h.mail.answer = gateway.Answer{Outcome: gateway.Accepted}, gateway.Answer{Outcome: gateway.Accepted}
	h.Notices = h.another()
	s.Members.WhenTakenBack(consent.MessagesSMS, h.EndSMS)
	s.Members.WhenLeaving(h.EndSMS)
	return h
}

// another is a second server over the same store.
func (h *hall) another() *Notices {
	return New(h.Store, h.Keys, h.Orgs, h.Accounts, h.Members, Outside{SMS: h.sms, Mail: postman{h.mail}}, h.Clock)
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// midday is within the usual hours of these tests, in Nepal.
var (
	allDays = []int{0, 1, 2, 3, 4, 5, 6}
	daytime = Hours{Days: allDays, From: "10:00", To: "15:00"}
)

func opting(last int, hours Hours) Opting {
	return Opting{Phone: fmt.Sprintf("98410000%02d", last), Hours: hours, Consent: consent.Given{Purpose: consent.MessagesSMS, Version: "1", Language: "ne"}}
}

func (h *hall) deliver(t testing.TB) int {
	t.Helper()
	return must[int](t)(h.Deliver(ctx, h.Org))
}

// codeOf is the digits that went to a number last.
func (c *carrier) codeOf(to string) string {
	for _, s := range slices.Backward(c.left) {
		if s.to != to {
			continue
		}
		for i := range len(s.text) - 5 {
			if d, ok := sentence.Read(s.text[i:]); ok {
				return d.Reveal()
			}
		}
	}
	return ""
}

// on lets somebody opt in and check her number.
func (h *hall) on(t testing.TB, a access.Actor, last int, hours Hours) {
	t.Helper()
	must[*Own](t)(h.BeginSMS(ctx, a, once.Key{}, opting(last, hours)))
	h.deliver(t)
	code := h.sms.codeOf(fmt.Sprintf("+97798410000%02d", last))
	if own := must[*Own](t)(h.Check(ctx, a, once.Key{}, SMS, code)); !own.SMS.On {
		t.Fatalf("after the digits she has %+v", own.SMS)
	}
}

// tell says that a meeting is off, as another noun would.
func (h *hall) tellOff(t testing.TB, a access.Actor, ref string) {
	t.Helper()
	err := h.Store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		return h.CalledOff(ctx, tx, []string{a.Person}, "mem_other", ref, h.Clock.Now().AddDate(0, 0, 6))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func code(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return fmt.Sprint(err)
	}
	if len(f.Fields) > 0 {
		return f.Fields[0].Field + ": " + f.Fields[0].Code
	}
	return f.Code
}

func wants(t testing.TB, err error, want string) {
	t.Helper()
	if got := code(err); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// states counts what lies in the outbox of one channel.
func (h *hall) states(t testing.TB, c Channel) map[State]int {
	t.Helper()
	found := map[State]int{}
	err := messages.Each(ctx, h.Store.Org(h.Org), store.Query{Index: store.ChangedIndex}, func(m *Message) error {
		if m.Channel == c {
			found[m.State]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// withdraw takes her yes to messages back, as her page does.
func (h *hall) withdraw(t testing.TB, a access.Actor) {
	t.Helper()
	h.takeBack(t, a, consent.MessagesSMS)
}

// takeBack takes a yes of hers back on her page.
func (h *hall) takeBack(t testing.TB, a access.Actor, p consent.Purpose) {
	t.Helper()
	sheet := must[*consent.Sheet](t)(consent.Of(ctx, h.Store.Org(a.Org), a.Person))
	for _, c := range sheet.Consents {
		if c.Purpose == p && c.Live(h.Clock.Now()) {
			if _, err := h.Members.WithdrawConsent(ctx, a, once.Key{}, c.ID); err != nil && !errors.Is(err, access.Refused) {
				t.Fatal(err)
			}
		}
	}
}

// letIn lets somebody in again by a code that others gave her, and closes what she
// had before for some days; false when nothing is closed: her account is, or
// nobody had ever chosen words for it.
func (h *hall) letIn(t testing.TB, a access.Actor, days int) bool {
	t.Helper()
	over := must[*account.HandOver](t)(h.Accounts.DrawFor(ctx, a.Org, a.Account))
	now := h.Clock.Now()
	err := h.Store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		return account.Hand(ctx, tx, over, "req_1", now.Add(time.Minute))
	})
	if err != nil {
		t.Fatal(err)
	}
	back, err := h.Accounts.Bring(ctx, a.Org, h.Handle(a), over.Code.Reveal())
	if errors.Is(err, account.ErrCode) || fault.Is(err, fault.TooMany) {
		return false // her account is closed, and after some tries at it they are slow
	}
	if err != nil {
		t.Fatal(err)
	}
	fresh := must[*account.Fresh](t)(h.Accounts.Freshen(ctx, a.Org, back, account.Chosen{Passphrase: "hatti sirani chulo pahad sagar"}))
	err = h.Store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		return h.Accounts.LetBack(ctx, tx, back, fresh, now.AddDate(0, 0, days), func(context.Context, *store.Tx) error { return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	her := must[*account.Account](t)(account.Get(ctx, h.Store.Org(a.Org), a.Account))
	return her.Held(now) != (access.Hold{})
}
