package conflict

import (
	"context"
	"errors"
	"slices"

	"chautari/models/account"
	"chautari/models/organisation"
	"chautari/models/store"
)

// Apart tells that nothing which anybody declared stands between a person and
// any of the others. It is symmetric; nobody is apart from herself, or from
// nobody. It is for showing things: an act asks StillApart.
func Apart(ctx context.Context, v store.View, person string, others ...string) (bool, error) {
	sheet, err := sheets.Get(ctx, v, person)
	if errors.Is(err, store.ErrAbsent) {
		sheet, err = &Sheet{}, nil
	}
	return err == nil && apart(sheet, person, others), err
}

// StillApart is Apart for an act. The transaction fails, and so runs again, when
// somebody declares anything between the person and anybody else meanwhile: what
// needs two people to be apart isn't done once a declaration was acknowledged.
func StillApart(ctx context.Context, tx *store.Tx, person string, others ...string) (bool, error) {
	if person == "" {
		return false, nil
	}
	sheet, err := sheets.Get(ctx, tx, person)
	if errors.Is(err, store.ErrAbsent) {
		// What isn't there can't be required: the first declaration meets this one.
		sheet = &Sheet{}
		sheet.ID = person
		err = save(ctx, tx, sheet)
		if errors.Is(err, errGone) {
			return false, nil
		}
		return apart(sheet, person, others), err
	}
	if err != nil {
		return false, err
	}
	return apart(sheet, person, others), sheets.Require(ctx, tx, sheet)
}

// ApartByOwn is Apart by what the person herself declared alone. It is for what
// protects from the others, and for what they can be asked about: what they
// declared about her neither shields them from her, nor is it told to her by a
// refusal.
func ApartByOwn(ctx context.Context, v store.View, person string, others ...string) (bool, error) {
	sheet, err := sheetOf(ctx, v, person)
	return err == nil && apart(sheet.own(), person, others), err
}

// StillApartByOwn is ApartByOwn for an act, as StillApart is Apart.
func StillApartByOwn(ctx context.Context, tx *store.Tx, person string, others ...string) (bool, error) {
	if _, err := StillApart(ctx, tx, person, others...); err != nil {
		return false, err
	}
	return ApartByOwn(ctx, tx, person, others...)
}

// own is the sheet without what others declared.
func (s *Sheet) own() *Sheet { return &Sheet{Declared: s.Declared} }

func apart(sheet *Sheet, person string, others []string) bool {
	if person == "" || slices.Contains(others, "") || slices.Contains(others, person) {
		return false
	}
	return !slices.ContainsFunc(sheet.close(), func(p string) bool { return slices.Contains(others, p) })
}

// Close lists for each of the persons who is not apart from her by a declaration.
// Who has nobody is left out.
func Close(ctx context.Context, v store.View, persons []string) (map[string][]string, error) {
	close := map[string][]string{}
	for ids := range slices.Chunk(persons, store.MaxIDs) {
		found, err := sheets.GetMany(ctx, v, ids)
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			if all := s.close(); len(all) > 0 {
				close[s.ID] = all
			}
		}
	}
	return close, nil
}

// Post is where somebody works in an organisation: the groups that she looks
// after, and those in which she serves as supporter or trainer.
type Post struct {
	Over []string
	In   []string
}

// Answers tells that one of two people answers to the other by the tree of
// groups: whoever looks after a group is above those who look after groups below
// it, and above those who serve in it or below it. Those who look after the same
// group are colleagues, and so is everybody who has her post in no group.
func Answers(tree *organisation.Tree, x, y Post) bool {
	return above(tree, x, y) || above(tree, y, x)
}

func above(tree *organisation.Tree, x, y Post) bool {
	for _, over := range x.Over {
		below := tree.Below(over)
		if slices.ContainsFunc(y.Over, func(g string) bool { return g != over && slices.Contains(below, g) }) {
			return true
		}
		if slices.ContainsFunc(y.In, func(g string) bool { return slices.Contains(below, g) }) {
			return true
		}
	}
	return false
}

// sheetOf reads somebody's sheet, an empty one where there is none.
func sheetOf(ctx context.Context, v store.View, person string) (*Sheet, error) {
	sheet, err := sheets.Get(ctx, v, person)
	if errors.Is(err, store.ErrAbsent) {
		return &Sheet{Meta: store.Meta{ID: person}}, nil
	}
	return sheet, err
}

// errGone: whose sheet it would be has no account, and so gets none.
var errGone = errors.New("conflict: nobody's sheet")

// save stores a sheet that was read in the transaction, or is new. Two new ones
// of one person meet at the id, and the later one is tried again. A new one
// depends on her account, which an erasure takes before it takes the sheet: so
// none is made for somebody who was erased meanwhile.
func save(ctx context.Context, tx *store.Tx, sheet *Sheet) error {
	if sheet.Version > 0 {
		return sheets.Replace(ctx, tx, sheet)
	}
	owner, err := account.OfPerson(ctx, tx, sheet.ID)
	if errors.Is(err, store.ErrAbsent) {
		return errGone
	}
	if err != nil {
		return err
	}
	if err := account.Require(ctx, tx, owner); err != nil {
		return err
	}
	err = sheets.Insert(ctx, tx, sheet)
	if store.IsDuplicate(err, "id") {
		return store.ErrConflict
	}
	return err
}
