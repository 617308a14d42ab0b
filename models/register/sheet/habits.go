package sheet

import (
	"strconv"

	"chautari/models/calendar"
	"chautari/models/script"
)

// habit counts what the cells of a birth column show together and one cell
// can't: whole years as numbers that are a habit and no day counts, and days of
// the spreadsheet that can only be Gregorian.
type habit struct{ filled, years, counts, days, early, future int }

func (h *habit) add(o habit) {
	h.filled += o.filled
	h.years += o.years
	h.counts += o.counts
	h.days += o.days
	h.early += o.early
	h.future += o.future
}

func (h *habit) tell(c *Column) {
	c.Years = c.Years || h.years >= 3 && h.years*10 >= h.filled && h.counts == 0
	c.Days = h.early > 0 && h.early*10 >= h.days*3 && h.future == 0
}

func habitOf(lines []Line, column int, today calendar.Date) habit {
	var h habit
	for _, l := range lines {
		cell := l.at(column)
		if cell.Text == "" {
			continue
		}
		h.filled++
		switch cell.Kind {
		case Number:
			if n, err := strconv.Atoi(cell.Text); err == nil && plausibleYear(n) {
				h.years++
			} else {
				h.counts++
			}
		case Date:
			h.days++
			day, _ := calendar.Parse(cell.Text)
			if day.Year < calendar.FirstBSYear {
				h.early++
			}
			if day.After(today) {
				h.future++
			}
		}
	}
	return h
}

// birthHabits tells the habits of the birth columns. Sheets that call a column
// the same were kept by the same hands: their habits are counted together, so
// that one way of writing is not read here and refused there.
func birthHabits(drafts []*draft, today calendar.Date) {
	together := map[string]*habit{}
	each := func(f func(key string, d *draft, c *Column)) {
		for _, d := range drafts {
			for i := range d.layout.Columns {
				c := &d.layout.Columns[i]
				if c.Field != Birth && c.Field != OtherBirth {
					continue
				}
				key := string(c.Field) + script.NameKey(c.Heading)
				if c.Heading == "" {
					key += c.Letter
				}
				f(key, d, c)
			}
		}
	}
	each(func(key string, d *draft, c *Column) {
		if together[key] == nil {
			together[key] = &habit{}
		}
		together[key].add(habitOf(d.sheet.Lines[d.from:], c.Index, today))
	})
	each(func(key string, _ *draft, c *Column) { together[key].tell(c) })
}
