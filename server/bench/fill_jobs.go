package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/grievance"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/store"
	"chautari/models/training"
)

// What an organisation has, beside one past meeting for each member.
const (
	supporters          = 14
	hoursFrom, hoursTo  = 10, 18 // of each supporter, every day, in meetings of an hour
	courses             = 8      // each with an intake that takes applications
	membersPerIntake    = 50     // one that is over
	membersPerGrievance = 12     // one that is closed
	slotDays            = 14     // that are offered
)

// nepalMidnight is when the day of an instant began in Nepal.
func nepalMidnight(at time.Time) time.Time {
	d := calendar.Of(at)
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, calendar.Kathmandu)
}

// pastStart spreads numbered meetings over the year before a day.
func pastStart(midnight time.Time, i int) time.Time {
	return midnight.AddDate(0, 0, -1-i/supporters%360).Add(time.Duration(hoursFrom+i%8) * time.Hour)
}

// stored is a collection as its noun opens it, to put a past into it that the
// noun itself would have to live through.
func stored[T any, P store.Document[T]](specs []*store.Spec, name string) store.Collection[T, P] {
	for _, s := range specs {
		if s.Name != name {
			continue
		}
		c := store.Declare[T, P](name, s.Indexes...)
		if s.Daily {
			c = c.Daily()
		}
		if s.Guarded {
			c = c.Guarded()
		}
		return c
	}
	panic("no collection " + name)
}

var (
	storedSessions   = stored[peersupport.Session](peersupport.Specs(), "support_sessions")
	storedIntakes    = stored[training.Intake](training.Specs(), "intakes")
	storedEnrolments = stored[training.Enrolment](training.Specs(), "enrolments")
	storedGrievances = stored[grievance.Grievance](grievance.Specs(), "grievances")
)

// insertAll writes documents, some hundred in a transaction.
func insertAll[T any, P store.Document[T]](ctx context.Context, n *nouns, c store.Collection[T, P], docs []P) error {
	for some := range slices.Chunk(docs, store.MaxIDs) {
		err := n.data.Org(n.org).Tx(ctx, func(tx *store.Tx) error {
			for _, d := range some {
				if err := c.Insert(ctx, tx, d); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// fillSupport makes supporters with hours, a past meeting of every member, ten
// meetings today, and two booked ahead of each client: it may have a third.
func (n *nouns) fillSupport(ctx context.Context, in *installation) error {
	if err := n.supporters(ctx, in, supporters); err != nil {
		return err
	}
	midnight := nepalMidnight(time.Now())
	var past []*peersupport.Session
	add := func(i int, start time.Time) {
		past = append(past, &peersupport.Session{
			Meta:   store.Meta{ID: id.New("ses")},
			People: []string{in.carried[i], in.supporters[i%supporters].Person}, Group: in.groups[(i+1)%len(in.groups)].id,
			Start: start.UTC(), End: start.Add(time.Hour).UTC(), State: peersupport.Booked,
		})
	}
	for i := range in.carried {
		add(i, pastStart(midnight, i))
	}
	for i := range in.groups {
		add(i, midnight.Add(hoursFrom*time.Hour))
	}
	if err := insertAll(ctx, n, storedSessions, past); err != nil {
		return err
	}
	for i, m := range in.members {
		supporter := in.supporters[i%supporters].Person
		free, err := n.free(ctx, m.actor, supporter)
		if err != nil {
			return err
		}
		for _, start := range free[len(free)-2:] { // far ahead, out of the load's way
			if _, err := n.support.Book(ctx, m.actor, once.Key{}, peersupport.Booking{Start: start, Supporter: supporter}); err != nil {
				return fmt.Errorf("book: %w", err)
			}
		}
	}
	return nil
}

// supporters makes as many with hours.
func (n *nouns) supporters(ctx context.Context, in *installation, count int) error {
	var week []peersupport.SpanInput
	for day := range 7 {
		week = append(week, peersupport.SpanInput{
			Weekday: &day, From: peersupport.TimeOfDay(hoursFrom * 60), To: peersupport.TimeOfDay(hoursTo * 60),
		})
	}
	length, most := 60, 20
	for i := range count {
		a, err := n.wait(ctx, in.groups[i%len(in.groups)].id, access.Member, access.PeerSupporter)
		if err != nil {
			return err
		}
		_, err = n.support.SetHours(ctx, a, 1, peersupport.HoursChange{
			Spans: week, Length: &length, Cap: &most, Languages: []string{"ne"},
			Consents: []consent.Given{{Purpose: consent.SupporterName, Version: "1", Language: "en"}},
		})
		if err != nil {
			return fmt.Errorf("hours: %w", err)
		}
		in.supporters = append(in.supporters, a)
	}
	return nil
}

// free are the starts at which a member can meet a supporter, soonest first.
func (n *nouns) free(ctx context.Context, a access.Actor, supporter string) ([]time.Time, error) {
	offer, err := n.support.Slots(ctx, a, peersupport.SlotQuery{Supporter: supporter, Days: slotDays})
	if err != nil {
		return nil, err
	}
	var free []time.Time
	for _, d := range offer.Days {
		for _, s := range d.Slots {
			if s.Free {
				free = append(free, s.Start)
			}
		}
	}
	if len(free) < slotDays {
		return nil, fmt.Errorf("%d free slots", len(free))
	}
	return free, nil
}

// fillTraining makes courses with an intake each that takes applications, and
// intakes that are over, with their people.
func (n *nouns) fillTraining(ctx context.Context, in *installation) error {
	today := calendar.Of(time.Now())
	var taught []string
	for i := range courses {
		c, err := n.courses.CreateCourse(ctx, in.coordinator.actor, once.Key{}, training.NewCourse{
			Name: organisation.Name{EN: fmt.Sprintf("Course %d", i+1)}, Picture: training.Pictures[i%len(training.Pictures)],
		})
		if err != nil {
			return fmt.Errorf("course: %w", err)
		}
		taught = append(taught, c.ID)
		_, err = n.courses.CreateIntake(ctx, in.coordinator.actor, once.Key{}, c.ID, training.NewIntake{
			Seats: 200, Opens: today.AddDays(-1).String(), Closes: today.AddDays(30).String(),
			Begins: today.AddDays(31).String(), Ends: today.AddDays(90).String(),
			Times: []training.TimeInput{{Weekday: new(int), From: "07:00", To: "09:00"}},
		})
		if err != nil {
			return fmt.Errorf("intake: %w", err)
		}
	}
	var over []*training.Intake
	var places []*training.Enrolment
	for i := range len(in.carried) / membersPerIntake {
		began := today.AddDays(-40 - i%300)
		doc := &training.Intake{
			Meta: store.Meta{ID: id.New("int")}, Course: taught[i%courses], Seats: 20,
			Opens: began.AddDays(-30), Closes: began.AddDays(-10), Begins: began, Ends: began.AddDays(30),
		}
		for _, person := range in.carried[i*membersPerIntake:][:doc.Seats] {
			e := &training.Enrolment{
				Meta: store.Meta{ID: id.New("enr")}, Person: person, Intake: doc.ID, Course: doc.Course,
				Standing: training.Enrolled, On: doc.Opens, Active: true,
			}
			places = append(places, e)
			doc.Enrolled = append(doc.Enrolled, training.Place{Enrolment: e.ID, Person: person})
		}
		over = append(over, doc)
	}
	if err := insertAll(ctx, n, storedIntakes, over); err != nil {
		return err
	}
	return insertAll(ctx, n, storedEnrolments, places)
}

// fillGrievances makes closed ones, and two for each coordinator to read.
func (n *nouns) fillGrievances(ctx context.Context, in *installation) error {
	today := calendar.Of(time.Now())
	var docs []*grievance.Grievance
	for i := range len(in.carried)/membersPerGrievance + 2*len(in.coordinators) {
		doc := aGrievance(today)
		doc.Handler = in.coordinators[i%len(in.coordinators)].actor.Person
		if i >= 2*len(in.coordinators) {
			doc.State, doc.Due, doc.Closed = grievance.Closed, calendar.Date{Year: 9999, Month: time.December, Day: 31}, today
		}
		docs = append(docs, doc)
	}
	for some := range slices.Chunk(docs, store.MaxIDs) {
		ids := make([]string, len(some))
		for i, d := range some {
			ids[i] = d.ID
		}
		keys, err := n.seals.Create(ctx, n.org, ids...)
		if err != nil {
			return err
		}
		for i, d := range some {
			if d.Text, err = keys[i].Seal(d.ID, "text", saidText); err != nil {
				return err
			}
		}
	}
	return insertAll(ctx, n, storedGrievances, docs)
}

// saidText is as long as what people write at once.
const saidText = "The class begins so early that nobody can look after the children. Could it begin at eight? " +
	"Two of us have stopped coming, and the others come late. We have asked twice and nobody has answered us yet."

// aGrievance is one that came in today, without its text.
func aGrievance(today calendar.Date) *grievance.Grievance {
	limits := grievance.LimitsFrom(grievance.Service, today, nil)
	return &grievance.Grievance{
		Meta: store.Meta{ID: id.New("grv")}, Receipt: newKey() + newKey(), Digest: newKey() + newKey(),
		Category: grievance.Service, State: grievance.Received, Sent: today,
		AcknowledgeBy: limits.Acknowledge, DecideBy: limits.Decide, OutcomeBy: limits.Outcome, Due: limits.Acknowledge,
	}
}
