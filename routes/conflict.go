package routes

import (
	"context"
	"net/http"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/conflict"
)

// declarers say to whom they stand too close.
var declarers = []access.Role{
	access.PeerSupporter, access.Trainer, access.Coordinator, access.FocalPoint, access.Deputy, access.Board, access.Liaison,
}

// conflictReaders read what others declared.
var conflictReaders = []access.Role{access.FocalPoint, access.Deputy, access.Board}

type calledOut struct {
	Alias string `json:"alias"`
}

type declarerOut struct {
	Role  access.Role `json:"role"`
	Alias string      `json:"alias"`
}

type conflictOut struct {
	ID        string         `json:"id"`
	Kind      conflict.Kind  `json:"kind" enum:"named,line,relative,household,business"`
	State     conflict.State `json:"state" enum:"open,settled,ended"`
	Since     calendar.Date  `json:"since"`
	Ended     *calendar.Date `json:"ended"`
	Words     string         `json:"words"`
	Handle    *string        `json:"handle"`   // in her own ones: the sign-in name as she typed it
	Person    *calledOut     `json:"person"`   // in those of others: whom it is about, once that is known
	Declarer  *declarerOut   `json:"declarer"` // in those of others
	Reader    *string        `json:"reader"`   // in her own ones: whom she chose of the readers named to everybody
	EndedFor  *string        `json:"endedFor"` // why somebody else ended it
	Damaged   bool           `json:"damaged"`  // a text of it can't be read any more
	MaySettle bool           `json:"maySettle"`
	MayEnd    bool           `json:"mayEnd"` // in those of others: as one that has no ground
}

type conflictsOut struct {
	Items []conflictOut  `json:"items"`
	Next  *string        `json:"next"`
	Asked *calendar.Date `json:"asked"` // of her own: the day of her latest word
}

func conflictOf(r *conflict.Read) conflictOut {
	out := conflictOut{ID: r.ID, Kind: r.Kind, State: r.State(), Since: r.Since, Words: r.Words.Reveal(), EndedFor: shown(r.Why), Damaged: r.Damaged, MaySettle: r.MaySettle, MayEnd: r.MayEnd}
	if !r.Declaration.Ended.IsZero() {
		out.Ended = &r.Declaration.Ended
	}
	if !r.Handle.Empty() {
		out.Handle = pointer(r.Handle.Reveal())
	}
	if r.By == "" {
		if r.Picked && r.About != "" {
			out.Reader = &r.About
		}
		return out
	}
	out.Declarer = &declarerOut{Role: r.Role, Alias: r.Declarer.Reveal()}
	if r.About != "" {
		out.Person = &calledOut{Alias: r.Person.Reveal()}
	}
	return out
}

type listConflictsIn struct {
	Page
	Of string `query:"of" json:"-" validate:"omitempty,oneof=others"`
}

type conflictID struct {
	ID string `path:"id" json:"-" validate:"id=tie"`
}

type dismissIn struct {
	conflictID
	conflict.Dismissing
}

type settleIn struct {
	conflictID
	conflict.Settling
}

var exampleConflict = conflictOut{
	ID: "tie_b7k2m9x4q8w3e6r5t2y7u4n8pa", Kind: conflict.Household, State: conflict.Settled, Since: exampleDay,
	Words: "We share a house.", Handle: pointer("river basket noon"),
}

func conflictRoutes(n Nouns) []Endpoint {
	own := func(ctx context.Context, a access.Actor) (conflictsOut, error) {
		all, asked, err := n.Conflicts.Own(ctx, a)
		if err != nil {
			return conflictsOut{}, err
		}
		out := conflictsOut{Items: make([]conflictOut, len(all))}
		for i, r := range all {
			out.Items[i] = conflictOf(r)
		}
		if !asked.IsZero() {
			out.Asked = &asked
		}
		return out, nil
	}
	one := func(r *conflict.Read, err error) (conflictOut, error) {
		if err != nil {
			return conflictOut{}, err
		}
		return conflictOf(r), nil
	}
	id := conflictID{ID: exampleConflict.ID}
	example := conflictsOut{Items: []conflictOut{exampleConflict}, Asked: &exampleConflict.Since}
	return []Endpoint{
		Route[listConflictsIn, conflictsOut]{
			Method: http.MethodGet, Path: "/api/conflicts", ID: "listConflicts", Tag: "conflicts",
			Summary:   "What she declared herself, or what others did for whoever may read that.",
			Roles:     declarers,
			ExampleIn: listConflictsIn{},
			Example:   example,
			Do: func(ctx context.Context, call *Call, in listConflictsIn) (conflictsOut, error) {
				if in.Of == "" {
					return own(ctx, call.Actor)
				}
				all, next, err := n.Conflicts.Others(ctx, call.Actor, in.Size(), in.After())
				if err != nil {
					return conflictsOut{}, err
				}
				items := make([]conflictOut, len(all))
				for i, r := range all {
					items[i] = conflictOf(r)
				}
				l := NewList(items, next)
				return conflictsOut{Items: l.Items, Next: l.Next}, nil
			},
		},
		Route[conflict.Declaring, conflictOut]{
			Method: http.MethodPost, Path: "/api/conflicts", ID: "declareConflict", Tag: "conflicts",
			Summary:   "Say to whom she stands too close: by a sign-in name, as one of the readers of /api/talk, or in words.",
			Roles:     declarers,
			Status:    http.StatusCreated,
			ExampleIn: conflict.Declaring{Kind: conflict.Household, Handle: "river basket noon", Words: "We share a house."},
			Example:   exampleConflict,
			Problems:  []string{"conflict.who_missing", "conflict.one_person", "account.unknown", "conflict.self", "conflict.full"},
			Do: func(ctx context.Context, call *Call, in conflict.Declaring) (conflictOut, error) {
				return one(n.Conflicts.Declare(ctx, call.Actor, call.Once, in))
			},
		},
		Route[Nothing, conflictsOut]{
			Method: http.MethodPost, Path: "/api/conflicts/none", ID: "declareNoConflict", Tag: "conflicts",
			Summary: "Say that there is nothing to declare beside what is there.",
			Roles:   declarers,
			Example: example,
			Do: func(ctx context.Context, call *Call, _ Nothing) (conflictsOut, error) {
				if err := n.Conflicts.SayNone(ctx, call.Actor, call.Once); err != nil {
					return conflictsOut{}, err
				}
				return own(ctx, call.Actor)
			},
		},
		Route[conflictID, conflictOut]{
			Method: http.MethodPost, Path: "/api/conflicts/:id/end", ID: "endConflict", Tag: "conflicts",
			Summary:   "Take a declaration of her own back.",
			Roles:     declarers,
			ExampleIn: id,
			Example:   exampleConflict,
			Problems:  []string{"conflict.ended"},
			Do: func(ctx context.Context, call *Call, in conflictID) (conflictOut, error) {
				return one(n.Conflicts.End(ctx, call.Actor, call.Once, in.ID))
			},
		},
		Route[settleIn, conflictOut]{
			Method: http.MethodPost, Path: "/api/conflicts/:id/settle", ID: "settleConflict", Tag: "conflicts",
			Summary:   "Say whom a declaration in words is about.",
			Roles:     conflictReaders,
			ExampleIn: settleIn{id, conflict.Settling{Handle: "river basket noon"}},
			Example:   exampleConflict,
			Problems:  []string{"account.unknown", "conflict.settled", "conflict.ended"},
			Do: func(ctx context.Context, call *Call, in settleIn) (conflictOut, error) {
				return one(n.Conflicts.Settle(ctx, call.Actor, call.Once, in.ID, in.Settling))
			},
		},
		Route[dismissIn, conflictOut]{
			Method: http.MethodPost, Path: "/api/conflicts/:id/dismiss", ID: "dismissConflict", Tag: "conflicts",
			Summary:   "End a declaration of somebody else that has no ground; she reads the reason.",
			Roles:     conflictReaders,
			ExampleIn: dismissIn{id, conflict.Dismissing{Reason: "They have met once."}},
			Example:   exampleConflict,
			Problems:  []string{"conflict.ended"},
			Do: func(ctx context.Context, call *Call, in dismissIn) (conflictOut, error) {
				return one(n.Conflicts.Dismiss(ctx, call.Actor, call.Once, in.ID, in.Dismissing))
			},
		},
	}
}
