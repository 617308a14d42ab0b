package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

const (
	gigabyte = 1 << 30
	// A disk is getting full below this much, or below this part of all.
	littleFree  = 1 * gigabyte
	smallPart   = 10                 // one in ten
	nothingFree = gigabyte / 16      // the store can't commit much longer
	backupOld   = 26 * time.Hour     // a daily backup that was missed
	backupGone  = 7 * 24 * time.Hour // nobody looks any more
)

// lookAtDisk looks at the disks of data and backups.
func lookAtDisk(s settings) (all []finding) {
	folders := []string{s.BackupDir}
	if !s.onMongo() {
		folders = append(folders, s.DataDir)
	}
	for _, folder := range folders {
		if folder == "" {
			continue
		}
		free, size, err := diskOf(folder)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			all = append(all, toWatch("disk", "%s is not there yet", folder))
		case err != nil:
			all = append(all, isWrong("disk", "%s can't be looked at: %v", folder, err))
		default:
			all = append(all, judgeDisk(folder, free, size))
		}
	}
	return all
}

// judgeDisk says of a folder's disk whether there is room.
func judgeDisk(folder string, free, size uint64) finding {
	words := "%d MB of %d MB are free on the disk of %s"
	args := []any{free >> 20, size >> 20, folder}
	switch {
	case free < nothingFree:
		return isWrong("disk", words+": writing fails soon; make room now", args...)
	case free < littleFree || free < size/smallPart:
		return toWatch("disk", words+": make room this week", args...)
	}
	return isWell("disk", words, args...)
}

// lookAtFiles looks at who may read the data and the key file.
func lookAtFiles(s settings) (all []finding) {
	if !s.onMongo() {
		if f, ok := readableByOthers("data folder", s.DataDir); ok {
			all = append(all, f)
		}
	}
	if s.keyElsewhere() {
		if s.Key != "" {
			all = append(all, toWatch("key", "it stands in the environment, where whoever administers this machine and its containers can read it: KEY_FILE or KEY_COMMAND keeps it better"))
		}
		return all
	}
	info, err := os.Stat(s.KeyFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return append(all, isWrong("key file", "there is none at %s: bring your copy back there, or run `server init` for a new installation", s.KeyFile))
	case err != nil:
		return append(all, isWrong("key file", "%v", err))
	case info.IsDir():
		return append(all, isWrong("key file", "%s is a folder", s.KeyFile))
	}
	if f, ok := readableByOthers("key file", s.KeyFile); ok {
		all = append(all, f)
	}
	if near(s.KeyFile, s.DataDir) || s.BackupDir != "" && near(s.KeyFile, s.BackupDir) {
		all = append(all, isWrong("key file", "%s lies with the data or the backups: whoever takes one takes both; move it elsewhere and set KEY_FILE", s.KeyFile))
	}
	return all
}

// readableByOthers says whether another account of this machine may read it.
// Windows keeps rights in another way, which isn't looked at.
func readableByOthers(about, path string) (finding, bool) {
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS == "windows" {
		return finding{}, false
	}
	mode := "0600"
	if info.IsDir() {
		mode = "0700"
	}
	if info.Mode().Perm()&0o077 != 0 {
		return isWrong(about, "others on this machine may open %s: run chmod %s %s", path, mode, path), true
	}
	return isWell(about, "%s is for its owner alone", path), true
}

// laidOpen says which of the files that hold a secret others on this machine may open.
func (s settings) laidOpen() (words []string) {
	secret := map[string]string{"the key file": s.KeyFile, "TLS_KEY": s.TLSKey, "MONGODB_URI_FILE": s.MongoURIFile}
	for _, about := range slices.Sorted(maps.Keys(secret)) {
		if secret[about] == "" {
			continue
		}
		if f, ok := readableByOthers(about, secret[about]); ok && f.level == wrong {
			words = append(words, f.about+": "+f.words)
		}
	}
	return words
}

// near tells whether a file lies in a folder or below it, links followed.
func near(file, folder string) bool {
	real := func(path string) string {
		if r, err := filepath.EvalSymlinks(path); err == nil {
			return r
		}
		if r, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
			return filepath.Join(r, filepath.Base(path))
		}
		return path
	}
	rel, err := filepath.Rel(real(folder), real(file))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// lookAtBackups looks for the newest files of data and of keys in the folder of backups.
func lookAtBackups(s settings, now time.Time) []finding {
	if s.BackupDir == "" {
		return []finding{toWatch("backup", "set BACKUP_DIR to where backups lie, so that their age can be told")}
	}
	return backupsIn(s.BackupDir, now, func(of string, age time.Duration) finding {
		switch {
		case age > backupGone:
			return isWrong("backup", "the newest of the %s in %s is %d days old", of, s.BackupDir, int(age.Hours()/24))
		case age > backupOld:
			return toWatch("backup", "the newest of the %s in %s is %d hours old", of, s.BackupDir, int(age.Hours()))
		}
		return isWell("backup", "the newest of the %s in %s is %d hours old", of, s.BackupDir, int(age.Hours()))
	})
}

// backupsIn judges the newest backups of data and of keys in a folder by their age, and
// tells of what there could not be judged. The keys' may well lie elsewhere: best they do.
func backupsIn(folder string, now time.Time, judge func(of string, age time.Duration) finding) (all []finding) {
	lie, err := lieIn(folder, now)
	switch {
	case err != nil:
		return []finding{isWrong("backup", "%v", err)}
	case lie.data.found:
		all = append(all, judge("data", lie.data.age))
	case lie.data.ahead != "": // said below
	case lie.keys.found || lie.keys.ahead != "":
		all = append(all, isWrong("backup", "there is none of the data in %s, of the keys alone: run `server backup --help`", folder))
	default:
		all = append(all, isWrong("backup", "there is none in %s: run `server backup --help`", folder))
	}
	switch {
	case lie.keys.found:
		all = append(all, judge("keys", lie.keys.age))
	case lie.keys.ahead == "" && (lie.data.found || lie.data.ahead != ""):
		all = append(all, toWatch("backup", "no backup of the keys is in %s (none has “keys” in its name): is it on another stick? Look there how old it is", folder))
	}
	for _, ahead := range []string{lie.data.ahead, lie.keys.ahead} {
		if ahead != "" {
			all = append(all, toWatch("backup", "%s has a time that is still to come, so nobody can tell how old it is: is the clock right, here and where it was written?", ahead))
		}
	}
	if lie.unread != nil {
		all = append(all, toWatch("backup", "not everything in %s could be looked at: %v", folder, lie.unread))
	}
	return all
}

const (
	// ageHeader is how every file begins that was encrypted with age, as backups are;
	// ageHeaderEnd begins the last line of its header.
	ageHeader    = "age-encryption.org/"
	ageHeaderEnd = "--- "
	// leastSealed is how many bytes are behind the header at least: what the product
	// writes of an empty store is half as much again.
	leastSealed = 200
)

// encrypted tells whether a file is what a backup is, as far as one can see without
// a key: what was cut off soon after it was begun is none.
func encrypted(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	head, err := in.Peek(len(ageHeader))
	if string(head) == ageHeader {
		for line := []byte{}; err == nil && !bytes.HasPrefix(line, []byte(ageHeaderEnd)); {
			line, err = in.ReadSlice('\n')
		}
		if err == nil {
			_, err = io.CopyN(io.Discard, in, leastSealed)
		}
		if err == nil {
			return true, nil
		}
	}
	if errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	return false, err
}

// lying is what lies in a folder of backups.
type lying struct {
	data, keys newest
	unread     error // what first kept something from being looked at
}

// newest is the newest backup of a kind.
type newest struct {
	age   time.Duration
	found bool
	ahead string // one whose time is still to come; it hides no other
}

func (n *newest) see(path string, age time.Duration) {
	switch {
	case -age > driftMuch:
		n.ahead = path
	case !n.found || age < n.age:
		n.age, n.found = max(0, age), true
	}
}

// of is the kind of a backup, by its name below the folder or else by that of the folder
// it lies in: what is in it nobody can tell without the key.
func (l *lying) of(path string) *newest {
	for ; ; path = filepath.Dir(path) {
		name := strings.ToLower(filepath.Base(path))
		switch {
		case strings.Contains(name, "keys"):
			return &l.keys
		case strings.Contains(name, "data") || filepath.Dir(path) == path || filepath.Dir(path) == ".":
			return &l.data
		}
	}
}

// lieIn looks for backups in a folder and those below it. What can't be read hides
// nothing else.
func lieIn(folder string, now time.Time) (all lying, err error) {
	if folder, err = filepath.EvalSymlinks(folder); err != nil {
		return all, err
	}
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil && path == folder {
			return err
		}
		is := false
		if err == nil && d.Type().IsRegular() {
			is, err = encrypted(path)
		}
		var info fs.FileInfo
		if err == nil && is {
			info, err = d.Info()
		}
		switch {
		case err != nil:
			all.unread = cmp.Or(all.unread, err)
		case !is:
		default:
			below, _ := filepath.Rel(folder, path) // both begin alike
			all.of(below).see(path, now.Sub(info.ModTime()))
		}
		return nil
	})
	return all, err
}
