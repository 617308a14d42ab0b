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
	ID    string         `json:"id"`
	Name  string         `json:"name"`
	Group *groupRef      `json:"group"`
	Until calendar.Date  `json:"until"`           // erased after it
	Asked *calendar.Date `json:"asked,omitempty"` // she was asked then and said no
	Young bool           `json:"young"`           // under 18: the focal point asks her
	Held  []string       `json:"held"`            // what of hers is there to be agreed to: phone, paper_name, district
}

func carriedOf(t member.ToAsk) carriedRow {
	row := carriedRow{ID: t.ID, Name: t.Name().Reveal(), Group: refTo(t.Group), Until: t.CarriedOver.Until, Young: t.Young, Held: []string{}}
	if !t.CarriedOver.Asked.IsZero() {
		row.Asked = &t.CarriedOver.Asked
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

type askedIn struct {
	memberID
	member.InPersonAsked
}

type askOutcomeOut struct {
	State  string `json:"state" enum:"member,carried,erased"`
	Handle string `json:"handle,omitempty"` // the name by which she signs in, to take home
}

func carriedRoutes(n Nouns) []Endpoint {
	asking := []access.Role{access.Coordinator, access.FocalPoint, access.Deputy}
	return []Endpoint{
		Route[Page, List[carriedRow]]{
			Method: http.MethodGet, Path: "/api/carried", ID: "listCarried", Tag: "consent",
			Summary: "Who came in with an old register and is to be asked: a coordinator's own groups, a focal point's those under 18.",
			Roles:   asking,
			Example: List[carriedRow]{Items: []carriedRow{{
				ID: exampleRow.ID, Name: "Junkiri", Group: exampleRow.Group, Until: exampleDay.AddMonths(12), Held: []string{"phone", "paper_name"},
			}}},
			Do: func(ctx context.Context, call *Call, in Page) (List[carriedRow], error) {
				page, next, err := n.Members.ListToAsk(ctx, call.Actor, in.After(), in.Size())
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
				"consent.text_unknown", "consent.twice", "consent.not_an_answer", "registration.consent_missing", "field.too_long", "field.required",
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
	}
}
