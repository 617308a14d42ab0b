package routes

import (
	"context"
	"net/http"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/grievance"
	"chautari/routes/plain"
)

// handlers may have grievances in their hands.
var handlers = []access.Role{access.Coordinator, access.FocalPoint, access.Deputy, access.Board}

type readerOut struct {
	ID   string      `json:"id"`
	Name string      `json:"name"`
	Role access.Role `json:"role"`
}

type offerOut struct {
	Key         grievance.Category `json:"key" enum:"danger,harm,retaliation,privacy,money,discrimination,service,idea"`
	Acknowledge int                `json:"acknowledge"` // days from today
	Decision    *int               `json:"decision"`    // null where nothing is to be decided
	Outcome     int                `json:"outcome"`
	Readers     []readerOut        `json:"readers"` // in the order in which it goes on
}

type outsideOut struct {
	Key    string `json:"key" enum:"donor,chs,women,child,police"`
	Number string `json:"number,omitempty"`
}

type talkFormOut struct {
	Token       string       `json:"token"`
	WaitSeconds int          `json:"waitSeconds"`
	Categories  []offerOut   `json:"categories"`
	Outside     []outsideOut `json:"outside"`
}

type limitsOut struct {
	AcknowledgeBy calendar.Date  `json:"acknowledgeBy"`
	DecideBy      *calendar.Date `json:"decideBy"`
	OutcomeBy     calendar.Date  `json:"outcomeBy"`
}

type sentOut struct {
	Receipt string `json:"receipt"`
	limitsOut
	Readers []readerOut `json:"readers"`
}

type openTalkIn struct {
	Receipt string `json:"receipt" validate:"max=1000"`
	Earlier bool   `json:"earlier,omitempty"`
}

type replyTalkIn struct {
	Receipt  string `json:"receipt" validate:"max=1000"`
	Text     string `json:"text" validate:"max=8000"`
	ReplyKey string `json:"replyKey" validate:"required,min=16,max=128"`
}

type forgetTalkIn struct {
	Receipt string `json:"receipt" validate:"max=1000"`
}

type lineOut struct {
	ID       string        `json:"id"`
	By       grievance.By  `json:"by" enum:"sender,reader"`
	On       calendar.Date `json:"on"`
	Text     string        `json:"text"`
	Decision bool          `json:"decision"`
}

type threadOut struct {
	Category grievance.Category `json:"category" enum:"danger,harm,retaliation,privacy,money,discrimination,service,idea"`
	State    grievance.State    `json:"state" enum:"received,reading,decided,closed"`
	SentOn   calendar.Date      `json:"sentOn"`
	limitsOut
	Acknowledged bool      `json:"acknowledged"`
	Entries      []lineOut `json:"entries"`
	More         bool      `json:"more"`
	Outside      bool      `json:"outside"` // nobody here may read it any more
}

func readersOf(readers []grievance.Reader) []readerOut {
	out := make([]readerOut, len(readers))
	for i, r := range readers {
		out[i] = readerOut{ID: r.Person, Name: r.Name.Reveal(), Role: r.Role}
	}
	return out
}

func limitsOf(l grievance.Limits) limitsOut {
	out := limitsOut{AcknowledgeBy: l.Acknowledge, OutcomeBy: l.Outcome}
	if !l.Decide.IsZero() {
		out.DecideBy = &l.Decide
	}
	return out
}

func formOf(f *grievance.Form) talkFormOut {
	out := talkFormOut{Token: f.Token, WaitSeconds: grievance.WaitSeconds, Categories: []offerOut{}, Outside: outside()}
	for _, o := range f.Offers {
		c := offerOut{
			Key: o.Category, Acknowledge: grievance.DaysBetween(f.Today, o.Acknowledge),
			Outcome: grievance.DaysBetween(f.Today, o.Outcome), Readers: readersOf(o.Readers),
		}
		if !o.Decide.IsZero() {
			c.Decision = pointer(grievance.DaysBetween(f.Today, o.Decide))
		}
		out.Categories = append(out.Categories, c)
	}
	return out
}

// outside are the ways past the organisation, with a number where one is known.
func outside() []outsideOut {
	out := []outsideOut{{Key: "donor"}, {Key: "chs"}}
	for _, key := range []string{"women", "child", "police"} {
		i := slices.IndexFunc(plain.Lines, func(l plain.Line) bool { return l.Key == key })
		out = append(out, outsideOut{Key: key, Number: plain.Lines[i].Number})
	}
	return out
}

func threadOf(t *grievance.Thread) threadOut {
	out := threadOut{
		Category: t.Category, State: t.State, SentOn: t.Sent, limitsOut: limitsOf(t.Limits),
		Acknowledged: t.Acknowledged, Entries: []lineOut{}, More: t.More, Outside: t.Outside,
	}
	for _, l := range t.Lines {
		out.Entries = append(out.Entries, lineOut{ID: l.ID, By: l.By, On: l.Day, Text: l.Text.Reveal(), Decision: l.Decision})
	}
	return out
}

var (
	exampleReader  = readerOut{ID: exampleRow.ID, Name: "Sarita", Role: access.FocalPoint}
	exampleLimits  = limitsOut{AcknowledgeBy: exampleDay.AddDays(3), DecideBy: pointer(exampleDay.AddDays(7)), OutcomeBy: exampleDay.AddDays(30)}
	exampleReceipt = "48271903556120741226"
	exampleThread  = threadOut{
		Category: grievance.Discrimination, State: grievance.Reading, SentOn: exampleDay, limitsOut: exampleLimits, Acknowledged: true, More: true,
		Entries: []lineOut{{ID: "ent_b7k2m9x4q8w3e6r5t2y7u4n8pa", By: grievance.ByReader, On: exampleDay, Text: "Thank you. I have read it."}},
	}
	followProblems = []string{"grievance.receipt_unknown", "grievance.receipt_slow"}
)

const (
	sendTalkID = "sendTalk"
	openTalkID = "openTalk"
)

// guessing runs what may be a guess at a receipt: one that is wrong counts, and
// who made many has to wait.
func guessing(pace *Pace, n Network, do func() error) error {
	if err := pace.Take(n); err != nil {
		return err
	}
	err := do()
	if f, ok := fault.As(err); !ok || !slices.ContainsFunc(f.Fields, func(f fault.Field) bool { return f.Code == "grievance.receipt_unknown" }) {
		pace.Succeeded(n)
	}
	return err
}

func grievanceRoutes(n Nouns) []Endpoint { return append(talkRoutes(n), handlerRoutes(n)...) }

// talkRoutes are for anybody. No session is looked up, whatever cookie comes.
func talkRoutes(n Nouns) []Endpoint {
	// A wrong receipt counts wherever it is typed. A meeting shares one address.
	pace := &Pace{
		Code: "grievance.receipt_slow", Free: 20, First: time.Second, Most: time.Minute,
		Forget: 10 * time.Minute, OnlyFailures: true,
	}
	return []Endpoint{
		Route[Nothing, talkFormOut]{
			Method: http.MethodGet, Path: "/api/talk", ID: "readTalkForm", Tag: "grievances",
			Summary: "A form to speak up with: what about, who reads it, by when, and the ways outside.",
			Roles:   Anyone,
			Example: talkFormOut{Token: "dGhpcyBpcyBhbiBleGFtcGxl", WaitSeconds: grievance.WaitSeconds, Categories: []offerOut{{
				Key: grievance.Discrimination, Acknowledge: 3, Decision: pointer(7), Outcome: 30, Readers: []readerOut{exampleReader},
			}}, Outside: outside()},
			Do: func(ctx context.Context, call *Call, _ Nothing) (talkFormOut, error) {
				f, err := n.Grievances.Form(ctx, call.Actor)
				if err != nil {
					return talkFormOut{}, err
				}
				return formOf(f), nil
			},
		},
		Route[grievance.Sending, sentOut]{
			Method: http.MethodPost, Path: "/api/talk", ID: sendTalkID, Tag: "grievances",
			Summary: "Send what was written. The same form sent again gets the same receipt.",
			Roles:   Anyone, Status: http.StatusCreated, NoKey: true, Lane: true,
			ExampleIn: grievance.Sending{Token: "dGhpcyBpcyBhbiBleGFtcGxl", Category: grievance.Discrimination, Text: "Two of us are always kept back."},
			Example:   sentOut{Receipt: exampleReceipt, limitsOut: exampleLimits, Readers: []readerOut{exampleReader}},
			Problems: []string{
				"grievance.form_old", "grievance.form_too_fast", "grievance.form_used", "grievance.text_missing",
				"grievance.nobody_free", "grievance.receipt_unknown", "grievance.receipt_slow",
			},
			Crowd: &Crowd{Most: 20, Within: 10 * time.Minute},
			Do: func(ctx context.Context, call *Call, in grievance.Sending) (out sentOut, err error) {
				send := func() error {
					sent, err := n.Grievances.Send(ctx, call.Actor, in, call.Crowded)
					if err == nil {
						out = sentOut{Receipt: sent.Receipt, limitsOut: limitsOf(sent.Limits), Readers: readersOf(sent.Readers)}
					}
					return err
				}
				if in.Earlier == "" {
					err = send()
				} else {
					err = guessing(pace, call.Network, send)
				}
				return out, err
			},
		},
		Route[openTalkIn, threadOut]{
			Method: http.MethodPost, Path: "/api/talk/open", ID: openTalkID, Tag: "grievances",
			Summary: "What is new behind a receipt; with earlier, all that was written.",
			Roles:   Anyone, NoKey: true, Lane: true, Pace: pace, Problems: followProblems,
			ExampleIn: openTalkIn{Receipt: "4827 1903 5561 2074 1226"},
			Example:   exampleThread,
			Do: func(ctx context.Context, call *Call, in openTalkIn) (threadOut, error) {
				return follow(n.Grievances.Open(ctx, call.Actor, in.Receipt, in.Earlier))
			},
		},
		Route[replyTalkIn, threadOut]{
			Method: http.MethodPost, Path: "/api/talk/reply", ID: "replyTalk", Tag: "grievances",
			Summary: "Write again behind a receipt. The same key adds the same words once.",
			Roles:   Anyone, NoKey: true, Lane: true, Pace: pace,
			Problems:  append([]string{"grievance.text_missing", "grievance.closed", "grievance.form_used", "grievance.full"}, followProblems...),
			ExampleIn: replyTalkIn{Receipt: exampleReceipt, Text: "Taking turns would be enough.", ReplyKey: "b7k2m9x4q8w3e6r5t2y7u4n8pa"},
			Example:   exampleThread,
			Do: func(ctx context.Context, call *Call, in replyTalkIn) (threadOut, error) {
				return follow(n.Grievances.Write(ctx, call.Actor, in.Receipt, in.Text, in.ReplyKey))
			},
		},
		Route[forgetTalkIn, threadOut]{
			Method: http.MethodPost, Path: "/api/talk/forget", ID: "forgetTalk", Tag: "grievances",
			Summary: "Remove the answers behind a receipt for good.",
			Roles:   Anyone, NoKey: true, Lane: true, Pace: pace, Problems: followProblems,
			ExampleIn: forgetTalkIn{Receipt: exampleReceipt},
			Example:   exampleThread,
			Do: func(ctx context.Context, call *Call, in forgetTalkIn) (threadOut, error) {
				return follow(n.Grievances.Forget(ctx, call.Actor, in.Receipt))
			},
		},
	}
}

func follow(t *grievance.Thread, err error) (threadOut, error) {
	if err != nil {
		return threadOut{}, err
	}
	return threadOf(t), nil
}
