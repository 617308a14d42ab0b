package notice

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/notice/sentence"
	"chautari/models/store"
)

// Meetings is what knows of them.
type Meetings interface {
	// Ahead hands over the booked ones that begin in a time: whose each is, and a
	// ref that is another when it is booked again.
	Ahead(ctx context.Context, v store.View, from, until time.Time, fn func(people []string, ref string) error) error
	// StillOn tells whether that is so in a transaction, which then depends on it.
	StillOn(ctx context.Context, tx *store.Tx, ref string) (bool, error)
}

// MeetingsFrom says who knows of meetings. It belongs to putting the house together.
func (n *Notices) MeetingsFrom(m Meetings) { n.meetings = m }

// Looks tells whether something waits for somebody who works here.
type Looks func(ctx context.Context, a access.Actor) (bool, error)

// LooksBy says who knows that. It belongs to putting the house together.
func (n *Notices) LooksBy(l Looks) { n.looks = l }

// morning is when who works here is told by e-mail. It is one time of day for
// all, and once a day: when something came in must not be seen from outside, nor
// how much it is.
const morning = 8 * time.Hour

func nextMorning(now time.Time) time.Time {
	today := calendar.Of(now)
	if at := today.Begins().Add(morning); now.Before(at) {
		return at
	}
	return today.AddDays(1).Begins().Add(morning)
}

// Remind makes the reminders of tomorrow's meetings that aren't there yet, and in
// the morning those for who works here.
func (n *Notices) Remind(ctx context.Context, org string) error {
	return errors.Join(n.remindOfTomorrow(ctx, org), n.remindToLook(ctx, org))
}

func (n *Notices) remindOfTomorrow(ctx context.Context, org string) error {
	type meeting struct {
		people []string
		ref    string
	}
	space, tomorrow := n.store.Org(org), n.today().AddDays(1)
	var ahead []meeting
	if n.meetings == nil {
		return nil
	}
	err := n.meetings.Ahead(ctx, space, tomorrow.Begins(), tomorrow.AddDays(1).Begins(), func(people []string, ref string) error {
		ahead = append(ahead, meeting{people, ref})
		return nil
	})
	if err != nil {
		return err
	}
	for _, m := range ahead {
		told := true
		for _, person := range m.people {
			_, err := messages.Get(ctx, space, named(App, sentence.Tomorrow, person, m.ref))
			if err != nil && !errors.Is(err, store.ErrAbsent) {
				return err
			}
			told = told && err == nil
		}
		if told {
			continue
		}
		err := space.Tx(ctx, func(tx *store.Tx) error {
			if on, err := n.meetings.StillOn(ctx, tx, m.ref); err != nil || !on {
				return err
			}
			for _, person := range m.people {
				if err := n.sayTo(ctx, tx, person, sentence.Tomorrow, m.ref, tomorrow.Begins()); err != nil {
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

// remindToLook asks, for each whose morning it is, whether something waits.
func (n *Notices) remindToLook(ctx context.Context, org string) error {
	now, space := n.clock.Now(), n.store.Org(org)
	var due []*Choice
	err := choices.Each(ctx, space, store.Query{Index: "mail_next", Until: now.Add(time.Millisecond)}, func(c *Choice) error {
		due = append(due, c)
		return nil
	})
	for _, c := range due {
		if err != nil {
			return err
		}
		err = n.lookFor(ctx, space, c.ID, now)
	}
	return err
}

func (n *Notices) lookFor(ctx context.Context, space *store.Space, person string, now time.Time) error {
	waits := false
	acc, err := account.OfPerson(ctx, space, person)
	if err == nil {
		var a access.Actor
		if a, err = n.accounts.ActorOf(ctx, space.Org(), acc.ID); err == nil {
			waits, err = n.looks(ctx, a)
		}
	}
	if err != nil && !errors.Is(err, store.ErrAbsent) && !errors.Is(err, account.ErrAbsent) && !errors.Is(err, access.Refused) {
		return err
	}
	return space.Tx(ctx, func(tx *store.Tx) error {
		c, err := choices.Get(ctx, tx, person)
		if errors.Is(err, store.ErrAbsent) {
			return nil
		}
		if err != nil || !c.Mail.Checked || c.Mail.Next.After(now) {
			return err
		}
		c.Mail.Next = nextMorning(now)
		if err := choices.Replace(ctx, tx, c); err != nil || !waits {
			return err
		}
		return insertOnce(ctx, tx, &Message{
			Meta: store.Meta{ID: named(Mail, sentence.Look, person, n.today().String())}, Person: person, Sentence: sentence.Look,
			Channel: Mail, State: Waiting, NotBefore: now, Until: now.Add(day / 2), To: c.Mail.Hash, Day: n.today(),
		})
	})
}
