//go:build !production

package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/seal"
)

// sampleRegister is an old register of invented people, as messy as real ones.
//
//go:embed sample/old-register.xlsx
var sampleRegister []byte

type demoCommand struct{}

// Help is shown by --help.
func (demoCommand) Help() string { return whereSettings }

// Run fills a fresh store and serves it. Without DATA_DIR everything lies in a
// temporary folder that goes when the server stops.
func (demoCommand) Run(ctx context.Context) (err error) {
	s, err := readSettings()
	if err != nil {
		return err
	}
	s.CarrierSettings = s.hereOnly()
	s.MongoURI, s.MongoURIFile = "", "" // invented people are for no database of a real house
	if s.DataDir == "" {
		if s.DataDir, err = os.MkdirTemp("", "chautari-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(s.DataDir)) }()
	}
	if err := unused(s.DataDir); err != nil {
		return err
	}
	// The demo's key lives in memory only: what it sealed is gone with it.
	content, err := seal.NewKeyFile()
	if err != nil {
		return err
	}
	master, err := seal.OpenMaster(content)
	if err != nil {
		return err
	}
	c := newDemoClock()
	h, err := build(ctx, s, master, c, newLog(s))
	if err != nil {
		return err
	}
	listener, err := h.listen()
	if err != nil {
		return errors.Join(err, h.close())
	}
	h.nouns.Registers.Sample = sampleRegister
	signIns, err := h.fill(ctx, c)
	if err != nil {
		return errors.Join(err, h.close())
	}
	if err := printSignIns(os.Stdout, signIns); err != nil {
		return errors.Join(err, h.close())
	}
	if s.Credentials != "" {
		if err := writeSignIns(s.Credentials, signIns); err != nil {
			return errors.Join(err, h.close())
		}
	}
	return h.serve(ctx, listener)
}

// unused refuses a folder that something lies in, an earlier demo too: its key is gone.
func unused(folder string) error {
	lie, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && len(lie) > 0 {
		err = fmt.Errorf("%s is not empty; the demo wants an empty folder", folder)
	}
	return err
}

// demoSignIn is one printed way in. Nobody else in the demo can sign in.
type demoSignIn struct {
	Role         access.Role `json:"role"`
	Of           string      `json:"of,omitempty"` // the groups she looks after, or another word to tell her by
	Handle       string      `json:"handle"`
	Passphrase   string      `json:"passphrase"`
	TotpSecret   string      `json:"totpSecret,omitempty"`
	Organisation string      `json:"organisation"`
	Address      string      `json:"address"`
}

func printSignIns(w io.Writer, list []demoSignIn) error {
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintln(t, "\nThese people are invented. Sign in with:\n\nrole\tof\tname\tpassphrase\torganisation\taddress")
	for _, s := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", s.Role, s.Of, s.Handle, s.Passphrase, s.Organisation, s.Address)
	}
	fmt.Fprintln(t)
	return t.Flush()
}

func writeSignIns(path string, list []demoSignIn) error {
	content, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o600)
}

// demoClock stands in the past while the demo's year is filled in, and then
// turns into the machine's own.
type demoClock struct {
	past *clock.Fake
	live atomic.Bool
}

// demoWeeks is how many weeks the invented organisation has been at work, this one being the last.
const (
	demoWeeks = 53
	demoYear  = (demoWeeks - 1) * 7 * 24 * time.Hour
)

func newDemoClock() *demoClock { return &demoClock{past: clock.At(time.Now().Add(-demoYear))} }

// Now is where the clock stands, or after the filling the present instant.
func (c *demoClock) Now() time.Time {
	if c.live.Load() {
		return clock.System{}.Now()
	}
	return c.past.Now()
}

// fill makes the invented organisations and returns who can sign in.
func (h *house) fill(ctx context.Context, c *demoClock) ([]demoSignIn, error) {
	d := &demo{house: h, clock: c, dice: rand.New(rand.NewPCG(2083, 8)), began: calendar.Of(c.Now())}
	if err := d.organisations(ctx); err != nil {
		return nil, err
	}
	if err := d.year(ctx); err != nil {
		return nil, err
	}
	c.live.Store(true)
	if err := d.applicants(ctx); err != nil {
		return nil, err
	}
	slices.SortStableFunc(d.signIns, func(a, b demoSignIn) int {
		return slices.Index(access.Roles, a.Role) - slices.Index(access.Roles, b.Role)
	})
	return d.signIns, nil
}

// demo is the filling while it goes on.
type demo struct {
	*house
	clock   *demoClock
	dice    *rand.Rand
	signIns []demoSignIn

	began       calendar.Date // the first day of its year
	main, small *demoPlace
	support     string // id of the supporting body
}
