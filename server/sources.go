package main

import (
	"context"

	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/grievance"
	"chautari/models/report"
	"chautari/models/store"
	"chautari/models/training"
)

// finished tells the figures of courses, as they ask for them.
type finished struct{ *training.Courses }

func (f finished) EachFinished(ctx context.Context, v store.View, from, until calendar.Date, fn func(picture string, persons []string) error) error {
	return f.Courses.EachFinished(ctx, v, from, until, func(_ *training.Intake, picture training.Picture, persons []string) error {
		return fn(string(picture), persons)
	})
}

// answered tells the figures of grievances: which were answered in time.
type answered struct{ clock clock.Clock }

func (g answered) EachSent(ctx context.Context, v store.View, from, until calendar.Date, fn func(sensitive, acknowledgedInTime, decidedInTime, due bool) error) error {
	today := calendar.Of(g.clock.Now())
	return grievance.EachSent(ctx, v, from, until, func(d *grievance.Grievance) error {
		inTime := func(done, by calendar.Date) bool { return by.IsZero() || !done.IsZero() && !done.After(by) }
		return fn(d.Category.Sensitive(), inTime(d.Acknowledged, d.AcknowledgeBy), inTime(d.Decided, d.DecideBy), d.DecideBy.Before(today))
	})
}

var (
	_ report.Training   = finished{}
	_ report.Grievances = answered{}
)
