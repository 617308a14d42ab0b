package peersupport

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"chautari/models/store"
)

// CalledOff is what another noun does when a meeting that was ahead is called
// off, in the same transaction: whose it was, who did it, a ref of the meeting,
// and when it would have begun.
type CalledOff func(ctx context.Context, tx *store.Tx, people []string, by, ref string, start time.Time) error

// WhenCalledOff adds what is done then. It belongs to putting the house together.
func (s *Support) WhenCalledOff(all ...CalledOff) { s.off = append(s.off, all...) }

// tellOff tells of a meeting that is about to be called off by one of the two.
func (s *Support) tellOff(ctx context.Context, tx *store.Tx, doc *Session, by string) error {
	for _, tell := range s.off {
		if err := tell(ctx, tx, doc.People, by, doc.ref(), doc.Start); err != nil {
			return err
		}
	}
	return nil
}

// ref names a booked meeting; the same one booked again has another.
func (s *Session) ref() string { return s.ID + "." + strconv.FormatInt(s.Version, 10) }

// Ahead hands over the booked meetings that begin in a time: whose each is, and its ref.
func (s *Support) Ahead(ctx context.Context, v store.View, from, until time.Time, fn func(people []string, ref string) error) error {
	return sessions.Each(ctx, v, store.Query{Index: "start", From: from, Until: until}, func(doc *Session) error {
		if doc.State != Booked {
			return nil
		}
		return fn(doc.People, doc.ref())
	})
}

// StillOn tells whether the meeting of a ref is booked, and makes the transaction
// depend on that.
func (s *Support) StillOn(ctx context.Context, tx *store.Tx, ref string) (bool, error) {
	session, _, _ := strings.Cut(ref, ".")
	doc, err := sessions.Get(ctx, tx, session)
	if errors.Is(err, store.ErrAbsent) {
		return false, nil
	}
	if err != nil || doc.State != Booked || doc.ref() != ref {
		return false, err
	}
	return true, sessions.Require(ctx, tx, doc)
}
