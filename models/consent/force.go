package consent

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/store"
)

// inForce is which version of each purpose an organisation asks now, one document
// in its own space: of what isn't in it, the one that comes with the product. A
// yes requires it unchanged, so that none to the old text is kept once the
// release of a new one was acknowledged. Its decoy tenant asks the same.
type inForce struct {
	store.Meta `bson:",inline"`
	Versions   []askedNow `bson:"versions,omitempty"`
}

type askedNow struct {
	Purpose Purpose `bson:"purpose"`
	Version string  `bson:"version"`
}

const inForceID = "asked"

func (f *inForce) of(p Purpose) string {
	for _, v := range f.Versions {
		if v.Purpose == p {
			return v.Version
		}
	}
	return shipped
}

func (f *inForce) set(p Purpose, version string) {
	f.Versions = slices.DeleteFunc(f.Versions, func(v askedNow) bool { return v.Purpose == p })
	f.Versions = append(f.Versions, askedNow{p, version})
}

// own are the ids of the organisation's own texts among them.
func (f *inForce) own() (ids []string) {
	for _, v := range f.Versions {
		if isOwn(v.Version) {
			ids = append(ids, idOf(v.Purpose, v.Version))
		}
	}
	return ids
}

// old tells which answers are to a text that isn't the one asked now.
func (f *inForce) old(given []Given) []fault.Field {
	var faults []fault.Field
	for i, g := range given {
		if g.Version != f.of(g.Purpose) {
			faults = append(faults, fault.At(fmt.Sprintf("consents[%d]", i), "consent.text_old"))
		}
	}
	return faults
}

// readForce reads what an organisation asks now, in a view of its own space;
// nothing yet is version 0.
func readForce(ctx context.Context, v store.View) (*inForce, error) {
	f, err := asked.Get(ctx, v, inForceID)
	if errors.Is(err, store.ErrAbsent) {
		return &inForce{Meta: store.Meta{ID: inForceID}}, nil
	}
	return f, err
}

// holdForce is readForce in a transaction that depends on it. The first one
// writes it, since what isn't there can't be required.
func holdForce(ctx context.Context, tx *store.Tx) (*inForce, error) {
	own := tx.Beside(organisation.Shown(tx.Org()))
	f, err := readForce(ctx, own)
	if err != nil {
		return nil, err
	}
	if f.Version == 0 {
		return f, f.save(ctx, own)
	}
	return f, asked.Require(ctx, own, f)
}

func (f *inForce) save(ctx context.Context, tx *store.Tx) error {
	if f.Version > 0 {
		return asked.Replace(ctx, tx, f)
	}
	err := asked.Insert(ctx, tx, f)
	if store.IsDuplicate(err, "id") {
		return store.ErrConflict
	}
	return err
}

// Fits tells before anything is made whether answers are to the texts asked now,
// in a view of the organisation itself. Where they are kept it is looked at
// again. Fault: consent.text_old.
func Fits(ctx context.Context, v store.View, given []Given) error {
	f, err := readForce(ctx, v)
	if err != nil {
		return err
	}
	return fault.Of("request.invalid", f.old(given)...)
}

// AskedNow lists what an organisation asks now in a language, in a view of its own
// space, and with it the wordings of the answers that somebody gave.
func AskedNow(ctx context.Context, v store.View, language string, answers ...Consent) ([]Text, Wordings, error) {
	f, err := readForce(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	ids := f.own()
	for _, c := range answers {
		if isOwn(c.Version) {
			ids = append(ids, idOf(c.Purpose, c.Version))
		}
	}
	own, err := wordings(ctx, v, ids)
	if err != nil {
		return nil, nil, err
	}
	return textsOf(f, own, language), own, nil
}

// Yes is a yes to the texts that an organisation asks now, in a view of its own
// space: for whoever is invented, or kept already by the yes of her twin.
func Yes(ctx context.Context, v store.View, language string, purposes ...Purpose) ([]Given, error) {
	f, err := readForce(ctx, v)
	if err != nil {
		return nil, err
	}
	given := make([]Given, len(purposes))
	for i, p := range purposes {
		given[i] = Given{Purpose: p, Version: f.of(p), Language: language}
	}
	return given, nil
}
