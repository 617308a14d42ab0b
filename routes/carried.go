package routes

import (
	"context"
	"net/http"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/member"
)

type carriedRow struct {
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	Group       *groupRef      `json:"group"`
	GroupUnsure bool           `json:"groupUnsure"`                        // she did not know hers
	Kind        string         `json:"kind" enum:"carried,applied,member"` // from an old register, wishes to join, or is in
	Since       calendar.Date  `json:"since"`                              // she is what she is since then
	Until       *calendar.Date `json:"until,omitempty"`                    // erased after it
	Asked       *calendar.Date `json:"asked,omitempty"`                    // she was asked then and said no
	Young       bool           `json:"young"`                              // under 18: the focal point asks her, or decides on her
	Decided     bool           `json:"decided"`                            // it was decided on her as somebody under 18
	Listed      bool           `json:"listed"`                             // her coordinators may see her though she is
	Guardian    string         `json:"guardian,omitempty" enum:"agreed,aside"`
	Review      *calendar.Date `json:"review,omitempty"` // when it is looked at again that her guardian was set aside
	Unreadable  bool           `json:"unreadable"`       // something of hers was damaged; her name may be empty
	Held        []string       `json:"held"`             // what of hers is there to be agreed to: phone, paper_name, district
}

func carriedOf(t member.ToAsk) carriedRow {
	row := carriedRow{
		ID: t.ID, Name: t.Name().Reveal(), Group: refTo(t.Group), GroupUnsure: t.Unsure, Kind: "member", Since: t.Since, Young: t.Young, Unreadable: t.Unreadable(), Held: []string{},
	}
	if t.State == member.Applied {
		row.Kind = "applied"
	}
	if t.CarriedOver != nil {
		row.Kind, row.Until = "carried", &t.CarriedOver.Until
		if !t.CarriedOver.Asked.IsZero() {
			row.Asked = &t.CarriedOver.Asked
		}
	}
	if g := t.Guardian; g != nil {
		row.Decided, row.Listed, row.Guardian = true, g.Listed, "agreed"
		if g.Aside {
			row.Guardian, row.Review = "aside", &g.Review
		}
	}
	if !t.Phone.Empty() {
		row.Held = append(row.Held, "phone")
	}
	if !t.PaperName.Empty() {
		row.Held = append(row.Held, "paper_name")
	}
	if !t.District.Empty() {
		row.Held = append(row.Held, "district")
	}
	return row
}

type listToAskIn struct {
	Page
	Young bool   `query:"young" json:"-"`
	Group string `query:"group" json:"-" validate:"omitempty,id=grp"`
	Query string `query:"q" json:"-" validate:"max=20000"`
	Order string `query:"order" json:"-" validate:"omitempty,oneof=name until"`
}

type askedIn struct {
	memberID
	member.InPersonAsked
}

type decideYoungIn struct {
	memberID
	member.YoungDecision
}

type guardianAgainIn struct {
	memberID
	member.GuardianAgain
}

type birthToldIn struct {
	memberID
	member.BirthTold
}

type askOutcomeOut struct {
	State  string `json:"state" enum:"member,carried,erased"`
	Handle string `json:"handle,omitempty"` // the name by which she signs in, to take home
}

func carriedRoutes(n Nouns) []Endpoint {
	asking := []access.Role{access.Coordinator, access.FocalPoint, access.Deputy}
	protecting := []access.Role{access.FocalPoint, access.Deputy}
	return []Endpoint{
		Route[listToAskIn, List[carriedRow]]{
			Method: http.MethodGet, Path: "/api/carried", ID: "listCarried", Tag: "consent",
			Summary: "Who is to be asked: of a coordinator's groups whoever came in with an old register, of a focal point all under 18.",
			Roles:   asking,
			Example: List[carriedRow]{Items: []carriedRow{{
				ID: exampleRow.ID, Name: "Junkiri", Group: exampleRow.Group, Kind: "carried", Since: exampleDay, Until: pointer(exampleDay.AddMonths(12)), Held: []string{"phone", "paper_name"},
			}}},
			Problems: []string{"members.query_too_long"},
			Do: func(ctx context.Context, call *Call, in listToAskIn) (List[carriedRow], error) {
				page, next, err := n.Members.ListToAsk(ctx, call.Actor, member.ToAskFilter{
					Young: in.Young, Group: in.Group, Query: in.Query, ByName: in.Order == "name", Limit: in.Size(), After: in.After(),
				})
				if err != nil {
					return List[carriedRow]{}, err
				}
				rows := make([]carriedRow, len(page))
				for i, t := range page {
					rows[i] = carriedOf(t)
				}
				return NewList(rows, next), nil
			},
		},
		Route[askedIn, askOutcomeOut]{
			Method: http.MethodPost, Path: "/api/carried/:id/asked", ID: "answerCarried", Tag: "consent",
			Summary: "Write down what she answered in person, as her witness: each text by itself.",
			Roles:   asking,
			ExampleIn: askedIn{memberID: memberID{ID: exampleRow.ID}, InPersonAsked: member.InPersonAsked{
				Answers: exampleConsents, How: consent.InPerson, Language: "en",
			}},
			Example: askOutcomeOut{State: member.BecameMember, Handle: "river-lamp-seven"},
			Problems: []string{
				"consent.text_unknown", "consent.text_old", "consent.twice", "consent.not_an_answer", "registration.consent_missing", "field.too_long", "field.required",
				"field.unknown", "member.erase_or_yes", "member.guardian_needed", "member.review_day", "member.not_carried_over",
			},
			Do: func(ctx context.Context, call *Call, in askedIn) (askOutcomeOut, error) {
				o, err := n.Members.Asked(ctx, call.Actor, call.Once, in.ID, in.InPersonAsked)
				if err != nil {
					return askOutcomeOut{}, err
				}
				return askOutcomeOut{State: o.State, Handle: o.Handle.Reveal()}, nil
			},
		},
		Route[decideYoungIn, Nothing]{
			Method: http.MethodPost, Path: "/api/carried/:id/decide", ID: "decideOnYoung", Tag: "consent",
			Summary: "Decide, with her, on somebody under 18 who came in herself: her own yes, her guardian's part, and whether her coordinators may see her.",
			Roles:   protecting,
			ExampleIn: decideYoungIn{memberID: memberID{ID: exampleRow.ID}, YoungDecision: member.YoungDecision{
				Agrees: true, Guardian: &member.GuardianPart{Agreed: true}, Listed: true,
			}},
			Problems: []string{
				"member.own_yes_needed", "member.guardian_needed", "member.review_day", "member.group_missing", "member.not_applied",
				"registration.group_unknown", "field.required",
			},
			Do: func(ctx context.Context, call *Call, in decideYoungIn) (Nothing, error) {
				return Nothing{}, n.Members.DecideYoung(ctx, call.Actor, call.Once, in.ID, in.YoungDecision)
			},
		},
		Route[declineIn, Nothing]{
			Method: http.MethodPost, Path: "/api/carried/:id/decline", ID: "declineYoung", Tag: "consent",
			Summary:   "Answer the application of somebody under 18 with no, for a reason.",
			Roles:     protecting,
			ExampleIn: declineIn{memberID: memberID{ID: exampleRow.ID}, Declining: member.Declining{Reason: member.TalkFirst}},
			Problems:  []string{"member.not_applied"},
			Do: func(ctx context.Context, call *Call, in declineIn) (Nothing, error) {
				return Nothing{}, n.Members.DeclineYoung(ctx, call.Actor, call.Once, in.ID, in.Declining)
			},
		},
		Route[guardianAgainIn, Nothing]{
			Method: http.MethodPost, Path: "/api/carried/:id/guardian", ID: "lookAtGuardianAgain", Tag: "consent",
			Summary:   "Look again at the guardian of somebody under 18.",
			Roles:     protecting,
			ExampleIn: guardianAgainIn{memberID: memberID{ID: exampleRow.ID}, GuardianAgain: member.GuardianAgain{GuardianPart: member.GuardianPart{Agreed: true}}},
			Problems:  []string{"member.not_decided", "member.guardian_needed", "member.review_day", "field.required"},
			Do: func(ctx context.Context, call *Call, in guardianAgainIn) (Nothing, error) {
				return Nothing{}, n.Members.GuardianAgain(ctx, call.Actor, call.Once, in.ID, in.GuardianAgain)
			},
		},
		Route[birthToldIn, Nothing]{
			Method: http.MethodPost, Path: "/api/carried/:id/birth", ID: "tellBirth", Tag: "consent",
			Summary:   "Keep the birth that somebody under 18 told.",
			Roles:     protecting,
			ExampleIn: birthToldIn{memberID: memberID{ID: exampleRow.ID}, BirthTold: member.BirthTold{Birth: calendar.InYear(2067)}},
			Problems:  []string{"birth.no_such_day", "birth.future", "birth.out_of_table", "birth.unreadable", "field.required"},
			Do: func(ctx context.Context, call *Call, in birthToldIn) (Nothing, error) {
				return Nothing{}, n.Members.TellBirth(ctx, call.Actor, call.Once, in.ID, in.BirthTold)
			},
		},
	}
}
