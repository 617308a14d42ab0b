package audit

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/id"
	"chautari/models/store"
)

// history writes three seconds of acts, a day of anonymous ones, and days later
// one act, sealed and copied: five blocks.
func (d *desk) history(c Copy) *Copier {
	d.Helper()
	to := NewCopier(c)
	for range 3 {
		d.did(maya, 4)
		d.did(access.AnonymousIn("org_a"), 1)
		d.seal()
		d.clock.Advance(time.Second)
	}
	d.clock.Advance(24 * time.Hour)
	d.seal()
	d.clock.Advance(72 * time.Hour)
	d.did(gita, 1)
	d.seal()
	d.must(to.CatchUp(ctx, d.space))
	return to
}

func TestAnUntouchedTrailVerifies(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		c := OnShelf(newBox())
		d.history(c)
		d.did(gita, 2)
		d.did(access.AnonymousIn("org_a"), 1)
		v := d.verify(Against{Copy: c})
		if len(v.Findings) != 0 || v.Blocks != 5 || v.Entries != 16 || v.Unsealed != 3 || v.Uncopied != 0 {
			t.Errorf("%+v", v)
		}
		head := v.Head
		if again, err := ParseHead(head.String()); err != nil || again != head {
			t.Errorf("%s is read as %v, %v", head, again, err)
		}
		d.seal()
		v = d.verify(Against{Copy: c, Head: head})
		if len(v.Findings) != 0 || v.Unsealed != 1 || v.Uncopied != 1 {
			t.Errorf("%+v", v)
		}
	})
}

// Each way in which somebody who may write to the database can change the
// trail is found and named by its block or entry.
func TestTamperingIsFoundAndNamed(t *testing.T) {
	swap := func(d *desk, tx *store.Tx, x, y *Block) error {
		x.Seq, y.Seq = y.Seq, x.Seq
		for _, b := range []*Block{x, y} {
			if err := Blocks.Delete(ctx, tx, b); err != nil {
				return err
			}
		}
		for _, b := range []*Block{x, y} {
			if err := Blocks.Insert(ctx, tx, b); err != nil {
				return err
			}
		}
		return nil
	}
	// rebuild makes the chain whole again after a change, as a clever thief would.
	rebuild := func(d *desk, tx *store.Tx, chain []*Block) error {
		before := ""
		for _, b := range chain {
			b.Before = before
			for i, s := range b.Entries {
				e, err := Entries.Get(ctx, tx, s.ID)
				if err != nil {
					return err
				}
				if b.Entries[i].Digest, err = e.digest(); err != nil {
					return err
				}
			}
			var err error
			if b.Hash, err = d.chain.sum(ctx, "org_a", b); err != nil {
				return err
			}
			before = b.Hash
			if err := Blocks.Replace(ctx, tx, b); err != nil {
				return err
			}
		}
		return nil
	}
	for _, c := range []struct {
		name   string
		tamper func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error // e is in the second block
		seq    int64
		entry  bool
		alone  []string // found without a copy
		copied []string // found with it
	}{
		{"an entry is changed", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			e.Account = "acc_gita"
			return Entries.Replace(ctx, tx, e)
		}, 2, true, []string{EntryChanged}, []string{EntryChanged}},
		{"an entry's instant is changed", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			at := e.At.Add(-time.Minute)
			e.At = &at
			return Entries.Replace(ctx, tx, e)
		}, 2, true, []string{EntryChanged}, []string{EntryChanged}},
		{"an entry is removed", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			return Entries.Delete(ctx, tx, e)
		}, 2, true, []string{EntryRemoved}, []string{EntryRemoved}},
		{"an entry is added without a mark", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			return Entries.Insert(ctx, tx, &Entry{Meta: store.Meta{ID: id.New("aud")}, Day: e.Day, Account: "acc_gita"})
		}, 0, true, []string{EntryAdded}, []string{EntryAdded}},
		{"an entry is changed and the chain made whole again", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			e.Account = "acc_gita"
			if err := Entries.Replace(ctx, tx, e); err != nil {
				return err
			}
			return rebuild(d, tx, chain)
		}, 2, true, nil, []string{CopyDiffers, EntryChanged}},
		{"the entries of a block are reordered", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			slices.Reverse(chain[1].Entries)
			return Blocks.Replace(ctx, tx, chain[1])
		}, 2, false, []string{BlockChanged, Reordered}, []string{BlockChanged, Reordered}},
		{"two blocks change places", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			return swap(d, tx, chain[1], chain[2])
		}, 2, false, []string{BlockUnlinked, Reordered}, []string{BlockUnlinked, CopyDiffers, Reordered}},
		{"a block's entries are changed", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			chain[1].Entries = chain[1].Entries[1:]
			return Blocks.Replace(ctx, tx, chain[1])
		}, 2, false, []string{BlockChanged, EntryAdded}, []string{BlockChanged, EntryAdded}},
		{"a block's hash is changed", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			chain[1].Hash = chain[0].Hash
			return Blocks.Replace(ctx, tx, chain[1])
		}, 2, false, []string{BlockChanged, BlockUnlinked}, []string{BlockChanged, BlockUnlinked, CopyDiffers}},
		{"a block is removed", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			return Blocks.Delete(ctx, tx, chain[1])
		}, 2, false, []string{BlockMissing, EntryAdded}, []string{BlockMissing, EntryAdded}},
		{"a block is removed with its entries", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			for _, s := range chain[1].Entries {
				e, err := Entries.Get(ctx, tx, s.ID)
				if err != nil {
					return err
				}
				if err := Entries.Delete(ctx, tx, e); err != nil {
					return err
				}
			}
			return Blocks.Delete(ctx, tx, chain[1])
		}, 2, false, []string{BlockMissing}, []string{BlockMissing, EntryRemoved}},
		{"the tail is cut, with its entries", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			for _, b := range chain[2:] {
				for _, s := range b.Entries {
					e, err := Entries.Get(ctx, tx, s.ID)
					if err != nil {
						return err
					}
					if err := Entries.Delete(ctx, tx, e); err != nil {
						return err
					}
				}
				if err := Blocks.Delete(ctx, tx, b); err != nil {
					return err
				}
			}
			return nil
		}, 5, false, nil, []string{EntryRemoved, TailCut}},
		{"an entry stands in two blocks", func(d *desk, tx *store.Tx, chain []*Block, e *Entry) error {
			last := chain[4]
			last.Entries = append(last.Entries, chain[1].Entries[0])
			slices.SortFunc(last.Entries, func(x, y Sealed) int { return map[bool]int{true: -1, false: 1}[x.ID < y.ID] })
			last.Hash, _ = d.chain.sum(ctx, "org_a", last)
			return Blocks.Replace(ctx, tx, last)
		}, 5, false, []string{EntryRepeated}, []string{CopyDiffers, EntryRepeated}},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk) {
				to := OnShelf(newBox())
				d.history(to)
				head := d.verify(Against{Copy: to}).Head
				chosen := d.blocks()[1].Entries[0].ID
				d.tx(func(tx *store.Tx) error {
					var chain []*Block
					if err := Blocks.Each(ctx, tx, store.Query{Index: "seq"}, func(b *Block) error {
						chain = append(chain, b)
						return nil
					}); err != nil {
						return err
					}
					e, err := Entries.Get(ctx, tx, chosen)
					if err != nil {
						return err
					}
					return c.tamper(d, tx, chain, e)
				})
				alone, copied := d.verify(Against{}), d.verify(Against{Copy: to})
				if !slices.Equal(kinds(alone), c.alone) {
					t.Errorf("without a copy: %+v", alone.Findings)
				}
				if !slices.Equal(kinds(copied), c.copied) {
					t.Errorf("with a copy: %+v", copied.Findings)
				}
				named := func(f Finding) bool {
					return f.Seq == c.seq && (f.Entry != "") == c.entry && (!c.entry || c.seq == 0 || f.Entry == chosen)
				}
				if !slices.ContainsFunc(copied.Findings, named) {
					t.Errorf("block %d or entry %s is not named: %+v", c.seq, chosen, copied.Findings)
				}
				if c.alone == nil {
					if known := d.verify(Against{Head: head}); len(known.Findings) == 0 {
						t.Error("the head that was written down tells nothing")
					}
				}
			})
		})
	}
}

// The copy itself is looked at too.
func TestATamperedCopyIsFound(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		dir := t.TempDir()
		folder, err := NewFolder(dir)
		d.must(err)
		d.history(folder)
		file := filepath.Join(dir, "org_a.jsonl")
		whole, err := os.ReadFile(file)
		d.must(err)
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info.Mode(), err)
		}
		lines := slices.Collect(splitLines(whole))
		for _, c := range []struct {
			name string
			text []byte
			want []string
		}{
			{"a line is changed", []byte(string(lines[0]) + replace(lines[1], `"aud_`, `"aud_x`) + string(lines[2]) + string(lines[3]) + string(lines[4])), []string{CopyChanged}},
			{"a line is removed", []byte(string(lines[0]) + string(lines[2]) + string(lines[3]) + string(lines[4])), []string{CopyLacks}},
			{"a line is no JSON", []byte(string(lines[0]) + "{\n" + string(lines[1]) + string(lines[2]) + string(lines[3]) + string(lines[4])), []string{CopyBroken}},
			{"the last line is cut", whole[:len(whole)-9], nil},
		} {
			d.must(os.WriteFile(file, c.text, 0o600))
			v := d.verify(Against{Copy: folder})
			if !slices.Equal(kinds(v), c.want) {
				t.Errorf("%s: %+v", c.name, v.Findings)
			}
		}
		d.must(NewCopier(folder).CatchUp(ctx, d.space))
		if v := d.verify(Against{Copy: folder}); len(v.Findings)+int(v.Uncopied) != 0 {
			t.Errorf("what was cut is not there again: %+v", v)
		}
		mended, err := os.ReadFile(file)
		if d.must(err); string(mended) != string(whole) {
			t.Error("it is not the file that it was")
		}
	})
}

// What is removed because its time is over is told from what somebody removed.
func TestWhatIsPrunedIsNotMissed(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		c := OnShelf(newBox())
		to := d.history(c)
		prune := func(months int) (n int) {
			d.tx(func(tx *store.Tx) (err error) {
				n, err = d.chain.Prune(ctx, tx, calendar.Of(d.clock.Now()), months, 10)
				return err
			})
			return n
		}
		d.clock.Set(start.AddDate(1, 0, 10))
		d.did(maya, 3)
		d.did(access.AnonymousIn("org_a"), 1)
		d.seal()
		before := calendar.Of(d.clock.Now()).AddMonths(-12)
		// Whatever is chosen, a year is kept.
		if a, b, c := prune(1), prune(1), prune(1); a != 10 || b != 6 || c != 0 {
			t.Errorf("%d, %d and %d were removed", a, b, c)
		}
		d.must(to.CatchUp(ctx, d.space))
		v := d.verify(Against{Copy: c})
		if len(v.Findings) != 0 || v.Pruned != 16 || v.Before != before.String() || v.Entries != 3 || v.Unsealed != 1 {
			t.Errorf("%+v", v)
		}
		// What waits to be sealed is never pruned.
		d.clock.Set(start.AddDate(3, 0, 0))
		if n := prune(12); n != 0 {
			t.Errorf("%d were removed that no block holds", n)
		}
		for _, e := range d.entries() {
			if e.At != nil {
				d.tx(func(tx *store.Tx) error { return Entries.Delete(ctx, tx, e) })
				break
			}
		}
		if v := d.verify(Against{Copy: c}); !slices.Equal(kinds(v), []string{EntryRemoved}) {
			t.Errorf("%+v", v)
		}
	})
}

// An older backup came back: the copy stops, until somebody says that it was so.
func TestAfterARestoreTheCopyGoesOnOnceItWasSaid(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		dir := t.TempDir()
		folder, err := NewFolder(dir)
		d.must(err)
		for name, c := range map[string]Copy{"shelf": OnShelf(newBox()), "folder": folder} {
			d.history(c)
			d.tx(func(tx *store.Tx) error { // the last two blocks are lost, as in a backup from before
				last, _, err := Blocks.Find(ctx, tx, store.Query{Index: "seq", Down: true, Limit: 2})
				if err != nil {
					return err
				}
				for _, b := range last {
					for _, s := range b.Entries {
						e, err := Entries.Get(ctx, tx, s.ID)
						if err != nil {
							return err
						}
						if err := Entries.Delete(ctx, tx, e); err != nil {
							return err
						}
					}
					if err := Blocks.Delete(ctx, tx, b); err != nil {
						return err
					}
				}
				return nil
			})
			d.did(gita, 1)
			d.seal()
			to := NewCopier(c)
			if err := to.CatchUp(ctx, d.space); err != ErrForked {
				t.Fatalf("%s: %v", name, err)
			}
			lost, err := d.log.GiveUp(ctx, d.space, d.chain, c)
			if d.must(err); lost == nil {
				t.Fatalf("%s: nothing is given up", name)
			}
			if again, err := d.log.GiveUp(ctx, d.space, d.chain, c); err != nil || again != nil {
				t.Errorf("%s: given up twice: %v %v", name, again, err)
			}
			d.must(to.CatchUp(ctx, d.space))
			v := d.verify(Against{Copy: c})
			if len(v.Findings) != 0 || v.Uncopied != 0 || len(v.Lost) == 0 {
				t.Errorf("%s: %+v", name, v)
			}
			d.did(gita, 1)
			d.seal()
			d.must(NewCopier(c).CatchUp(ctx, d.space))
			if v := d.verify(Against{Copy: c}); len(v.Findings) != 0 || v.Uncopied != 0 {
				t.Errorf("%s, by a server that began anew: %+v", name, v)
			}
			d.reset()
		}
	})
}

// reset empties the trail.
func (d *desk) reset() {
	d.tx(func(tx *store.Tx) error {
		for _, remove := range []func() (int, error){
			func() (int, error) { return Blocks.DeleteRange(ctx, tx, store.Query{Index: "seq"}, 100) },
			func() (int, error) {
				return Entries.DeleteRange(ctx, tx, store.Query{Index: store.ChangedIndex}, 100)
			},
		} {
			if _, err := remove(); err != nil {
				return err
			}
		}
		return nil
	})
}

// Any history, sealed and copied at any moments, verifies; and after any one
// change of any one entry or block it doesn't.
func TestAnyHistoryVerifiesAndAnyChangeIsFound(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		rapid.Check(t, func(rt *rapid.T) {
			d.reset()
			c := OnShelf(newBox())
			to := NewCopier(c)
			for range rapid.IntRange(1, 12).Draw(rt, "steps") {
				switch rapid.IntRange(0, 4).Draw(rt, "step") {
				case 0:
					d.did(access.AnonymousIn("org_a"), 1)
				case 1, 2:
					d.did(maya, rapid.IntRange(1, 3).Draw(rt, "acts"))
				case 3:
					d.clock.Advance(time.Duration(rapid.IntRange(1, 30).Draw(rt, "hours")) * time.Hour)
				case 4:
					d.seal()
				}
				if rapid.Bool().Draw(rt, "copied") {
					d.must(to.CatchUp(ctx, d.space))
				}
			}
			d.did(maya, 1)
			d.seal()
			d.must(to.CatchUp(ctx, d.space))
			v := d.verify(Against{Copy: c})
			if len(v.Findings) != 0 || v.Entries+v.Unsealed != len(d.entries()) || v.Uncopied != 0 {
				rt.Fatalf("%+v", v)
			}
			chain := d.blocks()
			b := chain[rapid.IntRange(0, len(chain)-1).Draw(rt, "block")]
			sealed := b.Entries[rapid.IntRange(0, len(b.Entries)-1).Draw(rt, "entry")]
			e, err := Entries.Get(ctx, d.space, sealed.ID)
			d.must(err)
			d.tx(func(tx *store.Tx) error {
				e, b := *e, *b
				switch way := rapid.IntRange(0, 5).Draw(rt, "way"); way {
				case 0:
					e.Subjects = append(slices.Clone(e.Subjects), "mem_x")
					return Entries.Replace(ctx, tx, &e)
				case 1:
					e.Result = Refused
					return Entries.Replace(ctx, tx, &e)
				case 2:
					return Entries.Delete(ctx, tx, &e)
				case 3:
					return Blocks.Delete(ctx, tx, &b)
				case 4:
					b.Day = b.Day.AddDays(1)
					return Blocks.Replace(ctx, tx, &b)
				default:
					b.Before = fmt.Sprintf("%064d", 0)
					return Blocks.Replace(ctx, tx, &b)
				}
			})
			if v := d.verify(Against{Copy: c}); len(v.Findings) == 0 {
				rt.Fatal("nothing was found")
			}
		})
	})
}
