package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/member"
)

type membershipOut struct {
	State  member.State  `json:"state" enum:"applied,active,declined,paused,ended"`
	Since  calendar.Date `json:"since"`
	Reason member.Reason `json:"reason,omitempty" enum:"duplicate,not_this_group,talk_first,other"`
	Words  string        `json:"words,omitempty"`
}

type consentOut struct {
	ID          string            `json:"id"`
	Purpose     consent.Purpose   `json:"purpose"`
	Recipient   consent.Recipient `json:"recipient"`
	Version     string            `json:"version"`
	Language    string            `json:"language"`
	Text        string            `json:"text"`
	How         consent.How       `json:"how" enum:"self,in_person"`
	GivenAt     time.Time         `json:"givenAt"`
	Until       time.Time         `json:"until"`
	WithdrawnAt *time.Time        `json:"withdrawnAt"`
}

type heldOut struct {
	Field   string        `json:"field" enum:"alias,paper_name,phone,birth,age,district,group,membership,consents,sign_in"`
	Value   string        `json:"value,omitempty"`
	Readers []access.Role `json:"readers"`
	Damaged bool          `json:"damaged"` // it can't be read any more, and she may write it anew
}

// closedOut tells until when what she had before is closed to her, since others let
// her in again: it is left out of the answer.
type closedOut struct {
	Until time.Time `json:"until"`
}

type mineOut struct {
	Alias      string         `json:"alias"`
	Handle     string         `json:"handle"`
	Language   string         `json:"language"`
	Group      *groupRef      `json:"group"`
	Phone      *string        `json:"phone"`
	Birth      calendar.Birth `json:"birth"`
	Membership membershipOut  `json:"membership"`
	Consents   []consentOut   `json:"consents"`
	Held       []heldOut      `json:"held"`
	Until      calendar.Date  `json:"until,omitzero"` // the last day on which it is kept, where one is set
	Restricted bool           `json:"restricted"`     // nobody but she uses it
	Closed     *closedOut     `json:"closed,omitempty"`
	Version    int64          `json:"-"`
}

// ETag is the version that a change must name.
func (o mineOut) ETag() int64 { return o.Version }

func membershipOf(o *member.Opened) membershipOut {
	return membershipOut{State: o.State, Since: o.Since, Reason: o.Reason, Words: o.Words.Reveal()}
}

func mineOf(m *member.Mine) mineOut {
	out := mineOut{
		Alias: m.Name().Reveal(), Handle: m.Handle.Reveal(), Language: m.Language, Group: refTo(m.Group),
		Birth: m.Birth, Membership: membershipOf(m.Opened), Consents: []consentOut{}, Held: []heldOut{}, Version: m.Version,
		Until: m.Until, Restricted: m.Restricted,
	}
	if !m.ClosedUntil.IsZero() {
		out.Closed = &closedOut{m.ClosedUntil}
	}
	if !m.Phone.Empty() {
		number := m.Phone.Reveal()
		out.Phone = &number
	}
	for _, c := range m.Consents {
		out.Consents = append(out.Consents, consentOut{
			ID: c.ID, Purpose: c.Purpose, Recipient: c.Recipient, Version: c.Version, Language: c.Language, How: c.How,
			Text: c.Text, GivenAt: c.GivenAt, Until: c.Until, WithdrawnAt: c.Withdrawn,
		})
	}
	for _, h := range m.Held {
		out.Held = append(out.Held, heldOut{Field: h.Field, Value: h.Value.Reveal(), Readers: h.Readers, Damaged: h.Damaged})
	}
	return out
}

type changeMineIn struct {
	Alias     *string                `json:"alias,omitempty" validate:"omitempty,max=60"`
	Language  *string                `json:"language,omitempty" validate:"omitempty,oneof=ne en nb"`
	PaperName orNull[string]         `json:"paperName,omitzero"`
	Phone     orNull[string]         `json:"phone,omitzero"`
	Birth     orNull[calendar.Birth] `json:"birth,omitzero"`
	District  orNull[string]         `json:"district,omitzero"`
}

type withdrawIn struct {
	ID string `path:"id" json:"-" validate:"id=con"`
}

var (
	exampleDay  = calendar.Date{Year: 2026, Month: time.November, Day: 26}
	exampleTime = time.Date(2026, 11, 26, 8, 34, 10, 123e6, time.UTC)
	exampleMine = mineOut{
		Alias: "Junkiri", Handle: "river-lamp-seven", Language: "en", Group: &groupRef{ID: exampleGroup.ID, Name: exampleGroup.Name},
		Birth: calendar.Birth{}, Membership: membershipOut{State: member.Active, Since: exampleDay},
		Consents: []consentOut{{
			ID: "con_b7k2m9x4q8w3e6r5t2y7u4n8pa", Purpose: consent.Membership, Recipient: consent.Organisation, Version: "1", Language: "en",
			Text: consent.Words(consent.Membership, "1", "en"), How: consent.BySelf, GivenAt: exampleTime, Until: exampleTime.AddDate(3, 0, 0),
		}},
		Held: []heldOut{{Field: "alias", Value: "Junkiri", Readers: []access.Role{access.Coordinator}}}, Version: 2,
	}
)

func mineRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[Nothing, mineOut]{
			Method: http.MethodGet, Path: "/api/me", ID: "readMine", Tag: "mine",
			Summary: "All that is held of her, and who may read it.",
			Roles:   SignedIn,
			Example: exampleMine,
			Do: func(ctx context.Context, call *Call, _ Nothing) (mineOut, error) {
				m, err := n.Members.Mine(ctx, call.Actor)
				if err != nil {
					return mineOut{}, err
				}
				return mineOf(m), nil
			},
		},
		Route[changeMineIn, mineOut]{
			Method: http.MethodPatch, Path: "/api/me", ID: "changeMine", Tag: "mine",
			Summary:   "Change or remove (null) what is hers. The language alone takes no fresh proof.",
			Roles:     SignedIn,
			ExampleIn: changeMineIn{Alias: pointer("Junkiri"), Phone: told("9841000001")},
			Example:   exampleMine,
			Problems: []string{
				"registration.alias_missing", "field.too_long", "field.district_unknown", "phone.digits_lost", "phone.several", "phone.invalid",
				"birth.unreadable", "birth.no_such_day", "birth.out_of_table", "birth.future",
			},
			Do: func(ctx context.Context, call *Call, in changeMineIn) (mineOut, error) {
				m, err := n.Members.ChangeOwn(ctx, call.Actor, call.IfMatch, member.OwnChange{
					Alias: in.Alias, Language: in.Language, PaperName: in.PaperName.orEmpty(), Phone: in.Phone.orEmpty(),
					Birth: in.Birth.orEmpty(), District: in.District.orEmpty(),
				})
				if err != nil {
					return mineOut{}, err
				}
				return mineOf(m), nil
			},
		},
		Route[withdrawIn, mineOut]{
			Method: http.MethodPost, Path: "/api/me/consents/:id/withdraw", ID: "withdrawConsent", Tag: "consent",
			Summary:   "Take one yes back. Without the yes to being kept the membership ends.",
			Roles:     SignedIn,
			ExampleIn: withdrawIn{ID: exampleMine.Consents[0].ID},
			Example:   exampleMine,
			Do: func(ctx context.Context, call *Call, in withdrawIn) (mineOut, error) {
				m, err := n.Members.WithdrawConsent(ctx, call.Actor, call.Once, in.ID)
				if err != nil {
					return mineOut{}, err
				}
				return mineOf(m), nil
			},
		},
	}
}

func pointer[T any](v T) *T { return &v }
