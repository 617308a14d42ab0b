package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"chautari/models/clock"
	"chautari/models/seal"
)

type initCommand struct{}

// Run makes the key file. It never replaces one.
func (initCommand) Run() error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
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
	_, noKey := os.Stat(s.KeyFile)
	_, noData := os.Stat(filepath.Join(s.DataDir, "data.db"))
	if errors.Is(noKey, fs.ErrNotExist) {
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
	master, err := openKey(s.KeyFile)
	if err != nil {
		return err
	}
	h, err := build(ctx, s, master, clock.System{}, newLog())
	if errors.Is(err, seal.ErrOtherKey) {
		return fmt.Errorf("the key file at %s is not the one of the data in %s; nothing was changed: bring the right copy back there", s.KeyFile, s.DataDir)
	}
	if err != nil {
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
		fmt.Printf("\nThis server has no organisation yet. Open %s/begin within a day\nand type this code, which works once:\n\n    %s\n\n", s.url(), code)
	}
	return h.serve(ctx, listener)
}

// listen takes the port, before anything is printed that leans on it.
func (h *house) listen() (net.Listener, error) {
	listener, err := net.Listen("tcp", h.settings.listenOn())
	if err != nil {
		return nil, fmt.Errorf("cannot listen: %w; is something else on this port? Set PORT to another", err)
	}
	return listener, nil
}

// grace is how long running requests may take to end when the server stops.
const grace = 10 * time.Second

// serve listens until ctx ends, then lets running requests end.
func (h *house) serve(ctx context.Context, listener net.Listener) error {
	app := h.app()
	jobs, stopJobs := context.WithCancel(ctx)
	ending := make(chan struct{})
	go func() { h.jobs(jobs); close(ending) }()
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(listener) }()
	fmt.Printf("ready %s\n", h.settings.url())
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		err = app.ShutdownWithTimeout(grace)
	}
	stopJobs()
	<-ending // the stores close after all that uses them
	return errors.Join(err, h.close())
}
