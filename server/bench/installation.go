package main

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"time"
)

func (b *bench) sub(size int) string { return filepath.Join(b.folder, strconv.Itoa(size)) }

// open serves an installation and signs the coordinator over all groups in.
func (b *bench) open(ctx context.Context, place *installation) (*site, error) {
	p, err := start(ctx, b.Server, "serve", "DATA_DIR="+place.data, "KEY_FILE="+place.key)
	if err != nil {
		return nil, err
	}
	s := &site{process: p, seconds: b.Seconds + 1}
	if s.over, err = enter(p.address, place.coordinator); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return s, nil
}

// enterAll signs everybody in who takes part in the load.
func (s *site) enterAll(place *installation) error {
	for _, m := range place.members {
		session, err := enter(s.process.address, m)
		if err != nil {
			return err
		}
		s.members = append(s.members, session)
	}
	for _, c := range place.coordinators {
		session, err := enter(s.process.address, c)
		if err != nil {
			return err
		}
		s.coordinators, s.groups = append(s.coordinators, session), append(s.groups, c.group)
	}
	return nil
}

// settled is the resident memory after some seconds in which nobody asked for
// anything, in which freed memory goes back to the system.
func (b *bench) settled(ctx context.Context, p *process) (resident, error) {
	if err := rest(ctx, time.Duration(b.Settle)*time.Second); err != nil {
		return resident{}, err
	}
	return p.held()
}
