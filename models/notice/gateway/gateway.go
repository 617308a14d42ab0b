// Package gateway hands sentences to companies that send SMS in Nepal.
//
// One adapter speaks HTTP by a description of each company's interface. What
// belongs here: the descriptions, what an answer means, and a second company
// where the first surely sent nothing. What doesn't: whether and when somebody
// may be sent anything, which is package notice.
package gateway

import (
	"context"
	"fmt"
	"regexp"

	"chautari/models/notice/sentence"
)

// Outcome is what is known of a sentence after it was handed over.
type Outcome int

// The outcomes.
const (
	Unknown  Outcome = iota // it may have gone out or not, so it is never sent again
	Accepted                // taken for delivery
	Refused                 // not sent, and it never will be to this receiver
	NotSent                 // surely not sent; it may be tried again
)

// String is a word for logs.
func (o Outcome) String() string {
	return [...]string{"unknown", "accepted", "refused", "not sent"}[o]
}

// Answer is an outcome with why, as one of a few words for whoever runs the
// server: nothing of the receiver, the text or the company's own words.
type Answer struct {
	Outcome Outcome
	Why     Why
}

// Why is the reason of an outcome.
type Why string

// The reasons; none for what was accepted.
const (
	Unreachable Why = "unreachable" // no connection came about
	Unclear     Why = "unclear"     // no answer, or none that can be read
	Credit      Why = "credit"
	Account     Why = "account" // token, address of this server, account, sender
	Receiver    Why = "receiver"
	Form        Why = "form" // a field was missing or empty
	Busy        Why = "busy" // later, it says
)

// Gateway sends one sentence to one number.
type Gateway interface {
	// Name is what the company is called on the page of settings.
	Name() string
	Send(ctx context.Context, to Number, text sentence.Text) Answer
}

// Number is a mobile number of Nepal, which is all that the companies take.
type Number struct{ ten string }

// mobile is how those numbers look: 97 or 98, and 96 of a smaller network
// (Nepal Telecommunications Authority, numbering plan).
var mobile = regexp.MustCompile(`^\+977(9[678]\d{8})$`)

// Nepali reads a number in E.164; ok is false for any but a mobile one of Nepal.
func Nepali(e164 string) (n Number, ok bool) {
	m := mobile.FindStringSubmatch(e164)
	if m == nil {
		return Number{}, false
	}
	return Number{m[1]}, true
}

// Format shows a mask for every verb.
func (n Number) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("•••")) }

// With sends by a second gateway what the first surely didn't send. A nil
// second is none.
func With(first, second Gateway) Gateway {
	if second == nil {
		return first
	}
	return pair{first, second}
}

type pair struct{ first, second Gateway }

func (p pair) Name() string { return p.first.Name() + ", " + p.second.Name() }

func (p pair) Send(ctx context.Context, to Number, text sentence.Text) Answer {
	a := p.first.Send(ctx, to, text)
	if a.Outcome != NotSent {
		return a
	}
	return p.second.Send(ctx, to, text)
}
