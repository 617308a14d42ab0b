package decoy

import (
	"context"
	"fmt"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/peersupport"
)

// supportersWanted is how many invented people can be met.
const supportersWanted = 4

// renewDays is how long before her yes to being shown runs out an invented
// supporter goes, and another one comes.
const renewDays = 30

// Names are put together of two words, as women might choose them.
var (
	firstNames  = []string{"लालीगुराँस", "बिहानी", "छहारी", "Kopila", "सुनाखरी", "Shital", "चाँदनी", "Himali", "कोसेली", "Makhamali", "पारिजात", "Purnima", "गोधूलि", "Nauli", "झरना", "Resham"}
	secondNames = []string{"", " दिदी", " माया", " K", " आमा", " S", " घाम", " T"}
	speaks      = [][]string{{"ne"}, {"ne", "mai"}, {"ne", "thl"}, {"ne", "taj"}}
)

// spans are the hours that supporters give, one after another.
var spans = [][]peersupport.SpanInput{
	{{Weekday: day(0), From: "10:00", To: "13:00"}, {Weekday: day(3), From: "14:00", To: "16:00"}},
	{{Weekday: day(1), From: "11:30", To: "14:30"}, {Weekday: day(4), From: "07:00", To: "09:00"}},
	{{Weekday: day(2), From: "10:15", To: "12:30"}, {Weekday: day(5), From: "15:00", To: "17:00"}},
	{{Weekday: day(6), From: "09:00", To: "12:00"}, {Weekday: day(4), From: "12:00", To: "15:00"}},
}

func day(n int) *int { return &n }

// supporters sees to it that there are people to meet, with hours in each of the
// weeks ahead. It tells whether they are the first ones.
func (d *Decoys) supporters(ctx context.Context, space string) (first bool, err error) {
	now, err := account.WithRole(ctx, d.store.Org(space), access.PeerSupporter)
	if err != nil {
		return false, err
	}
	stay := 0
	for _, a := range now {
		sheet, err := consent.Of(ctx, d.store.Org(space), a.Person)
		if err == nil && sheet.Given(consent.SupporterName, d.clock.Now().AddDate(0, 0, renewDays)) {
			stay++
			continue
		}
		if err := d.leaves(ctx, space, a.ID); err != nil {
			return false, err
		}
	}
	for n := stay; n < supportersWanted; n++ {
		if err := d.comes(ctx, space); err != nil {
			return false, err
		}
	}
	return len(now) == 0, nil
}

// leaves lets an invented supporter go, with all that is hers.
func (d *Decoys) leaves(ctx context.Context, space, account string) error {
	she, err := d.acts(ctx, space, account)
	if err != nil {
		return err
	}
	return d.rights.Erase(ctx, she)
}

// comes takes an invented supporter in, who gives her hours.
func (d *Decoys) comes(ctx context.Context, space string) error {
	tree, err := d.orgs.Tree(ctx, space)
	if err != nil {
		return err
	}
	if !organisation.IsDecoy(space) {
		return fmt.Errorf("decoy: nobody is invented in %s", space)
	}
	kept, err := d.saysYes(ctx, space, consent.Membership)
	if err != nil {
		return err
	}
	seen, err := d.saysYes(ctx, space, consent.SupporterName)
	if err != nil {
		return err
	}
	in, err := d.members.Admit(ctx, space, tree.Groups[d.dice(len(tree.Groups))].ID, member.Admission{
		Alias:    firstNames[d.dice(len(firstNames))] + secondNames[d.dice(len(secondNames))],
		Language: "ne", Consents: kept, Roles: []access.Role{access.Member, access.PeerSupporter}, Waiting: true,
	})
	if err != nil {
		return err
	}
	she, err := d.acts(ctx, space, in.Account)
	if err != nil {
		return err
	}
	n := d.dice(len(spans))
	length, most := []int{30, 45, 60}[d.dice(3)], 3+d.dice(3)
	_, err = d.support.SetHours(ctx, she, 1, peersupport.HoursChange{
		Spans: spans[n], Length: &length, Cap: &most, Languages: speaks[d.dice(len(speaks))], Consents: seen,
	})
	return err
}

// saysYes is a yes to a purpose, in the Nepali text of today.
func (d *Decoys) saysYes(ctx context.Context, space string, p consent.Purpose) ([]consent.Given, error) {
	return consent.Yes(ctx, d.store.Org(organisation.Shown(space)), "ne", p)
}

// meet lets somebody book a meeting now and then, and cancel it more rarely. At
// first there are a few at once.
func (d *Decoys) meet(ctx context.Context, space string, people int, first bool) error {
	tries := 0
	switch {
	case first:
		tries = 2 * supportersWanted
	case d.dice(visitsADay*50) < people+25: // one in fifty a day, and a little in the smallest place
		tries = 1
	}
	for range tries {
		if err := d.book(ctx, space); err != nil && !told(err) {
			return err
		}
	}
	return nil
}

// visitsADay is about how often a decoy tenant is tended on a day.
const visitsADay = 144

func (d *Decoys) book(ctx context.Context, space string) error {
	found, err := d.somebody(ctx, space)
	if found == nil || err != nil {
		return err
	}
	she, err := d.acts(ctx, space, found.ID)
	if err != nil {
		return err
	}
	offer, err := d.support.Slots(ctx, she, peersupport.SlotQuery{Days: 14})
	if err != nil {
		return err
	}
	var free []time.Time
	for _, day := range offer.Days {
		for _, s := range day.Slots {
			if s.Free {
				free = append(free, s.Start)
			}
		}
	}
	if len(free) == 0 {
		return nil
	}
	made, err := d.support.Book(ctx, she, onceMore(), peersupport.Booking{Start: free[d.dice(len(free))]})
	if err != nil || d.dice(8) > 0 {
		return err
	}
	_, err = d.support.Cancel(ctx, she, onceMore(), made.ID)
	return err
}
