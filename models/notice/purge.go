package notice

import (
	"context"
	"errors"
	"time"

	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/notice/sentence"
	"chautari/models/organisation"
	"chautari/models/store"
)

// Purge removes records of messages after their days, digits and numbers that
// were never checked, and numbers for which there is no yes any more. Whose yes
// is some months old is asked again inside the application, and her number goes
// until she says it anew.
func (n *Notices) Purge(ctx context.Context, tx *store.Tx, by *organisation.Settings, today calendar.Date, limit int) (int, error) {
	gone, err := messages.DeleteRange(ctx, tx, store.Query{Index: "over", Until: today.AddDays(-recordsKept.Of(by)).String()}, limit)
	if err != nil || gone > 0 {
		return gone, err
	}
	for _, c := range []Channel{SMS, Mail} {
		if gone, err = n.forgetUnchecked(ctx, tx, c, limit); err != nil || gone > 0 {
			return gone, err
		}
	}
	return n.forgetOver(ctx, tx, today.AddMonths(-askAgain.Of(by)), limit)
}

// forgetUnchecked removes numbers and addresses whose digits nobody typed in time.
func (n *Notices) forgetUnchecked(ctx context.Context, tx *store.Tx, c Channel, limit int) (int, error) {
	found, _, err := choices.Find(ctx, tx, store.Query{Index: string(c) + "_code", Until: n.clock.Now().Add(time.Millisecond), Limit: limit})
	for _, choice := range found {
		if err == nil {
			*choice.line(c) = Line{}
			err = n.keepOrForget(ctx, tx, choice)
		}
	}
	return len(found), err
}

// forgetOver removes numbers whose yes was withdrawn, or is older than a day.
func (n *Notices) forgetOver(ctx context.Context, tx *store.Tx, before calendar.Date, limit int) (int, error) {
	var over []*Choice
	err := choices.Each(ctx, tx, store.Query{Index: "sms_asked"}, func(choice *Choice) error {
		if len(over) == limit {
			return nil
		}
		sheet, err := consent.Of(ctx, tx, choice.ID)
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			return err
		}
		if !sheet.Given(consent.MessagesSMS, n.clock.Now()) || !choice.SMS.Asked.After(before) {
			over = append(over, choice)
		}
		return nil
	})
	for _, choice := range over {
		if err != nil {
			break
		}
		if choice.SMS.Checked && !choice.SMS.Asked.After(before) {
			ref := choice.SMS.Asked.String()
			if err = n.sayInside(ctx, tx, choice.ID, sentence.AskAgain, ref); err != nil {
				break
			}
		}
		choice.SMS = Line{}
		err = n.keepOrForget(ctx, tx, choice)
	}
	return len(over), err
}

// sayInside tells somebody something inside the application only.
func (n *Notices) sayInside(ctx context.Context, tx *store.Tx, person string, k sentence.Key, ref string) error {
	to, ok, err := known(ctx, tx, person)
	if err != nil || !ok {
		return err
	}
	now := n.clock.Now()
	return insertOnce(ctx, tx, &Message{
		Meta: store.Meta{ID: named(App, k, to.person, ref)}, Person: to.person, Sentence: k, Channel: App, State: Shown,
		NotBefore: now, Until: now.Add(shownFor * day), Day: n.today(), Over: n.today().AddDays(shownFor),
	})
}

// keepOrForget stores a choice, or removes one in which nothing is left.
func (n *Notices) keepOrForget(ctx context.Context, tx *store.Tx, c *Choice) error {
	recent := len(c.Codes) > 0 && n.clock.Now().Sub(c.Codes[len(c.Codes)-1]) < 24*time.Hour
	if c.SMS.held() || c.Mail.held() || recent {
		return choices.Replace(ctx, tx, c)
	}
	return choices.Delete(ctx, tx, c)
}
