package register

import (
	"slices"

	"chautari/models/member"
	"chautari/models/register/sheet"
	"chautari/models/script"
)

// Reasons why a row is not created, beside the faults of its cells.
const (
	ReasonSameInFile  = "row.same_person_in_file"
	ReasonSamePresent = "row.same_person_present"
	ReasonSameName    = "row.same_name_check"
	ReasonUnchanged   = "row.unchanged"
	ReasonSkipped     = "row.skipped_by_you"
	ReasonFaulty      = "row.faulty"
	ReasonAside       = "row.focal_point_first"
	ReasonGone        = "row.gone"
)

// Reasons lists them, for the language files.
var Reasons = []string{
	ReasonSameInFile, ReasonSamePresent, ReasonSameName, ReasonUnchanged,
	ReasonSkipped, ReasonFaulty, ReasonAside, ReasonGone,
}

// Verdict is the fate of a row and why.
type Verdict struct {
	Fate   Fate
	Reason string        // empty for created and updated rows
	Same   *member.Known // the member she is or may be
	Fields []string      // what an update changes
}

// judge decides what becomes of each row. It is pure: the same rows, people,
// decisions and mode always have the same fates. erased tells of each row
// whether it is somebody who was erased at her wish; nil for none.
//
// A row never changes somebody on a name alone. Who withdrew stays withdrawn:
// every row of her name in her group is held, whatever number or birth it has,
// so that nothing of her can be found out by trying. Whoever was erased at her wish
// is held for the same reason, which doesn't say which of the two it is: that is
// for those who protect to see.
func judge(rows []sheet.Row, people []member.Known, erased []bool, decisions map[int]Decision, mode Mode) []Verdict {
	byName := make(map[string][]*member.Known, len(people))
	for i := range people {
		k := script.NameKey(people[i].Name)
		byName[k] = append(byName[k], &people[i])
		// A file of this organisation's own calls her by the name she chose.
		if chosen := script.NameKey(people[i].Alias); chosen != "" && chosen != k {
			byName[chosen] = append(byName[chosen], &people[i])
		}
	}
	verdicts := make([]Verdict, len(rows))
	for i := range rows {
		verdicts[i] = judgeOne(&rows[i], byName[script.NameKey(rows[i].Name)], erased != nil && erased[i], decisions[rows[i].Key], mode)
	}
	return verdicts
}

func judgeOne(row *sheet.Row, namesakes []*member.Known, erased bool, d Decision, mode Mode) Verdict {
	if d == Skip {
		return Verdict{Fate: Skipped, Reason: ReasonSkipped}
	}
	if len(row.Faults) > 0 && (d != DropFaulty || !droppable(row)) {
		return Verdict{Fate: Failed, Reason: ReasonFaulty}
	}
	if (erased || withdrew(row, namesakes)) && d != Create {
		return Verdict{Fate: Held, Reason: ReasonAside}
	}
	if d == Create {
		return Verdict{Fate: Created}
	}
	if row.SameAs != nil {
		return Verdict{Fate: Held, Reason: ReasonSameInFile}
	}
	same, alike := match(row, namesakes)
	switch {
	case same != nil:
		return judgeSame(row, same, d, mode)
	case alike != nil && d == UpdateHer:
		return judgeSame(row, alike, d, mode)
	case alike != nil:
		return Verdict{Fate: Held, Reason: ReasonSameName, Same: alike}
	}
	return Verdict{Fate: Created}
}

// withdrew tells whether somebody of this name in this group is not to be seen
// any more. Another person of the same name comes in when the coordinator says
// that she is another.
func withdrew(row *sheet.Row, namesakes []*member.Known) bool {
	return slices.ContainsFunc(namesakes, func(p *member.Known) bool { return !p.Visible && p.Group == row.GroupID })
}

// judgeSame is for a row that is somebody who is here already.
func judgeSame(row *sheet.Row, same *member.Known, d Decision, mode Mode) Verdict {
	fields := news(row, same)
	switch {
	case len(fields) == 0:
		return Verdict{Fate: Skipped, Reason: ReasonUnchanged, Same: same}
	case same.Carried && (d == UpdateHer || mode == Update && d != DropFaulty):
		return Verdict{Fate: Updated, Same: same, Fields: fields}
	default:
		return Verdict{Fate: Held, Reason: ReasonSamePresent, Same: same}
	}
}

// news lists what a row says of a person that is not known yet. An empty cell
// says nothing: it never wipes what is known.
func news(row *sheet.Row, p *member.Known) []string {
	var fields []string
	if row.Phone != "" && row.Phone != p.Phone {
		fields = append(fields, "phone")
	}
	if !row.Birth.IsZero() && row.Birth != p.Birth {
		fields = append(fields, "birth")
	}
	if row.GroupID != "" && row.GroupID != p.Group {
		fields = append(fields, "group")
	}
	if row.District != "" && row.District != p.District {
		fields = append(fields, "district")
	}
	return fields
}

// match finds among people of the same name the one a row is, and else one who
// may be she: in the same group, with nothing that tells the two apart.
func match(row *sheet.Row, namesakes []*member.Known) (same, alike *member.Known) {
	for _, p := range namesakes {
		if !p.Visible {
			continue
		}
		asRow := sheet.Row{Phone: p.Phone, Birth: p.Birth}
		if sheet.SamePerson(row, &asRow) {
			return p, nil
		}
		apart := sheet.Contradict(row.Birth, p.Birth) || row.Phone != "" && p.Phone != ""
		if alike == nil && !apart && p.Group == row.GroupID {
			alike = p
		}
	}
	return nil, alike
}

// droppable tells whether a row can do without its faulty cells: not without a
// name or a group.
func droppable(row *sheet.Row) bool { return row.Name != "" && row.GroupID != "" }

// count sums the fates up.
func count(verdicts []Verdict) Counts {
	var c Counts
	for _, v := range verdicts {
		c.add(v.Fate)
	}
	return c
}
