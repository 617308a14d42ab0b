package member

import (
	"context"
	"errors"

	"chautari/models/calendar"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Somebody who was erased may stand in a list that is brought in later. She is
// known again by keyed hashes of her names with her phone and with her year of
// birth. They lie among the tombstones of the keys store, so that they go where
// those go: into every file of keys, and back with every restore. A name alone,
// or a phone alone, is never noted: others have them too.

// likenessMark keeps these tombstones apart from those of ids.
const likenessMark = "likeness."

// Likeness is by what a person is known again: each of her names together with
// her phone, and with her year of birth. It is never stored as it is.
func Likeness(names []string, phone string, birth calendar.Birth) []string {
	year := ""
	if birth.BSYear != 0 {
		year = calendar.InYear(birth.BSYear).String()
	} else if bs, err := calendar.ToBS(birth.Day); err == nil && !birth.Day.IsZero() {
		year = calendar.InYear(bs.Year).String()
	}
	var all []string
	for _, name := range names {
		key := script.NameKey(name)
		if key == "" {
			continue
		}
		if phone != "" {
			all = append(all, key+"\x00"+phone)
		}
		if year != "" {
			all = append(all, key+"\x00"+year)
		}
	}
	return all
}

// NoteLikeness notes by what somebody is known again who is being erased: by what of
// it opens. Where her key is gone it was noted before.
func (m *Members) NoteLikeness(ctx context.Context, org, person string) error {
	doc, err := members.Get(ctx, m.store.Org(org), person)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	o, err := m.openOne(ctx, org, doc)
	if errors.Is(err, seal.ErrNoKey) {
		return nil
	}
	if err != nil {
		return err
	}
	marks, err := m.marks(ctx, org, Likeness([]string{o.PaperName.Reveal(), o.Alias.Reveal()}, o.Phone.Reveal(), o.Birth))
	if err != nil {
		return err
	}
	return m.keys.Bury(ctx, org, marks...)
}

func (m *Members) marks(ctx context.Context, org string, texts []string) ([]string, error) {
	by := m.keys.Hashes("who was erased")
	marks := make([]string, len(texts))
	for i, text := range texts {
		hash, err := by.Of(ctx, org, text)
		if err != nil {
			return nil, err
		}
		marks[i] = likenessMark + hash
	}
	return marks, nil
}

// WereErased tells which of some people were erased here at their own wish, each
// given by her Likeness.
func (m *Members) WereErased(ctx context.Context, org string, people [][]string) ([]bool, error) {
	were := make([]bool, len(people))
	var all []string
	owners := map[string][]int{}
	for i, texts := range people {
		marks, err := m.marks(ctx, org, texts)
		if err != nil {
			return nil, err
		}
		for _, mark := range marks {
			if owners[mark] == nil {
				all = append(all, mark)
			}
			owners[mark] = append(owners[mark], i)
		}
	}
	gone, err := m.keys.Buried(ctx, org, all)
	for mark := range gone {
		for _, i := range owners[mark] {
			were[i] = true
		}
	}
	return were, err
}
