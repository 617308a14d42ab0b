package factor

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/seal"
	"chautari/models/store"
)

// ceremony is something that one request begins and the next one ends, in the
// same sign-in: enrolling a passkey or an app, or showing a passkey.
type ceremony struct {
	store.Meta `bson:",inline"` // its id is the sign-in's, with what it is for
	Challenge  string           `bson:"challenge,omitempty"` // for an authenticator, base64url
	Host       string           `bson:"host,omitempty"`      // where it was begun
	Secret     seal.Sealed      `bson:"secret,omitempty"`    // of an app that isn't confirmed yet
	Until      time.Time        `bson:"until"`
}

var ceremonies = store.Declare[ceremony]("ceremonies",
	store.Index{Name: "until", Fields: []string{"until"}},
).Passing()

// What a ceremony is for.
const (
	enrolPasskey = "enrol"
	showPasskey  = "show"
	enrolApp     = "app"
)

// ceremonyLasts is within the ten minutes of safety requirement 23.
const ceremonyLasts = 5 * time.Minute

func ceremonyID(a access.Actor, what string) string { return a.Session + "/" + what }

// begin stores a ceremony in place of an earlier one of the same sign-in.
func (f *Factors) begin(ctx context.Context, tx *store.Tx, a access.Actor, what string, c ceremony) error {
	c.ID, c.Until = ceremonyID(a, what), f.clock.Now().Add(ceremonyLasts)
	was, err := ceremonies.Get(ctx, tx, c.ID)
	switch {
	case errors.Is(err, store.ErrAbsent):
		return ceremonies.Insert(ctx, tx, &c)
	case err != nil:
		return err
	}
	c.Meta = was.Meta
	return ceremonies.Replace(ctx, tx, &c)
}

// end takes a ceremony away with what it was for, so that nothing ends it twice.
// Fault: factor.begin_again.
func (f *Factors) end(ctx context.Context, tx *store.Tx, a access.Actor, what string) (*ceremony, error) {
	c, err := ceremonies.Get(ctx, tx, ceremonyID(a, what))
	if errors.Is(err, store.ErrAbsent) {
		return nil, errStale
	}
	if err != nil {
		return nil, err
	}
	// One that would last longer than any is from before the clock was set back.
	if left := c.Until.Sub(f.clock.Now()); left <= 0 || left > ceremonyLasts {
		return nil, errStale
	}
	return c, ceremonies.Delete(ctx, tx, c)
}

// ForgetCeremonies removes at most limit of those whose time is over.
func ForgetCeremonies(ctx context.Context, tx *store.Tx, now time.Time, limit int) (int, error) {
	return ceremonies.DeleteRange(ctx, tx, store.Query{Index: "until", Until: now}, limit)
}
