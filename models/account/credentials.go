package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"

	"chautari/models/account/words"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// credentials are what opens an account: two slow hashes under one salt, so that
// one try costs one of them. The first slot leads to what is hers, the second
// into the decoy tenant. A slot for which nobody chose anything holds random
// bytes, so that the store doesn't tell whether it is in use. They lie in the
// organisation's own space, under the account's id, and in no decoy tenant's.
type credentials struct {
	store.Meta `bson:",inline"`
	Salt       []byte `bson:"salt"`
	First      []byte `bson:"first"`
	Second     []byte `bson:"second"`
	CodeHashes `bson:",inline"`
}

var keyring = store.Declare[credentials]("credentials").Guarded()

// saltLen is the length of an account's salt in bytes.
const saltLen = 16

// newCredentials are those of an account that nobody has chosen words for.
func newCredentials(account string) *credentials {
	c := &credentials{
		Meta: store.Meta{ID: account}, Salt: random(saltLen), First: random(seal.SlowLen), Second: random(seal.SlowLen),
	}
	c.fill()
	return c
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // crypto/rand never errs: it stops the program instead
	return b
}

// slot is one of the two.
type slot int

const (
	first slot = iota
	second
)

// slotOf is the slot that leads into a space.
func slotOf(org string) slot {
	if organisation.IsDecoy(org) {
		return second
	}
	return first
}

// space is where a slot of an organisation's account leads.
func (s slot) space(org string) string {
	if s == second {
		return organisation.Decoy(org)
	}
	return org
}

func (c *credentials) in(s slot) *[]byte {
	if s == second {
		return &c.Second
	}
	return &c.First
}

// same tells whether what one slot takes is what it took before.
func (c *credentials) same(was *credentials, s slot) bool {
	return subtle.ConstantTimeCompare(*c.in(s), *was.in(s)) == 1
}

// hash is the slow hash of a passphrase for an account of an organisation.
func (s *Accounts) hash(ctx context.Context, org, passphrase string, salt []byte) ([]byte, error) {
	return s.hasher.Hash(ctx, organisation.Shown(org), words.Prepare(passphrase), salt)
}

// which tells the slot that a passphrase opens, and whether it opens any. It
// takes the same work whatever the answer: one slow hash, compared with both. A
// passphrase that stands in both opens the first, so that nothing done with the
// second can shut her out of what is hers.
func (s *Accounts) which(ctx context.Context, org, passphrase string, c *credentials) (opens slot, ok bool, err error) {
	got, err := s.hash(ctx, org, passphrase, c.Salt)
	if err != nil {
		return first, false, err
	}
	one := subtle.ConstantTimeCompare(got, c.First)
	two := subtle.ConstantTimeCompare(got, c.Second)
	return slot(subtle.ConstantTimeSelect(one, int(first), int(second))), one|two == 1, nil
}

// credentialsOf finds what opens an account of a space; made up for one that has
// none, so that a try against it takes the same work.
func credentialsOf(ctx context.Context, v store.View, account string) (*credentials, error) {
	c, err := keyring.Get(ctx, v, account)
	if errors.Is(err, store.ErrAbsent) {
		return newCredentials(account), nil
	}
	if err != nil {
		return nil, err
	}
	c.fill()
	return c, nil
}

// Chosen are the words that somebody chose where she isn't signed in: her
// passphrase and, if she wants one, a second that leads into the decoy tenant.
type Chosen struct{ Passphrase, Second string }

// Check tells what is wrong with the words, as faults of the fields "passphrase"
// and "secondPassphrase". own is what others know her by.
func (c Chosen) Check(least int, own ...string) []fault.Field {
	faults := CheckPassphrase(c.Passphrase, least, own...)
	if c.Second == "" {
		return faults
	}
	for _, f := range CheckPassphrase(c.Second, least, own...) {
		f.Field = "secondPassphrase"
		faults = append(faults, f)
	}
	if words.Prepare(c.Passphrase) == words.Prepare(c.Second) {
		faults = append(faults, fault.At("secondPassphrase", "passphrase.same"))
	}
	return faults
}

// put hashes chosen words into their slots. An empty one leaves its slot as it is.
func (s *Accounts) put(ctx context.Context, org string, c *credentials, chosen Chosen) (err error) {
	if chosen.Passphrase != "" {
		c.First, err = s.hash(ctx, org, chosen.Passphrase, c.Salt)
	}
	if chosen.Second != "" && err == nil {
		c.Second, err = s.hash(ctx, org, chosen.Second, c.Salt)
	}
	return err
}

// Fresh are words about to take the place of others, hashed outside the
// transaction. Its fields are nobody else's business.
type Fresh struct{ first, second []byte }

// Freshen gets words ready for whoever brought a code, under the salt that it was
// brought to. Words that are empty leave their slot as it is; which slots are in
// use nobody is told. own is what others know her by, where the words lead to: what
// is true of her elsewhere must not be told by their being refused. Faults: those of
// Chosen.Check.
func (s *Accounts) Freshen(ctx context.Context, org string, b *Back, chosen Chosen, own ...string) (*Fresh, error) {
	if err := fault.Of("request.invalid", chosen.Check(Least(b.rolesIn(b.Space(org))), own...)...); err != nil {
		return nil, err
	}
	if b.by == bySecond {
		chosen = Chosen{Second: chosen.Passphrase}
	}
	now := credentials{Salt: b.opens.Salt}
	if err := s.put(ctx, org, &now, chosen); err != nil {
		return nil, err
	}
	return &Fresh{now.First, now.Second}, nil
}
