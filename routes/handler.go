package routes

import (
	"context"
	"net/http"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/grievance"
)

type nextOut struct {
	Step     *grievance.Step `json:"step" enum:"acknowledge,decide,outcome"`
	By       *calendar.Date  `json:"by"`
	DaysLeft *int            `json:"daysLeft"` // below zero when it is late
	Late     bool            `json:"late"`
}

type grievanceRow struct {
	ID       string             `json:"id"`
	Category grievance.Category `json:"category" enum:"danger,harm,retaliation,privacy,money,discrimination,service,idea"`
	State    grievance.State    `json:"state" enum:"received,reading,decided,closed"`
	SentOn   calendar.Date      `json:"sentOn"`
	limitsOut
	Next      nextOut `json:"next"`
	Held      bool    `json:"held"` // one of very many from one network
	Anonymous bool    `json:"anonymous"`
	Unread    bool    `json:"unread"` // the newest words are the sender's
}

type grievanceLine struct {
	ID       string        `json:"id"`
	By       grievance.By  `json:"by" enum:"sender,reader,note,move"`
	Who      *string       `json:"who"` // who wrote, or to whom it went
	On       calendar.Date `json:"on"`
	Text     string        `json:"text"`
	Decision bool          `json:"decision"`
}

type handOut struct {
	Name string      `json:"name"`
	Role access.Role `json:"role,omitempty"`
	Me   bool        `json:"me"`
}

type grievanceOut struct {
	grievanceRow
	Text    string            `json:"text"`
	Name    *string           `json:"name"`
	Entries []grievanceLine   `json:"entries"`
	Readers []handOut         `json:"readers"`
	Linked  bool              `json:"linked"`
	Outcome *string           `json:"outcome"`
	Wishes  *grievance.Wishes `json:"wishes" enum:"met,partly,not_met,not_given"`
	Named   int               `json:"named"` // how many are named in it, as far as that is noted
	Version int64             `json:"-"`
}

// ETag is the version that was read.
func (o grievanceOut) ETag() int64 { return o.Version }

func grievanceRowOf(g *grievance.Grievance, today calendar.Date) grievanceRow {
	out := grievanceRow{
		ID: g.ID, Category: g.Category, State: g.State, SentOn: g.Sent,
		limitsOut: limitsOf(grievance.Limits{Acknowledge: g.AcknowledgeBy, Decide: g.DecideBy, Outcome: g.OutcomeBy}),
		Held:      g.Held, Anonymous: g.Anonymous(), Unread: g.Unread(),
	}
	if n := g.Next(today); n.Step != "" {
		out.Next = nextOut{Step: &n.Step, By: &n.By, DaysLeft: &n.DaysLeft, Late: n.Late}
	}
	return out
}

func grievanceOf(o *grievance.Opened, me string, today calendar.Date) grievanceOut {
	out := grievanceOut{
		grievanceRow: grievanceRowOf(o.Grievance, today), Text: o.Text.Reveal(), Linked: o.Linked != "", Named: len(o.Named),
		Entries: []grievanceLine{}, Readers: []handOut{}, Version: o.Version,
	}
	if !o.Name.Empty() {
		out.Name = pointer(o.Name.Reveal())
	}
	if !o.Outcome.Empty() {
		out.Outcome, out.Wishes = pointer(o.Outcome.Reveal()), &o.Wishes
	}
	for _, l := range o.Lines {
		line := grievanceLine{ID: l.ID, By: l.By, On: l.Day, Text: l.Text.Reveal(), Decision: l.Decision}
		if !l.Who.Empty() {
			line.Who = pointer(l.Who.Reveal())
		}
		out.Entries = append(out.Entries, line)
	}
	for _, r := range o.Readers {
		out.Readers = append(out.Readers, handOut{Name: r.Name.Reveal(), Role: r.Role, Me: r.Person == me})
	}
	return out
}

type grievanceID struct {
	ID string `path:"id" json:"-" validate:"id=grv"`
}

type answerIn struct {
	grievanceID
	grievance.Answer
}

type noteIn struct {
	grievanceID
	grievance.Note
}

type nameInGrievanceIn struct {
	grievanceID
	grievance.Naming
}

type passOnIn struct {
	grievanceID
	Why grievance.Why `json:"why" validate:"required,oneof=conflict not_mine"`
}

type closeIn struct {
	grievanceID
	grievance.Closing
}

var exampleGrievance = grievanceOut{
	grievanceRow: grievanceRow{
		ID: "grv_b7k2m9x4q8w3e6r5t2y7u4n8pa", Category: grievance.Discrimination, State: grievance.Received, SentOn: exampleDay,
		limitsOut: exampleLimits, Anonymous: true, Unread: true,
		Next: nextOut{Step: pointer(grievance.Acknowledge), By: &exampleLimits.AcknowledgeBy, DaysLeft: pointer(3)},
	},
	Text: "Two of us are always kept back.", Entries: []grievanceLine{}, Version: 1,
	Readers: []handOut{{Name: "Sarita", Role: access.FocalPoint, Me: true}},
}

// handlerRoutes are for those in whose hands a grievance is.
func handlerRoutes(n Nouns) []Endpoint {
	out := func(a access.Actor, o *grievance.Opened, err error) (grievanceOut, error) {
		if err != nil {
			return grievanceOut{}, err
		}
		return grievanceOf(o, a.Person, n.Grievances.Today()), nil
	}
	id := grievanceID{ID: exampleGrievance.ID}
	return []Endpoint{
		Route[Page, List[grievanceRow]]{
			Method: http.MethodGet, Path: "/api/grievances", ID: "listGrievances", Tag: "grievances",
			Summary: "What lies in her hands, soonest due first.",
			Roles:   handlers,
			Example: List[grievanceRow]{Items: []grievanceRow{exampleGrievance.grievanceRow}},
			Do: func(ctx context.Context, call *Call, in Page) (List[grievanceRow], error) {
				docs, next, err := n.Grievances.List(ctx, call.Actor, in.Size(), in.After())
				if err != nil {
					return List[grievanceRow]{}, err
				}
				items := make([]grievanceRow, len(docs))
				for i, d := range docs {
					items[i] = grievanceRowOf(d, n.Grievances.Today())
				}
				return NewList(items, next), nil
			},
		},
		Route[grievanceID, grievanceOut]{
			Method: http.MethodGet, Path: "/api/grievances/:id", ID: "readGrievance", Tag: "grievances",
			Summary:   "One grievance that lies in her hands.",
			Roles:     handlers,
			ExampleIn: id,
			Example:   exampleGrievance,
			Problems:  []string{"conflict.declare_first"},
			Do: func(ctx context.Context, call *Call, in grievanceID) (grievanceOut, error) {
				o, err := n.Grievances.Read(ctx, call.Actor, in.ID)
				return out(call.Actor, o, err)
			},
		},
		Route[answerIn, grievanceOut]{
			Method: http.MethodPost, Path: "/api/grievances/:id/reply", ID: "answerGrievance", Tag: "grievances",
			Summary:   "Write to the sender; what she writes may be the decision.",
			Roles:     handlers,
			ExampleIn: answerIn{id, grievance.Answer{Text: "Thank you. I have read it."}},
			Example:   exampleGrievance,
			Problems:  []string{"grievance.text_missing", "grievance.closed", "conflict.declare_first"},
			Do: func(ctx context.Context, call *Call, in answerIn) (grievanceOut, error) {
				o, err := n.Grievances.Answer(ctx, call.Actor, call.Once, in.ID, in.Answer)
				return out(call.Actor, o, err)
			},
		},
		Route[noteIn, grievanceOut]{
			Method: http.MethodPost, Path: "/api/grievances/:id/note", ID: "noteGrievance", Tag: "grievances",
			Summary:   "Write for whoever reads after her. A note can't be changed.",
			Roles:     handlers,
			ExampleIn: noteIn{id, grievance.Note{Text: "Asked the trainer."}},
			Example:   exampleGrievance,
			Problems:  []string{"grievance.text_missing", "grievance.closed", "conflict.declare_first"},
			Do: func(ctx context.Context, call *Call, in noteIn) (grievanceOut, error) {
				o, err := n.Grievances.Note(ctx, call.Actor, call.Once, in.ID, in.Note)
				return out(call.Actor, o, err)
			},
		},
		Route[nameInGrievanceIn, Nothing]{
			Method: http.MethodPost, Path: "/api/grievances/:id/name", ID: "nameInGrievance", Tag: "grievances",
			Summary:   "Note that somebody is named in it. She and who is too close to her never read it; who isn't free any more hands it on with that.",
			Roles:     handlers,
			ExampleIn: nameInGrievanceIn{id, grievance.Naming{Handle: "river basket noon"}},
			Problems:  []string{"grievance.who_missing", "account.unknown", "grievance.closed", "conflict.declare_first"},
			Do: func(ctx context.Context, call *Call, in nameInGrievanceIn) (Nothing, error) {
				return Nothing{}, n.Grievances.Name(ctx, call.Actor, call.Once, in.ID, in.Naming)
			},
		},
		Route[passOnIn, Nothing]{
			Method: http.MethodPost, Path: "/api/grievances/:id/pass-on", ID: "passOnGrievance", Tag: "grievances",
			Summary:   "Hand it to the next free reader. She does not see it again.",
			Roles:     handlers,
			ExampleIn: passOnIn{id, grievance.Conflict},
			Problems:  []string{"grievance.nobody_next", "grievance.closed"},
			Do: func(ctx context.Context, call *Call, in passOnIn) (Nothing, error) {
				return Nothing{}, n.Grievances.PassOn(ctx, call.Actor, call.Once, in.ID, in.Why)
			},
		},
		Route[closeIn, grievanceOut]{
			Method: http.MethodPost, Path: "/api/grievances/:id/close", ID: "closeGrievance", Tag: "grievances",
			Summary:   "End it: the outcome, how far it is what the sender wished for, and that she was told.",
			Roles:     handlers,
			ExampleIn: closeIn{id, grievance.Closing{Outcome: "They take turns now.", Wishes: grievance.Met, Told: true}},
			Example:   exampleGrievance,
			Problems:  []string{"grievance.text_missing", "grievance.not_told", "grievance.not_decided", "grievance.closed", "conflict.declare_first"},
			Do: func(ctx context.Context, call *Call, in closeIn) (grievanceOut, error) {
				o, err := n.Grievances.Close(ctx, call.Actor, call.Once, in.ID, in.Closing)
				return out(call.Actor, o, err)
			},
		},
	}
}
