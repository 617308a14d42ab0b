package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"chautari/models/access"
	"chautari/models/peersupport"
	"chautari/models/store"
)

// raced is how many clients ended in which way when all ran for few slots.
type raced struct {
	racers, slots int
	booked        int // answered 201
	taken         int // answered 409, support.slot_taken
	other         int // answered anything else
	stored        int // meetings that are booked in the store
	wrong         int // told that she has a meeting that isn't there, or the other way round
	took          time.Duration
	p50, p99      time.Duration
	firstOther    error
}

// perSlot is how many run for each slot, slotsEach how many slots of one
// supporter they run for: fewer than she takes in a week.
const (
	perSlot   = 10
	slotsEach = 10
)

// race has as many members as there are racers run for a tenth as many slots,
// each over a connection of her own, all at once. Afterwards the server is
// stopped, and what each was told is held against what is stored.
func (b *bench) race(ctx context.Context) error {
	if b.Racers < perSlot {
		return nil
	}
	progress("race: %d members run for %d slots", b.Racers, b.Racers/perSlot)
	n, in, err := found(ctx, filepath.Join(b.folder, "race"))
	if err != nil {
		return err
	}
	slots, sessions, err := n.racers(ctx, in, b.Racers)
	if err = errors.Join(err, n.close()); err != nil {
		return err
	}
	p, err := start(ctx, b.Server, "serve", "DATA_DIR="+in.data, "KEY_FILE="+in.key)
	if err != nil {
		return err
	}
	out, told, err := sendAll(p.address, slots, sessions)
	if err = errors.Join(err, p.stop()); err != nil {
		return err
	}
	b.raced = out
	return errors.Join(out.check(ctx, in, told), out.verdict())
}

// racers makes members who are signed in, and finds the slots.
func (n *nouns) racers(ctx context.Context, in *installation, count int) (slots []booking, sessions []string, err error) {
	if err := n.staff(ctx, in); err != nil {
		return nil, nil, err
	}
	wanted := count / perSlot
	if err := n.supporters(ctx, in, (wanted+slotsEach-1)/slotsEach); err != nil {
		return nil, nil, err
	}
	sessions = make([]string, wanted*perSlot)
	var all errgroup.Group
	all.SetLimit(8)
	for i := range sessions {
		all.Go(func() error {
			m, err := n.admit(ctx, in.groups[i%len(in.groups)].id, access.Member)
			if err != nil {
				return err
			}
			token, _, err := n.accounts.SignIn(ctx, n.org, "127.0.0.1", m.handle, phrase)
			sessions[i] = "__Host-s=" + token
			if i == 0 {
				in.members = append(in.members, m)
			}
			return err
		})
	}
	if err := all.Wait(); err != nil {
		return nil, nil, err
	}
	for _, s := range in.supporters {
		free, err := n.free(ctx, in.members[0].actor, s.Person)
		if err != nil {
			return nil, nil, err
		}
		for _, start := range free[hoursTo-hoursFrom:][:slotsEach] { // from tomorrow or so on
			slots = append(slots, booking{start, s.Person})
		}
	}
	return slots[:wanted], sessions, nil
}

// told is what one racer heard: the meeting she has, or none.
type told struct {
	session string
	took    time.Duration
	other   error // neither hers nor taken
}

// sendAll sends all requests at once. The slots come in turn, so that those
// who run for the same one do so from all over the queue.
func sendAll(address string, slots []booking, sessions []string) (*raced, []told, error) {
	connections := make([]*connection, len(sessions))
	requests := make([][]byte, len(sessions))
	for i := range sessions {
		body, err := json.Marshal(slots[i%len(slots)])
		if err != nil {
			return nil, nil, err
		}
		requests[i] = post(address, "/api/support/sessions", sessions[i], "application/json", body)
		if connections[i], err = dial(address, 0); err != nil {
			return nil, nil, err
		}
		defer connections[i].close()
	}
	heard := make([]told, len(sessions))
	gate := make(chan struct{})
	var all sync.WaitGroup
	for i := range sessions {
		all.Go(func() {
			<-gate
			began := time.Now()
			heard[i] = ask(connections[i], requests[i])
			heard[i].took = time.Since(began)
		})
	}
	began := time.Now()
	close(gate)
	all.Wait()
	out := &raced{racers: len(sessions), slots: len(slots), took: time.Since(began)}
	var each []time.Duration
	for _, t := range heard {
		each = append(each, t.took)
		switch {
		case t.session != "":
			out.booked++
		case t.other == nil:
			out.taken++
		default:
			out.other++
			if out.firstOther == nil {
				out.firstOther = t.other
			}
		}
	}
	slices.Sort(each)
	out.p50, out.p99 = quantile(each, 50), quantile(each, 99)
	return out, heard, nil
}

func ask(c *connection, request []byte) (t told) {
	if t.other = c.do(request, 201); t.other == nil {
		var m made
		t.other = c.decode(&m)
		t.session = m.ID
		return t
	}
	var problem struct {
		Code string `json:"code"`
	}
	if c.answer.StatusCode() == 409 && c.decode(&problem) == nil && problem.Code == "support.slot_taken" {
		t.other = nil
	}
	return t
}

// check reads the store and counts what doesn't fit what was told.
func (r *raced) check(ctx context.Context, in *installation, heard []told) error {
	n, err := reopen(ctx, in)
	if err != nil {
		return err
	}
	defer n.close()
	there := map[string]int{} // by slot
	ids := map[string]bool{}
	err = storedSessions.Each(ctx, n.data.Org(n.org), store.Query{Index: "start"}, func(s *peersupport.Session) error {
		if s.State == peersupport.Booked {
			r.stored++
			there[s.Supporter()+s.Start.String()]++
			ids[s.ID] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, times := range there {
		r.wrong += times - 1 // a slot that several have
	}
	for _, t := range heard {
		if t.session != "" && !ids[t.session] {
			r.wrong++
		}
		delete(ids, t.session)
	}
	r.wrong += len(ids) // meetings that nobody was told of
	return nil
}

// verdict is what makes the run fail.
func (r *raced) verdict() error {
	if r.booked == r.slots && r.stored == r.slots && r.taken == r.racers-r.slots && r.wrong == 0 {
		return nil
	}
	return fmt.Errorf("%d slots: %d booked, %d stored, %d told taken, %d other (first: %w), %d told wrongly",
		r.slots, r.booked, r.stored, r.taken, r.other, r.firstOther, r.wrong)
}

func printRace(w io.Writer, r *raced) {
	if r == nil {
		return
	}
	print(w, "Many members run for few slots, all at once", [][]string{
		{"members", "slots", "booked", "told taken", "other", "in the store", "told wrongly", "all within ms", "p50 ms", "p99 ms"},
		{
			fmt.Sprint(r.racers), fmt.Sprint(r.slots), fmt.Sprint(r.booked), fmt.Sprint(r.taken), fmt.Sprint(r.other),
			fmt.Sprint(r.stored), fmt.Sprint(r.wrong), ms(r.took), ms(r.p50), ms(r.p99),
		},
	})
}
