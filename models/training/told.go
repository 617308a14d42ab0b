package training

import (
	"context"

	"chautari/models/store"
)

// Told is what another noun does when people's places changed without their
// doing, in the same transaction; ref names what happened to whom.
type Told func(ctx context.Context, tx *store.Tx, people []string, ref string) error

// WhenPlacesChange adds what is done for those who got a seat they waited for,
// and for those whose place went with a cancelled intake. It belongs to putting
// the house together.
func (c *Courses) WhenPlacesChange(got, lost Told) {
	c.got, c.lost = append(c.got, got), append(c.lost, lost)
}

// tell hands over whose places changed, each with her enrolment as the ref.
func tell(ctx context.Context, tx *store.Tx, all []Told, places []Place) error {
	for _, told := range all {
		for _, p := range places {
			if err := told(ctx, tx, []string{p.Person}, p.Enrolment); err != nil {
				return err
			}
		}
	}
	return nil
}
