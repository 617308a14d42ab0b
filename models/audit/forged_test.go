package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/id"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/storetest"
)

// forge appends a block whose hash somebody made who has not the key.
func (d *desk) forge(b *Block, hash func(b *Block) string) {
	d.Helper()
	d.tx(func(tx *store.Tx) error {
		head, err := headOf(ctx, tx)
		if err != nil {
			return err
		}
		b.Seq, b.Before = head.Seq+1, head.Hash
		b.ID = fmt.Sprintf("blk_%016d", b.Seq)
		b.Hash = hash(b)
		return Blocks.Insert(ctx, tx, b)
	})
}

// removeAll takes every entry away.
func (d *desk) removeAll() {
	d.Helper()
	for _, e := range d.entries() {
		d.tx(func(tx *store.Tx) error { return Entries.Delete(ctx, tx, e) })
	}
}

// Who can write to the store alone makes no block: not one that excuses what is
// gone, nor one that gives up what a copy knows.
func TestABlockMadeWithoutTheKeyExcusesNothing(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		other := ChainOf(seal.NewKeys(storetest.New(t, seal.KeySpecs(), d.clock), master(t)))
		today := calendar.Of(d.clock.Now())
		hashes := map[string]func(b *Block) string{
			"plain": func(b *Block) string {
				text, _ := json.Marshal([]any{"org_a", b.Seq, b.Day.String(), some(b.Entries), b.Pruned, b.Lost, b.Before})
				sum := sha256.Sum256(text)
				return hex.EncodeToString(sum[:])
			},
			"another key": func(b *Block) string {
				sum, err := other.sum(ctx, "org_a", b)
				d.must(err)
				return sum
			},
		}
		for name, hash := range hashes {
			for what, b := range map[string]*Block{
				"pruned":                 {Day: today, Pruned: "2999-01-01"},
				"pruned within its time": {Day: calendar.Date{Year: 2999, Month: 1, Day: 1}, Pruned: "2027-11-01"},
				"lost":                   {Day: today, Lost: &Lost{1, 99}},
			} {
				c := OnShelf(newBox())
				d.history(c)
				head := d.verify(Against{Copy: c}).Head
				d.forge(b, hash)
				d.removeAll()
				v := d.verify(Against{Copy: c, Head: head})
				if v.Pruned != 0 || len(v.Lost) != 0 || !slices.Contains(kinds(v), BlockChanged) || !slices.Contains(kinds(v), EntryRemoved) {
					t.Errorf("%s, %s: %+v", name, what, v)
				}
				d.clock.Set(start)
				d.reset()
			}
		}
	})
}

// Not even who has the key says that the time of entries is over before it can be:
// neither by the block's day nor by the day on which somebody verifies.
func TestNoBlockEndsTheTimeOfEntriesEarly(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		today := calendar.Of(d.clock.Now())
		for _, b := range []*Block{
			{Day: today, Pruned: "2999-01-01"},
			{Day: today, Pruned: today.AddMonths(-KeptLeast).AddDays(6).String()},
			{Day: calendar.Date{Year: 3001, Month: 1, Day: 1}, Pruned: "2999-01-01"},
			{Day: today, Pruned: "9"},
		} {
			d.history(OnShelf(newBox()))
			d.tx(func(tx *store.Tx) error { return d.chain.add(ctx, tx, b) })
			d.removeAll()
			v := d.verify(Against{})
			told := func(f Finding) bool { return f.Kind == PrunedEarly && f.Seq == b.Seq && f.Day == b.Pruned }
			if v.Pruned != 0 || v.Before != "" || !slices.ContainsFunc(v.Findings, told) || !slices.Contains(kinds(v), EntryRemoved) {
				t.Errorf("%s: %+v", b.Pruned, v)
			}
			d.clock.Set(start)
			d.reset()
		}
	})
}

// What the server went past is told: it is in no block because somebody hid it
// from being sealed, or because nothing seals.
func TestWhatWaitsLongerThanTheServerTakesIsTold(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.history(OnShelf(newBox()))
		now := d.clock.Now()
		hidden := func(at *time.Time, day calendar.Date) {
			d.tx(func(tx *store.Tx) error {
				return Entries.Insert(ctx, tx, &Entry{Meta: store.Meta{ID: id.New("aud")}, At: at, Day: day, Action: access.ReadMember, Roles: []access.Role{}})
			})
		}
		hour, minute := now.Add(-laggards-slow-time.Minute), now.Add(-time.Minute)
		hidden(&minute, calendar.Of(minute))
		hidden(nil, calendar.Of(now))
		if v := d.verify(Against{Sealing: true}); len(v.Findings) != 0 || v.Unsealed != 2 {
			t.Errorf("too early: %+v", v)
		}
		hidden(&hour, calendar.Of(hour))
		hidden(nil, calendar.Of(now).AddDays(-1))
		v := d.verify(Against{})
		if !slices.Equal(kinds(v), []string{EntryWaits}) || len(v.Findings) != 2 || v.Unsealed != 2 {
			t.Errorf("%+v", v)
		}
		// A server that stands seals nothing, and nobody is blamed for it; one that runs does.
		d.clock.Advance(48 * time.Hour)
		if v := d.verify(Against{}); len(v.Findings) != 2 {
			t.Errorf("%+v", v)
		}
		if v := d.verify(Against{Sealing: true}); len(v.Findings) != 4 || !slices.Equal(kinds(v), []string{EntryWaits}) {
			t.Errorf("%+v", v)
		}
	})
}
