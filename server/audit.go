package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store/sqlite"
)

type auditCommand struct {
	Verify   verifyCommand   `cmd:"" help:"Recompute the trail of every organisation, and say what was changed, removed, reordered or cut."`
	Restored restoredCommand `cmd:"" help:"Say that an older backup was brought back, so that the copy goes on."`
	Accept   acceptCommand   `cmd:"" help:"Let something count again that verify named as written by something else than the server."`
}

type verifyCommand struct {
	Copy string   `placeholder:"FOLDER" help:"Copy of the blocks to compare with: a folder, or mongodb. What AUDIT_COPY says, if it is set."`
	Head []string `placeholder:"ORG=SEQ:HASH" help:"Where a trail ended when it was last verified, as it was printed then. Several times for several organisations."`
}

// Help is shown by --help.
func (verifyCommand) Help() string {
	return `Whoever may write to the database could change what stands in the trail, or give
herself a role. This finds it: everything is recomputed, and compared with the copy that only grows. Run it once
a week, and write down the line that begins with head: together with that line, a tail
that was cut off is found even where there is no copy.

Found and named are: an entry that was changed, removed or added later, or that waits
for its block longer than the server takes; entries or blocks in another order; a block
that was changed, is missing or was made without the key; a tail that was cut; a time
said to be over that can't be; and whatever differs in the copy. So is an account,
a second factor, a sign-in, a request of two people, a grievance or the like that
something else than the server wrote: it counts for nothing (server audit accept). On the embedded store
also a damaged document, and an index that shows less or more than the documents say;
indexes on MongoDB are the database's own. Entries of the last hour that wait for their
block are told as such. What was removed because its time is over is no finding.

It needs the stores of data and of keys and the key file, as the server does: blocks
are made with a secret that opens with the key file alone, so that whoever can write
to the data can't make one.

It ends with 0 when all is as it was sealed, and with 1 when something isn't. Nothing
of what people did is printed. What to do then stands in docs/runbook.md.

On the embedded store a running server does it and prints the same.

Examples:
  server audit verify
  server audit verify --copy /mnt/other/audit
  server audit verify --head org_k3v9…=412:9f86d081…`
}

// Run verifies, or has the running server do it.
func (c verifyCommand) Run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	if c.Copy == "" {
		c.Copy = s.AuditCopy
	}
	if c.Copy != "" && c.Copy != onMongoDB {
		if c.Copy, err = filepath.Abs(c.Copy); err != nil {
			return err
		}
	}
	return c.verify(ctx, s, os.Stdout, os.Stderr)
}

func (c verifyCommand) verify(ctx context.Context, s settings, out, progress io.Writer) error {
	if err := thereIsData(s); err != nil {
		return err
	}
	data, keys, err := openStores(ctx, s, true)
	if errors.Is(err, sqlite.ErrInUse) {
		return c.askServer(ctx, s, out)
	}
	if err != nil {
		return err
	}
	master, err := s.openKey(ctx)
	if err != nil {
		return errors.Join(fmt.Errorf("blocks are checked with the key file: %w", err), data.Close(), keys.Close())
	}
	if err := fit(ctx, newStore(data), newStore(keys)); err != nil {
		return errors.Join(err, data.Close(), keys.Close())
	}
	v := verifying{
		settings: s, data: newStore(data), seals: seal.NewKeys(newStore(keys), master),
		clock: clock.System{}, out: out, progress: progress,
	}
	return errors.Join(v.all(ctx, c), data.Close(), keys.Close())
}

type restoredCommand struct{}

// Help is shown by --help.
func (restoredCommand) Help() string {
	return `A backup that was brought back knows less than the copy of the trail does. The copy
then stops, and verify says that the tail was cut: for the program it looks the same
as if somebody had cut it. Run this once, after a restore and nothing else, when you
know that it was one. It notes in the trail which blocks are given up, for good: every
later verify names them. Have somebody of the board beside you.

AUDIT_COPY must be set. On the embedded store stop the server first.

Example:
  AUDIT_COPY=/mnt/other/audit server audit restored`
}

// Run notes it for every organisation.
func (restoredCommand) Run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	return restored(ctx, s, os.Stdout)
}

func restored(ctx context.Context, s settings, out io.Writer) error {
	if err := thereIsData(s); err != nil {
		return err
	}
	to, closing, err := s.auditCopy(ctx, s.AuditCopy, audit.OpenFolder)
	if err != nil {
		return err
	}
	if to == nil {
		return errors.New("set AUDIT_COPY to where the blocks are copied: without a copy there is nothing to say")
	}
	h, err := alone(ctx, s)
	if err != nil {
		return errors.Join(err, closing())
	}
	orgs, err := h.nouns.Organisations.Spaces(ctx)
	for _, org := range orgs {
		lost, failed := audit.Log{Clock: clock.System{}}.GiveUp(ctx, h.data.Org(org), audit.ChainOf(h.seals), to)
		switch {
		case failed != nil:
			err = errors.Join(err, failed)
		case lost == nil:
			fmt.Fprintf(out, "%s: the copy fits, nothing is given up\n", org)
		default:
			fmt.Fprintf(out, "%s: blocks %d to %d of the copy are given up\n", org, lost.From, lost.Until)
		}
	}
	return errors.Join(err, h.close(), closing())
}
