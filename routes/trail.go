package routes

import (
	"context"
	"net/http"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/fault"
)

type openingOut struct {
	Role      access.Role   `json:"role"`
	Day       calendar.Date `json:"day"`
	Action    access.Action `json:"action"`
	Emergency bool          `json:"emergency"`
}

type entryOut struct {
	ID      string        `json:"id"`
	Day     calendar.Date `json:"day"`
	At      *time.Time    `json:"at"` // null for an anonymous act
	Role    access.Role   `json:"role"`
	Mine    bool          `json:"mine"` // done by who asks
	Action  access.Action `json:"action"`
	Result  audit.Result  `json:"result" enum:"done,read,refused"`
	Subject string        `json:"subject"` // which matter
	Fields  []string      `json:"fields"`  // names of what was changed
}

type countedOut struct {
	Month  calendar.Date `json:"month"` // its first day
	Role   access.Role   `json:"role"`
	Action access.Action `json:"action"` // other: an operation that was refused at the door
	Result audit.Result  `json:"result" enum:"done,read,refused"`
	Count  *int          `json:"count"` // null when there are few
	Few    bool          `json:"few"`
}

type eventOut struct {
	At     time.Time     `json:"at"` // to the minute
	Role   access.Role   `json:"role"`
	Action access.Action `json:"action"`
	Result audit.Result  `json:"result" enum:"done,read,refused"`
	Ref    string        `json:"ref"`
}

type alertOut struct {
	ID    string          `json:"id"`
	Day   calendar.Date   `json:"day"`
	Kind  audit.AlertKind `json:"kind" enum:"many_openings,many_refusals,chain_broken,forged,guesses,let_back_in"`
	Role  *access.Role    `json:"role"` // whose account it is about; null for nobody's
	Count int             `json:"count"`
	Seen  bool            `json:"seen"` // by who asks
}

type trailIn struct {
	Page
	Subject string `query:"subject" json:"-" validate:"omitempty,id=grv"`
}

type summaryIn struct {
	From string `query:"from" json:"-" validate:"required,len=10"`
	To   string `query:"to" json:"-" validate:"required,len=10"`
}

// days reads both, and says of each that is none.
func (in summaryIn) days() (from, to calendar.Date, err error) {
	var faults []fault.Field
	read := func(field, text string) calendar.Date {
		d, err := calendar.Parse(text)
		if err != nil {
			faults = append(faults, fault.At(field, "field.not_a_day"))
		}
		return d
	}
	from, to = read("from", in.From), read("to", in.To)
	return from, to, fault.Of("request.invalid", faults...)
}

type alertIn struct {
	ID string `path:"id" json:"-" validate:"id=alt"`
}

const exampleAlertID = "alt_b7k2m9x4q8w3e6r5t2y7u4n8pa"

var (
	exampleOpening = openingOut{Role: access.Coordinator, Day: exampleDay, Action: access.ReadMember}
	exampleEntry   = entryOut{
		ID: "aud_b7k2m9x4q8w3e6r5t2y7u4n8pa", Day: exampleDay, At: &exampleTime, Role: access.FocalPoint,
		Action: access.HandleSensitive, Result: audit.Read, Subject: "grv_b7k2m9x4q8w3e6r5t2y7u4n8pa", Fields: []string{},
	}
	exampleCounted = countedOut{
		Month: calendar.Date{Year: 2026, Month: time.November, Day: 1}, Role: access.Coordinator,
		Action: access.ReadMember, Result: audit.Read, Count: pointer(41),
	}
	exampleEvent = eventOut{At: exampleTime.Truncate(time.Minute), Role: access.Coordinator, Action: access.ReadMember, Result: audit.Read, Ref: "9f86d081884c"}
	exampleAlert = alertOut{ID: exampleAlertID, Day: exampleDay, Kind: audit.ManyOpenings, Role: pointer(access.Coordinator), Count: 50}
)

func trailRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[Page, List[openingOut]]{
			Method: http.MethodGet, Path: "/api/me/openings", ID: "listOpenings", Tag: "trail",
			Summary: "Who opened what is hers: in which role, on which day, the latest first.",
			Roles:   SignedIn,
			Example: NewList([]openingOut{exampleOpening}, ""),
			Do: func(ctx context.Context, call *Call, in Page) (List[openingOut], error) {
				found, next, err := n.Trails.Openings(ctx, call.Actor, in.Size(), in.After())
				if err != nil {
					return List[openingOut]{}, err
				}
				out := make([]openingOut, len(found))
				for i, o := range found {
					out[i] = openingOut{o.Role, o.Day, o.Action, o.Emergency}
				}
				return NewList(out, next), nil
			},
		},
		Route[trailIn, List[entryOut]]{
			Method: http.MethodGet, Path: "/api/trail", ID: "readTrail", Tag: "trail",
			Summary: "What was done about the matters in her hands, or about one of them, the latest first.",
			Roles:   []access.Role{access.FocalPoint, access.Deputy},
			Example: NewList([]entryOut{exampleEntry}, ""),
			Do: func(ctx context.Context, call *Call, in trailIn) (List[entryOut], error) {
				found, next, err := n.Trails.OfMatters(ctx, call.Actor, in.Subject, in.Size(), in.After())
				if err != nil {
					return List[entryOut]{}, err
				}
				out := make([]entryOut, len(found))
				for i, e := range found {
					out[i] = entryOut{
						ID: e.ID, Day: e.Day, At: e.At, Role: e.Leading(), Mine: e.Account == call.Actor.Account,
						Action: e.Action, Result: e.Result, Subject: e.Subjects[0], Fields: append([]string{}, e.Fields...),
					}
				}
				return NewList(out, next), nil
			},
		},
		Route[summaryIn, List[countedOut]]{
			Method: http.MethodGet, Path: "/api/trail/summary", ID: "readTrailSummary", Tag: "trail",
			Summary:   "How much was done in each month, by role, action and result; at most twelve months.",
			Roles:     []access.Role{access.Board},
			ExampleIn: summaryIn{From: exampleDay.String(), To: exampleDay.String()},
			Example:   NewList([]countedOut{exampleCounted}, ""),
			Problems:  []string{"trail.too_many_months"},
			Do: func(ctx context.Context, call *Call, in summaryIn) (List[countedOut], error) {
				from, to, err := in.days()
				if err != nil {
					return List[countedOut]{}, err
				}
				found, err := n.Trails.Summary(ctx, call.Actor, from, to)
				if err != nil {
					return List[countedOut]{}, err
				}
				out := make([]countedOut, len(found))
				for i, c := range found {
					out[i] = countedOut{Month: c.Month, Role: c.Role, Action: c.Action, Result: c.Result, Few: c.Count == 0}
					if c.Count > 0 {
						out[i].Count = &found[i].Count
					}
				}
				return NewList(out, ""), nil
			},
		},
		Route[Page, List[eventOut]]{
			Method: http.MethodGet, Path: "/api/trail/technical", ID: "readTechnical", Tag: "trail",
			Summary: "What happened, the latest first, without anybody's id.",
			Roles:   []access.Role{access.Administrator},
			Example: NewList([]eventOut{exampleEvent}, ""),
			Do: func(ctx context.Context, call *Call, in Page) (List[eventOut], error) {
				found, next, err := n.Trails.Technical(ctx, call.Actor, in.Size(), in.After())
				if err != nil {
					return List[eventOut]{}, err
				}
				out := make([]eventOut, len(found))
				for i, e := range found {
					out[i] = eventOut{e.At, e.Role, e.Action, e.Result, e.Ref}
				}
				return NewList(out, next), nil
			},
		},
		Route[Page, List[alertOut]]{
			Method: http.MethodGet, Path: "/api/alerts", ID: "listAlerts", Tag: "trail",
			Summary: "What somebody should look at, the latest first; never what is about herself.",
			Roles:   []access.Role{access.FocalPoint, access.Deputy, access.Board},
			Example: NewList([]alertOut{exampleAlert}, ""),
			Do: func(ctx context.Context, call *Call, in Page) (List[alertOut], error) {
				found, next, err := n.Trails.Alerts(ctx, call.Actor, in.Size(), in.After())
				if err != nil {
					return List[alertOut]{}, err
				}
				out := make([]alertOut, len(found))
				for i, a := range found {
					out[i] = alertOf(a, call.Actor)
				}
				return NewList(out, next), nil
			},
		},
		Route[alertIn, alertOut]{
			Method: http.MethodPost, Path: "/api/alerts/:id/seen", ID: "seeAlert", Tag: "trail",
			Summary:   "Note that she has looked at it.",
			Roles:     []access.Role{access.FocalPoint, access.Deputy, access.Board},
			ExampleIn: alertIn{ID: exampleAlertID},
			Example:   exampleAlert,
			Do: func(ctx context.Context, call *Call, in alertIn) (alertOut, error) {
				a, err := n.Trails.SeeAlert(ctx, call.Actor, call.Once, in.ID)
				if err != nil {
					return alertOut{}, err
				}
				return alertOf(a, call.Actor), nil
			},
		},
	}
}

func alertOf(a *audit.Alert, by access.Actor) alertOut {
	out := alertOut{ID: a.ID, Day: a.Day, Kind: a.Kind, Count: a.Count, Seen: slices.Contains(a.SeenBy, by.Account)}
	if len(a.Roles) > 0 {
		out.Role = pointer(audit.Leading(a.Roles))
	}
	return out
}
