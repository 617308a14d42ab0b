package peersupport

import (
	"context"
	"maps"
	"slices"
	"time"

	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/store"
)

// agreed tells whether somebody's yes holds, and with it the one to being kept at all.
func agreed(sheet *consent.Sheet, p consent.Purpose, now time.Time) bool {
	return sheet.Live(p, now) && sheet.Live(consent.Membership, now)
}

// sheetsOf reads what any number of people agreed to.
func sheetsOf(ctx context.Context, v store.View, people []string) (map[string]*consent.Sheet, error) {
	return inBatches(people, func(ids []string) (map[string]*consent.Sheet, error) {
		return consent.OfMany(ctx, v, ids)
	})
}

// cards looks any number of people up.
func (s *Support) cards(ctx context.Context, v store.View, org string, people []string) (map[string]member.Card, error) {
	return inBatches(people, func(ids []string) (map[string]member.Card, error) {
		return s.members.Cards(ctx, v, org, ids)
	})
}

// diariesOf reads many diaries, with an empty one for whoever has none.
func diariesOf(ctx context.Context, v store.View, people []string) (map[string]*Diary, error) {
	all, err := inBatches(people, func(ids []string) (map[string]*Diary, error) {
		found, err := diaries.GetMany(ctx, v, ids)
		byID := make(map[string]*Diary, len(found))
		for _, d := range found {
			byID[d.ID] = d
		}
		return byID, err
	})
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		if all[p] == nil {
			all[p] = &Diary{Meta: store.Meta{ID: p}}
		}
	}
	return all, nil
}

// inBatches asks for no more at once than the store takes.
func inBatches[T any](people []string, read func(ids []string) (map[string]T, error)) (map[string]T, error) {
	all := make(map[string]T, len(people))
	for ids := range slices.Chunk(people, store.MaxIDs) {
		found, err := read(ids)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, found)
	}
	return all, nil
}

func distinct(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		if !seen[id] {
			seen[id], out = true, append(out, id)
		}
	}
	return out
}
