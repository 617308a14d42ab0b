package routes

import (
	"context"
	"net/http"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/member"
)

type witnessOut struct {
	Role access.Role `json:"role"`
}

type answerOut struct {
	ID          string            `json:"id"`
	Purpose     consent.Purpose   `json:"purpose"`
	Recipient   consent.Recipient `json:"recipient"`
	Version     string            `json:"version"`
	Language    string            `json:"language"`
	Text        string            `json:"text"`
	No          bool              `json:"no"`    // her no to what is done unless she says it
	Heard       bool              `json:"heard"` // it was read out to her
	How         consent.How       `json:"how" enum:"self,in_person"`
	Witness     *witnessOut       `json:"witness,omitempty"`
	GivenAt     calendar.Date     `json:"givenAt"`
	Until       *calendar.Date    `json:"until,omitempty"`
	Withdrawn   *calendar.Date    `json:"withdrawn,omitempty"`
	Stands      bool              `json:"stands"` // it holds now
	MayWithdraw bool              `json:"mayWithdraw"`
}

type ledgerOut struct {
	Items []answerOut      `json:"items"`
	Open  []consentTextOut `json:"open"` // what she could answer now
}

func ledgerOf(l *member.Ledger) ledgerOut {
	out := ledgerOut{Items: []answerOut{}, Open: textsOf(l.Open)}
	for _, c := range l.Given {
		a := answerOut{
			ID: c.ID, Purpose: c.Purpose, Recipient: c.Recipient, Version: c.Version, Language: c.Language, Text: c.Text,
			No: c.No, Heard: c.Heard, How: c.How, GivenAt: calendar.Of(c.GivenAt), Stands: c.Stands, MayWithdraw: c.Stands,
		}
		if c.WitnessRole != "" {
			a.Witness = &witnessOut{Role: c.WitnessRole}
		}
		if !c.Until.IsZero() {
			a.Until = pointer(calendar.Of(c.Until))
		}
		if c.Withdrawn != nil {
			a.Withdrawn = pointer(calendar.Of(*c.Withdrawn))
		}
		out.Items = append(out.Items, a)
	}
	return out
}

type sharingOut struct {
	Day     calendar.Date   `json:"day"`
	To      consent.Outside `json:"to" enum:"file,emergency"`
	What    []string        `json:"what"`
	Purpose consent.Purpose `json:"purpose,omitempty"` // absent where a life was at stake and no yes was asked
}

type sharingsOut struct {
	Items []sharingOut `json:"items"`
}

// oneAnswer takes a list, so that several are refused with a word of their own.
type oneAnswer struct {
	Consents []consent.Given `json:"consents" validate:"required,min=1,max=20,dive"`
}

func ledgerRoutes(n Nouns) []Endpoint {
	example := ledgerOut{
		Items: []answerOut{{
			ID: exampleMine.Consents[0].ID, Purpose: consent.Membership, Recipient: consent.Organisation, Version: "1", Language: "en",
			Text: consent.Words(consent.Membership, "1", "en"), How: consent.BySelf, GivenAt: exampleDay,
			Until: pointer(exampleDay.AddMonths(36)), Stands: true, MayWithdraw: true,
		}},
		Open: textsOf(consent.Shipped("en"))[1:2],
	}
	return []Endpoint{
		Route[languageIn, ledgerOut]{
			Method: http.MethodGet, Path: "/api/me/consents", ID: "readLedger", Tag: "consent",
			Summary:   "Every answer she ever gave, and what she could answer now.",
			Roles:     SignedIn,
			ExampleIn: languageIn{Language: "en"},
			Example:   example,
			Do: func(ctx context.Context, call *Call, in languageIn) (ledgerOut, error) {
				l, err := n.Members.Ledger(ctx, call.Actor, in.Language)
				if err != nil {
					return ledgerOut{}, err
				}
				return ledgerOf(l), nil
			},
		},
		Route[oneAnswer, mineOut]{
			Method: http.MethodPost, Path: "/api/me/consents", ID: "giveConsent", Tag: "consent",
			Summary:   "Say yes to one text, or no to what is done unless she says it. A no takes no fresh proof.",
			Roles:     SignedIn,
			ExampleIn: oneAnswer{Consents: []consent.Given{{Purpose: consent.CoordinatorPhone, Version: "1", Language: "en"}}},
			Example:   exampleMine,
			Problems:  []string{"consent.bundled", "consent.text_unknown", "consent.not_an_answer", "consent.text_old"},
			Do: func(ctx context.Context, call *Call, in oneAnswer) (mineOut, error) {
				m, err := n.Members.GiveConsent(ctx, call.Actor, call.Once, in.Consents)
				if err != nil {
					return mineOut{}, err
				}
				return mineOf(m), nil
			},
		},
		Route[Nothing, sharingsOut]{
			Method: http.MethodGet, Path: "/api/me/sharings", ID: "readSharings", Tag: "consent",
			Summary: "What of hers went out of the circle: on which day, to whom, on which yes.",
			Roles:   SignedIn,
			Example: sharingsOut{Items: []sharingOut{{Day: exampleDay, To: consent.ToFile, What: []string{"alias", "group"}, Purpose: consent.Membership}}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (sharingsOut, error) {
				all, err := n.Members.Sharings(ctx, call.Actor)
				if err != nil {
					return sharingsOut{}, err
				}
				out := sharingsOut{Items: []sharingOut{}}
				for _, s := range all {
					out.Items = append(out.Items, sharingOut{Day: s.Day, To: s.To, What: s.What, Purpose: s.Purpose})
				}
				return out, nil
			},
		},
	}
}
