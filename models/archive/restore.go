package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Backup is what a server is restored from.
type Backup struct {
	Data       File
	Keys       *File  // nil where the keys store is still there
	Tombstones []File // other, newer files of keys, for who was erased and what was taken back
}

var (
	// ErrNotEmpty: the target has organisations of its own.
	ErrNotEmpty = errors.New("this installation has organisations already; restore into an empty one")
	// ErrNoKeys: no keys were given, and none are there.
	ErrNoKeys = errors.New("the backup of the keys is missing: no keys are here, so name it with --keys")
	// ErrKeysMissing: the data has an organisation whose keys are in no file given.
	ErrKeysMissing = errors.New("the keys don't belong to this data: those of an organisation are missing")
)

// Backed is what reading a backup to its end tells.
type Backed struct {
	// DataDay and KeysDay are the days in Nepal on which the two were made, empty
	// for keys that are in no file. What was sealed with keys made between them opens no more
	// where the keys are the older.
	DataDay, KeysDay string

	backup Backup
	data   map[string]bool // spaces with data: organisations, and decoy tenants where somebody is
	keyed  map[string]bool // spaces whose keys are restored
}

// ExamineBackup reads every file to its end and writes nothing. It tells a
// damaged file, one of a newer program, one that holds something else, and keys
// that the key file doesn't open.
func ExamineBackup(ctx context.Context, k Known, b Backup) (*Backed, error) {
	found := &Backed{backup: b, data: map[string]bool{}, keyed: map[string]bool{}}
	keys := newLoader(nil, k.KeySpecs, nil)
	for i, f := range b.keyFiles() {
		marked := false
		h, err := f.each(ctx, Keys, func(e Entry) error {
			if err := documentsOnly(keys, e); err != nil {
				return err
			}
			switch e.Collection {
			case seal.Marks:
				marked = true
				return k.Master.Marked(e.Record.Body)
			case seal.Secrets:
				if i == 0 && b.Keys != nil {
					found.keyed[e.Record.ID] = true
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if !marked {
			return nil, ErrDamaged
		}
		if i == 0 && b.Keys != nil {
			found.KeysDay = h.Day
		}
	}
	data := newLoader(nil, k.DataSpecs, nil)
	h, err := b.Data.each(ctx, Data, func(e Entry) error {
		if e.Collection == organisation.Collection {
			found.data[e.Record.ID] = true
		} else if organisation.IsDecoy(e.Org) {
			found.data[e.Org] = true
		}
		return documentsOnly(data, e)
	})
	found.DataDay = h.Day
	return found, err
}

// KeysOlder tells that the keys are of an earlier day than the data.
func (b *Backed) KeysOlder() bool { return b.KeysDay != "" && b.KeysDay < b.DataDay }

// Restore brings a whole server back into an empty installation. What the keys
// store has already stays, and every tombstone that is known, from the files or
// from the keys store itself, is heeded: who was erased stays unreadable. What
// was taken back is known to the keys store then, and is taken back once more
// before anything is served (member.Replay). Until
// the last step the store says that it is unfinished; a restore that was cut
// short is begun anew by restoring again.
func Restore(ctx context.Context, t Target, from *Backed) error {
	if err := t.accepts(ctx, from); err != nil {
		return err
	}
	if err := begin(ctx, t.Data, whole); err != nil {
		return err
	}
	orgs, err := organisationsIn(ctx, t.Data, t.DataSpecs)
	if err != nil {
		return err
	}
	// What an earlier attempt left. The server's own space names the others, so it goes last.
	var spaces []string
	for _, org := range orgs {
		spaces = append(spaces, bothOf(org)...)
	}
	for _, space := range append(spaces, store.SystemSpace) {
		if err := clearSpace(ctx, t.Data, t.DataSpecs, space); err != nil {
			return err
		}
	}
	if err := t.restoreKeys(ctx, from.backup); err != nil {
		return err
	}
	data := newLoader(t.Data, t.DataSpecs, t.Step)
	if _, err := from.backup.Data.each(ctx, Data, func(e Entry) error { return data.put(ctx, e) }); err != nil {
		return err
	}
	if err := data.flush(ctx); err != nil {
		return err
	}
	if err := t.unguard(ctx); err != nil {
		return err
	}
	return end(ctx, t.Data, whole)
}

// WithoutMarks are the organisations in which something gives rights, has no mark
// and counts for nothing: something else wrote it, or the data is from before there
// were marks and the keys from after.
func WithoutMarks(ctx context.Context, t Target) (found []string, err error) {
	orgs, err := organisationsIn(ctx, t.Data, t.DataSpecs)
	for _, org := range orgs {
		if err != nil {
			break
		}
		var all, bare bool
		if all, err = t.Seals.Guard(organisation.Shown, nil).All(ctx, org); err != nil || !all {
			continue
		}
		for _, space := range bothOf(org) {
			if err == nil && !bare {
				bare, err = t.Data.AnyUnmarked(ctx, t.DataSpecs, space)
			}
		}
		if bare {
			found = append(found, org)
		}
	}
	return found, err
}

// unguard lets what has no mark count until the server has given it one.
func (t Target) unguard(ctx context.Context) error {
	if !t.BeforeMarks {
		return nil
	}
	orgs, err := WithoutMarks(ctx, t)
	for _, org := range orgs {
		if err == nil {
			err = t.Seals.Unguarded(ctx, org)
		}
	}
	return err
}

// accepts refuses a target that isn't empty, and data without its keys.
func (t Target) accepts(ctx context.Context, from *Backed) error {
	under, err := underWay(ctx, t.Data, whole)
	if err != nil {
		return err
	}
	here, err := organisationsIn(ctx, t.Data, t.DataSpecs)
	if err != nil {
		return err
	}
	if len(here) > 0 && !under {
		return ErrNotEmpty
	}
	own, err := t.Seals.Organisations(ctx)
	if err != nil {
		return err
	}
	if from.backup.Keys == nil && len(own) == 0 && len(from.data) > 0 {
		return ErrNoKeys
	}
	for org := range from.data {
		if !from.keyed[org] && !slices.Contains(own, org) {
			return ErrKeysMissing
		}
	}
	return nil
}

// keyFiles are all files of keys, the one whose keys are restored first.
func (b Backup) keyFiles() []File {
	if b.Keys == nil {
		return b.Tombstones
	}
	return append([]File{*b.Keys}, b.Tombstones...)
}

func documentsOnly(l *loader, e Entry) error {
	if e.Kind != Document {
		return ErrDamaged
	}
	return l.knows(e)
}

// restoreKeys brings keys back, and then removes all that have a tombstone.
func (t Target) restoreKeys(ctx context.Context, b Backup) error {
	keys := newLoader(t.Keys, t.KeySpecs, nil)
	for i, f := range b.keyFiles() {
		all := i == 0 && b.Keys != nil
		merged := merging{seals: t.Seals}
		_, err := f.each(ctx, Keys, func(e Entry) error {
			if e.Collection == seal.Retracted {
				return merged.put(ctx, e)
			}
			if all || e.Collection == seal.Tombstones {
				return keys.put(ctx, e)
			}
			return nil
		})
		if err == nil {
			err = keys.flush(ctx)
		}
		if err == nil {
			err = merged.flush(ctx)
		}
		if err != nil {
			return err
		}
	}
	orgs, err := t.Seals.Organisations(ctx)
	if err != nil {
		return err
	}
	for _, org := range orgs {
		if err := t.heed(ctx, org); err != nil {
			return fmt.Errorf("archive: tombstones: %w", err)
		}
	}
	return nil
}

// merging gathers what a file of keys says was taken back, of one organisation,
// and takes it in together: of each thing the later word counts, in whatever
// order the files come.
type merging struct {
	seals *seal.Keys
	org   string
	held  [][]byte
}

func (m *merging) put(ctx context.Context, e Entry) error {
	if e.Org != m.org || len(m.held) == store.MaxIDs {
		if err := m.flush(ctx); err != nil {
			return err
		}
		m.org = e.Org
	}
	m.held = append(m.held, e.Record.Body)
	return nil
}

func (m *merging) flush(ctx context.Context) error {
	err := m.seals.MergeRetractions(ctx, m.org, m.held...)
	m.held = nil
	return err
}

// heed removes the keys that have a tombstone.
func (t Target) heed(ctx context.Context, org string) error {
	var ids []string
	err := t.Seals.Tombstones(ctx, org, func(id string, _ time.Time) error {
		ids = append(ids, id)
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(ids)
	return t.Seals.Bury(ctx, org, slices.Compact(ids)...)
}
