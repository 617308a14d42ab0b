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
	return `An account, what opens it, a second factor or a request of two people that something
else than the server wrote counts for nothing, and "server audit verify" names it. That
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
var errNothingThere = errors.New("nothing stands there: copy both words from what `server audit verify` prints")

func (h *house) acceptIn(ctx context.Context, of *store.Spec, c acceptCommand, out io.Writer) error {
	spaces, err := h.nouns.Organisations.Spaces(ctx)
	if err != nil {
		return err
	}
	for _, space := range spaces {
		found, err := h.data.Engine().Reader().Get(ctx, of, space, c.ID)
		if errors.Is(err, store.ErrAbsent) {
			continue
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s %s, written last on %s, says:\n", of.Name, c.ID, found.Changed.Format("2006-01-02"))
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
	return errNothingThere
}

// plainly lists what a document says that isn't sealed, hashed or technical.
func plainly(body bson.Raw) (lines []string) {
	elements, _ := body.Elements()
	for _, e := range elements {
		var said []string
		v := e.Value()
		values := []bson.RawValue{v}
		if list, ok := v.ArrayOK(); ok {
			values, _ = list.Values()
		}
		for _, v := range values {
			if text, ok := v.StringValueOK(); ok && !strings.HasSuffix(e.Key(), "_key") {
				said = append(said, text)
			}
			if yes, ok := v.BooleanOK(); ok {
				said = append(said, fmt.Sprint(yes))
			}
		}
		if e.Key() != "_id" && len(said) > 0 {
			lines = append(lines, fmt.Sprintf("%s: %.200s", e.Key(), strings.Join(said, ", ")))
		}
	}
	return lines
}
