package main

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/store"
)

// insides are parts measured in this process, by calling the nouns, with as
// many callers at once as there are clients.
type insides struct {
	hash      speed            // a passphrase hashed as registration does, in a pool of the same size
	signIns   [2]speed         // with the first and with the second passphrase of one account
	writes    speed            // all that a registration stores, without the hash
	grievance speed            // all that a grievance stores, without the hash of its receipt
	decision  [2]time.Duration // one answer of the policy: for the first time, and again
	page      int64            // transactions of a page on which sealed names of others are opened
	record    int64            // the same of one person's record
}

// inside takes a registration and a grievance apart. Their slow hash can't be
// left out of the real one, on purpose; so what remains is measured by storing
// the same documents in the same transactions: her key, then her consents,
// herself, her account, the trail's entry and the record of the request.
func (b *bench) inside(ctx context.Context) (err error) {
	n, _, err := found(ctx, filepath.Join(b.folder, "inside"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.close()) }()
	if err := b.openings(ctx, n); err != nil {
		return err
	}
	progress("inside: decision, hash, writes of a registration and of a grievance")
	b.parts.decision[0], b.parts.decision[1] = decisions(n.org)
	slow := n.seals.Passphrases()
	b.parts.hash = measure(ctx, warmUp, b.length(), 1, b.all(func() error {
		_, err := slow.Hash(ctx, n.org, phrase, make([]byte, 16))
		return err
	}))
	if err := b.bothPhrases(ctx, n); err != nil {
		return err
	}
	b.parts.writes = measure(ctx, warmUp, b.length(), 1, b.all(func() error { return n.store(ctx) }))
	reader, err := n.wait(ctx, n.root, access.Member, access.FocalPoint)
	if err != nil {
		return err
	}
	b.parts.grievance = measure(ctx, warmUp, b.length(), 1, b.all(func() error { return n.storeGrievance(ctx, reader.Person) }))
	return errors.Join(ctx.Err(), b.parts.hash.first, b.parts.writes.first, b.parts.grievance.first)
}

// secondPhrase leads into the decoy tenant.
const secondPhrase = "cloud book stone horse garden"

// bothPhrases signs one woman in with each of her passphrases: that both take the
// same work is proved by tests, and this shows how long they take.
func (b *bench) bothPhrases(ctx context.Context, n *nouns) error {
	group := n.root
	her, err := n.members.Register(ctx, access.AnonymousIn(n.org), once.Key{}, member.Registration{
		Alias: "Junkiri", Group: &group, Language: "en", Passphrase: phrase, SecondPassphrase: secondPhrase, Consents: consents(),
	})
	if err != nil {
		return err
	}
	for i, words := range []string{phrase, secondPhrase} {
		b.parts.signIns[i] = measure(ctx, warmUp, b.length(), 1, []work{func() error {
			_, _, err := n.accounts.SignIn(ctx, n.org, "127.0.0.1", her.Handle.Reveal(), words)
			return err
		}})
	}
	return errors.Join(b.parts.signIns[0].first, b.parts.signIns[1].first)
}

// openings counts what it costs the disk to hand sealed fields out: the entry in
// the trail has to be kept before.
func (b *bench) openings(ctx context.Context, n *nouns) error {
	coordinator, err := n.wait(ctx, n.root, access.Member, access.Coordinator)
	if err != nil {
		return err
	}
	coordinator.Fresh = true
	var last access.Actor
	for range 30 {
		if last, err = n.wait(ctx, n.root, access.Member); err != nil {
			return err
		}
	}
	before := n.commits.Load()
	if _, _, err := n.members.List(ctx, coordinator, member.Filter{Limit: 25}); err != nil {
		return err
	}
	b.parts.page = n.commits.Load() - before
	if _, err := n.members.Read(ctx, coordinator, last.Person); err != nil {
		return err
	}
	b.parts.record = n.commits.Load() - before - b.parts.page
	return nil
}

func (b *bench) all(do work) []work {
	clients := make([]work, b.Clients)
	for i := range clients {
		clients[i] = do
	}
	return clients
}

// store stores one person and her twin, with no hash made for it.
func (n *nouns) store(ctx context.Context) error {
	person := member.NewPerson()
	keys, err := n.seals.Create(ctx, n.org, person)
	if err != nil {
		return err
	}
	key := keys[0]
	doc, err := n.members.NewCarried(ctx, n.org, key, person, "", 1, member.Carried{Alias: "Junkiri", Group: n.root})
	if err != nil {
		return err
	}
	opening, err := n.accounts.PrepareWaiting(ctx, n.org, person, key, "en", []access.Role{access.Applicant})
	if err != nil {
		return err
	}
	anonymous := access.AnonymousIn(n.org)
	c := clock.System{}
	return n.data.Org(n.org).Tx(ctx, func(tx *store.Tx) error {
		if _, err := consent.Begin(ctx, tx, person, consent.BySelf, consents(), c.Now()); err != nil {
			return err
		}
		if err := n.members.InsertCarried(ctx, tx, doc); err != nil {
			return err
		}
		if err := n.accounts.Open(ctx, tx, key, opening); err != nil {
			return err
		}
		if err := (audit.Log{Clock: c}).Did(ctx, tx, anonymous, access.SendRegistration, []string{person}); err != nil {
			return err
		}
		return once.Remember(ctx, tx, anonymous, once.Key{Value: newKey(), Digest: newKey()}, c.Now(), person)
	})
}

// storeGrievance stores one as its noun does: who reads it is looked up before
// and in the transaction, its key is made in between.
func (n *nouns) storeGrievance(ctx context.Context, reader string) error {
	readers := []access.Role{access.FocalPoint, access.Deputy, access.Board, access.Coordinator}
	if _, err := account.WithRole(ctx, n.data.Org(n.org), readers...); err != nil {
		return err
	}
	c := clock.System{}
	doc := aGrievance(calendar.Of(c.Now()))
	doc.Handler = reader
	keys, err := n.seals.Create(ctx, n.org, doc.ID)
	if err != nil {
		return err
	}
	if doc.Text, err = keys[0].Seal(doc.ID, "text", saidText); err != nil {
		return err
	}
	return n.data.Org(n.org).Tx(ctx, func(tx *store.Tx) error {
		if _, err := storedGrievances.Get(ctx, tx, doc.ID); !errors.Is(err, store.ErrAbsent) {
			return err
		}
		if _, err := account.WithRole(ctx, tx, readers...); err != nil {
			return err
		}
		if err := storedGrievances.Insert(ctx, tx, doc); err != nil {
			return err
		}
		return (audit.Log{Clock: c}).Did(ctx, tx, access.AnonymousIn(n.org), access.SendGrievance, []string{doc.ID})
	})
}

// decisions is how long the policy takes over questions that were never asked
// before, of every action in turn, and over one that is asked again and again: a
// coordinator and one of her members.
func decisions(org string) (first, again time.Duration) {
	actor := access.Actor{
		Org: org, Account: "acc", Person: "mem", Roles: []access.Role{access.Member, access.Coordinator}, Groups: []string{"grp"},
	}
	facts := access.Facts{Org: org, Group: true, Consent: true, Apart: true, Listed: true}
	asks := func(ask func(i int) error) time.Duration {
		r := testing.Benchmark(func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if err := ask(i); err != nil {
					b.Fatal(err)
				}
			}
		})
		return time.Duration(r.NsPerOp())
	}
	proved := actor
	proved.Fresh = true // a refusal is one question then
	first = asks(func(i int) error {
		// More of them than are kept, and most are refused.
		bits := i / len(access.Actions)
		_ = access.Decide(proved, access.Actions[i%len(access.Actions)], access.Facts{
			Org: org, Own: bits&1 != 0, Group: bits&2 != 0, Consent: bits&4 != 0, Apart: bits&8 != 0,
			Listed: bits&16 != 0, Assigned: bits&32 != 0, Granted: bits&64 != 0, Stead: bits&128 != 0,
		})
		return nil
	})
	return first, asks(func(int) error { return access.Decide(actor, access.ListMembers, facts) })
}
