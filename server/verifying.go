package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// verifying is one run over the trails of a store.
type verifying struct {
	settings settings
	data     *store.Store
	seals    *seal.Keys
	clock    clock.Clock
	sealing  bool // by this process, which is the server
	out      io.Writer
	progress io.Writer
}

func newStore(e store.Engine) *store.Store { return store.New(e, clock.System{}) }

// errNotSealed is what a run ends with that found something.
var errNotSealed = errors.New("not all is as it was written: docs/runbook.md says what to do now")

// most is how many findings are printed of one organisation.
const most = 100

// foundWords say what each finding is.
var foundWords = map[string]string{
	audit.EntryChanged:  "an entry was changed",
	audit.EntryRemoved:  "an entry was removed",
	audit.EntryAdded:    "an entry is in no block: it was added later",
	audit.EntryRepeated: "an entry is in two blocks",
	audit.EntryWaits:    "an entry is in no block, and should have been long ago",
	audit.PrunedEarly:   "it says that the time of entries is over too early",
	audit.Reordered:     "its order was changed",
	audit.BlockChanged:  "the block was changed, or wasn't made with the key",
	audit.BlockMissing:  "the block is missing",
	audit.BlockUnlinked: "the block doesn't follow on the one before it",
	audit.TailCut:       "the trail ends before this block: its tail was cut",
	audit.CopyDiffers:   "the copy has another block here",
	audit.CopyLacks:     "the copy lacks this block",
	audit.CopyChanged:   "the block was changed in the copy",
	audit.CopyBroken:    "the copy can't be read here",
}

// all goes through every organisation.
func (v verifying) all(ctx context.Context, c verifyCommand) error {
	heads := map[string]audit.Head{}
	for _, line := range c.Head {
		org, head, _ := strings.Cut(line, "=")
		h, err := audit.ParseHead(head)
		if err != nil {
			return err
		}
		heads[org] = h
	}
	against, closing, err := v.settings.auditCopy(ctx, c.Copy, audit.OpenFolder)
	if err != nil {
		return fmt.Errorf("the copy: %w", err)
	}
	orgs, err := organisation.New(v.data, clock.System{}).Spaces(ctx)
	if err != nil {
		return errors.Join(err, closing())
	}
	for org := range heads {
		if !slices.Contains(orgs, org) {
			return errors.Join(fmt.Errorf("--head: no organisation here has the id %.60q: was one removed, or is it mistyped?", org), closing())
		}
	}
	if against == nil {
		fmt.Fprintln(v.out, "there is no copy to compare with: set AUDIT_COPY, or name one with --copy")
	}
	found, err := v.documents(ctx)
	if err != nil {
		return errors.Join(err, closing())
	}
	n, err := v.rights(ctx, orgs)
	if err != nil {
		return errors.Join(err, closing())
	}
	found += n
	for _, org := range orgs {
		n, err := v.one(ctx, org, audit.Against{Copy: against, Head: heads[org], Now: v.clock.Now(), Sealing: v.sealing})
		if err != nil {
			return errors.Join(err, closing())
		}
		found += n
	}
	if found > 0 {
		err = errNotSealed
	}
	return errors.Join(err, closing())
}

// documents prints what isn't as it should be in the documents of the trails, in
// what gives rights, and in the indexes by which both are found: an entry that no
// index shows is as good as gone, and a sign-in name could lead to another's account. Indexes on MongoDB are made by the database itself.
func (v verifying) documents(ctx context.Context) (int, error) {
	engine, ok := v.data.Engine().(interface {
		VerifyCollections(ctx context.Context, of ...*store.Spec) ([]string, error)
	})
	if !ok {
		fmt.Fprintln(v.out, "indexes are the database's own, and not looked at")
		return 0, nil
	}
	looked := audit.Specs()
	for _, s := range specs() {
		if s.Guarded {
			looked = append(looked, s)
		}
	}
	wrong, err := engine.VerifyCollections(ctx, looked...)
	for _, w := range wrong {
		fmt.Fprintln(v.out, "  FOUND "+w)
	}
	return len(wrong), err
}

// rights prints what gives rights, of whatever space, and isn't as it was written.
func (v verifying) rights(ctx context.Context, spaces []string) (found int, err error) {
	guarded := v.data.GuardedBy(v.seals.Guard(organisation.Shown, nil))
	for _, space := range spaces {
		err := guarded.EachForged(ctx, specs(), space, func(collection, id string) {
			if found++; found <= most {
				fmt.Fprintf(v.out, "  FOUND %s %s: it gives rights, and was changed or laid there by something else than the server\n", collection, id)
			}
		})
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// one prints what is found in the trail of one organisation.
func (v verifying) one(ctx context.Context, org string, against audit.Against) (int, error) {
	told := 0
	got, err := audit.ChainOf(v.seals).Verify(ctx, v.data.Org(org), against, func(done int) {
		if done-told >= 50_000 {
			told = done
			fmt.Fprintf(v.progress, "%s: %d looked at\n", org, done)
		}
	})
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(v.out, "%s: %d blocks, %d entries as they were sealed, %d not sealed yet, %d gone because their time is over\n",
		org, got.Blocks, got.Entries, got.Unsealed, got.Pruned)
	if got.Before != "" {
		fmt.Fprintf(v.out, "  their time is over: entries of days before %s\n", got.Before)
	}
	if got.Uncopied > 0 {
		fmt.Fprintf(v.out, "  not copied yet: %d blocks\n", got.Uncopied)
	}
	for _, l := range got.Lost {
		fmt.Fprintf(v.out, "  given up when a backup was brought back: blocks %d to %d\n", l.From, l.Until)
	}
	for i, f := range got.Findings {
		if i == most {
			fmt.Fprintf(v.out, "  and %d more\n", len(got.Findings)-most)
			break
		}
		fmt.Fprintln(v.out, "  FOUND "+whereOf(f)+": "+foundWords[f.Kind]+dayOf(f))
	}
	if got.Head.Seq > 0 {
		fmt.Fprintf(v.out, "  head %s=%s\n", org, got.Head)
	}
	return len(got.Findings), nil
}

func dayOf(f audit.Finding) string {
	if f.Day == "" {
		return ""
	}
	return fmt.Sprintf(" (before %.10q)", f.Day) // whoever wrote it may have written anything
}

func whereOf(f audit.Finding) string {
	switch {
	case f.Where != "":
		return f.Where
	case f.Until > f.Seq:
		return fmt.Sprintf("blocks %d to %d", f.Seq, f.Until)
	case f.Entry != "" && f.Seq > 0:
		return fmt.Sprintf("block %d, entry %s", f.Seq, f.Entry)
	case f.Entry != "":
		return "entry " + f.Entry
	}
	return fmt.Sprintf("block %d", f.Seq)
}

// verifyAt is where the running server verifies, at its socket.
const verifyAt = "/verify"

// verified is the last line of what it sends when all is well.
const verified = "all is as it was sealed"

// askServer has the running server do it, which has the embedded store open.
func (c verifyCommand) askServer(ctx context.Context, s settings, out io.Writer) error {
	client := http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", s.door())
		},
	}}
	q := url.Values{"copy": {c.Copy}, "head": c.Head}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://server"+verifyAt+"?"+q.Encode(), nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(r)
	if err != nil {
		return errors.New("another program has the store open, and it is no server that verifies: stop it first")
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	last := ""
	for lines.Scan() {
		if last = lines.Text(); last != verified && last != errNotSealed.Error() {
			fmt.Fprintln(out, last)
		}
	}
	switch {
	case lines.Err() != nil:
		return lines.Err()
	case last == errNotSealed.Error():
		return errNotSealed
	case last != verified:
		return errors.New("the server could not verify to the end")
	}
	return nil
}

// verifyHere answers askServer.
func (h *house) verifyHere(w http.ResponseWriter, r *http.Request) {
	var said bytes.Buffer
	q := r.URL.Query()
	v := verifying{
		settings: h.settings, data: h.data, seals: h.seals, clock: h.clock, sealing: true, out: &said, progress: io.Discard,
	}
	switch err := v.all(r.Context(), verifyCommand{Copy: q.Get("copy"), Head: q["head"]}); {
	case err == nil:
		fmt.Fprintln(&said, verified)
	default:
		fmt.Fprintln(&said, err)
	}
	_, _ = w.Write(said.Bytes())
}
