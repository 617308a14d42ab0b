package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"chautari/models/archive"
	"chautari/models/clock"
	"chautari/models/organisation"
)

type exportOrganisationCommand struct {
	Host string `required:"" placeholder:"NAME" help:"Host name at which the organisation answers."`
	writing
}

// Help is shown by --help.
func (exportOrganisationCommand) Help() string {
	return `Writes one organisation with its keys into one file, to leave with it, or to move
it to another server, be its store the embedded one or MongoDB. Passphrases, names
to sign in with and receipts of grievances go on working there. Whoever has the
file and the secret key reads everything that the organisation has: make a key for
this one move, and delete both when it is done.

What is written after the export is not in it: close the organisation first
(server close-organisation), and export then. Codes to come in that nobody has used
yet, of recover-admin and of who is invited, open nothing on the other server: make
new ones there.

Example:
  server export-organisation --host sathi.example --to sathi-2026-11-26 --for age1…`
}

// Run writes the organisation.
func (c exportOrganisationCommand) Run(ctx context.Context) error {
	if err := c.write(ctx, handing{what: archive.Organisation, host: c.Host}); err != nil {
		return err
	}
	fmt.Print(unusedCodes)
	return nil
}

// unusedCodes is said with the file: such codes are hashed under the key file of this server.
const unusedCodes = `Codes to come in that nobody has used yet (recover-admin, invitations) open nothing
where it is brought in: make new ones there.
`

type importOrganisationCommand struct {
	File     string   `arg:"" placeholder:"FILE" help:"File that export-organisation wrote."`
	Identity string   `required:"" placeholder:"FILE" help:"File with the secret key that it was encrypted for (AGE-SECRET-KEY-…)."`
	Host     []string `placeholder:"NAME" help:"Host name at which it answers here, in place of those that it had; may be given more than once."`
}

// Help is shown by --help.
func (importOrganisationCommand) Help() string {
	return `Brings one organisation into this server, beside those that are here, while the
server is stopped. KEY_FILE is the key file of this server. The file is read to its
end before anything is written. Nothing is changed if the organisation or one of
its host names is here already. If it is cut short, nobody sees half of it: run it
again. Everybody signs in anew. One that was closed before it was written is closed
here too: open it with close-organisation --open.

Examples:
  server import-organisation sathi-2026-11-26 --identity /media/stick/move-key.txt
  server import-organisation sathi-2026-11-26 --identity move-key.txt --host sathi.example`
}

// Run brings the organisation in.
func (c importOrganisationCommand) Run(ctx context.Context) error {
	for _, name := range c.Host {
		if err := isHostName(name); err != nil {
			return err
		}
	}
	in, err := newArriving(ctx, c.Identity)
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "reading the file to its end")
	found, err := archive.ExamineOrganisation(ctx, in.known(), in.file(c.File))
	if err != nil {
		return in.words(err)
	}
	names := c.Host
	if len(names) == 0 {
		names = found.Names()
	}
	closed := false
	told := newTelling(os.Stderr, "%s documents brought in")
	err = in.into(ctx, func(t archive.Target) error {
		t.Step = told.documents
		if err := fit(ctx, t.Data, t.Keys); err != nil {
			return err
		}
		if err := t.Seals.Check(ctx); err != nil {
			return err
		}
		if err := archive.Import(ctx, t, found, c.Host, clock.System{}); err != nil {
			return err
		}
		closed, err = isClosed(ctx, organisation.New(t.Data, clock.System{}), names)
		return err
	})
	if err != nil {
		return in.words(err)
	}
	fmt.Printf("%d documents are brought in. %s\nTake the identity and the file away from this machine.\n",
		told.n, arrived(names, closed))
	return nil
}

// arrived says where the organisation answers, or how it comes to: what was
// closed in order to be moved arrives closed.
func arrived(names []string, closed bool) string {
	if !closed || len(names) == 0 {
		return fmt.Sprintf("The organisation answers at %s.", strings.Join(names, ", "))
	}
	return fmt.Sprintf(`Its door is shut, as it was when it was written. Open it
before you start the server: server close-organisation --host %s --open --yes
It then answers at %s.`, names[0], strings.Join(names, ", "))
}

// isClosed tells whether the door at the names is shut.
func isClosed(ctx context.Context, orgs *organisation.Organisations, names []string) (bool, error) {
	if len(names) == 0 {
		return false, nil
	}
	_, err := orgs.ByHost(ctx, names[0])
	if errors.Is(err, organisation.ErrNone) {
		return true, nil
	}
	return false, err
}
