package peersupport

import (
	"context"
	"maps"
	"slices"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/seal"
	"chautari/models/store"
)

// OwnSession is a meeting as one of the two sees it.
type OwnSession struct {
	*Session
	As   Side
	With seal.Clear // what the other is called; empty where she didn't agree to be seen
}

// SessionQuery asks for a page of one's own meetings: from today on, soonest
// first, or those before today, latest first.
type SessionQuery struct {
	Past  bool
	Limit int
	After store.Cursor
}

// shownTo tells whether the actor sees a meeting of hers: while what she had before
// is closed to her, those alone that stand and were made since.
func (s *Session) shownTo(a access.Actor) bool {
	return !a.IsHeld() || s.State == Booked && !a.Before(s.Changed)
}

// Sessions lists the actor's own meetings, on whichever side.
func (s *Support) Sessions(ctx context.Context, a access.Actor, q SessionQuery) ([]OwnSession, store.Cursor, error) {
	if err := access.Decide(a, access.ReadOwnSessions, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, "", err
	}
	find := store.Query{Index: "person", Equal: []any{a.Person}, Limit: q.Limit, After: q.After}
	if midnight := instant(s.today(), 0); q.Past {
		find.Until, find.Down = midnight, true
	} else {
		find.From = midnight
	}
	var shown []*Session
	for {
		docs, next, err := sessions.Find(ctx, s.store.Org(a.Org), find)
		if err != nil {
			return nil, "", err
		}
		for _, doc := range docs {
			if doc.shownTo(a) {
				shown = append(shown, doc)
			}
		}
		if next == "" || len(shown) == q.Limit {
			own, err := s.withNames(ctx, a, shown, false)
			return own, next, err
		}
		find.After, find.Limit = next, q.Limit-len(shown)
	}
}

// own shows the actor one of her meetings.
func (s *Support) own(ctx context.Context, a access.Actor, session string) (*OwnSession, error) {
	doc, err := sessions.Get(ctx, s.store.Org(a.Org), session)
	if err != nil {
		return nil, notFound(err)
	}
	return s.named(ctx, a, doc, false)
}

// named puts the other's name to one meeting.
func (s *Support) named(ctx context.Context, a access.Actor, doc *Session, noted bool) (*OwnSession, error) {
	own, err := s.withNames(ctx, a, []*Session{doc}, noted)
	if err != nil {
		return nil, err
	}
	return &own[0], nil
}

// withNames puts the other's name to each meeting where she agrees to it at
// this moment. A supporter who is shown members' names leaves one entry for all
// of them, unless they are noted in the trail already; a supporter's own name is
// shown to every member, and leaves none.
func (s *Support) withNames(ctx context.Context, a access.Actor, docs []*Session, noted bool) ([]OwnSession, error) {
	own := make([]OwnSession, len(docs))
	others := make([]string, len(docs))
	supports := false
	for i, doc := range docs {
		side, other, ok := doc.side(a.Person)
		if !ok {
			return nil, access.Refused
		}
		own[i], others[i] = OwnSession{Session: doc, As: side}, other
		supports = supports || side == AsSupporter
	}
	if len(docs) == 0 {
		return own, nil
	}
	space, now := s.store.Org(a.Org), s.clock.Now()
	var shown map[string]Side // whose name, and the actor's side
	look := func(v store.View) error {
		sheets, err := sheetsOf(ctx, v, distinct(others))
		shown = make(map[string]Side, len(others))
		for i, o := range own {
			if agreed(sheets[others[i]], nameOf[o.As], now) {
				shown[others[i]] = o.As
			}
		}
		return err
	}
	var err error
	if noted || !supports {
		err = look(space)
	} else {
		err = space.Tx(ctx, func(tx *store.Tx) error {
			if err := look(tx); err != nil {
				return err
			}
			var members []string
			for _, id := range slices.Sorted(maps.Keys(shown)) {
				if shown[id] == AsSupporter {
					members = append(members, id)
				}
			}
			return s.audit.Saw(ctx, tx, a, access.ReadOwnSessions, members)
		})
	}
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx, a.Org, slices.Sorted(maps.Keys(shown)))
	if err != nil {
		return nil, err
	}
	for i, o := range own {
		if shown[others[i]] == o.As {
			own[i].With = names[others[i]]
		}
	}
	return own, nil
}

// names are what people are called; those of supporters lie in memory already.
func (s *Support) names(ctx context.Context, org string, people []string) (map[string]seal.Clear, error) {
	all, err := s.supporters(ctx, org)
	if err != nil {
		return nil, err
	}
	names := make(map[string]seal.Clear, len(people))
	var rest []string
	for _, id := range people {
		if st := all.find(id); st != nil {
			names[id] = st.name
		} else {
			rest = append(rest, id)
		}
	}
	cards, err := s.cards(ctx, s.store.Org(org), org, rest)
	for id, c := range cards {
		names[id] = c.Name
	}
	return names, err
}

// nameOf is what the other must have agreed to, by the side of the one who looks.
var nameOf = map[Side]consent.Purpose{
	AsMember:    consent.SupporterName,
	AsSupporter: consent.PeerName,
}
