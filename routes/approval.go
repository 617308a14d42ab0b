package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/access"
	"chautari/models/approval"
	"chautari/models/calendar"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/place"
)

var (
	askingRoles    = []access.Role{access.Coordinator, access.FocalPoint, access.Deputy, access.Board, access.Administrator}
	decidingRoles  = []access.Role{access.Coordinator, access.FocalPoint, access.Deputy, access.Board}
	emergencyRoles = []access.Role{access.FocalPoint, access.Deputy}
)

type askedByOut struct {
	Role access.Role `json:"role"`
}

// askedForOut is what is asked for; parts that aren't of the kind are null.
type askedForOut struct {
	Role  *access.Role `json:"role"`
	Give  *bool        `json:"give"` // false: it is taken
	Group *groupRef    `json:"group"`
	Hours *int         `json:"hours"`
	Count *int         `json:"count"` // active members of the group when it was asked
}

type requestOut struct {
	ID          string         `json:"id"`
	Kind        approval.Kind  `json:"kind" enum:"role,reopen,emergency,export,recovery"`
	State       approval.State `json:"state" enum:"waiting,approved,refused,withdrawn,over"`
	AskedBy     askedByOut     `json:"askedBy"`
	Mine        bool           `json:"mine"`
	Day         calendar.Date  `json:"day"`
	Until       calendar.Date  `json:"until"` // the day on which it lapses when nobody decides
	Ends        *time.Time     `json:"ends"`  // when what was opened for a time is over
	Reason      *string        `json:"reason"`
	What        askedForOut    `json:"what"`
	Handle      *string        `json:"handle"`
	ClosedFor   *string        `json:"closedFor"` // why the account was closed that is to open again
	Damaged     bool           `json:"damaged"`   // a text of it can't be read any more
	MayDecide   bool           `json:"mayDecide"` // once she has proved that it is she
	MayWithdraw bool           `json:"mayWithdraw"`
	HandOver    *handOverOut   `json:"handOver,omitempty"` // the code of a recovery that was just approved, shown once
}

func approvalOf(s *approval.Shown) requestOut {
	out := requestOut{
		ID: s.ID, Kind: s.Kind.Shown(), State: s.State, AskedBy: askedByOut{s.AskedAs}, Mine: s.Mine,
		Day: calendar.Of(s.Asked), Until: calendar.Of(s.Lapses), Ends: s.Ends,
		Reason: shown(s.Reason), Handle: shown(s.Handle), ClosedFor: shown(s.ClosedFor), Damaged: s.Damaged,
		What:      askedForOut{Group: refTo(s.Group)},
		MayDecide: s.MayDecide, MayWithdraw: s.MayWithdraw, HandOver: handOverOf(s),
	}
	switch s.Kind {
	case approval.Role:
		out.What.Role, out.What.Give = &s.What.Role, &s.What.Give
	case approval.Emergency:
		out.What.Hours = &s.What.Hours
	case approval.Export:
		out.What.Count = &s.What.Count
	}
	return out
}

type emergencyOut struct {
	Alias     *string            `json:"alias"`
	PaperName *string            `json:"paperName"`
	Phone     *string            `json:"phone"`
	Birth     calendar.Birth     `json:"birth"`
	District  *organisation.Name `json:"district"`
	Group     *groupRef          `json:"group"`
	Until     time.Time          `json:"until"`
	Damaged   bool               `json:"damaged"` // something of hers can't be read any more
}

func emergencyOf(o *approval.Opened) emergencyOut {
	out := emergencyOut{
		Alias: shown(o.Alias), PaperName: shown(o.PaperName), Phone: shown(o.Phone),
		Birth: o.Birth, Group: refTo(o.Group), Until: o.Until, Damaged: o.Unreadable(),
	}
	if d, ok := place.FindDistrict(o.District.Reveal()); ok {
		out.District = &organisation.Name{NE: d.NE, EN: d.EN}
	}
	return out
}

type listRequestsIn struct {
	Page
	State string `query:"state" json:"-" validate:"omitempty,oneof=waiting decided"` // waiting where it isn't said
}

type askedID struct {
	ID string `path:"id" json:"-" validate:"id=ask"`
}

type takeExportIn struct {
	askedID
	Language string `query:"language" json:"-" validate:"omitempty,oneof=ne en nb"` // of the headings; her own where it isn't said
}

var (
	exampleAsked = requestOut{
		ID: "ask_b7k2m9x4q8w3e6r5t2y7u4n8pa", Kind: approval.Role, State: approval.Waiting,
		AskedBy: askedByOut{access.FocalPoint}, Day: exampleDay, Until: exampleDay,
		Reason: pointer("She has led the circle for a year."), Handle: pointer("river-lamp-seven"),
		What:      askedForOut{Role: pointer(access.PeerSupporter), Give: pointer(true)},
		MayDecide: true,
	}
	exampleAsking = approval.Asking{
		Kind: approval.Role, Handle: "river-lamp-seven", Role: access.PeerSupporter, Give: pointer(true),
		Reason: "She has led the circle for a year.",
	}
)

func approvalRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[listRequestsIn, List[requestOut]]{
			Method: http.MethodGet, Path: "/api/requests", ID: "listRequests", Tag: "requests",
			Summary:   "What she asked for and what she may decide on, the latest first.",
			Roles:     askingRoles,
			ExampleIn: listRequestsIn{State: "waiting"},
			Example:   List[requestOut]{Items: []requestOut{exampleAsked}},
			Do: func(ctx context.Context, call *Call, in listRequestsIn) (List[requestOut], error) {
				found, next, err := n.Approvals.List(ctx, call.Actor, in.State != "decided", in.Size(), in.After())
				if err != nil {
					return List[requestOut]{}, err
				}
				items := make([]requestOut, len(found))
				for i, s := range found {
					items[i] = approvalOf(s)
				}
				return NewList(items, next), nil
			},
		},
		Route[approval.Asking, requestOut]{
			Method: http.MethodPost, Path: "/api/requests", ID: "askForApproval", Tag: "requests", Status: http.StatusCreated,
			Summary:   "Ask for what takes a second person.",
			Roles:     askingRoles,
			ExampleIn: exampleAsking,
			Example:   exampleAsked,
			Problems: []string{
				"account.unknown", "approval.own", "approval.not_member", "approval.not_needed", "approval.last_one",
				"approval.waiting", "approval.role_group", "approval.role_elsewhere", "settings.group_unknown",
			},
			Do: func(ctx context.Context, call *Call, in approval.Asking) (requestOut, error) {
				return shownRequest(n.Approvals.Ask(ctx, call.Actor, call.Once, in))
			},
		},
		requestMove(n, "approve", "approveRequest", "Say yes. It is so from the same moment on.", decidingRoles, (*approval.Requests).Approve,
			"approval.not_needed", "approval.last_one", "approval.lapsed", "approval.code_shown", "recovery.refused_by_her"),
		requestMove(n, "refuse", "refuseRequest", "Say no.", decidingRoles, (*approval.Requests).Refuse),
		requestMove(n, "withdraw", "withdrawRequest", "Take back what she asked for.", askingRoles, (*approval.Requests).Withdraw),
		Route[askedID, emergencyOut]{
			Method: http.MethodGet, Path: "/api/emergencies/:id", ID: "readInEmergency", Tag: "requests",
			Summary:   "The record that two people opened to her, while its hours last.",
			Roles:     emergencyRoles,
			ExampleIn: askedID{ID: exampleAsked.ID},
			Example:   emergencyOut{Alias: pointer("Junkiri"), Group: refTo(nil), Until: time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)},
			Do: func(ctx context.Context, call *Call, in askedID) (emergencyOut, error) {
				o, err := n.Approvals.Open(ctx, call.Actor, in.ID)
				if err != nil {
					return emergencyOut{}, err
				}
				return emergencyOf(o), nil
			},
		},
		Route[takeExportIn, File]{
			Method: http.MethodGet, Path: "/api/exports/:id/file", ID: "takeExport", Tag: "requests",
			Summary:   "The file of people that was approved, while its day lasts.",
			Roles:     coordinators,
			ExampleIn: takeExportIn{askedID: askedID{ID: exampleAsked.ID}, Language: "en"},
			Example:   listFile([]byte("\uFEFFName,Phone,Group\r\nJunkiri,'+9779841000001,Kaski\r\n")),
			Problems:  []string{"approval.too_many_people"},
			Timeout:   time.Minute, // a file of very many people
			Do: func(ctx context.Context, call *Call, in takeExportIn) (File, error) {
				body, err := n.Approvals.File(ctx, call.Actor, in.ID, in.Language)
				return listFile(body), err
			},
		},
	}
}

func listFile(body []byte) File {
	return File{Name: "list" + ".csv", Type: "text/csv; charset=utf-8", Body: body}
}

// requestMove is a move of one request.
func requestMove(n Nouns, verb, id, summary string, roles []access.Role,
	move func(*approval.Requests, context.Context, access.Actor, once.Key, string) (*approval.Shown, error), problems ...string,
) Endpoint {
	return Route[askedID, requestOut]{
		Method: http.MethodPost, Path: "/api/requests/:id/" + verb, ID: id, Tag: "requests", Summary: summary,
		Roles:     roles,
		ExampleIn: askedID{ID: exampleAsked.ID},
		Example:   exampleAsked,
		Problems:  append(problems, "approval.over"),
		Do: func(ctx context.Context, call *Call, in askedID) (requestOut, error) {
			return shownRequest(move(n.Approvals, ctx, call.Actor, call.Once, in.ID))
		},
	}
}

func shownRequest(s *approval.Shown, err error) (requestOut, error) {
	if err != nil {
		return requestOut{}, err
	}
	return approvalOf(s), nil
}
