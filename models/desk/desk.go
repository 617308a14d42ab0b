// Package desk gathers what waits for somebody today from all nouns. It holds
// nothing of its own: each part is asked as her, so that she sees here exactly
// what she sees where it comes from.
package desk

import (
	"context"

	"chautari/models/access"
	"chautari/models/approval"
	"chautari/models/grievance"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/register"
	"chautari/models/trail"
	"chautari/models/training"
)

// Desk asks the nouns.
type Desk struct {
	Organisations *organisation.Organisations
	Members       *member.Members
	Registers     *register.Registers
	Support       *peersupport.Support
	Courses       *training.Courses
	Grievances    *grievance.Grievances
	Approvals     *approval.Requests
	Trails        *trail.Trails
}

// Today is what waits for one person. Parts that aren't hers are empty.
type Today struct {
	Applications int // in her groups
	ImportsOpen  int // begun by her and not finished
	Groups       []GroupCount
	Sessions     []peersupport.WeekSession // of today, in her groups
	Training     *training.Desk
	Grievances   grievance.Waiting // in her hands
	Requests     int               // that wait for her to decide
	Alerts       int               // that she hasn't looked at
	Young        int               // people under 18 who came in themselves and wait for her decision
	Reviews      int               // guardians set aside that are to be looked at again
}

// GroupCount is a group she looks after and how many active members it has.
type GroupCount struct {
	*organisation.Group
	Members int
}

// Today gathers the page of an actor.
func (d Desk) Today(ctx context.Context, a access.Actor) (*Today, error) {
	if err := access.Decide(a, access.ReadDesk, access.Facts{Org: a.Org}); err != nil {
		return nil, err
	}
	t := &Today{Training: &training.Desk{}}
	var err error
	if t.Grievances, err = d.Grievances.Waiting(ctx, a); err != nil {
		return nil, err
	}
	if t.Requests, err = d.Approvals.Waiting(ctx, a); err != nil {
		return nil, err
	}
	if t.Alerts, err = d.Trails.CountAlerts(ctx, a); err != nil {
		return nil, err
	}
	if t.Young, t.Reviews, err = d.Members.YoungWaiting(ctx, a); err != nil {
		return nil, err
	}
	if !a.Has(access.Coordinator) {
		return t, nil
	}
	if err := d.people(ctx, a, t); err != nil {
		return nil, err
	}
	if t.ImportsOpen, err = d.Registers.CountOpen(ctx, a); err != nil {
		return nil, err
	}
	if t.Sessions, err = d.Support.Today(ctx, a); err != nil {
		return nil, err
	}
	t.Training, err = d.Courses.Desk(ctx, a)
	return t, err
}

// people counts who has applied and who is a member, by group.
func (d Desk) people(ctx context.Context, a access.Actor, t *Today) error {
	waiting, err := d.Members.Count(ctx, a, member.Applied)
	if err != nil {
		return err
	}
	active, err := d.Members.Count(ctx, a, member.Active)
	if err != nil {
		return err
	}
	tree, err := d.Organisations.Tree(ctx, a.Org)
	if err != nil {
		return err
	}
	for _, c := range waiting {
		t.Applications += c
	}
	for _, id := range a.Groups {
		if g := tree.Get(id); g != nil {
			t.Groups = append(t.Groups, GroupCount{g, active[id]})
		}
	}
	return nil
}
