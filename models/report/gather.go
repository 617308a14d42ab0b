package report

import (
	"context"
	"slices"
	"strings"
	"time"

	"chautari/models/disclose"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/place"
	"chautari/models/store"
)

// pictures are the kinds of course, in the order in which a person who finished
// several is counted: once, with the first.
var pictures = []string{"sewing", "phone", "food", "computer", "farming", "beauty", "reading", "driving", RowOther}

// gather counts a quarter at one moment and makes the figures safe. The true
// counts go no further than this call.
func (r *Reports) gather(ctx context.Context, org string, q Quarter) (Figures, error) {
	tree, err := r.orgs.Tree(ctx, org)
	if err != nil {
		return Figures{}, err
	}
	settings, err := r.orgs.Settings(ctx, org)
	if err != nil {
		return Figures{}, err
	}
	by := disclose.Rule{HiddenBelow: hiddenBelow.Of(settings)}
	unlisted, err := r.sources.People.UnlistedYoung(ctx, org)
	if err != nil {
		return Figures{}, err
	}
	var f Figures
	err = r.store.Org(org).Snapshot(ctx, func(s *store.Snapshot) error {
		c := &census{view: s, quarter: q, provinces: provincesOf(tree), people: map[string]member.Counted{}}
		err := member.EachCounted(ctx, s, r.clock.Now(), unlisted, func(p member.Counted) { c.people[p.ID] = p })
		if err != nil {
			return err
		}
		members := c.members()
		support, err := c.support(ctx, r.sources.Support)
		if err != nil {
			return err
		}
		training, err := c.training(ctx, r.sources.Training)
		if err != nil {
			return err
		}
		complaints, shares, err := c.grievances(ctx, r.sources.Grievances, by)
		if err != nil {
			return err
		}
		f = disclosed(by, slices.Concat([]*counts{members}, support, []*counts{training, complaints})...)
		f.Percentages = shares(f.Table(OfGrievances, ByClass))
		return nil
	})
	return f, err
}

// census counts one organisation's quarter.
type census struct {
	view      store.View
	quarter   Quarter
	provinces provinces
	people    map[string]member.Counted // everybody who may be counted
}

// members counts who is active at the end of the quarter: a state that began
// before its end and holds still. They are not told apart as new and continuing:
// last quarter's total, which is out already, would be the sum of the continuing.
func (c *census) members() *counts {
	province := c.provinces.counting(OfMembers)
	for _, p := range c.people {
		if p.State == member.Active && p.Since.Before(c.quarter.Until()) {
			province.add(c.provinces.of(p.Group))
		}
	}
	return province
}

// support counts who had a session in the quarter, new where she had none
// before, and the sessions themselves.
func (c *census) support(ctx context.Context, from Support) ([]*counts, error) {
	begins := midnight(c.quarter.From())
	before, now, held := map[string]bool{}, map[string]bool{}, counting(OfSessions, Whole, All)
	err := from.Each(ctx, c.view, time.Unix(0, 0), midnight(c.quarter.Until()), func(person, _, _ string, start time.Time, done bool) error {
		switch _, counted := c.people[person]; {
		case !done || !counted:
		case start.Before(begins):
			before[person] = true
		default:
			now[person] = true
			held.add(All)
		}
		return nil
	})
	standing, province := counting(OfSupport, ByStanding, RowNew, RowContinuing), c.provinces.counting(OfSupport)
	for person := range now {
		standing.add(standingOf(!before[person]))
		province.add(c.provinces.of(c.people[person].Group))
	}
	return []*counts{standing, province, held}, err
}

// training counts who finished a course, each person once.
func (c *census) training(ctx context.Context, from Training) (*counts, error) {
	first := map[string]int{} // the place in pictures
	err := from.EachFinished(ctx, c.view, c.quarter.From(), c.quarter.Until(), func(picture string, persons []string) error {
		at := slices.Index(pictures, picture)
		if at < 0 {
			at = len(pictures) - 1
		}
		for _, person := range persons {
			if _, counted := c.people[person]; !counted {
				continue
			}
			if earlier, known := first[person]; !known || at < earlier {
				first[person] = at
			}
		}
		return nil
	})
	finished := counting(OfTraining, ByPicture, pictures...)
	for _, at := range first {
		finished.add(pictures[at])
	}
	return finished, err
}

// grievances counts what was sent by broad class, and how much of it was
// answered in time, which is told of a class only where the class itself shows.
func (c *census) grievances(ctx context.Context, from Grievances, by disclose.Rule) (*counts, func(*Table) []Percent, error) {
	sent := counting(OfGrievances, ByClass, RowSensitive, RowOrdinary)
	due, acknowledged, decided := map[string]int{}, map[string]int{}, map[string]int{}
	err := from.EachSent(ctx, c.view, c.quarter.From(), c.quarter.Until(), func(sensitive, acknowledgedInTime, decidedInTime, isDue bool) error {
		class := RowOrdinary
		if sensitive {
			class = RowSensitive
		}
		sent.add(class)
		if !isDue {
			return nil
		}
		for _, k := range []string{class, All} {
			due[k]++
			if acknowledgedInTime {
				acknowledged[k]++
			}
			if decidedInTime {
				decided[k]++
			}
		}
		return nil
	})
	return sent, func(shown *Table) []Percent {
		hidden := map[string]bool{All: shown.Total.Hidden}
		for _, row := range shown.Rows {
			hidden[row.Key] = row.Cell.Hidden
		}
		var all []Percent
		for _, k := range []string{All, RowSensitive, RowOrdinary} {
			for _, of := range []struct {
				key  string
				part map[string]int
			}{{AcknowledgedInTime, acknowledged}, {DecidedInTime, decided}} {
				p := Percent{Key: of.key, Of: k, Hidden: true}
				if value, ok := by.Percent(of.part[k], due[k]); ok && !hidden[k] {
					p.Value, p.Hidden = value, false
				}
				all = append(all, p)
			}
		}
		return all
	}, err
}

func standingOf(isNew bool) string {
	if isNew {
		return RowNew
	}
	return RowContinuing
}

// provinces tells the province of each group by the name of the nearest group
// above it, or itself, that is called after a district.
type provinces struct {
	byGroup map[string]string
	rows    []string // those that any group lies in, in the atlas' order, then RowOther
}

func provincesOf(tree *organisation.Tree) provinces {
	p := provinces{byGroup: map[string]string{}}
	for _, g := range tree.Groups { // parents come first
		p.byGroup[g.ID] = RowOther
		if above, ok := p.byGroup[g.Parent]; ok {
			p.byGroup[g.ID] = above
		}
		for _, name := range g.Name.All() {
			if d, ok := place.FindDistrict(name); ok {
				p.byGroup[g.ID] = provinceKey(d.Province)
				break
			}
		}
	}
	for _, province := range place.Provinces() {
		for _, key := range p.byGroup {
			if key == provinceKey(province) {
				p.rows = append(p.rows, key)
				break
			}
		}
	}
	p.rows = append(p.rows, RowOther)
	return p
}

func (p provinces) of(group string) string {
	if key, ok := p.byGroup[group]; ok {
		return key
	}
	return RowOther
}

func (p provinces) counting(key string) *counts { return counting(key, ByProvince, p.rows...) }

// provinceKey is the province's English name in lower case, without the word for province.
func provinceKey(p place.Province) string {
	return strings.ToLower(strings.TrimSuffix(p.EN, " Province"))
}

// ProvinceName is what the province of a row is called; ok is false for RowOther.
func ProvinceName(key string) (name organisation.Name, ok bool) {
	for _, p := range place.Provinces() {
		if provinceKey(p) == key {
			return organisation.Name{NE: p.NE, EN: p.EN, NB: strings.TrimSuffix(p.EN, " Province")}, true
		}
	}
	return organisation.Name{}, false
}
