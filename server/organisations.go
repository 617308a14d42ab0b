package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"chautari/models/account"
	"chautari/models/clock"
	"chautari/models/founding"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/sqlite"
)

type createOrganisationCommand struct {
	Name     string `xor:"what" placeholder:"NAME" help:"What the organisation is called; its first administrator may change it. Left out with --withdraw alone."`
	Host     string `required:"" placeholder:"HOST" help:"Host name under which it will be reached, such as pipalbot.example."`
	Language string `default:"ne" enum:"ne,en,nb" help:"Language of the name: ne, en or nb."`
	Withdraw bool   `xor:"what" help:"Take the code of this host name back."`
}

// Help is shown by --help.
func (createOrganisationCommand) Help() string {
	return `For another organisation on this server, walled off from those that are there. It
makes a code that works once, within a day. Whoever types it on the page /begin of
that host name founds the organisation and administers it; from her page she then
invites its board, its focal point and its coordinator. Until then nobody else finds
anything at that host name. Run again, it makes a new code in place of the old one;
with --withdraw it takes the code back.

The host name must lead to this server, and its proxy needs a certificate for it.

On the embedded store stop the server first, and start it again afterwards.

Examples:
  server create-organisation --name पिपलबोट --host pipalbot.example
  server create-organisation --host pipalbot.example --withdraw`
}

// Validate wants a name where a code is to be made.
func (c createOrganisationCommand) Validate() error {
	if c.Name == "" && !c.Withdraw {
		return errors.New("say what the organisation is called (--name), or --withdraw to take a code back")
	}
	return nil
}

// Run makes the code and prints it.
func (c createOrganisationCommand) Run(ctx context.Context) error {
	return onTheHost(ctx, func(h *house) error { return c.create(ctx, h, os.Stdout) })
}

func (c createOrganisationCommand) create(ctx context.Context, h *house, out io.Writer) error {
	if err := isHostName(c.Host); err != nil {
		return err
	}
	if c.Withdraw {
		return c.withdraw(ctx, h, out)
	}
	name := script.Clean(c.Name)
	if name == "" || utf8.RuneCountInString(name) > organisation.LongestName {
		return fmt.Errorf("the name can't be taken: it takes 1 to %d characters", organisation.LongestName)
	}
	code, err := h.nouns.Founders.NewCodeFor(ctx, c.Host, founding.Named(c.Language, name))
	if errors.Is(err, founding.ErrServed) {
		return fmt.Errorf("an organisation is reached as %s already; nothing was changed", c.Host)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, `Whoever types this code on the page /begin of %s within a day
founds the organisation there and administers it:

    %s

It works once. It is not shown again; a new one takes its place.
`, c.Host, code)
	return nil
}

// withdraw takes a code back.
func (c createOrganisationCommand) withdraw(ctx context.Context, h *house, out io.Writer) error {
	was, err := h.nouns.Founders.Withdraw(ctx, c.Host)
	if err != nil {
		return err
	}
	if !was {
		return fmt.Errorf("no code is out for %s; nothing was changed", c.Host)
	}
	fmt.Fprintf(out, "The code of %s is taken back: it opens nothing any more.\n", c.Host)
	return nil
}

// isHostName refuses what no browser would ever ask for, such as a whole address.
func isHostName(name string) error {
	if organisation.HostName(name) == "" || strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("/\\@?#%,*", r) }) {
		return fmt.Errorf("%q is no host name: give the name alone, such as pipalbot.example, without https:// and without a path", name)
	}
	return nil
}

type closeOrganisationCommand struct {
	Host string `required:"" placeholder:"HOST" help:"A host name under which it is reached."`
	Open bool   `help:"Open its door again."`
	Yes  bool   `help:"Do it: without, it is only told what would happen."`
}

// Help is shown by --help.
func (closeOrganisationCommand) Help() string {
	return `Shuts an organisation's door: within a second every instance answers at its host names
as if nobody were there, and every sign-in of its people has ended. Nothing is deleted;
what goes by itself when its time is over still does. --open undoes it: people sign in
again as before.

Tell its people first, and how they reach somebody meanwhile.

On the embedded store stop the server first, and start it again afterwards.

Examples:
  server close-organisation --host pipalbot.example --yes
  server close-organisation --host pipalbot.example --open --yes`
}

// Run shuts the door, or opens it.
func (c closeOrganisationCommand) Run(ctx context.Context) error {
	if !c.Yes {
		return fmt.Errorf("nothing was changed: at %s nobody would be %s; say --yes to do it", c.Host,
			map[bool]string{false: "let in any more", true: "shut out any more"}[c.Open])
	}
	return onTheHost(ctx, func(h *house) error { return c.close(ctx, h, os.Stdout) })
}

func (c closeOrganisationCommand) close(ctx context.Context, h *house, out io.Writer) error {
	org, err := h.nouns.Organisations.AtHost(ctx, c.Host)
	if errors.Is(err, organisation.ErrNone) {
		return fmt.Errorf("no organisation here is reached as %s", c.Host)
	}
	if err != nil {
		return err
	}
	if !c.Open {
		if err := h.nouns.Organisations.SetClosed(ctx, org, true); err != nil {
			return err
		}
	}
	// On opening once more: somebody may have signed in while the door was being shut.
	ended, err := h.endSessions(ctx, org)
	if err != nil {
		return err
	}
	if c.Open {
		if err := h.nouns.Organisations.SetClosed(ctx, org, false); err != nil {
			return err
		}
		fmt.Fprintf(out, "The organisation at %s is open again.\n", c.Host)
		return nil
	}
	fmt.Fprintf(out, "The organisation at %s is closed, and %d sign-ins have ended. Nothing was deleted.\n", c.Host, ended)
	return nil
}

// endSessions ends every sign-in of an organisation and says how many there were.
func (h *house) endSessions(ctx context.Context, org string) (ended int, err error) {
	for n := store.MaxLimit; n == store.MaxLimit; ended += n {
		err := h.data.Org(org).Tx(ctx, func(tx *store.Tx) (err error) {
			n, err = account.EndSessions(ctx, tx, store.MaxLimit)
			return err
		})
		if err != nil {
			return ended, err
		}
	}
	return ended, nil
}

// onTheHost does something with the house of this installation, no server being on it.
func onTheHost(ctx context.Context, do func(*house) error) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	h, err := alone(ctx, s)
	if err != nil {
		return err
	}
	return errors.Join(do(h), h.close())
}

// alone builds the house of an installation that no server is on.
func alone(ctx context.Context, s settings) (*house, error) {
	master, err := s.openKey(ctx)
	if err != nil {
		return nil, err
	}
	h, err := build(ctx, s, master, clock.System{}, newLog(s))
	switch {
	case errors.Is(err, sqlite.ErrInUse):
		return nil, errStopFirst
	case errors.Is(err, seal.ErrOtherKey):
		return nil, otherKey(s)
	}
	return h, err
}
