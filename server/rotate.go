package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/sqlite"
)

type rotateKeysCommand struct {
	Finish bool `help:"Third step: take the old key out of the key file, once nothing is wrapped by it."`
}

// Help is shown by --help.
func (rotateKeysCommand) Help() string {
	return `The key file holds the key that wraps everybody's own key. Rotate it when somebody
may have seen it, when somebody leaves who had a copy, and once a year. What people
wrote is not rewritten, and nobody is signed out.

It goes in three steps, each of which says what to do before the next:

  server rotate-keys            adds a new key to the key file; nothing uses it yet
     copy the key file away, to every machine that runs a server, and restart each
  server rotate-keys            takes the new key into use and rewraps everything
     wait a minute
  server rotate-keys --finish   takes the old key out of the key file
     copy the key file away again, and to every machine

Any step may be cut short and run again. On MongoDB servers go on meanwhile; on the
embedded store stop the server before each step and start it after.`
}

// Run does the next step.
func (c rotateKeysCommand) Run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	return c.step(ctx, s, os.Stdout)
}

// errStopFirst: the embedded store belongs to one process.
var errStopFirst = errors.New("a server runs on this store: stop it first, and start it again afterwards")

// step looks how far the rotation is and goes one step on.
func (c rotateKeysCommand) step(ctx context.Context, s settings, out io.Writer) error {
	if s.keyElsewhere() {
		return errKeyElsewhere
	}
	master, err := s.openKey(ctx)
	if err != nil {
		return err
	}
	if err := thereIsData(s); err != nil {
		return err
	}
	data, keys, err := openStores(ctx, s, false)
	if errors.Is(err, sqlite.ErrInUse) {
		return errStopFirst
	}
	if err != nil {
		return err
	}
	r := rotation{settings: s, master: master, out: out}
	r.keys = seal.NewKeys(store.New(keys, clock.System{}), master)
	// A restore that was cut short is repeated with the key file that it began with.
	if err = fit(ctx, newStore(data), newStore(keys)); err == nil {
		err = r.checked(ctx)
	}
	switch {
	case err != nil:
	case c.Finish:
		err = r.finish(ctx)
	case !master.Rotating():
		err = r.begin()
	default:
		err = r.rewrap(ctx)
	}
	return errors.Join(err, data.Close(), keys.Close())
}

// errNoData: beside stores of somewhere else, the key file would lose the key of
// the real ones.
var errNoData = errors.New("the stores are empty: is DATA_DIR, or the address of MongoDB, the right one?")

// thereIsData refuses to make new stores in a folder that was mistyped.
func thereIsData(s settings) error {
	if s.onMongo() {
		return nil
	}
	if _, err := os.Stat(s.dataFile()); errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is no data in %s: is DATA_DIR the right one?", s.DataDir)
	} else if err != nil {
		return err
	}
	_, err := os.Stat(filepath.Join(s.DataDir, "keys.db"))
	if errors.Is(err, os.ErrNotExist) {
		return errNoKeys
	}
	return err
}

// rotation is a rotation of the wrapping key, somewhere on its way.
type rotation struct {
	settings settings
	master   *seal.Master
	keys     *seal.Keys
	out      io.Writer
}

func (r rotation) checked(ctx context.Context) error {
	err := r.keys.Verify(ctx)
	if errors.Is(err, seal.ErrOtherKey) {
		return otherKey(r.settings)
	}
	if errors.Is(err, store.ErrAbsent) {
		return errNoData
	}
	if err == nil && !r.settings.onMongo() {
		err = r.keys.ReleaseAll(ctx) // the store's lock says that none runs
	}
	return err
}

// begin adds a key to the file. Nothing is written into the stores.
func (r rotation) begin() error {
	if err := changeKeyFile(r.settings.KeyFile, seal.WithNewKey); err != nil {
		return err
	}
	fmt.Fprintf(r.out, `A new key was added to
    %s
Nothing uses it yet. Now, in this order:
 1. Copy the key file away, as you did when it was made. Keep the older copy too.
 2. Put it in place on every machine that runs a server, and restart each server.
 3. Run this again: server rotate-keys
`, r.settings.KeyFile)
	return nil
}

// rewrap takes the new key into use and goes through everything.
func (r rotation) rewrap(ctx context.Context) error {
	without, _, err := r.keys.Behind(ctx)
	if err != nil {
		return err
	}
	if without > 0 {
		return fmt.Errorf("nothing was done: %d of the running servers could not read what the new key wraps. "+
			"Put the key file in place there and restart them; a server that was killed counts for %d minutes", without, int(seal.Alive.Minutes()))
	}
	if err := r.keys.Promote(ctx); err != nil {
		return err
	}
	n, unopened, err := r.keys.Rewrap(ctx, newTelling(os.Stderr, "%s keys looked at").documents)
	if err != nil {
		return fmt.Errorf("%w (nothing is lost; run this again and it goes on)", err)
	}
	r.tellUnopened(unopened)
	fmt.Fprintf(r.out, `The new key is in use, and %d keys that the old one wrapped are wrapped by it now.
Copies of the key file without the new key don't open this data any more.
When every server has run for a minute: server rotate-keys --finish
`, n)
	return nil
}

// finish takes the old key out of the file when nothing needs it.
func (r rotation) finish(ctx context.Context) error {
	if !r.master.Rotating() {
		fmt.Fprintln(r.out, "The key file holds one key: there is nothing to finish.")
		return nil
	}
	if !r.keys.Promoted() {
		return errors.New("the new key is not in use yet: run `server rotate-keys` first, without --finish")
	}
	without, notUsing, err := r.keys.Behind(ctx)
	if err != nil {
		return err
	}
	if behind := without + notUsing; behind > 0 {
		return fmt.Errorf("nothing was done: %d of the running servers still wrap with the old key. "+
			"Wait a minute and run this again; if that doesn't help, restart them with the new key file", behind)
	}
	// The first time takes what servers wrapped with the old key before they
	// heard of the new one; the second must find nothing.
	told := newTelling(os.Stderr, "%s keys looked at").documents
	n, unopened, err := r.keys.Rewrap(ctx, told)
	if err == nil && n > 0 {
		n, unopened, err = r.keys.Rewrap(ctx, told)
	}
	if err != nil {
		return err
	}
	r.tellUnopened(unopened)
	if n > 0 {
		return fmt.Errorf("the old key stays: something still wraps with it, %d keys just now. Stop what else runs on this store, and run this again", n)
	}
	if err := changeKeyFile(r.settings.KeyFile, seal.WithNewestKeyOnly); err != nil {
		return err
	}
	fmt.Fprintf(r.out, `The old key is out of
    %s
Now, in this order:
 1. Copy the key file away, and put it in place on every machine that runs a server.
 2. Make a backup of the keys.
 3. Backups of the keys from before open with older copies of the key file only.
    When the last such backup is gone, after %d days at most, destroy those copies.
`, r.settings.KeyFile, keysBackupDays)
	return nil
}

// tellUnopened says how many keys were left as they are, since none of the file opens them.
func (r rotation) tellUnopened(n int) {
	if n > 0 {
		fmt.Fprintf(r.out, "%d keys are damaged and were left as they are: nothing under them can be read, unless a backup of the keys has them.\n", n)
	}
}

// keysBackupDays is how long backups of the keys are kept at most.
const keysBackupDays = 14

// otherKey says what to do about seal.ErrOtherKey.
func otherKey(s settings) error {
	return fmt.Errorf("%s is not the one of the data in %s; nothing was changed: bring the right copy back there (%w)", s.keyPlace(), s.DataDir, errRotated)
}

var errRotated = errors.New("after rotate-keys only a copy that was made since then is right")

// changeKeyFile puts a changed key file in the place of the old one: the name
// stands for a whole file at every moment, the old one or the new.
func changeKeyFile(path string, change func([]byte) ([]byte, error)) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	was, err := os.Stat(path)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if content, err = change(content); err != nil {
		return err
	}
	// Always of one name, so that what a kill left behind is written over.
	next := path + ".new"
	if err := os.Remove(next); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("the key file can't be replaced where it lies: %w", err)
	}
	_, err = f.Write(content)
	err = errors.Join(err, sameOwner(f, was), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next))
	}
	return syncFolder(filepath.Dir(path))
}
