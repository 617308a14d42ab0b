package notice

import (
	"context"
	"errors"
	"time"

	"chautari/models/notice/sentence"
	"chautari/models/store"
)

// What other nouns are given to call, in the transaction of what happened. They
// hand over who and which thing, by ids; what is said stands here.

// settledFor is how long it is worth telling that a place became free for her.
const settledFor = 7 * day

// CalledOff tells the other of two that a meeting that was ahead is off, and
// takes back the reminders of it. ref names the meeting, and is another when the
// same one is booked again.
func (n *Notices) CalledOff(ctx context.Context, tx *store.Tx, people []string, by, ref string, start time.Time) error {
	for _, person := range people {
		if err := n.unsay(ctx, tx, person, sentence.Tomorrow, ref); err != nil {
			return err
		}
		if person == by {
			continue
		}
		if err := n.sayTo(ctx, tx, person, sentence.Off, ref, start); err != nil {
			return err
		}
	}
	return nil
}

// GotPlaces tells those who waited that they have a place now.
func (n *Notices) GotPlaces(ctx context.Context, tx *store.Tx, people []string, ref string) error {
	return n.all(ctx, tx, people, sentence.Settled, ref)
}

// LostPlaces tells those who had a place or waited that it is off.
func (n *Notices) LostPlaces(ctx context.Context, tx *store.Tx, people []string, ref string) error {
	return n.all(ctx, tx, people, sentence.Off, ref)
}

func (n *Notices) all(ctx context.Context, tx *store.Tx, people []string, k sentence.Key, ref string) error {
	for _, person := range people {
		if err := n.sayTo(ctx, tx, person, k, ref, n.clock.Now().Add(settledFor)); err != nil {
			return err
		}
	}
	return nil
}

func (n *Notices) sayTo(ctx context.Context, tx *store.Tx, person string, k sentence.Key, ref string, until time.Time) error {
	to, ok, err := known(ctx, tx, person)
	if err != nil || !ok {
		return err
	}
	return n.tell(ctx, tx, to, k, ref, until)
}

// unsay takes back what was not handed over or seen yet.
func (n *Notices) unsay(ctx context.Context, tx *store.Tx, person string, k sentence.Key, ref string) error {
	for _, c := range []Channel{App, SMS} {
		m, err := messages.Get(ctx, tx, named(c, k, person, ref))
		if errors.Is(err, store.ErrAbsent) {
			continue
		}
		if err != nil {
			return err
		}
		if m.State != Waiting && m.State != Shown {
			continue
		}
		m.State, m.Over = Dropped, n.today()
		if err := messages.Replace(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}
