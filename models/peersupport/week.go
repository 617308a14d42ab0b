package peersupport

import (
	"cmp"
	"context"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// WeekSession is a meeting as the coordinator of the member's group sees it:
// that it is, when, and who they are as far as she may know.
type WeekSession struct {
	*Session
	Member    seal.Clear // empty where she may not see her
	Supporter seal.Clear
	Group     *organisation.Group
}

// Week is seven days of meetings in a coordinator's groups, and how much each
// supporter of these groups has.
type Week struct {
	From calendar.Date
	Days []WeekDay
	Load []Load // by name
}

// WeekDay is one day of it.
type WeekDay struct {
	Day      calendar.Date
	Sessions []WeekSession
}

// Load is how many meetings a supporter has in the week in which the seven days
// begin, with members of any group, and how many she takes at most.
type Load struct {
	Supporter seal.Clear
	Booked    int
	Cap       int
}

// Week shows a coordinator seven days from a day on; the zero Date is the
// Sunday of the current week.
func (s *Support) Week(ctx context.Context, a access.Actor, from calendar.Date) (*Week, error) {
	if from.IsZero() {
		from = weekOf(s.today())
	}
	if err := mayList(a); err != nil {
		return nil, err
	}
	docs, err := s.between(ctx, a, instant(from, 0), instant(from.AddDays(7), 0))
	if err != nil {
		return nil, err
	}
	all, err := s.supporters(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	of := slices.DeleteFunc(slices.Clone(all.list), func(c standing) bool { return !a.Coordinates(c.group) })
	shown, names, err := s.seen(ctx, a, docs, idsOf(of))
	if err != nil {
		return nil, err
	}
	week := &Week{From: from}
	for i := range 7 {
		day := WeekDay{Day: from.AddDays(i)}
		for _, w := range shown {
			if calendar.Of(w.Start) == day.Day {
				day.Sessions = append(day.Sessions, w)
			}
		}
		week.Days = append(week.Days, day)
	}
	for _, c := range of {
		if names[c.ID].Empty() {
			continue
		}
		booked, err := s.booked(ctx, s.store.Org(a.Org), c.ID, weekOf(from))
		if err != nil {
			return nil, err
		}
		week.Load = append(week.Load, Load{Supporter: names[c.ID], Booked: booked, Cap: c.Cap})
	}
	slices.SortStableFunc(week.Load, func(x, y Load) int {
		return cmp.Compare(script.NameKey(x.Supporter.Reveal()), script.NameKey(y.Supporter.Reveal()))
	})
	return week, nil
}

// Today lists today's meetings in a coordinator's groups, by their start.
// Whoever coordinates none is refused.
func (s *Support) Today(ctx context.Context, a access.Actor) ([]WeekSession, error) {
	if err := mayList(a); err != nil {
		return nil, err
	}
	today := s.today()
	docs, err := s.between(ctx, a, instant(today, 0), instant(today.AddDays(1), 0))
	if err != nil {
		return nil, err
	}
	shown, _, err := s.seen(ctx, a, docs, nil)
	return shown, err
}

func mayList(a access.Actor) error {
	return access.Decide(a, access.ListSessions, access.Facts{Org: a.Org, Group: len(a.Groups) > 0})
}

// between lists the meetings of members of her groups that start in a time.
func (s *Support) between(ctx context.Context, a access.Actor, from, until time.Time) (docs []*Session, err error) {
	for _, g := range a.Groups {
		q := store.Query{Index: "group", Equal: []any{g}, From: from, Until: until}
		err := sessions.Each(ctx, s.store.Org(a.Org), q, func(doc *Session) error {
			docs = append(docs, doc)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(docs, func(x, y *Session) int {
		return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(x.ID, y.ID))
	})
	return docs, nil
}

// seen puts to meetings the names that a coordinator may see, and leaves one
// entry of all that she sees: members as in her lists, and a supporter also if
// she agreed to be seen by members. more are supporters of her groups that are
// shown beside the meetings, and names are theirs and those of all supporters.
func (s *Support) seen(ctx context.Context, a access.Actor, docs []*Session, more []string) (shown []WeekSession, names map[string]seal.Clear, err error) {
	tree, err := s.orgs.Tree(ctx, a.Org)
	if err != nil {
		return nil, nil, err
	}
	space, now := s.store.Org(a.Org), s.clock.Now()
	people := slices.Clone(more)
	for _, doc := range docs {
		people = append(people, doc.People...)
	}
	people = distinct(people)
	cards, err := s.cards(ctx, space, a.Org, people)
	if err != nil {
		return nil, nil, err
	}
	err = space.Tx(ctx, func(tx *store.Tx) error {
		sheets, err := sheetsOf(ctx, tx, people)
		if err != nil {
			return err
		}
		answers := map[access.Facts]bool{} // most people of a page are alike in their facts
		lists := func(id string) bool {
			f := access.Facts{
				Org: a.Org, Group: a.Coordinates(cards[id].Group),
				Consent: agreed(sheets[id], consent.Membership, now), Apart: id != a.Person,
				Listed: !cards[id].Name.Empty(), // else there is no card of her
			}
			if _, known := answers[f]; !known {
				answers[f] = access.Decide(a, access.ListMembers, f) == nil
			}
			return answers[f]
		}
		shown, names = make([]WeekSession, len(docs)), map[string]seal.Clear{}
		var ids []string
		supporter := func(id string) {
			if lists(id) || agreed(sheets[id], consent.SupporterName, now) {
				names[id], ids = cards[id].Name, append(ids, id)
			}
		}
		for _, id := range more {
			supporter(id)
		}
		for i, doc := range docs {
			supporter(doc.Supporter())
			shown[i] = WeekSession{Session: doc, Supporter: names[doc.Supporter()], Group: tree.Get(doc.Group)}
			if lists(doc.Member()) {
				shown[i].Member, ids = cards[doc.Member()].Name, append(ids, doc.Member())
			}
		}
		return s.audit.Saw(ctx, tx, a, access.ListSessions, distinct(ids))
	})
	return shown, names, err
}

// booked counts a supporter's meetings of the week that begins on a Sunday.
func (s *Support) booked(ctx context.Context, v store.View, supporter string, sunday calendar.Date) (n int, err error) {
	q := store.Query{Index: "person", Equal: []any{supporter}, From: instant(sunday, 0), Until: instant(sunday.AddDays(7), 0)}
	err = sessions.Each(ctx, v, q, func(doc *Session) error {
		if doc.Supporter() == supporter && doc.State == Booked {
			n++
		}
		return nil
	})
	return n, err
}

// Each hands every meeting that starts in a time to fn, in its order, for
// figures; held tells that it wasn't cancelled and is over. Nothing sealed is
// opened.
func (s *Support) Each(ctx context.Context, v store.View, from, until time.Time, fn func(member, supporter, group string, start time.Time, held bool) error) error {
	now := s.clock.Now()
	return sessions.Each(ctx, v, store.Query{Index: "start", From: from, Until: until}, func(doc *Session) error {
		return fn(doc.Member(), doc.Supporter(), doc.Group, doc.Start, doc.State == Booked && !doc.End.After(now))
	})
}
