package seal

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"

	"chautari/models/store"
)

// Guard makes the marks of what gives rights in an organisation (its accounts,
// what opens them, who is signed in), under the organisation's secret, which the
// database of the data never has.
type Guard struct {
	keys   *Keys
	owner  func(space string) (org string)
	forged func(collection, id string)
}

// Guard makes marks. owner tells the organisation to which a space belongs, whose
// secret is taken; forged hears of what is not as it was written, nil for nobody.
func (k *Keys) Guard(owner func(space string) (org string), forged func(collection, id string)) *Guard {
	return &Guard{k, owner, forged}
}

// secretOf is the organisation's; in the server's own space it is the server's.
func (g *Guard) secretOf(ctx context.Context, space string) (*secret, error) {
	if space == store.SystemSpace {
		return &g.keys.own, nil
	}
	return g.keys.secretFor(ctx, g.owner(space))
}

// Mark is an HMAC-SHA-256 over the parts, each after its length.
func (g *Guard) Mark(ctx context.Context, space string, parts ...[]byte) ([]byte, error) {
	s, err := g.secretOf(ctx, space)
	if err != nil {
		return nil, err
	}
	// Beginning anew is cheaper than beginning, and each request asks several times.
	mac, again := s.marking.Get().(hash.Hash)
	if !again {
		mac = hmac.New(sha256.New, s.of("mark of what gives rights"))
	}
	defer s.marking.Put(mac)
	mac.Reset()
	var length [8]byte
	for _, part := range parts {
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		mac.Write(length[:])
		mac.Write(part)
	}
	return mac.Sum(nil), nil
}

// All tells whether all that is guarded has its mark.
func (g *Guard) All(ctx context.Context, space string) (bool, error) {
	s, err := g.secretOf(ctx, space)
	if err != nil || s.guarded.Load() {
		return err == nil, err
	}
	_, guarded, err := g.keys.SecretOf(ctx, g.owner(space)) // another instance may have seen to it
	if guarded {
		s.guarded.Store(true)
	}
	return guarded, err
}

// Forged hears of one that is left out.
func (g *Guard) Forged(collection, id string) {
	if g.forged != nil {
		g.forged(collection, id)
	}
}

// Guarded notes that from now on all that is guarded in an organisation has its
// mark, so that what has none is forged. A new organisation begins so.
func (k *Keys) Guarded(ctx context.Context, org string) error { return k.setGuarded(ctx, org, true) }

// Unguarded takes that back, for data that was brought in from before there were
// marks.
func (k *Keys) Unguarded(ctx context.Context, org string) error { return k.setGuarded(ctx, org, false) }

func (k *Keys) setGuarded(ctx context.Context, org string, guarded bool) error {
	err := k.store.System().Tx(ctx, func(tx *store.Tx) error {
		doc, err := organisationSecrets.Get(ctx, tx, org)
		if errors.Is(err, store.ErrAbsent) {
			return ErrNoSecret
		}
		if err != nil {
			return err
		}
		clear, was, err := k.openSecret(opening{k.master}, doc)
		if err != nil || was == guarded {
			return err
		}
		if doc.Secret, err = k.wrapping().Encrypt(clear, boundSecret(org, guarded)); err != nil {
			return err
		}
		return organisationSecrets.Replace(ctx, tx, doc)
	})
	if known, ok := k.secrets.Load(org); ok && err == nil {
		known.(*secret).guarded.Store(guarded)
	}
	return err
}
