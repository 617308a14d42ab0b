package consent

import (
	"cmp"
	"context"
	"slices"
	"time"

	"chautari/models/calendar"
	"chautari/models/id"
	"chautari/models/store"
)

// Outside is to whom something of hers went beyond those who look after her.
type Outside string

// The ways out of the circle.
const (
	ToFile      Outside = "file"      // a list that two people let a coordinator take away
	ToEmergency Outside = "emergency" // a closed record, opened by two people for some hours
)

// Sharing is one line that she reads: on which day what of hers went to whom,
// and on which yes. It tells no hour, and nobody's name.
type Sharing struct {
	store.Meta `bson:",inline"`
	Person     string        `bson:"person"`
	Day        calendar.Date `bson:"day"`
	To         Outside       `bson:"to"`
	What       []string      `bson:"what"`              // names of fields, never values
	Purpose    Purpose       `bson:"purpose,omitempty"` // the yes; none where a life was at stake
}

var sharings = store.Declare[Sharing]("sharings",
	store.Index{Name: "person", Fields: []string{"person", "day"}},
).Daily()

// Shared is what is to be written of a sharing.
type Shared struct {
	To      Outside
	What    []string
	Purpose Purpose
}

// Share checks at this moment that each of the purposes has a live yes on a sheet
// that was read in the transaction, makes the transaction depend on it, and
// writes the line that she reads. Without a yes it is ErrNone and nothing is written.
func Share(ctx context.Context, tx *store.Tx, sheet *Sheet, line Shared, now time.Time, needs ...Purpose) error {
	for _, p := range needs {
		if !sheet.Live(p, now) {
			return ErrNone
		}
	}
	if err := sheets.Require(ctx, tx, sheet); err != nil {
		return err
	}
	return Note(ctx, tx, sheet.ID, line, now)
}

// Note writes the line alone, where no yes is asked because a life is at stake.
// The same of one day is one line.
func Note(ctx context.Context, tx *store.Tx, person string, line Shared, now time.Time) error {
	day := calendar.Of(now)
	today, _, err := sharings.Find(ctx, tx, store.Query{Index: "person", Equal: []any{person, day.String()}, Limit: store.MaxLimit})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(today, func(s *Sharing) bool {
		return s.To == line.To && s.Purpose == line.Purpose && slices.Equal(s.What, line.What)
	}) {
		return nil
	}
	return sharings.Insert(ctx, tx, &Sharing{
		Meta: store.Meta{ID: id.New("shr")}, Person: person, Day: day, To: line.To, What: line.What, Purpose: line.Purpose,
	})
}

// SharingsOf lists what of a person went out of the circle, the latest day first.
func SharingsOf(ctx context.Context, v store.View, person string) ([]*Sharing, error) {
	all := []*Sharing{}
	err := sharings.Each(ctx, v, store.Query{Index: "person", Equal: []any{person}}, func(s *Sharing) error {
		all = append(all, s)
		return nil
	})
	slices.SortStableFunc(all, func(a, b *Sharing) int { return cmp.Compare(b.Day.String(), a.Day.String()) })
	return all, err
}
