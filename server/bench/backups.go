package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"filippo.io/age"
)

// backedUp is what backing an installation up and restoring it took.
type backedUp struct {
	members, documents int
	parts              []commanded
}

// commanded is one command as a process of its own.
type commanded struct {
	name  string
	took  time.Duration
	cpu   time.Duration
	peak  int64 // resident memory, in bytes
	bytes int64 // of the file that was written
}

// backup fills an installation, writes both files of a backup and restores them
// into an empty folder.
func (b *bench) backup(ctx context.Context, size int) error {
	progress("%6d members: filling, to be backed up", size)
	place, err := fill(ctx, b.sub(size), size, b.Clients)
	if err != nil {
		return err
	}
	// The server brings the tables to what it declares.
	s, err := b.open(ctx, place)
	if err != nil {
		return err
	}
	_, quiet := b.settled(ctx, s.process) // it reads all names at first, and doesn't stop before
	if err := errors.Join(quiet, s.process.stop()); err != nil {
		return err
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	folder := b.sub(size)
	at := func(name string) string { return filepath.Join(folder, name) }
	if err := os.WriteFile(at("identity"), []byte(identity.String()), 0o600); err != nil {
		return err
	}
	out := backedUp{members: size}
	here, there := []string{"DATA_DIR=" + place.data, "KEY_FILE=" + place.key}, []string{"DATA_DIR=" + at("restored"), "KEY_FILE=" + place.key}
	public := identity.Recipient().String()
	for _, what := range []string{"data", "keys"} {
		progress("%6d members: backing up the %s", size, what)
		c, _, err := b.command(ctx, here, "backup", what, "--to", at(what+".backup"), "--for", public)
		if err != nil {
			return err
		}
		info, err := os.Stat(at(what + ".backup"))
		if err != nil {
			return err
		}
		c.name, c.bytes = "backup "+what, info.Size()
		out.parts = append(out.parts, c)
	}
	progress("%6d members: restoring", size)
	c, said, err := b.command(ctx, there, "restore", "--data", at("data.backup"), "--keys", at("keys.backup"), "--identity", at("identity"))
	if err != nil {
		return err
	}
	c.name = "restore"
	out.parts = append(out.parts, c)
	if found := regexp.MustCompile(`(\d+) documents are restored`).FindSubmatch(said); found != nil {
		out.documents, err = strconv.Atoi(string(found[1]))
	} else {
		err = errors.New("restore didn't say how much")
	}
	b.backups = append(b.backups, out)
	return err
}

// command runs a command of the server to its end.
func (b *bench) command(ctx context.Context, environment []string, arguments ...string) (commanded, []byte, error) {
	cmd := exec.CommandContext(ctx, b.Server, arguments...)
	cmd.Env = append(os.Environ(), environment...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, os.Stderr
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return commanded{}, nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var c commanded
	look := time.NewTicker(peakEvery)
	defer look.Stop()
	for p := (&process{cmd: cmd}); ; {
		select {
		case err := <-ended:
			c.took = time.Since(began)
			c.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			return c, said.Bytes(), err
		case <-look.C:
			if r, err := p.held(); err == nil { // it may just have ended
				c.peak = max(c.peak, r.peak)
			}
		}
	}
}

// peakEvery is how often the most memory that a command held is looked at.
const peakEvery = 20 * time.Millisecond

func printBackups(w io.Writer, list []backedUp) {
	if len(list) == 0 {
		return
	}
	rows := [][]string{{"command", "members", "documents of data", "MB of the file", "seconds", "documents a second", "CPU seconds", "MB peak"}}
	for _, b := range list {
		for _, c := range b.parts {
			row := []string{c.name, fmt.Sprint(b.members), "", "", fmt.Sprintf("%.1f", c.took.Seconds()), "", fmt.Sprintf("%.1f", c.cpu.Seconds()), mb(c.peak)}
			if c.name != "backup keys" {
				row[2], row[5] = fmt.Sprint(b.documents), fmt.Sprintf("%.0f", float64(b.documents)/c.took.Seconds())
			}
			if c.bytes > 0 {
				row[3] = fmt.Sprintf("%.1f", float64(c.bytes)/1e6)
			}
			rows = append(rows, row)
		}
	}
	print(w, "Backup and restore, with reading the files twice and full fsync (restore: data and keys)", rows)
}
