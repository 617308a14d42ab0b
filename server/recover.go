package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"chautari/models/organisation"
)

type recoverAdminCommand struct {
	Host string `required:"" placeholder:"NAME" help:"Host name under which the organisation is reached, such as pipalbot.example."`
}

// Help is shown by --help.
func (recoverAdminCommand) Help() string {
	return `For an organisation whose administrator is gone, or can't sign in any more. It makes
a code that works once, within a day. Whoever types it on the page /invited comes in
as a new person and administers from then on; whoever did before doesn't any more,
codes that she gave out are worth nothing, and passkeys, apps and printed codes that
her account had are taken from it: what else she is here, she enrols anew for.
Nobody's passphrase is shown or changed.

An administrator can take over much. Have two people of the board agree first, and
give the code to the new one in person. The organisation's trail says for good that
this was done on the host.

A code counts on the server that made it: where the organisation moves to another
one before it was used (export-organisation), make a new one there.

On the embedded store stop the server first, and start it again afterwards.

Example:
  server recover-admin --host pipalbot.example`
}

// Run makes the code and prints it.
func (c recoverAdminCommand) Run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	return c.recover(ctx, s, os.Stdout)
}

func (c recoverAdminCommand) recover(ctx context.Context, s settings, out io.Writer) error {
	if err := thereIsData(s); err != nil {
		return err
	}
	h, err := alone(ctx, s)
	if err != nil {
		return err
	}
	code, err := h.newAdministrator(ctx, c.Host)
	if err = errors.Join(err, h.close()); err != nil {
		return err
	}
	fmt.Fprintf(out, `Whoever types this code on the page /invited of %s within a day
administers the organisation from then on:

    %s

It works once, on this server alone: not after the organisation was moved to another.
It is not shown again; a new one takes its place.
`, c.Host, code)
	return nil
}

// newAdministrator makes the code for the organisation of a host name.
func (h *house) newAdministrator(ctx context.Context, host string) (string, error) {
	org, err := h.nouns.Organisations.ByHost(ctx, host)
	if errors.Is(err, organisation.ErrNone) {
		if _, closed := h.nouns.Organisations.AtHost(ctx, host); closed == nil {
			return "", fmt.Errorf("the organisation at %s is closed: open it first (server close-organisation --open)", host)
		}
		return "", fmt.Errorf("no organisation here is reached as %s", host)
	}
	if err != nil {
		return "", err
	}
	return h.nouns.Founders.InviteAdministrator(ctx, org)
}
