package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/desk"
	"chautari/models/grievance"
	"chautari/models/peersupport"
)

type groupCount struct {
	groupOut
	Members int `json:"members"`
}

// deskSession is a meeting as the coordinator of the member's group sees it.
type deskSession struct {
	ID        string            `json:"id"`
	Start     time.Time         `json:"start"`
	End       time.Time         `json:"end"`
	State     peersupport.State `json:"state" enum:"booked,cancelled"`
	Member    *string           `json:"member"`    // the name she chose; null when she is not to be shown
	Supporter *string           `json:"supporter"` // likewise
	Group     *groupRef         `json:"group"`
}

type movedUpOut struct {
	Enrolment string        `json:"enrolment"`
	Intake    string        `json:"intake"`
	Course    courseRef     `json:"course"`
	Name      *string       `json:"name"` // null when she is not to be shown
	On        calendar.Date `json:"on"`
}

type seatsOpenOut struct {
	Intake string        `json:"intake"`
	Course courseRef     `json:"course"`
	Left   int           `json:"left"`
	Closes calendar.Date `json:"closes"`
}

type deskGrievances struct {
	Mine int           `json:"mine"`
	Late int           `json:"late"`
	Next *deskNextStep `json:"next"`
}

type deskNextStep struct {
	ID       string             `json:"id"`
	Category grievance.Category `json:"category" enum:"danger,harm,retaliation,privacy,money,discrimination,service,idea"`
	Step     grievance.Step     `json:"step" enum:"acknowledge,decide,outcome"`
	By       calendar.Date      `json:"by"`
	DaysLeft int                `json:"daysLeft"` // below zero when it is late
}

type deskOut struct {
	Applications int            `json:"applications"`
	ImportsOpen  int            `json:"importsOpen"`
	Groups       []groupCount   `json:"groups"`
	Sessions     []deskSession  `json:"sessions"`
	MovedUp      []movedUpOut   `json:"movedUp"`
	SeatsOpen    []seatsOpenOut `json:"seatsOpen"`
	Grievances   deskGrievances `json:"grievances"`
	Requests     int            `json:"requests"` // that wait for her to decide
	Alerts       int            `json:"alerts"`   // that she hasn't looked at
	Young        int            `json:"young"`    // people under 18 who came in themselves and wait for her decision
	Reviews      int            `json:"reviews"`  // guardians set aside that are to be looked at again
}

func deskRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[Nothing, deskOut]{
			Method: http.MethodGet, Path: "/api/desk", ID: "readDesk", Tag: "desk",
			Summary: "What waits for her today. Parts that are not hers are empty.",
			Roles:   []access.Role{access.Coordinator, access.FocalPoint, access.Deputy, access.Board},
			Example: deskOut{
				Applications: 2, ImportsOpen: 1, Groups: []groupCount{{groupOut: exampleGroup, Members: 41}},
				Sessions: []deskSession{}, MovedUp: []movedUpOut{},
				SeatsOpen: []seatsOpenOut{}, Grievances: deskGrievances{Mine: 1},
			},
			Do: func(ctx context.Context, call *Call, _ Nothing) (deskOut, error) {
				t, err := n.Desk.Today(ctx, call.Actor)
				if err != nil {
					return deskOut{}, err
				}
				return deskOf(t, n.Grievances.Today()), nil
			},
		},
	}
}

func deskOf(t *desk.Today, today calendar.Date) deskOut {
	out := deskOut{
		Applications: t.Applications, ImportsOpen: t.ImportsOpen,
		Groups: []groupCount{}, Sessions: []deskSession{}, MovedUp: []movedUpOut{}, SeatsOpen: []seatsOpenOut{},
		Grievances: deskGrievances{Mine: t.Grievances.Open, Late: t.Grievances.Late},
		Requests:   t.Requests, Alerts: t.Alerts, Young: t.Young, Reviews: t.Reviews,
	}
	for _, g := range t.Groups {
		out.Groups = append(out.Groups, groupCount{groupOut: groupOf(g.Group), Members: g.Members})
	}
	for _, s := range t.Sessions {
		out.Sessions = append(out.Sessions, deskSession{
			ID: s.ID, Start: s.Start, End: s.End, State: s.State,
			Member: shown(s.Member), Supporter: shown(s.Supporter), Group: refTo(s.Group),
		})
	}
	for _, m := range t.Training.MovedUp {
		out.MovedUp = append(out.MovedUp, movedUpOut{
			Enrolment: m.Enrolment, Intake: m.Intake.ID, Course: refToCourse(m.Course), Name: shown(m.Name), On: m.On,
		})
	}
	for _, s := range t.Training.SeatsOpen {
		out.SeatsOpen = append(out.SeatsOpen, seatsOpenOut{
			Intake: s.Intake.ID, Course: refToCourse(s.Course), Left: s.Intake.Left(), Closes: s.Intake.Closes,
		})
	}
	if g := t.Grievances.Next; g != nil {
		next := g.Next(today)
		out.Grievances.Next = &deskNextStep{ID: g.ID, Category: g.Category, Step: next.Step, By: next.By, DaysLeft: next.DaysLeft}
	}
	return out
}
