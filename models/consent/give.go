package consent

import (
	"context"
	"fmt"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/seal"
	"chautari/models/store"
)

// Given is an answer as it comes in: to one text in one language. Several
// purposes have no form in which they could be answered together.
type Given struct {
	Purpose  Purpose `json:"purpose" validate:"required,max=40"`
	Version  string  `json:"version" validate:"required,max=10"`
	Language string  `json:"language" validate:"required,oneof=ne en nb"`
	// Answer is a yes unless said. A no is an answer only to what is done without a yes.
	Answer string `json:"answer,omitempty" validate:"omitempty,oneof=yes no"`
	Heard  bool   `json:"heard,omitempty"` // it was read out to her
}

// Witness is who was beside her when she answered.
type Witness struct {
	Account string
	Role    access.Role
}

// ErrBundled: several answers came where one is asked for.
var ErrBundled = fault.Of("request.invalid", fault.At("consents", "consent.bundled"))

// Check tells what is wrong with what somebody answers, before anything is made.
// Whether it is to the text that is asked now is told where it is kept, and
// before by Fits.
func Check(given []Given) []fault.Field {
	var faults []fault.Field
	seen := map[Purpose]bool{}
	for i, g := range given {
		at := fmt.Sprintf("consents[%d]", i)
		r, known := ruleOf(g.Purpose)
		switch {
		case !known || r.asked == Nowhere || !slices.Contains(languages, g.Language):
			faults = append(faults, fault.At(at, "consent.text_unknown"))
		case seen[g.Purpose]:
			faults = append(faults, fault.At(at, "consent.twice"))
		case r.optOut != (g.Answer == "no"):
			faults = append(faults, fault.At(at, "consent.not_an_answer"))
		}
		seen[g.Purpose] = true
	}
	return faults
}

// Begin stores the first sheet of a person with what she said yes to. Each
// Given must name the text that is asked now; a faulty one is told with its
// place. Faults: consent.text_unknown, consent.twice, consent.not_an_answer,
// consent.text_old.
func Begin(ctx context.Context, tx *store.Tx, person string, how How, given []Given, now time.Time) (Proof, error) {
	return begin(ctx, tx, person, how, Witness{}, given, nil, now)
}

// BeginBeside is Begin for somebody who answers in person, with a witness, and
// with her guardian's part where she is under 18.
func BeginBeside(ctx context.Context, tx *store.Tx, person string, by Witness, given []Given, guardian *Guardian, now time.Time) (Proof, error) {
	return begin(ctx, tx, person, InPerson, by, given, guardian, now)
}

func begin(ctx context.Context, tx *store.Tx, person string, how How, by Witness, given []Given, guardian *Guardian, now time.Time) (Proof, error) {
	if err := fault.Of("request.invalid", Check(given)...); err != nil {
		return Proof{}, err
	}
	if err := fits(ctx, tx, given); err != nil {
		return Proof{}, err
	}
	sheet := &Sheet{Meta: store.Meta{ID: person}, Guardian: guardian}
	proof := sheet.addBeside(how, by, given, now)
	return proof, sheets.Insert(ctx, tx, sheet)
}

// Add puts what she answers now on her sheet; a yes that still holds is not
// given twice. Faults as Begin; store.ErrAbsent where she has no sheet.
func Add(ctx context.Context, tx *store.Tx, person string, how How, given []Given, now time.Time) (Proof, error) {
	if err := fault.Of("request.invalid", Check(given)...); err != nil {
		return Proof{}, err
	}
	sheet, err := sheets.Get(ctx, tx, person)
	if err != nil {
		return Proof{}, err
	}
	given = slices.DeleteFunc(slices.Clone(given), func(g Given) bool {
		return sheet.Given(g.Purpose, now) || sheet.Refuses(g.Purpose)
	})
	if err := fits(ctx, tx, given); err != nil {
		return Proof{}, err
	}
	proof := sheet.add(how, given, now)
	return proof, sheets.Replace(ctx, tx, sheet)
}

// fits refuses answers to a text that isn't the one asked now, and makes the
// transaction depend on it.
func fits(ctx context.Context, tx *store.Tx, given []Given) error {
	if len(given) == 0 {
		return nil
	}
	f, err := holdForce(ctx, tx)
	if err != nil {
		return err
	}
	return fault.Of("request.invalid", f.old(given)...)
}

// add writes checked answers down.
func (s *Sheet) add(how How, given []Given, now time.Time) Proof {
	return s.addBeside(how, Witness{}, given, now)
}

func (s *Sheet) addBeside(how How, by Witness, given []Given, now time.Time) Proof {
	proof := Proof{}
	for _, g := range given {
		r, _ := ruleOf(g.Purpose)
		c := Consent{
			ID: id.New("con"), Purpose: g.Purpose, Recipient: r.recipient, Version: g.Version,
			Language: g.Language, Heard: g.Heard, No: g.Answer == "no", How: how,
			Witness: by.Account, WitnessRole: by.Role, GivenAt: now,
		}
		if !c.No {
			c.Until = now.AddDate(0, r.months, 0)
			proof.purposes = append(proof.purposes, g.Purpose)
		}
		s.Consents = append(s.Consents, c)
	}
	return proof
}

// Withdraw ends one answer of a person and returns the purpose that ended; for
// one that had ended before the purpose is empty and nothing changes. An unknown
// id is store.ErrAbsent.
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
