package audit

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/store"
)

// Bounds are how much somebody may open, within an hour, of different people.
type Bounds struct {
	OpeningsAlert int // records opened one by one, from which on somebody is told
	OpenedMost    int // records opened one by one; beyond this none is opened
	OpeningsMost  int // with those on pages of lists; beyond this nothing is opened
	RefusalsAlert int // refusals, from which on somebody is told
}

// Usual are the bounds of an organisation that chose none. Who calls everybody of a
// group of two hundred leafs through her list, which is two hundred, and opens a
// record each half minute without a rest, which is a hundred and twenty.
var Usual = Bounds{OpeningsAlert: 50, OpenedMost: 120, OpeningsMost: 1000, RefusalsAlert: 20}

// within is the time over which openings and refusals are counted.
const within = time.Hour

// tally is what an account opened and was refused within the last hour; its id
// is the account's. It is one document, so that every instance counts the same.
type tally struct {
	store.Meta `bson:",inline"`
	Seen       []sight  `bson:"seen,omitempty"` // the first time of each within the hour, oldest first
	Again      []minute `bson:"again,omitempty"`
	Refused    []minute `bson:"refused,omitempty"`
}

type sight struct {
	Subject string    `bson:"subject"`
	At      time.Time `bson:"at"`
	Page    bool      `bson:"page,omitempty"` // on a page of a list only
}

// minute is how often something was within one, so that no number of times makes a
// tally long.
type minute struct {
	At    time.Time `bson:"at"`
	Count int       `bson:"count"`
}

// onceMore adds one to the minutes of the last hour, and says how many those are.
func onceMore(of []minute, now time.Time) ([]minute, int) {
	of = slices.DeleteFunc(slices.Clone(of), func(m minute) bool { return over(now, m.At) })
	begun := now.Truncate(time.Minute)
	if n := len(of); n > 0 && of[n-1].At.Equal(begun) {
		of[n-1].Count++
	} else {
		of = append(of, minute{begun, 1})
	}
	return of, total(of, now)
}

// total counts what was within the hour before an instant.
func total(of []minute, now time.Time) (n int) {
	for _, m := range of {
		if !over(now, m.At) {
			n += m.Count
		}
	}
	return n
}

// againWeighs is how many openings of records that she has opened within the hour
// weigh as much as one of another: who works on a record opens it several times.
const againWeighs = 4

var tallies = store.Declare[tally]("audit_tallies").Passing()

// over tells whether an instant counts no more. Another instance's clock may be
// ahead, so what is a little in the future counts.
func over(now, at time.Time) bool { return now.Sub(at).Abs() >= within }

func tallyOf(ctx context.Context, v store.View, account string) (*tally, error) {
	t, err := tallies.Get(ctx, v, account)
	if errors.Is(err, store.ErrAbsent) {
		return &tally{Meta: store.Meta{ID: account}}, nil
	}
	return t, err
}

func (t *tally) save(ctx context.Context, tx *store.Tx) error {
	if t.Version > 0 {
		return tallies.Replace(ctx, tx, t)
	}
	err := tallies.Insert(ctx, tx, t)
	if store.IsDuplicate(err, "id") {
		return store.ErrConflict
	}
	return err
}

// ForgetTallies removes at most limit of those to which nothing was added for an hour.
func ForgetTallies(ctx context.Context, tx *store.Tx, now time.Time, limit int) (int, error) {
	return tallies.DeleteRange(ctx, tx, store.Query{Index: store.ChangedIndex, Until: now.Add(-within)}, limit)
}

func (l Log) bounds(ctx context.Context, org string) (Bounds, error) {
	if l.Bounds == nil {
		return Usual, nil
	}
	return l.Bounds(ctx, org)
}

// TooMany is the code of what isn't opened because it would be too many.
const TooMany = "trail.too_many"

// tooMany tells when the next may be opened again.
func tooMany(wait time.Duration) error {
	return &fault.Error{Kind: fault.TooMany, Code: TooMany, Retry: max(wait, time.Second)}
}

// count adds what she is about to open to what she opened within the hour. A page of
// a list on which she had seen everybody costs no write. A file that two people granted may hold
// more than anybody may open by herself.
func (l Log) count(ctx context.Context, tx *store.Tx, a access.Actor, act access.Action, subjects []string) error {
	if a.Account == "" || act == access.TakeExport {
		return nil
	}
	t, err := tallyOf(ctx, tx, a.Account)
	if err != nil {
		return err
	}
	now := l.Clock.Now()
	live := slices.DeleteFunc(slices.Clone(t.Seen), func(s sight) bool { return over(now, s.At) })
	seen := make(map[string]int, len(live)+len(subjects))
	for i, s := range live {
		seen[s.Subject] = i
	}
	others := slices.DeleteFunc(slices.Clone(subjects), func(s string) bool { return s == a.Person })
	if len(others) == 0 {
		return nil
	}
	was, alone, page := len(live), opened(live), len(others) > 1 || act == access.ListMembers
	weighed := alone + total(t.Again, now)/againWeighs
	again := false
	for _, s := range others {
		i, known := seen[s]
		switch {
		case !known:
			seen[s] = len(live)
			live = append(live, sight{Subject: s, At: now, Page: page})
		case page:
		case live[i].Page:
			live[i].Page = false
		default:
			again = true
		}
	}
	nowAlone := opened(live)
	if len(live) == was && nowAlone == alone && !again {
		return nil
	}
	b, err := l.bounds(ctx, tx.Org())
	if err != nil {
		return err
	}
	if more := len(live) - b.OpeningsMost; more > 0 {
		if more > was {
			return tooMany(within) // more than may ever be opened at once
		}
		return tooMany(within - now.Sub(live[more-1].At))
	}
	if nowAlone > max(alone, b.OpenedMost) {
		first := slices.IndexFunc(live, func(s sight) bool { return !s.Page })
		return tooMany(within - now.Sub(live[first].At))
	}
	t.Seen = live
	if again {
		t.Again, _ = onceMore(t.Again, now)
	}
	if err := t.save(ctx, tx); err != nil {
		return err
	}
	told, nowWeighed := min(b.OpeningsAlert, b.OpenedMost), nowAlone+total(t.Again, now)/againWeighs
	if weighed/told < nowWeighed/told {
		return l.Alert(ctx, tx, ManyOpenings, a, nowWeighed)
	}
	return nil
}

// opened counts those that were opened one by one. Who leafs through the list of
// her groups does her work; who opens one record after another is asked about it.
func opened(live []sight) (n int) {
	for _, s := range live {
		if !s.Page {
			n++
		}
	}
	return n
}

// countRefusal adds one refusal, and tells of it when there are many.
func (l Log) countRefusal(ctx context.Context, tx *store.Tx, a access.Actor) error {
	if a.Account == "" {
		return nil
	}
	b, err := l.bounds(ctx, tx.Org())
	if err != nil {
		return err
	}
	t, err := tallyOf(ctx, tx, a.Account)
	if err != nil {
		return err
	}
	refused, many := onceMore(t.Refused, l.Clock.Now())
	t.Refused = refused
	if err := t.save(ctx, tx); err != nil || many < b.RefusalsAlert {
		return err
	}
	// At the bound, and each time that they doubled, somebody is to look anew; the
	// number goes on between.
	if times := many / b.RefusalsAlert; many%b.RefusalsAlert == 0 && times&(times-1) == 0 {
		return l.Alert(ctx, tx, ManyRefusals, a, many)
	}
	return l.recount(ctx, tx, ManyRefusals, a, many)
}
