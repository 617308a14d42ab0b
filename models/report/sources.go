package report

import (
	"context"

	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/grievance"
	"chautari/models/member"
	"chautari/models/peersupport"
	"chautari/models/store"
	"chautari/models/training"
)

// SourcesOf puts the nouns behind what is counted of them.
func SourcesOf(people *member.Members, support *peersupport.Support, courses *training.Courses, c clock.Clock) Sources {
	return Sources{People: people, Support: support, Training: finished{courses}, Grievances: answered{c}}
}

type finished struct{ courses *training.Courses }

func (f finished) EachFinished(ctx context.Context, v store.View, from, until calendar.Date, fn func(picture string, persons []string) error) error {
	return f.courses.EachFinished(ctx, v, from, until, func(_ *training.Intake, picture training.Picture, persons []string) error {
		return fn(string(picture), persons)
	})
}

type answered struct{ clock clock.Clock }

func (g answered) EachSent(ctx context.Context, v store.View, from, until calendar.Date, fn func(sensitive, acknowledgedInTime, decidedInTime, due bool) error) error {
	today := calendar.Of(g.clock.Now())
	return grievance.EachSent(ctx, v, from, until, func(d *grievance.Grievance) error {
		inTime := func(done, by calendar.Date) bool { return by.IsZero() || !done.IsZero() && !done.After(by) }
		return fn(d.Category.Sensitive(), inTime(d.Acknowledged, d.AcknowledgeBy), inTime(d.Decided, d.DecideBy), d.DecideBy.Before(today))
	})
}
