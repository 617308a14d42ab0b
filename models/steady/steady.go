// Package steady says whether the server's clock may be believed when it says
// that something is over.
//
// A clock that jumped forward by mistake would have people, drafts and
// remembered acts removed for good. So the server notes what time it last saw,
// and after a leap nothing is removed and nothing climbs for a day, in which
// somebody can set the clock right. The leap is the same whether the server was
// off, asleep or set wrong; three days are more than a weekend, so that an
// office whose laptop rests on Saturdays waits for nothing.
//
// What belongs here: the rule and what it remembers. What is removed, and when
// its time is over, is for the nouns to say.
package steady

import (
	"context"
	"errors"
	"time"

	"chautari/models/store"
)

const (
	// Leap is the longest time between two looks at the clock that is believed at once.
	Leap = 3 * 24 * time.Hour
	// Wait is how long a clock that leapt is not believed.
	Wait = 24 * time.Hour
)

// passage is the time that the server saw pass.
type passage struct {
	store.Meta `bson:",inline"`
	Seen       time.Time `bson:"seen"`            // at the last look
	Leapt      time.Time `bson:"leapt,omitempty"` // what the clock said after a leap that isn't believed yet
}

var passages = store.Declare[passage]("clock_passages").Passing().Passing()

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{passages.Spec()} }

// theOnly is the id of the one passage of a server.
const theOnly = "clock"

// look is a passage after one more look at the clock. A leap is believed once
// the clock has said for a day, by whatever steps, that it was right; set back
// to before the leap, it was wrong and is forgotten.
func (p passage) look(now time.Time) passage {
	waited := !p.Leapt.IsZero() && now.Sub(p.Leapt) >= Wait
	leapt := !p.Seen.IsZero() && now.Sub(p.Seen) > Leap
	switch {
	case waited, now.Before(p.Leapt):
		p.Leapt = time.Time{}
	case leapt && p.Leapt.IsZero():
		p.Leapt = now
	}
	p.Seen = now
	return p
}

// Look notes what the clock says and tells whether it is believed.
func Look(ctx context.Context, s *store.Store, now time.Time) (believed bool, err error) {
	now = now.UTC().Truncate(time.Millisecond)
	err = s.System().Tx(ctx, func(tx *store.Tx) error {
		p, err := passages.Get(ctx, tx, theOnly)
		if errors.Is(err, store.ErrAbsent) {
			believed = true
			err = passages.Insert(ctx, tx, &passage{Meta: store.Meta{ID: theOnly}, Seen: now})
			if store.IsDuplicate(err, "id") {
				return store.ErrConflict
			}
			return err
		}
		if err != nil {
			return err
		}
		next := p.look(now)
		believed = next.Leapt.IsZero()
		return passages.Replace(ctx, tx, &next)
	})
	return err == nil && believed, err
}
