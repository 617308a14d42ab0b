package store

import (
	"context"
	"time"
)

// Brief is what the Reader of a snapshot also is where the engine keeps the
// moment for a limited time only: a later read meets ErrOutlived. Work that
// lasts longer is done in parts, each in a snapshot of its own; a last one tells
// by the stamps what has changed under the others.
type Brief interface {
	Reader
	// Stamps lists the documents of a collection without their bodies, in the order
	// of the bytes of their ids, from the first one behind after ("" begins): at
	// most limit, 1 to MaxStamps, and fewer only at the end.
	Stamps(ctx context.Context, c *Spec, org, after string, limit int) ([]Stamp, error)
}

// Stamp tells a state of a document from every other one, unless its id was
// given again within what Changed tells apart: a millisecond, or a day in a
// daily collection.
type Stamp struct {
	ID      string
	Version int64
	Changed time.Time
}

// Stamp is the record's.
func (r Record) Stamp() Stamp { return Stamp{r.ID, r.Version, r.Changed} }

// MaxStamps is how many stamps one call lists.
const MaxStamps = 1000
