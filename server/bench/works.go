package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"chautari/models/member"
)

// The works by the names they have in the table.
const (
	sessionAndMine = "session + my record, both requests"
	sessionAlone   = "session alone"
	mineAlone      = "my record alone"
	firstPage      = "first page of my group's members"
	ownSessions    = "my upcoming meetings"
	openSlots      = "open slots, two weeks, all supporters"
	bookOrCancel   = "book or cancel, one request"
	bookAndCancel  = "book + cancel, both requests"
	applyOrLeave   = "apply or withdraw, one request"
	sendGrievance  = "send a grievance"
	readDesk       = "the desk"
	search         = "search in all groups, both scripts"
	registration   = "registration"
)

// site is a running server, the product or the thin one, and who is signed in
// there: sessions of members, and of coordinators with their groups.
type site struct {
	process      *process
	thin         bool
	members      []string
	coordinators []string
	groups       []string
	over         string // session of the coordinator over all groups
	seconds      int    // that each measurement takes, with its warm-up
}

// kind is one work: its name, and what the numbered client does over a connection.
type kind struct {
	name    string
	prepare func(c *connection, i int) (work, error)
	steps   []string      // what a client does in turn, where each step is a unit of its own
	ripen   time.Duration // how long what was prepared has to lie
}

// load measures works one after another and notes how fast each was.
func (b *bench) load(ctx context.Context, s *site, size int, kinds ...kind) error {
	for _, k := range kinds {
		if !strings.Contains(k.name, b.Works) {
			continue
		}
		clients := make([]work, b.Clients)
		for i := range clients {
			c, err := dial(s.process.address, 0)
			if err != nil {
				return err
			}
			defer c.close()
			if clients[i], err = k.prepare(c, i); err != nil {
				return fmt.Errorf("%s: %w", k.name, err)
			}
		}
		if err := rest(ctx, k.ripen); err != nil {
			return err
		}
		before, err := s.process.cpu()
		if err != nil {
			return err
		}
		out := measure(ctx, warmUp, b.length(), max(len(k.steps), 1), clients)
		after, err := s.process.cpu()
		if err != nil {
			return err
		}
		out.cpu = (after - before) / time.Duration(max(out.done, 1))
		out.work, out.size, out.thin = k.name, size, s.thin
		for i := range out.parts {
			out.parts[i].work = k.steps[i]
		}
		b.speeds = append(b.speeds, out)
		progress("%6d members: %s: %.0f/s", size, k.name, out.rate)
	}
	return ctx.Err()
}

func rest(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// repeat does the same requests in turn; all of them are one unit.
func repeat(c *connection, requests ...[]byte) (work, error) {
	return func() error {
		for _, r := range requests {
			if err := c.do(r, 200); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// everything is all that the thin server does too.
func (s *site) everything() []kind { return append(s.reads(), s.jobs()...) }

// reads are the works that change nothing.
func (s *site) reads() []kind {
	own := func(name string, paths ...string) kind {
		return kind{name: name, prepare: func(c *connection, i int) (work, error) {
			requests := make([][]byte, len(paths))
			for r, path := range paths {
				requests[r] = get(s.process.address, path, s.member(i))
			}
			return repeat(c, requests...)
		}}
	}
	hers := func(name, path string, grouped bool) kind {
		return kind{name: name, prepare: func(c *connection, i int) (work, error) {
			g, to := i%len(s.groups), path
			if grouped {
				to += s.groups[g]
			}
			return repeat(c, get(s.process.address, to, s.coordinators[g]))
		}}
	}
	return []kind{
		own(sessionAndMine, "/api/session", "/api/me"),
		own(sessionAlone, "/api/session"),
		own(mineAlone, "/api/me"),
		hers(firstPage, "/api/members?group=", true),
		own(ownSessions, "/api/support/sessions"),
		own(openSlots, "/api/support/slots"),
		hers(readDesk, "/api/desk", false),
	}
}

func (s *site) member(i int) string { return s.members[i%len(s.members)] }

// product fills an installation, serves it, and measures all works on it.
func (b *bench) product(ctx context.Context, size int) (*installation, error) {
	progress("%6d members: filling", size)
	place, err := fill(ctx, b.sub(size), size, b.Clients)
	if err != nil {
		return nil, err
	}
	s, err := b.open(ctx, place)
	if err != nil {
		return nil, err
	}
	err = b.works(ctx, s, place, size)
	return place, errors.Join(err, s.process.stop())
}

func (b *bench) works(ctx context.Context, s *site, place *installation, size int) error {
	m := memory{size: size, startUp: s.process.startUp}
	var err error
	if m.fresh, err = s.process.held(); err != nil {
		return err
	}
	if err := s.enterAll(place); err != nil {
		return err
	}
	// One look at a list and one search, so that the index of names is there as on any working day.
	c, err := dial(s.process.address, 0)
	if err != nil {
		return err
	}
	defer c.close()
	look, _ := repeat(c, get(s.process.address, "/api/members", s.over), s.searchFor("Sita"))
	if err := look(); err != nil {
		return err
	}
	if m.idle, err = b.settled(ctx, s.process); err != nil {
		return err
	}
	if err := s.process.forgetPeak(); err != nil {
		return err
	}
	all := append(s.everything(),
		kind{name: search, prepare: s.searching},
		kind{name: registration, prepare: func(_ *connection, i int) (work, error) { return s.registering(i), nil }},
	)
	if err := b.load(ctx, s, size, all...); err != nil {
		return err
	}
	if m.peak, err = s.process.held(); err != nil {
		return err
	}
	if m.after, err = b.settled(ctx, s.process); err != nil {
		return err
	}
	b.memory = append(b.memory, m)
	return nil
}

func (s *site) searchFor(query string) []byte {
	return get(s.process.address, "/api/members?q="+url.QueryEscape(query), s.over)
}

// queries is how many different ones are searched for: all that they find is
// less than what somebody may open within an hour.
const queries = 30

// searching goes through the same queries, each client from a place of its own.
func (s *site) searching(c *connection, i int) (work, error) {
	who, at := newPeople(0), i
	requests := make([][]byte, queries)
	for r := range requests {
		requests[r] = s.searchFor(who.query())
	}
	return func() error {
		at++
		return c.do(requests[at%len(requests)], 200)
	}, nil
}

// perNetwork is how many registrations come from one neighbourhood before the
// next one has its turn: a network that registers many is slowed down.
const perNetwork = 150

// registering sends applications, each with a key of its own.
func (s *site) registering(client int) work {
	var c *connection
	sent := 0
	who := newPeople(uint64(client))
	return func() error {
		if sent%perNetwork == 0 {
			if c != nil {
				c.close()
			}
			var err error
			if c, err = dial(s.process.address, 1+client<<8+sent/perNetwork); err != nil {
				return err
			}
		}
		sent++
		body, err := json.Marshal(member.Registration{
			Alias: who.name(), Group: &s.groups[client%len(s.groups)], Language: "en", Passphrase: phrase, Consents: consents(),
		})
		if err != nil {
			return err
		}
		return c.do(post(s.process.address, "/api/registrations", "", "application/json", body), 201)
	}
}
