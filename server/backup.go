package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"

	"chautari/models/archive"
)

type backupKeyCommand struct{}

// Help is shown by --help.
func (backupKeyCommand) Help() string {
	return `Run it on a machine that is not the server, best one without a network. It
stores nothing: what it prints is all there is. The public key goes to the server,
as BACKUP_FOR or after --for; the secret one never does, until something has to be
restored.

Example:
  server backup-key > backup-key.txt`
}

// Run prints a new pair of keys.
func (backupKeyCommand) Run() error {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	fmt.Printf(backupKeyWords, identity.Recipient(), identity)
	return nil
}

// backupKeyWords is a file that --identity takes: what begins with # is passed over.
const backupKeyWords = `# Public key. Whoever has it can make backups and read none. Give it to the server:
#     BACKUP_FOR=%s
#
# Secret key. Whoever has it together with the backups and the key file reads
# everything; whoever loses it has no backups. Write it on paper or on a USB stick,
# twice, and lock both away in two places, neither of them with the server, with
# the backups, or with the copy of the key file.
%s
`

type backupCommand struct {
	Data backupDataCommand `cmd:"" help:"Write a backup of the data: what people and the organisation wrote, names sealed."`
	Keys backupKeysCommand `cmd:"" help:"Write a backup of the keys that open it, still wrapped by the key file."`
}

// Help is shown by --help.
func (backupCommand) Help() string {
	return `A backup is two files, data and keys, which are kept in two places and never sent
together: neither of them can be read without the other, the key file, and the
secret part of the backup key. Make data first and keys right after it. Keep the
files of data as long as you like, and those of keys for days only, 14 at most:
somebody whose key is destroyed is gone for good once the last of them is. Leave
“keys” in the names of the latter: doctor and upgrade tell the two apart by it.

Works beside a running server, and stops nobody.

Examples:
  server backup-key                                       once, on another machine
  server backup data --to /backups/data-2026-11-26 --for age1…
  server backup keys --to /elsewhere/keys-2026-11-26 --for age1…`
}

// writing is where a file goes and who can open it.
type writing struct {
	To  string   `required:"" placeholder:"FILE" help:"File to write; it must not be there yet."`
	For []string `required:"" env:"BACKUP_FOR" placeholder:"age1…" help:"Public key that it is encrypted for (BACKUP_FOR); may be given more than once."`
}

type backupDataCommand struct{ writing }

// Run writes the data.
func (c backupDataCommand) Run(ctx context.Context) error {
	return c.write(ctx, handing{what: archive.Data})
}

type backupKeysCommand struct{ writing }

// Run writes the keys.
func (c backupKeysCommand) Run(ctx context.Context) error {
	return c.write(ctx, handing{what: archive.Keys})
}

// write has something handed out of the stores into the file.
func (w writing) write(ctx context.Context, h handing) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	for i, k := range w.For {
		w.For[i] = strings.TrimSpace(k)
	}
	h.recipients = w.For
	if _, err := archive.Recipients(w.For); err != nil {
		return err
	}
	f, err := newFile(w.To)
	if err != nil {
		return err
	}
	told := newTelling(os.Stderr, "%s written")
	if err := h.fetch(ctx, s, io.MultiWriter(f, told.bytes())); err != nil {
		return errors.Join(err, f.discard())
	}
	if err := f.keep(); err != nil {
		return err
	}
	fmt.Printf("%s\n%s, SHA-256 %x\n", w.To, size(told.n), f.sum.Sum(nil))
	return nil
}
