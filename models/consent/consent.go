// Package consent keeps each person's yes: one purpose and one recipient each,
// with the exact text, until a date, and withdrawable in one step. It also keeps
// the texts with which an organisation asks: those that come with the product, and
// versions of its own that one person writes and another releases.
//
// A yes is checked at the moment of use. What needs one takes a Proof, which
// only this package makes, and requires her sheet unchanged in the same
// transaction, so that nothing happens after a withdrawal was acknowledged.
package consent

import (
	"context"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/store"
)

// Consent is one yes with all that must be known of it (GDPR art. 7; Individual
// Privacy Act 2075, ch. 10(4)), or the no to what is done unless she says it.
type Consent struct {
	ID          string      `bson:"id"`
	Purpose     Purpose     `bson:"purpose"`
	Recipient   Recipient   `bson:"recipient"`
	Version     string      `bson:"text_version"`
	Language    string      `bson:"language"`
	Heard       bool        `bson:"heard,omitempty"` // it was read out to her
	No          bool        `bson:"no,omitempty"`    // she refused what is done unless she does
	How         How         `bson:"how"`
	Witness     string      `bson:"witness,omitempty"`      // account of who was there
	WitnessRole access.Role `bson:"witness_role,omitempty"` // in which role
	GivenAt     time.Time   `bson:"given_at"`
	Until       time.Time   `bson:"until"` // a no has no end
	Withdrawn   *time.Time  `bson:"withdrawn_at,omitempty"`
}

// Live tells whether it is a yes that holds at an instant.
func (c Consent) Live(now time.Time) bool {
	return c.Withdrawn == nil && !c.No && now.Before(c.Until)
}

// refuses tells whether it is a no that stands.
func (c Consent) refuses() bool { return c.No && c.Withdrawn == nil }

// Sheet is all that one person ever said yes to; its id is hers. Nothing is
// taken off it while she is known.
type Sheet struct {
	store.Meta `bson:",inline"`
	Consents   []Consent `bson:"consents"`
	// Restricted: she has all use of what is hers by others stand still (GDPR
	// art. 18). While it is on, no yes of hers holds for anybody but herself.
	Restricted bool `bson:"restricted,omitempty"`
	// Guardian is there of whoever was under 18 when she said yes.
	Guardian *Guardian `bson:"guardian,omitempty"`
}

var sheets = store.Declare[Sheet]("consents")

// Specs are the collections of this package.
func Specs() []*store.Spec {
	return []*store.Spec{sheets.Spec(), sharings.Spec(), versions.Spec(), asked.Spec(), pieces.Spec()}
}

// Live tells whether a yes for the purpose holds at an instant, for others'
// sight and use; none does while she has it restricted.
func (s *Sheet) Live(p Purpose, now time.Time) bool {
	return s != nil && !s.Restricted && s.Given(p, now)
}

// Given tells whether a yes for the purpose holds at an instant, restricted or
// not: for what she does herself.
func (s *Sheet) Given(p Purpose, now time.Time) bool {
	if s == nil {
		return false
	}
	for _, c := range s.Consents {
		if c.Purpose == p && c.Live(now) {
			return true
		}
	}
	return false
}

// Refuses tells whether her no to a purpose stands.
func (s *Sheet) Refuses(p Purpose) bool {
	return s != nil && slices.ContainsFunc(s.Consents, func(c Consent) bool { return c.Purpose == p && c.refuses() })
}

// Counts tells whether figures may count her at an instant: she is kept by her
// own yes, for others' use too, and has not said no to being counted.
func (s *Sheet) Counts(now time.Time) bool { return s.Live(Membership, now) && !s.Refuses(Figures) }

// Restrict has others' use of what is hers stand still, or go on; changed tells
// whether it was otherwise before. store.ErrAbsent where she has no sheet.
func Restrict(ctx context.Context, tx *store.Tx, person string, on bool) (changed bool, err error) {
	sheet, err := sheets.Get(ctx, tx, person)
	if err != nil || sheet.Restricted == on {
		return false, err
	}
	sheet.Restricted = on
	return true, sheets.Replace(ctx, tx, sheet)
}

// Of returns the sheet of a person, or store.ErrAbsent.
func Of(ctx context.Context, v store.View, person string) (*Sheet, error) {
	return sheets.Get(ctx, v, person)
}

// OfMany returns the sheets of at most store.MaxIDs persons by their ids; who has none is left out.
func OfMany(ctx context.Context, v store.View, persons []string) (map[string]*Sheet, error) {
	found, err := sheets.GetMany(ctx, v, persons)
	if err != nil {
		return nil, err
	}
	byPerson := make(map[string]*Sheet, len(found))
	for _, s := range found {
		byPerson[s.ID] = s
	}
	return byPerson, nil
}

// Yeses are the answers that were a yes, holding or not.
func (s *Sheet) Yeses() []Consent {
	return slices.DeleteFunc(slices.Clone(s.Consents), func(c Consent) bool { return c.No })
}

// Shown is an answer with the text that she read, and whether it holds.
type Shown struct {
	Consent
	Text   string
	Stands bool
}

// Read lays the words that she read beside each answer.
func (w Wordings) Read(answers []Consent, now time.Time) []Shown {
	all := make([]Shown, len(answers))
	for i, c := range answers {
		all[i] = Shown{c, w.Words(c.Purpose, c.Version, c.Language), c.Live(now) || c.refuses()}
	}
	return all
}

// Shown lists answers as she reads them: those that hold first, each in the order
// of the purposes.
func (w Wordings) Shown(answers []Consent, now time.Time) []Shown {
	all := w.Read(answers, now)
	slices.SortStableFunc(all, func(a, b Shown) int {
		if a.Stands != b.Stands {
			if a.Stands {
				return -1
			}
			return 1
		}
		return placeOf(a.Purpose) - placeOf(b.Purpose)
	})
	return all
}
