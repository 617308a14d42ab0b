package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"filippo.io/age"

	"chautari/models/archive"
	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/sqlite"
)

type restoreCommand struct {
	Data        string   `required:"" placeholder:"FILE" help:"Backup of the data."`
	Keys        string   `placeholder:"FILE" help:"Backup of the keys; left out only where the keys store is still there."`
	Identity    string   `required:"" placeholder:"FILE" help:"File with the secret part of the backup key (AGE-SECRET-KEY-…)."`
	OlderKeys   bool     `help:"Restore with keys of an earlier day than the data, for want of others."`
	BeforeMarks bool     `help:"Let what gives rights count without its mark: the data is from before there were marks."`
	Tombstones  []string `placeholder:"FILE" help:"Newer backup of the keys, read for who was erased and what was taken back; may be given more than once."`
}

// Help is shown by --help.
func (restoreCommand) Help() string {
	return `Brings a whole server back into an empty installation, an embedded store (DATA_DIR)
or MongoDB, whichever of them the backup came from. KEY_FILE is the key file of the
server that was backed up. All files are read to their end before anything is
written. If it is cut short, no server starts on what is there: run it again.

Give every newer backup of the keys that you have as --tombstones: whoever was
erased since the older one stays unreadable, and consents that were withdrawn, roles
that were taken and accounts that were closed are so again when the server starts.
If the keys store is still there, leave --keys out: it knows best. Everybody signs
in anew. Roles and consents that were given since the backup have to be given again.

Take the identity away again afterwards.

Examples:
  server restore --data data-2026-11-26 --keys keys-2026-11-26 --identity /media/stick/backup-key.txt
  server restore --data data-2026-11-20 --keys keys-2026-11-20 --tombstones keys-2026-11-26 --identity backup-key.txt`
}

// Run restores.
func (c restoreCommand) Run(ctx context.Context) error {
	in, err := newArriving(ctx, c.Identity)
	if err != nil {
		return err
	}
	backup := archive.Backup{Data: in.file(c.Data)}
	if c.Keys != "" {
		keys := in.file(c.Keys)
		backup.Keys = &keys
	}
	for _, f := range c.Tombstones {
		backup.Tombstones = append(backup.Tombstones, in.file(f))
	}
	fmt.Fprintln(os.Stderr, "reading the files to their end")
	found, err := archive.ExamineBackup(ctx, in.known(), backup)
	if err != nil {
		return in.words(err)
	}
	if found.KeysOlder() && !c.OlderKeys {
		return fmt.Errorf(olderKeys, found.KeysDay, found.DataDay)
	}
	told := newTelling(os.Stderr, "%s documents restored")
	var bare []string
	err = in.into(ctx, func(t archive.Target) (err error) {
		t.Step, t.BeforeMarks = told.documents, c.BeforeMarks
		if err = archive.Restore(ctx, t, found); err == nil {
			bare, err = archive.WithoutMarks(ctx, t)
		}
		return err
	})
	if err != nil {
		return in.words(err)
	}
	if len(bare) > 0 {
		fmt.Printf(withoutMarks, strings.Join(bare, ", "))
	}
	fmt.Printf("%d documents are restored. Start the server, sign in, and look at a list.\nTake the identity away from this machine.\n", told.n)
	return nil
}

// withoutMarks is said where something of the data counts for nothing.
const withoutMarks = `In %s something that gives rights has no mark, and counts for nothing:
something else than a server wrote it, or this data is from before there were marks.
"server audit verify" names what it is. If the data is from before, empty the folder or
the database and restore again with --before-marks.
`

// olderKeys is said before anything is written.
const olderKeys = `nothing was written: the keys are of %s, the data of %s, so whoever registered or
spoke up between them can't be read with these keys. Restore with newer keys, with the keys
store itself, or with an older backup of the data; say --older-keys if there is none of these`

// arriving is an installation that something is about to be brought into.
type arriving struct {
	settings   settings
	master     *seal.Master
	identities []age.Identity
}

func newArriving(ctx context.Context, identity string) (*arriving, error) {
	s, err := readSettings()
	if err != nil {
		return nil, err
	}
	if err := s.places(); err != nil {
		return nil, err
	}
	in := &arriving{settings: s}
	if in.master, err = s.openKey(ctx); err != nil {
		return nil, err
	}
	f, err := os.Open(identity)
	if err != nil {
		return nil, err
	}
	in.identities, err = age.ParseIdentities(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s holds no secret key, or it is mistyped: it is what `server backup-key` printed", identity)
	}
	return in, nil
}

func (in *arriving) file(path string) archive.File {
	return archive.File{Name: path, Identities: in.identities, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}

func (in *arriving) known() archive.Known {
	return archive.Known{DataSpecs: specs(), KeySpecs: seal.KeySpecs(), Master: in.master}
}

// errRunning: something can be brought in only while no server runs.
var errRunning = errors.New("a server runs on this store, or was killed less than five minutes ago: stop every one of them first")

// into opens the stores, which no server may use meanwhile.
func (in *arriving) into(ctx context.Context, fn func(archive.Target) error) error {
	c := clock.System{}
	data, keys, err := openStores(ctx, in.settings, false)
	if errors.Is(err, sqlite.ErrInUse) {
		return errStopFirst
	}
	if err != nil {
		return err
	}
	t := archive.Target{Known: in.known(), Data: store.New(data, c), Keys: store.New(keys, c)}
	t.Seals = seal.NewKeys(t.Keys, in.master)
	if err = t.Seals.Verify(ctx); errors.Is(err, store.ErrAbsent) {
		err = nil
	}
	if err == nil {
		err = in.alone(ctx, t.Seals, c.Now())
	}
	if err == nil {
		err = fn(t)
	}
	return errors.Join(err, data.Close(), keys.Close())
}

// alone makes sure that no server runs. An embedded store's lock has told already.
func (in *arriving) alone(ctx context.Context, seals *seal.Keys, now time.Time) error {
	if !in.settings.onMongo() {
		return nil
	}
	n, err := seals.Running(ctx, now)
	if err == nil && n > 0 {
		err = errRunning
	}
	return err
}

// words says what to do about what went wrong.
func (in *arriving) words(err error) error {
	if errors.Is(err, seal.ErrOtherKey) {
		return fmt.Errorf("%s is not the one of these keys: bring the right one there, or name it in KEY_FILE", in.settings.keyPlace())
	}
	return err
}
