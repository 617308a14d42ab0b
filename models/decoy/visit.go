package decoy

import (
	"context"
	"errors"

	"chautari/models/calendar"
	"chautari/models/once"
	"chautari/models/training"
)

// onceMore is no key: nobody sends what happens here again.
func onceMore() once.Key { return once.Key{} }

// seatsAtOnce bounds how many get a place in one course in one round.
const seatsAtOnce = 5

// seat fills the places that people have in the organisation's own courses, so
// that as many are left in both.
func (d *Decoys) seat(ctx context.Context, space string, gaps []training.Gap) error {
	var all error
	for _, g := range gaps {
		for range min(g.Missing, seatsAtOnce) {
			found, err := d.somebody(ctx, space)
			if err == nil && found != nil {
				_, err = d.courses.Seat(ctx, space, g.Intake, found.Person)
			}
			all = errors.Join(all, err)
		}
	}
	return all
}

// visit leaves sign-ins behind as people leave them who look in: of sign-ins that
// lie in a decoy tenant, none tells that anybody gave a second passphrase.
func (d *Decoys) visit(ctx context.Context, space string, people int) error {
	if hour := d.clock.Now().In(calendar.Kathmandu).Hour(); hour < 6 || hour > 20 {
		return nil
	}
	for range min(3, 1+people/100) {
		if d.dice(100) >= 20+people/10 {
			continue
		}
		found, err := d.somebody(ctx, space)
		if err == nil && found != nil {
			err = d.accounts.Linger(ctx, space, found)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
