package routes

import (
	"context"
	"net/http"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/place"
)

var coordinators = []access.Role{access.Coordinator}

type memberRow struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	NameKind    string        `json:"nameKind" enum:"alias,paper"`
	Group       *groupRef     `json:"group"`
	GroupUnsure bool          `json:"groupUnsure"`
	State       member.State  `json:"state" enum:"applied,active,declined,paused,ended"`
	CarriedOver bool          `json:"carriedOver"`
	Since       calendar.Date `json:"since"`
	Hints       []string      `json:"hints"`
	Similar     bool          `json:"similar"` // found, but only by a name that is like the one looked for
}

type askedOut struct {
	Purpose consent.Purpose `json:"purpose"`
	Live    bool            `json:"live"`
}

type memberOut struct {
	memberRow
	Phone        *string            `json:"phone"`
	Birth        calendar.Birth     `json:"birth"`
	District     *organisation.Name `json:"district"`
	PaperName    *string            `json:"paperName"`
	CarriedUntil *calendar.Date     `json:"carriedUntil"`
	Membership   membershipOut      `json:"membership"`
	Consents     []askedOut         `json:"consents"`
	Closed       bool               `json:"closed"` // phone, birth, district and the name on paper come after a fresh proof
	Version      int64              `json:"-"`
}

// ETag is the version that a change must name.
func (o memberOut) ETag() int64 { return o.Version }

func rowOf(r member.Row) memberRow {
	out := memberRow{
		ID: r.ID, Name: r.Name().Reveal(), NameKind: "alias", Group: refTo(r.Group), GroupUnsure: r.Unsure,
		State: r.State, CarriedOver: r.CarriedOver != nil, Since: r.Since, Hints: r.Hints, Similar: r.Similar,
	}
	if r.Member.Alias.Empty() {
		out.NameKind = "paper"
	}
	if r.Unreadable() {
		out.Hints = append(out.Hints, "unreadable")
	}
	return out
}

func memberOf(r *member.Read) memberOut {
	out := memberOut{memberRow: rowOf(r.Row), Birth: r.Birth, Membership: membershipOf(r.Opened), Closed: r.Closed, Version: r.Version, Consents: []askedOut{}}
	if !r.Phone.Empty() {
		out.Phone = pointer(r.Phone.Reveal())
	}
	if d, ok := place.FindDistrict(r.District.Reveal()); ok {
		out.District = &organisation.Name{NE: d.NE, EN: d.EN}
	}
	if !r.Closed && !r.PaperName.Empty() {
		out.PaperName = pointer(r.PaperName.Reveal())
	}
	if r.CarriedOver != nil {
		out.CarriedUntil = &r.CarriedOver.Until
	}
	for _, c := range r.Consents {
		out.Consents = append(out.Consents, askedOut{Purpose: c.Purpose, Live: c.Live})
	}
	return out
}

type listMembersIn struct {
	Page
	Group string `query:"group" json:"-" validate:"omitempty,id=grp"`
	State string `query:"state" json:"-" validate:"omitempty,oneof=applied active declined paused ended"`
	Query string `query:"q" json:"-" validate:"max=20000"`
}

// memberID is the path of an operation on one person.
type memberID struct {
	ID string `path:"id" json:"-" validate:"id=mem"`
}

type approveIn struct {
	memberID
	member.Approval
}

type declineIn struct {
	memberID
	member.Declining
}

type correctIn struct {
	memberID
	member.Correction
}

var (
	exampleRow = memberRow{
		ID: "mem_b7k2m9x4q8w3e6r5t2y7u4n8pa", Name: "Junkiri", NameKind: "alias", Group: &groupRef{ID: exampleGroup.ID, Name: exampleGroup.Name},
		State: member.Applied, Since: exampleDay, Hints: []string{},
	}
	exampleMember = memberOut{
		memberRow: exampleRow, Birth: calendar.Birth{},
		Membership: membershipOut{State: member.Applied, Since: exampleDay},
		Consents:   []askedOut{{Purpose: consent.Membership, Live: true}}, Version: 1,
	}
)

func memberRoutes(n Nouns) []Endpoint {
	read := func(ctx context.Context, a access.Actor, person string) (memberOut, error) {
		r, err := n.Members.Read(ctx, a, person)
		if err != nil {
			return memberOut{}, err
		}
		return memberOf(r), nil
	}
	return []Endpoint{
		Route[listMembersIn, List[memberRow]]{
			Method: http.MethodGet, Path: "/api/members", ID: "listMembers", Tag: "members",
			Summary:   "The people of the coordinator's groups, by name or by a query in either script.",
			Roles:     coordinators,
			ExampleIn: listMembersIn{Query: "junkiri"},
			Example:   List[memberRow]{Items: []memberRow{exampleRow}},
			Problems:  []string{"members.query_too_long"},
			Do: func(ctx context.Context, call *Call, in listMembersIn) (List[memberRow], error) {
				rows, next, err := n.Members.List(ctx, call.Actor, member.Filter{
					Group: in.Group, State: member.State(in.State), Query: in.Query, Limit: in.Size(), After: in.After(),
				})
				if err != nil {
					return List[memberRow]{}, err
				}
				items := make([]memberRow, len(rows))
				for i, r := range rows {
					items[i] = rowOf(r)
				}
				return NewList(items, next), nil
			},
		},
		Route[memberID, memberOut]{
			Method: http.MethodGet, Path: "/api/members/:id", ID: "readMember", Tag: "members",
			Summary:   "One person of the coordinator's groups.",
			Roles:     coordinators,
			ExampleIn: memberID{ID: exampleRow.ID},
			Example:   exampleMember,
			Do: func(ctx context.Context, call *Call, in memberID) (memberOut, error) {
				return read(ctx, call.Actor, in.ID)
			},
		},
		Route[correctIn, memberOut]{
			Method: http.MethodPatch, Path: "/api/members/:id", ID: "correctMember", Tag: "members",
			Summary:   "Mend what the old register had wrong of somebody carried over.",
			Roles:     coordinators,
			ExampleIn: correctIn{memberID: memberID{ID: exampleRow.ID}, Correction: member.Correction{Phone: pointer("9841000001")}},
			Example:   exampleMember,
			Problems: []string{
				"member.not_carried_over", "name.missing", "phone.invalid", "phone.several", "phone.digits_lost",
				"birth.no_such_day", "birth.future", "birth.out_of_table", "birth.unreadable", "registration.group_unknown",
			},
			Do: func(ctx context.Context, call *Call, in correctIn) (memberOut, error) {
				if _, err := n.Members.Correct(ctx, call.Actor, in.ID, call.IfMatch, in.Correction); err != nil {
					return memberOut{}, err
				}
				return read(ctx, call.Actor, in.ID)
			},
		},
		Route[approveIn, memberOut]{
			Method: http.MethodPost, Path: "/api/members/:id/approve", ID: "approveMember", Tag: "members",
			Summary:   "Answer an application with yes.",
			Roles:     coordinators,
			ExampleIn: approveIn{memberID: memberID{ID: exampleRow.ID}, Approval: member.Approval{Group: pointer(exampleGroup.ID)}},
			Example:   exampleMember,
			Problems:  []string{"member.not_applied", "member.group_missing", "registration.group_unknown"},
			Do: func(ctx context.Context, call *Call, in approveIn) (memberOut, error) {
				if _, err := n.Members.Approve(ctx, call.Actor, call.Once, in.ID, in.Approval); err != nil {
					return memberOut{}, err
				}
				return read(ctx, call.Actor, in.ID)
			},
		},
		Route[declineIn, memberOut]{
			Method: http.MethodPost, Path: "/api/members/:id/decline", ID: "declineMember", Tag: "members",
			Summary:   "Answer an application with no, for a reason.",
			Roles:     coordinators,
			ExampleIn: declineIn{memberID: memberID{ID: exampleRow.ID}, Declining: member.Declining{Reason: member.TalkFirst}},
			Example:   exampleMember,
			Problems:  []string{"member.not_applied"},
			Do: func(ctx context.Context, call *Call, in declineIn) (memberOut, error) {
				if _, err := n.Members.Decline(ctx, call.Actor, call.Once, in.ID, in.Declining); err != nil {
					return memberOut{}, err
				}
				return read(ctx, call.Actor, in.ID)
			},
		},
	}
}
