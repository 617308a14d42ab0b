package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/peersupport"
)

var (
	meeters    = []access.Role{access.Member}
	supporters = []access.Role{access.PeerSupporter}
)

type supporterOut struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Languages []string `json:"languages"`
	Near      bool     `json:"near"` // of her own group
}

type slotOut struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	Free  bool      `json:"free"`
}

type slotDayOut struct {
	Day   calendar.Date `json:"day"` // in Nepal
	Slots []slotOut     `json:"slots"`
}

type slotsOut struct {
	Supporters []supporterOut `json:"supporters"`
	Days       []slotDayOut   `json:"days"`
	AskName    bool           `json:"askName"` // she hasn't agreed that whom she meets sees her name
}

type slotsIn struct {
	Supporter string `query:"supporter" json:"-" validate:"omitempty,id=mem"`
	From      string `query:"from" json:"-" validate:"omitempty,datetime=2006-01-02"`
	Days      int    `query:"days" json:"-" validate:"omitempty,min=1,max=14"`
}

type ownSessionOut struct {
	ID          string            `json:"id"`
	Start       time.Time         `json:"start"`
	End         time.Time         `json:"end"`
	State       peersupport.State `json:"state" enum:"booked,cancelled"`
	CancelledBy *peersupport.Side `json:"cancelledBy" enum:"member,supporter"`
	As          peersupport.Side  `json:"as" enum:"member,supporter"`
	With        *string           `json:"with"` // null where the other hasn't agreed to show it
	Mine        bool              `json:"mine"`
}

// Location is where her meetings stand.
func (o ownSessionOut) Location() string { return "/api/support/sessions" }

type ownSessionsIn struct {
	Page
	Past bool `query:"past" json:"-"`
}

type sessionID struct {
	ID string `path:"id" json:"-" validate:"id=ses"`
}

type spanOut struct {
	Weekday int    `json:"weekday"` // 0 is Sunday
	From    string `json:"from"`    // "10:00" in Nepal
	To      string `json:"to"`
}

type hoursOut struct {
	Spans     []spanOut `json:"spans"`
	Length    int       `json:"length"` // minutes
	Cap       int       `json:"cap"`    // meetings in a week
	Languages []string  `json:"languages"`
	Paused    bool      `json:"paused"`
	Agreed    bool      `json:"agreed"` // members may see that she is a supporter
	Version   int64     `json:"-"`
}

// ETag is the version that a change must name.
func (o hoursOut) ETag() int64 { return o.Version }

type weekIn struct {
	From string `query:"from" json:"-" validate:"omitempty,datetime=2006-01-02"`
}

type weekDayOut struct {
	Day      calendar.Date `json:"day"`
	Sessions []deskSession `json:"sessions"`
}

type loadOut struct {
	Supporter string `json:"supporter"`
	Booked    int    `json:"booked"`
	Cap       int    `json:"cap"`
}

type weekOut struct {
	From calendar.Date `json:"from"`
	Days []weekDayOut  `json:"days"`
	Load []loadOut     `json:"load"`
}

func slotsOf(o *peersupport.Offer) slotsOut {
	out := slotsOut{Supporters: []supporterOut{}, Days: []slotDayOut{}, AskName: o.AskName}
	for _, s := range o.Supporters {
		out.Supporters = append(out.Supporters, supporterOut{ID: s.ID, Name: s.Name.Reveal(), Languages: s.Languages, Near: s.Near})
	}
	for _, d := range o.Days {
		day := slotDayOut{Day: d.Day, Slots: make([]slotOut, len(d.Slots))}
		for i, s := range d.Slots {
			day.Slots[i] = slotOut{Start: s.Start, End: s.End, Free: s.Free}
		}
		out.Days = append(out.Days, day)
	}
	return out
}

func ownSessionOf(s *peersupport.OwnSession) ownSessionOut {
	out := ownSessionOut{ID: s.ID, Start: s.Start, End: s.End, State: s.State, As: s.As, With: shown(s.With), Mine: true}
	if s.CancelledBy != "" {
		out.CancelledBy = &s.CancelledBy
	}
	return out
}

func hoursOf(h *peersupport.OwnHours) hoursOut {
	out := hoursOut{
		Spans: make([]spanOut, len(h.Spans)), Length: h.Length, Cap: h.Cap, Languages: h.Languages,
		Paused: h.Paused, Agreed: h.Agreed, Version: h.Version,
	}
	for i, s := range h.Spans {
		out.Spans[i] = spanOut{Weekday: int(s.Weekday), From: peersupport.TimeOfDay(s.From), To: peersupport.TimeOfDay(s.To)}
	}
	return out
}

func weekOf(w *peersupport.Week) weekOut {
	out := weekOut{From: w.From, Days: make([]weekDayOut, len(w.Days)), Load: make([]loadOut, len(w.Load))}
	for i, d := range w.Days {
		day := weekDayOut{Day: d.Day, Sessions: make([]deskSession, len(d.Sessions))}
		for j, s := range d.Sessions {
			day.Sessions[j] = deskSession{
				ID: s.ID, Start: s.Start, End: s.End, State: s.State,
				Member: shown(s.Member), Supporter: shown(s.Supporter), Group: refTo(s.Group),
			}
		}
		out.Days[i] = day
	}
	for i, l := range w.Load {
		out.Load[i] = loadOut{Supporter: l.Supporter.Reveal(), Booked: l.Booked, Cap: l.Cap}
	}
	return out
}

// dayOf reads a day of an address that was checked for its form; none is the zero Date.
func dayOf(s string) (calendar.Date, error) {
	var d calendar.Date
	return d, d.UnmarshalText([]byte(s))
}

var (
	exampleSlot      = slotOut{Start: time.Date(2026, 11, 29, 4, 15, 0, 0, time.UTC), End: time.Date(2026, 11, 29, 5, 0, 0, 0, time.UTC), Free: true}
	exampleSupporter = supporterOut{ID: "mem_q7k2m9x4b8w3e6r5t2y7u4n8pa", Name: "Maina", Languages: []string{"ne", "thl"}, Near: true}
	exampleMeeting   = ownSessionOut{
		ID: "ses_b7k2m9x4q8w3e6r5t2y7u4n8pa", Start: exampleSlot.Start, End: exampleSlot.End,
		State: peersupport.Booked, As: peersupport.AsMember, With: pointer("Maina"), Mine: true,
	}
	exampleHours = hoursOut{
		Spans: []spanOut{{Weekday: 0, From: "10:00", To: "13:00"}}, Length: 45, Cap: 5, Languages: []string{"ne", "thl"}, Agreed: true, Version: 2,
	}
	exampleSunday = calendar.Date{Year: 2026, Month: time.November, Day: 29}
)

func supportRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[slotsIn, slotsOut]{
			Method: http.MethodGet, Path: "/api/support/slots", ID: "findSlots", Tag: "support",
			Summary:   "Whom she can meet, and when: of one supporter, or of anyone.",
			Roles:     meeters,
			ExampleIn: slotsIn{From: "2026-11-29", Days: 1},
			Example: slotsOut{
				Supporters: []supporterOut{exampleSupporter},
				Days:       []slotDayOut{{Day: exampleSunday, Slots: []slotOut{exampleSlot}}}, AskName: true,
			},
			Do: func(ctx context.Context, call *Call, in slotsIn) (slotsOut, error) {
				from, err := dayOf(in.From)
				if err != nil {
					return slotsOut{}, err
				}
				days := in.Days
				if days == 0 {
					days = 14
				}
				o, err := n.Support.Slots(ctx, call.Actor, peersupport.SlotQuery{Supporter: in.Supporter, From: from, Days: days})
				if err != nil {
					return slotsOut{}, err
				}
				return slotsOf(o), nil
			},
		},
		Route[ownSessionsIn, List[ownSessionOut]]{
			Method: http.MethodGet, Path: "/api/support/sessions", ID: "listOwnSessions", Tag: "support",
			Summary:   "Her meetings, as member and as supporter: from today on, or those before.",
			Roles:     meeters,
			ExampleIn: ownSessionsIn{},
			Example:   List[ownSessionOut]{Items: []ownSessionOut{exampleMeeting}},
			Do: func(ctx context.Context, call *Call, in ownSessionsIn) (List[ownSessionOut], error) {
				list, next, err := n.Support.Sessions(ctx, call.Actor, peersupport.SessionQuery{Past: in.Past, Limit: in.Size(), After: in.After()})
				if err != nil {
					return List[ownSessionOut]{}, err
				}
				items := make([]ownSessionOut, len(list))
				for i := range list {
					items[i] = ownSessionOf(&list[i])
				}
				return NewList(items, next), nil
			},
		},
		Route[peersupport.Booking, ownSessionOut]{
			Method: http.MethodPost, Path: "/api/support/sessions", ID: "bookSession", Tag: "support",
			Summary: "Book a meeting, with one supporter or with anyone who is free.",
			Roles:   meeters, Status: http.StatusCreated,
			ExampleIn: peersupport.Booking{Start: exampleSlot.Start, Supporter: exampleSupporter.ID, Consents: []consent.Given{
				{Purpose: consent.PeerName, Version: "1", Language: "ne"},
			}},
			Example: exampleMeeting,
			Problems: []string{
				"support.slot_taken", "support.slot_past", "support.no_such_slot", "support.own_overlap", "support.too_young", "support.week_full",
				"support.own_limit", "support.self", "consent.text_unknown", "consent.text_old", "consent.twice",
			},
			Do: func(ctx context.Context, call *Call, in peersupport.Booking) (ownSessionOut, error) {
				s, err := n.Support.Book(ctx, call.Actor, call.Once, in)
				if err != nil {
					return ownSessionOut{}, err
				}
				return ownSessionOf(s), nil
			},
		},
		Route[sessionID, ownSessionOut]{
			Method: http.MethodPost, Path: "/api/support/sessions/:id/cancel", ID: "cancelSession", Tag: "support",
			Summary:   "Call a meeting off, as either of the two, without a reason.",
			Roles:     meeters,
			ExampleIn: sessionID{ID: exampleMeeting.ID},
			Example:   exampleMeeting,
			Problems:  []string{"support.session_over"},
			Do: func(ctx context.Context, call *Call, in sessionID) (ownSessionOut, error) {
				s, err := n.Support.Cancel(ctx, call.Actor, call.Once, in.ID)
				if err != nil {
					return ownSessionOut{}, err
				}
				return ownSessionOf(s), nil
			},
		},
		Route[Nothing, hoursOut]{
			Method: http.MethodGet, Path: "/api/support/hours", ID: "readHours", Tag: "support",
			Summary: "A supporter's own weekly hours.",
			Roles:   supporters,
			Example: exampleHours,
			Do: func(ctx context.Context, call *Call, _ Nothing) (hoursOut, error) {
				h, err := n.Support.OwnHours(ctx, call.Actor)
				if err != nil {
					return hoursOut{}, err
				}
				return hoursOf(h), nil
			},
		},
		Route[peersupport.HoursChange, hoursOut]{
			Method: http.MethodPatch, Path: "/api/support/hours", ID: "setHours", Tag: "support",
			Summary: "Change a supporter's weekly hours. Meetings that are booked stay.",
			Roles:   supporters,
			ExampleIn: peersupport.HoursChange{
				Spans:  []peersupport.SpanInput{{Weekday: pointer(0), From: "10:00", To: "13:00"}},
				Length: pointer(45), Cap: pointer(5), Languages: []string{"ne", "thl"},
				Consents: []consent.Given{{Purpose: consent.SupporterName, Version: "1", Language: "ne"}},
			},
			Example:  exampleHours,
			Problems: []string{"support.too_young", "support.span_invalid", "support.span_overlap", "support.name_needed", "consent.text_unknown", "consent.text_old", "consent.twice"},
			Do: func(ctx context.Context, call *Call, in peersupport.HoursChange) (hoursOut, error) {
				h, err := n.Support.SetHours(ctx, call.Actor, call.IfMatch, in)
				if err != nil {
					return hoursOut{}, err
				}
				return hoursOf(h), nil
			},
		},
		Route[weekIn, weekOut]{
			Method: http.MethodGet, Path: "/api/support/week", ID: "readSupportWeek", Tag: "support",
			Summary:   "Seven days of meetings in a coordinator's groups, and how much each supporter has.",
			Roles:     coordinators,
			ExampleIn: weekIn{From: "2026-11-29"},
			Example: weekOut{
				From: exampleSunday,
				Days: []weekDayOut{{Day: exampleSunday, Sessions: []deskSession{{
					ID: exampleMeeting.ID, Start: exampleSlot.Start, End: exampleSlot.End, State: peersupport.Booked,
					Member: pointer("Junkiri"), Supporter: pointer("Maina"), Group: &groupRef{ID: exampleGroup.ID, Name: exampleGroup.Name},
				}}}},
				Load: []loadOut{{Supporter: "Maina", Booked: 1, Cap: 5}},
			},
			Do: func(ctx context.Context, call *Call, in weekIn) (weekOut, error) {
				from, err := dayOf(in.From)
				if err != nil {
					return weekOut{}, err
				}
				w, err := n.Support.Week(ctx, call.Actor, from)
				if err != nil {
					return weekOut{}, err
				}
				return weekOf(w), nil
			},
		},
	}
}
