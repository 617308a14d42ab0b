package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/mongo"
	"chautari/models/store/sqlite"
)

// backupFresh is how old the newest backup may be before an upgrade.
const backupFresh = 24 * time.Hour

type upgradeCommand struct{}

// Help is shown by --help.
func (upgradeCommand) Help() string {
	return `Run it with the new program while the old one is stopped. It changes nothing: it
lists what the new program will do to the store when it is started, and looks
whether there is a fresh backup and room for a copy. It ends with 1 when the new
program should not be started yet.

Example:
  BACKUP_DIR=/mnt/backups ./new/server upgrade`
}

// Run looks whether this program may be started on what is there.
func (upgradeCommand) Run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	findings := beforeUpgrade(ctx, s, time.Now())
	if err := say(os.Stdout, findings); err != nil {
		return err
	}
	fmt.Println("\nThis program can be started.")
	return nil
}

// beforeUpgrade is the dry run of an upgrade and what should be there for it.
func beforeUpgrade(ctx context.Context, s settings, now time.Time) []finding {
	all := freshBackup(s, now)
	if s.onMongo() {
		return append(all, planOnServer(ctx, s)...)
	}
	all = append(all, roomForACopy(s))
	for _, one := range []struct {
		name  string
		specs []*store.Spec
	}{{"data", specs()}, {"keys", seal.KeySpecs()}} {
		all = append(all, planOf(one.name, filepath.Join(s.DataDir, one.name+".db"), one.specs)...)
	}
	return append(all, whetherItFits(ctx, s)...)
}

// whetherItFits looks whether the key file opens the keys and the keys are those of
// the data, as far as the stores open before the new program has changed them.
func whetherItFits(ctx context.Context, s settings) []finding {
	if err := thereIsData(s); err != nil {
		return []finding{isWrong("store", "%v", err)}
	}
	data, keys, err := openStores(ctx, s, true)
	if err != nil {
		return nil // what is in the way was said above
	}
	defer data.Close()
	defer keys.Close()
	return whetherTheyFit(ctx, s, data, keys)
}

func freshBackup(s settings, now time.Time) []finding {
	if s.BackupDir == "" {
		return []finding{toWatch("backup", "set BACKUP_DIR to where backups lie, and make one now: server backup --help")}
	}
	return backupsIn(s.BackupDir, now, func(of string, age time.Duration) finding {
		if age > backupFresh {
			return isWrong("backup", "the newest of the %s in %s is %d hours old: make one first (server backup --help)", of, s.BackupDir, int(age.Hours()))
		}
		return isWell("backup", "the newest of the %s in %s is %d hours old", of, s.BackupDir, int(age.Hours()))
	})
}

// roomForACopy looks whether both files fit once more on their disk.
func roomForACopy(s settings) finding {
	var size uint64
	for _, name := range []string{"data.db", "data.db-wal", "keys.db", "keys.db-wal"} {
		if info, err := os.Stat(filepath.Join(s.DataDir, name)); err == nil {
			size += uint64(info.Size())
		}
	}
	free, _, err := diskOf(s.DataDir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return toWatch("disk", "%s is not there yet", s.DataDir)
	case err != nil:
		return isWrong("disk", "%v", err)
	case free < size+nothingFree:
		return isWrong("disk", "%d MB are free, and a copy of the data takes %d MB: make room first", free>>20, size>>20)
	}
	return isWell("disk", "%d MB are free, and a copy of the data takes %d MB", free>>20, size>>20)
}

// planOf lists what starting would do to one file.
func planOf(name, path string, specs []*store.Spec) []finding {
	steps, err := sqlite.Plan(path, specs...)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []finding{toWatch(name, "there is no %s yet: it will be made", path)}
	case errors.Is(err, sqlite.ErrInUse):
		return []finding{isWrong(name, "a running server has it open: stop that one first")}
	case err != nil:
		return []finding{isWrong(name, "%v", err)}
	}
	return listed(name, steps)
}

func listed(name string, steps []string) []finding {
	if len(steps) == 0 {
		return []finding{isWell(name, "nothing is to be changed")}
	}
	var all []finding
	for _, step := range steps {
		all = append(all, isWell(name, "will %s", step))
	}
	return all
}

// planOnServer opens both databases for reading, which says what would be done;
// one that a newer program wrote is refused in its own words.
func planOnServer(ctx context.Context, s settings) []finding {
	data, keys, err := openStores(ctx, s, true)
	var older *mongo.OlderError
	if errors.As(err, &older) {
		return listed("store", older.Steps)
	}
	if err == nil {
		err = errors.Join(data.Close(), keys.Close())
	}
	if err != nil {
		return []finding{isWrong("store", "%v", err)}
	}
	return listed("store", nil)
}
