package sheet

import (
	"slices"

	"chautari/models/script"
)

// Compare marks rows that are the same person as an earlier one, and gives the
// hints same_phone and same_name. It undoes what an earlier call marked, so it
// can be called again after a row was mended.
//
// The same person has the same name key, and the same phone with births that
// don't Contradict, or the same day of birth with phones that don't. A row with
// a fault is not taken as the first of a pair while one without stands for it.
// A phone alone proves nothing: mothers and daughters share one.
func Compare(rows []Row) {
	byName, byPhone := map[string][]int{}, map[string][]int{}
	keys := make([]string, len(rows))
	var order []int
	for i := range rows {
		rows[i].SameAs = nil
		rows[i].Hints = slices.DeleteFunc(rows[i].Hints, func(h string) bool { return h == HintSamePhone || h == HintSameName })
		keys[i] = script.NameKey(rows[i].Name)
		if keys[i] == "" && rows[i].Name != "" {
			keys[i] = rows[i].Name
		}
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return min(len(rows[a].Faults), 1) - min(len(rows[b].Faults), 1) })
	for _, i := range order {
		row := &rows[i]
		if keys[i] != "" {
			for _, j := range byName[keys[i]] {
				if SamePerson(row, &rows[j]) {
					place := rows[j].Place
					row.SameAs = &place
					break
				}
			}
		}
		if row.SameAs != nil {
			continue
		}
		for _, j := range byName[keys[i]] {
			if keys[i] != "" && maybeSame(row, &rows[j]) {
				hint(row, HintSameName)
				hint(&rows[j], HintSameName)
			}
		}
		for _, j := range byPhone[row.Phone] {
			hint(row, HintSamePhone)
			hint(&rows[j], HintSamePhone)
		}
		byName[keys[i]] = append(byName[keys[i]], i)
		if row.Phone != "" {
			byPhone[row.Phone] = append(byPhone[row.Phone], i)
		}
	}
}

// SamePerson tells whether two rows whose names are alike are one person: the
// same phone with births that don't contradict, or the same day of birth with
// phones that don't.
func SamePerson(a, b *Row) bool {
	if Contradict(a.Birth, b.Birth) {
		return false
	}
	if a.Phone != "" && a.Phone == b.Phone {
		return true
	}
	sameDay := !a.Birth.Day.IsZero() && a.Birth.Day == b.Birth.Day
	return sameDay && (a.Phone == "" || b.Phone == "")
}

// maybeSame is what gives reason to ask: one birth and two phones, or one phone
// and two births. A name alone is too common.
func maybeSame(a, b *Row) bool {
	if a.Phone != "" && a.Phone == b.Phone {
		return true
	}
	return !a.Birth.IsZero() && a.Birth == b.Birth
}

func hint(row *Row, what string) {
	if !slices.Contains(row.Hints, what) {
		row.Hints = append(row.Hints, what)
	}
}
