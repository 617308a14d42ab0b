package consent

import (
	"context"

	"chautari/models/calendar"
	"chautari/models/store"
)

// thing names a yes as the keys store is told of it when it is taken back.
func (c Consent) thing() string { return "consent/" + c.ID }

// Things names every yes on a sheet that is not withdrawn.
func (s *Sheet) Things() []string {
	var things []string
	for _, c := range s.Consents {
		if c.Withdrawn == nil {
			things = append(things, c.thing())
		}
	}
	return things
}

// Each hands every sheet over.
func Each(ctx context.Context, v store.View, fn func(*Sheet) error) error {
	return sheets.Each(ctx, v, store.Query{Index: store.ChangedIndex}, fn)
}

// TakeBack withdraws on a sheet, in the transaction that read it, each yes that
// was withdrawn before, as of that day, and returns their purposes.
func TakeBack(ctx context.Context, tx *store.Tx, s *Sheet, gone map[string]calendar.Date) ([]Purpose, error) {
	var ended []Purpose
	for i := range s.Consents {
		c := &s.Consents[i]
		day, ok := gone[c.thing()]
		if !ok || c.Withdrawn != nil {
			continue
		}
		at := day.Begins()
		if at.Before(c.GivenAt) {
			at = c.GivenAt
		}
		c.Withdrawn = &at
		ended = append(ended, c.Purpose)
	}
	if len(ended) == 0 {
		return nil, nil
	}
	return ended, sheets.Replace(ctx, tx, s)
}
