// Package consent keeps each person's yes: one purpose and one recipient each,
// with the exact text, until a date, and withdrawable in one step.
//
// A yes is checked at the moment of use. What needs one takes a Proof, which
// only this package makes, and requires her sheet unchanged in the same
// transaction, so that nothing happens after a withdrawal was acknowledged.
package consent

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/seal"
	"chautari/models/store"
)

// Purpose is what a yes is for.
type Purpose string

// The purposes that something built asks for.
const (
	Membership       Purpose = "membership"        // to keep what she writes, to be a member
	CoordinatorPhone Purpose = "coordinator_phone" // her group's coordinators may see her phone number
	PeerName         Purpose = "peer_name"         // the supporter she meets may see the name she chose
	SupporterName    Purpose = "supporter_name"    // members may see that she is a supporter, by the name she chose
)

// Recipient is who may use it.
type Recipient string

// The recipients.
const (
	Organisation Recipient = "organisation"
	Coordinator  Recipient = "coordinator"
	Supporter    Recipient = "supporter"
	Members      Recipient = "members"
)

// How tells how a yes was given.
type How string

// The ways.
const (
	BySelf   How = "self"      // by her own hand
	InPerson How = "in_person" // somebody filled in with her, as witness
)

// Consent is one yes with all that must be known of it (GDPR art. 7; Individual
// Privacy Act 2075, ch. 10(4)).
type Consent struct {
	ID        string     `bson:"id"`
	Purpose   Purpose    `bson:"purpose"`
	Recipient Recipient  `bson:"recipient"`
	Version   string     `bson:"text_version"`
	Language  string     `bson:"language"`
	How       How        `bson:"how"`
	Witness   string     `bson:"witness,omitempty"` // account of who was there
	GivenAt   time.Time  `bson:"given_at"`
	Until     time.Time  `bson:"until"`
	Withdrawn *time.Time `bson:"withdrawn_at,omitempty"`
}

// Live tells whether it holds at an instant.
func (c Consent) Live(now time.Time) bool { return c.Withdrawn == nil && now.Before(c.Until) }

// Sheet is all that one person ever said yes to; its id is hers. Nothing is
// taken off it while she is known.
type Sheet struct {
	store.Meta `bson:",inline"`
	Consents   []Consent `bson:"consents"`
	// Restricted: she has all use of what is hers by others stand still (GDPR
	// art. 18). While it is on, no yes of hers holds for anybody but herself.
	Restricted bool `bson:"restricted,omitempty"`
}

var sheets = store.Declare[Sheet]("consents")

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{sheets.Spec()} }

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

// Given is a yes as it comes in: to one text in one language.
type Given struct {
	Purpose  Purpose `json:"purpose" validate:"required,max=40"`
	Version  string  `json:"version" validate:"required,max=10"`
	Language string  `json:"language" validate:"required,oneof=ne en nb"`
}

// Proof is a live yes, read or given in a transaction that requires it unchanged.
// Only this package makes one that covers anything.
type Proof struct{ purposes []Purpose }

// Covers tells whether the yes is for this purpose.
func (p Proof) Covers(purpose Purpose) bool { return slices.Contains(p.purposes, purpose) }

// ErrNone: there is no live consent for it.
var ErrNone = errors.New("consent: none")

// Prove looks for a live yes in a transaction and makes the transaction depend on it.
func Prove(ctx context.Context, tx *store.Tx, person string, p Purpose, now time.Time) (Proof, error) {
	sheet, err := sheets.Get(ctx, tx, person)
	if errors.Is(err, store.ErrAbsent) {
		return Proof{}, ErrNone
	}
	if err != nil {
		return Proof{}, err
	}
	if !sheet.Live(p, now) {
		return Proof{}, ErrNone
	}
	return Proof{[]Purpose{p}}, sheets.Require(ctx, tx, sheet)
}

// ProveOwn is Prove for what she does herself: a restriction keeps others from
// her, and her from nothing.
func ProveOwn(ctx context.Context, tx *store.Tx, person string, p Purpose, now time.Time) (Proof, error) {
	sheet, err := sheets.Get(ctx, tx, person)
	if errors.Is(err, store.ErrAbsent) || err == nil && !sheet.Given(p, now) {
		return Proof{}, ErrNone
	}
	if err != nil {
		return Proof{}, err
	}
	return Proof{[]Purpose{p}}, sheets.Require(ctx, tx, sheet)
}

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

// Check tells what is wrong with what somebody says yes to, before anything is made.
func Check(given []Given) []fault.Field {
	var faults []fault.Field
	seen := map[Purpose]bool{}
	for i, g := range given {
		at := fmt.Sprintf("consents[%d]", i)
		if _, ok := Current(g.Purpose, g.Version, g.Language); !ok {
			faults = append(faults, fault.At(at, "consent.text_unknown"))
		} else if seen[g.Purpose] {
			faults = append(faults, fault.At(at, "consent.twice"))
		}
		seen[g.Purpose] = true
	}
	return faults
}

// Begin stores the first sheet of a person with what she said yes to. Each
// Given must name a text that is current; a faulty one is told with its place.
func Begin(ctx context.Context, tx *store.Tx, person string, how How, given []Given, now time.Time) (Proof, error) {
	if err := fault.Of("request.invalid", Check(given)...); err != nil {
		return Proof{}, err
	}
	sheet := &Sheet{Meta: store.Meta{ID: person}}
	proof := sheet.add(how, given, now)
	return proof, sheets.Insert(ctx, tx, sheet)
}

// Add puts what she says yes to now on her sheet; a yes that still holds is not
// given twice. Faults as Begin; store.ErrAbsent where she has no sheet.
func Add(ctx context.Context, tx *store.Tx, person string, how How, given []Given, now time.Time) (Proof, error) {
	if err := fault.Of("request.invalid", Check(given)...); err != nil {
		return Proof{}, err
	}
	sheet, err := sheets.Get(ctx, tx, person)
	if err != nil {
		return Proof{}, err
	}
	given = slices.DeleteFunc(slices.Clone(given), func(g Given) bool { return sheet.Given(g.Purpose, now) })
	proof := sheet.add(how, given, now)
	return proof, sheets.Replace(ctx, tx, sheet)
}

// add writes checked yeses down.
func (s *Sheet) add(how How, given []Given, now time.Time) Proof {
	proof := Proof{}
	for _, g := range given {
		text, _ := Current(g.Purpose, g.Version, g.Language)
		s.Consents = append(s.Consents, Consent{
			ID: id.New("con"), Purpose: g.Purpose, Recipient: text.Recipient, Version: g.Version,
			Language: g.Language, How: how, GivenAt: now, Until: now.AddDate(0, text.Months, 0),
		})
		proof.purposes = append(proof.purposes, g.Purpose)
	}
	return proof
}

// Withdraw ends one yes of a person and returns the purpose that ended; for one
// that had ended before the purpose is empty and nothing changes. An unknown id
// is store.ErrAbsent.
func Withdraw(ctx context.Context, tx *store.Tx, person, consent string, now time.Time) (Purpose, error) {
	sheet, err := sheets.Get(ctx, tx, person)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(sheet.Consents, func(c Consent) bool { return c.ID == consent })
	if i < 0 {
		return "", store.ErrAbsent
	}
	c := &sheet.Consents[i]
	if c.Withdrawn != nil {
		return "", nil
	}
	c.Withdrawn = &now
	if err := seal.Retract(ctx, tx, c.thing()); err != nil {
		return "", err
	}
	return c.Purpose, sheets.Replace(ctx, tx, sheet)
}
