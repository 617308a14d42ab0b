package audit

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/store"
)

// Sum is how often something was done in a role, and how it ended.
type Sum struct {
	Role   access.Role   `bson:"role"`
	Action access.Action `bson:"action"`
	Result Result        `bson:"result"`
	Count  int           `bson:"count"`
}

// monthly is what was done in a month, of what is sealed. Its id is the month.
type monthly struct {
	store.Meta `bson:",inline"`
	Sums       []Sum `bson:"sums"`
}

var sums = store.Declare[monthly]("audit_sums").Daily()

// month is "2026-11".
type month string

func monthOf(d calendar.Date) month { return month(fmt.Sprintf("%04d-%02d", d.Year, int(d.Month))) }

type sumOf []Sum

// with counts an entry. What was done about grievances, and what stands between
// people, is counted nowhere: whoever it is about could read from a number that it is.
func (s sumOf) with(e *Entry) sumOf {
	if AboutGrievances(e.Action) || BetweenPeople(e.Action) {
		return s
	}
	return s.plus(Sum{e.Leading(), Known(e.Action), e.Result, 1})
}

func (s sumOf) plus(one Sum) sumOf {
	for i := range s {
		if s[i].Role == one.Role && s[i].Action == one.Action && s[i].Result == one.Result {
			s[i].Count += one.Count
			return s
		}
	}
	return append(s, one)
}

func addSums(ctx context.Context, tx *store.Tx, counted map[month]sumOf) error {
	for m, more := range counted {
		if len(more) == 0 {
			continue
		}
		doc, err := sums.Get(ctx, tx, string(m))
		if errors.Is(err, store.ErrAbsent) {
			doc = &monthly{Meta: store.Meta{ID: string(m)}}
		} else if err != nil {
			return err
		}
		all := sumOf(doc.Sums)
		for _, one := range more {
			all = all.plus(one)
		}
		doc.Sums = all
		if doc.Version > 0 {
			err = sums.Replace(ctx, tx, doc)
		} else if err = sums.Insert(ctx, tx, doc); store.IsDuplicate(err, "id") {
			err = store.ErrConflict
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// SumsOf is what was done in the month of a day and is sealed.
func SumsOf(ctx context.Context, v store.View, d calendar.Date) ([]Sum, error) {
	doc, err := sums.Get(ctx, v, string(monthOf(d)))
	if errors.Is(err, store.ErrAbsent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return doc.Sums, nil
}

// Other stands for an operation that is no action of the policies.
const Other access.Action = "other"

// Known is the action, or Other for the name of an operation that was refused at the door.
func Known(act access.Action) access.Action {
	if slices.Contains(access.Actions, act) {
		return act
	}
	return Other
}

// aboutGrievances are the actions whose very number could tell that a grievance exists.
var aboutGrievances = []access.Action{
	access.SendGrievance, access.FollowGrievance, access.ListGrievances, access.HandleOrdinary,
	access.HandleSensitive, access.ReadTrail,
}

// betweenPeople are the acts of some about another: that one was done, at which minute
// or in which month, would tell the few who know each other whom it is about.
var betweenPeople = []access.Action{
	access.DeclareConflict, access.ReadConflicts, access.SettleConflict,
	access.AskForRole, access.AskForExport, access.AskForEmergency, access.ReadRequests,
	access.DecideOnRole, access.DecideOnExport, access.DecideOnOpening,
	access.UseEmergency, access.TakeExport, access.CloseAccount, access.EraseOwn, access.RestrictOwn,
	access.SeeWhyAside, access.ReadAlerts,
}

// BetweenPeople tells whether whoever an act is about could learn of it from
// numbers or times alone.
func BetweenPeople(act access.Action) bool { return slices.Contains(betweenPeople, act) }

// AboutGrievances tells whether somebody who may be named in a grievance must not
// learn of such an act.
func AboutGrievances(act access.Action) bool { return slices.Contains(aboutGrievances, act) }
