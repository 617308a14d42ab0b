package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"chautari/models/clock"
	"chautari/models/seal"
	"chautari/models/store/sqlite"
)

// whereSettings is said of commands that have no settings on their line.
const whereSettings = "Settings come from the environment: `server --help` lists them."

type initCommand struct{}

// Help is shown by --help.
func (initCommand) Help() string { return whereSettings }

// Run makes the key file. It never replaces one.
func (initCommand) Run() error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	if s.keyElsewhere() {
		return errKeyElsewhere
	}
	if _, err := os.Stat(s.dataFile()); err == nil && !s.onMongo() {
		if _, err := os.Stat(s.KeyFile); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s holds data already, which a new key could not open: bring your copy of its key file back to %s", s.DataDir, s.KeyFile)
		}
	}
	if err := makeKey(s.KeyFile); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("there is a key file at %s already; it is left as it is", s.KeyFile)
		}
		return err
	}
	fmt.Printf(keyAdvice, s.KeyFile)
	return nil
}

type serveCommand struct{}

// Help is shown by --help.
func (serveCommand) Help() string { return whereSettings }

// Run serves an installation whose key file exists.
func (serveCommand) Run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	return serve(ctx, s)
}

type runCommand struct{}

// Help is shown by --help.
func (runCommand) Help() string { return whereSettings }

// Run makes the key file of a new installation, and serves. It refuses to make
// a new key beside old data, which that key could not open.
func (runCommand) Run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	if s.keyElsewhere() { // a key that is kept elsewhere was made already
		return serve(ctx, s)
	}
	_, noKey := os.Stat(s.KeyFile)
	_, noData := os.Stat(filepath.Join(s.DataDir, "data.db"))
	if errors.Is(noKey, fs.ErrNotExist) {
		if s.onMongo() { // whether there is old data is not known without the key
			return fmt.Errorf("there is no key file at %s; on MongoDB, make it with `server init`, or bring your copy back there", s.KeyFile)
		}
		if noData == nil {
			return fmt.Errorf("%s holds data, but its key file is not at %s: bring your copy back there", s.DataDir, s.KeyFile)
		}
		if err := makeKey(s.KeyFile); err != nil {
			return err
		}
		fmt.Printf(keyAdvice, s.KeyFile)
	}
	return serve(ctx, s)
}

func serve(ctx context.Context, s settings) error {
	master, err := s.openKey(ctx)
	if err != nil {
		return err
	}
	h, err := build(ctx, s, master, clock.System{}, newLog(s))
	switch {
	case errors.Is(err, sqlite.ErrInUse):
		return fmt.Errorf("%s is in use by another process: a server runs on it already. Stop that one, or set DATA_DIR to another folder", s.DataDir)
	case errors.Is(err, seal.ErrOtherKey):
		return otherKey(s)
	case err != nil:
		return err
	}
	listener, err := h.listen()
	if err != nil {
		return errors.Join(err, h.close())
	}
	code, err := h.nouns.Founders.NewCode(ctx)
	if err != nil {
		return errors.Join(err, h.close())
	}
	if code != "" {
		fmt.Printf("\nThis server has no organisation yet. Open %s/begin within a day\nand type this code, which works once:\n\n    %s\n\n", s.foundAt(), code)
	}
	return h.serve(ctx, listener)
}

// listen takes the port, before anything is printed that leans on it.
func (h *house) listen() (net.Listener, error) {
	listener, err := net.Listen("tcp", h.settings.listenOn())
	if err != nil {
		return nil, fmt.Errorf("cannot listen: %w; %s", err, unheard(err))
	}
	secured, err := h.settings.secured(listener)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	if h.settings.exposed() && !h.settings.loopback() {
		fmt.Fprint(os.Stderr, plainWarning)
	}
	for _, words := range h.settings.laidOpen() {
		fmt.Fprintln(os.Stderr, words)
	}
	return secured, nil
}

// unheard says what to do where a port can't be had.
func unheard(err error) string {
	switch {
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return "this machine has no such address. Set ADDRESS to one that it has"
	case errors.Is(err, syscall.EACCES):
		return "ports below 1024 are not for every account. Set PORT to another, or put a proxy in front"
	}
	return "is something else on this port? Set PORT to another"
}

// grace is how long running requests may take to end when the server stops: a
// little more than any of them may work.
const grace = 15 * time.Second

// serve listens until ctx ends. Then /readyz says so, for as long as the
// settings give a proxy to notice; then the door is shut and what came in by
// then is finished; and the stores close last, after all that uses them.
func (h *house) serve(ctx context.Context, listener net.Listener) error {
	if err := h.replay(ctx); err != nil {
		return errors.Join(err, listener.Close(), h.close())
	}
	stopTelling, err := h.metrics.tell(h.settings, func(err error) { h.log.Error("metrics", "err", err) })
	if err != nil {
		return errors.Join(err, listener.Close(), h.close())
	}
	shutDoor := h.openDoor()
	app := h.app()
	app.Server().CloseOnShutdown = true // whoever keeps a connection open is told to leave it
	jobs, stopJobs := context.WithCancel(ctx)
	ending := make(chan struct{})
	go func() { h.jobs(jobs); close(ending) }()
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(listener) }()
	fmt.Printf("ready %s\n", h.settings.url())
	select {
	case err = <-ended:
	case <-ctx.Done():
		h.stopping.Store(true)
		err = h.noticed(ended)
		err = errors.Join(err, app.ShutdownWithTimeout(grace))
	}
	stopJobs()
	<-ending
	return errors.Join(err, shutDoor(), stopTelling(), h.close())
}

// noticed waits while whoever sends requests here can see that it stops.
func (h *house) noticed(ended <-chan error) error {
	if h.settings.StopNotice <= 0 {
		return nil
	}
	wait := time.NewTimer(h.settings.StopNotice)
	defer wait.Stop()
	select {
	case err := <-ended:
		return err
	case <-wait.C:
		return nil
	}
}
