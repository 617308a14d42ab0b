package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/access"
	"chautari/models/store"
)

type acceptCommand struct {
	Collection string `arg:"" help:"What verify named first, such as accounts."`
	ID         string `arg:"" help:"What it named then, such as acc_k3v9…"`
	AsItStands bool   `help:"Let it count from now on. Without this it is shown alone."`
}

// Help is shown by --help.
func (acceptCommand) Help() string {
	return `An account, a second factor, a request of two people, a grievance or the like that
something else than the server wrote counts for nothing, and "server audit verify" names it. That
is so after somebody changed the database, and after a disk damaged it. This shows
what it says; with --as-it-stands it counts again.

Do it only when you know what happened, with somebody of the board beside you: roles
that stand there count then, whoever wrote them. Where a backup from before is at hand,
restore that instead. The organisation's trail says for good that it was done.

On the embedded store stop the server first, and start it again afterwards.

Examples:
  server audit accept accounts acc_k3v9…
  server audit accept accounts acc_k3v9… --as-it-stands`
}

// Run shows it, and lets it count where that is asked for.
func (c acceptCommand) Run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	return c.accept(ctx, s, os.Stdout)
}

func (c acceptCommand) accept(ctx context.Context, s settings, out io.Writer) error {
	at := slices.IndexFunc(specs(), func(of *store.Spec) bool { return of.Guarded && of.Name == c.Collection })
	if at < 0 {
		return fmt.Errorf("%.40q is none of: %s", c.Collection, strings.Join(guardedNames(), ", "))
	}
	if err := thereIsData(s); err != nil {
		return err
	}
	h, err := alone(ctx, s)
	if err != nil {
		return err
	}
	return errors.Join(h.acceptIn(ctx, specs()[at], c, out), h.close())
}

func guardedNames() (names []string) {
	for _, s := range specs() {
		if s.Guarded {
			names = append(names, s.Name)
		}
	}
	return names
}

// errNothingThere: verify named something else, or it is mistyped.
var errNothingThere = errors.New("nothing of that name counts for nothing: copy both words from what `server audit verify` prints")

// acceptIn goes through all spaces: somebody's twin has her account's id.
func (h *house) acceptIn(ctx context.Context, of *store.Spec, c acceptCommand, out io.Writer) error {
	spaces, err := h.nouns.Organisations.Spaces(ctx)
	if err != nil {
		return err
	}
	found := false
	for _, space := range spaces {
		var forged bool
		err := h.data.Org(space).Tx(ctx, func(tx *store.Tx) (err error) {
			forged, err = tx.IsForged(ctx, of, c.ID)
			return err
		})
		if err != nil {
			return err
		}
		if !forged {
			continue
		}
		found = true
		if err := h.acceptOne(ctx, of, space, c, out); err != nil {
			return err
		}
	}
	if !found {
		return errNothingThere
	}
	return nil
}

func (h *house) acceptOne(ctx context.Context, of *store.Spec, space string, c acceptCommand, out io.Writer) error {
	found, err := h.data.Engine().Reader().Get(ctx, of, space, c.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %s %s, written last on %s, says:\n", space, of.Name, c.ID, found.Changed.Format("2006-01-02"))
	for _, line := range plainly(found.Body) {
		fmt.Fprintln(out, "  "+line)
	}
	if !c.AsItStands {
		fmt.Fprintln(out, "Nothing was changed. Say --as-it-stands to let it count.")
		return nil
	}
	err = h.data.Org(space).Tx(ctx, func(tx *store.Tx) error {
		if err := tx.MarkAnew(ctx, of, c.ID); err != nil {
			return err
		}
		return h.nouns.Organisations.Log().Did(ctx, tx, access.HostIn(space), access.ManageSetup, []string{c.ID}, "mark")
	})
	if err == nil {
		fmt.Fprintln(out, "It counts from now on.")
	}
	return err
}

// plainly lists what a document says, each value once and quoted, so that nothing
// in it can be mistaken for a line of this program; what is sealed, hashed or of
// several parts is named and not shown.
func plainly(body bson.Raw) (lines []string) {
	elements, _ := body.Elements()
	var hidden []string
	for _, e := range elements {
		v := e.Value()
		values := []bson.RawValue{v}
		if list, ok := v.ArrayOK(); ok {
			values, _ = list.Values()
		}
		var said []string
		for _, v := range values {
			text := ""
			if s, ok := v.StringValueOK(); ok && !strings.HasSuffix(e.Key(), "_key") {
				text = fmt.Sprintf("%q", s)
			} else if yes, ok := v.BooleanOK(); ok {
				text = fmt.Sprint(yes)
			}
			if text != "" && !slices.Contains(said, text) {
				said = append(said, text)
			}
		}
		switch {
		case e.Key() == "_id", len(values) == 0:
		case len(said) > 0:
			lines = append(lines, fmt.Sprintf("%q: %s", e.Key(), strings.Join(said, ", ")))
		default:
			hidden = append(hidden, fmt.Sprintf("%q", e.Key()))
		}
	}
	if len(hidden) > 0 {
		lines = append(lines, "not shown: "+strings.Join(hidden, ", "))
	}
	return lines
}
