package seal

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/tink-crypto/tink-go/v2/tink"

	"chautari/models/store"
)

// organisationSecret is what the peppers and look-ups of one organisation are
// derived from. It is random and goes where the organisation goes, so that
// passphrases, sign-in names and receipts work on another server too. Its id
// is the organisation's.
type organisationSecret struct {
	store.Meta `bson:",inline"`
	Secret     []byte `bson:"secret"`
}

var organisationSecrets = store.Declare[organisationSecret]("organisation_secrets")

var (
	// ErrNoSecret: the organisation has keys here, but not its secret. Nothing is
	// put in its place: with another one nobody could sign in, and no receipt open.
	ErrNoSecret = errors.New("seal: the organisation's secret is missing")
	// ErrOtherSecret: the organisation has another secret here.
	ErrOtherSecret = errors.New("seal: the organisation has another secret here")
)

// secret is one organisation's, with what was derived from it so far.
type secret struct {
	bytes   []byte
	guarded atomic.Bool
	marking sync.Pool // of hash.Hash

	mu      sync.Mutex
	derived map[string][]byte
}

// of is what the secret gives for one use.
func (s *secret) of(use string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.derived[use] == nil {
		s.derived[use] = derive(s.bytes, use)
	}
	return s.derived[use]
}

// secretFor finds an organisation's secret, and makes it for one that has
// nothing here yet.
func (k *Keys) secretFor(ctx context.Context, org string) (*secret, error) {
	if known, ok := k.secrets.Load(org); ok {
		return known.(*secret), nil
	}
	clear, guarded, err := k.SecretOf(ctx, org)
	if errors.Is(err, ErrNoSecret) {
		clear, guarded, err = k.establish(ctx, org)
	}
	if err != nil {
		return nil, err
	}
	s := &secret{bytes: clear, derived: map[string][]byte{}}
	s.guarded.Store(guarded)
	known, _ := k.secrets.LoadOrStore(org, s)
	return known.(*secret), nil
}

// SecretOf is an organisation's secret, 32 bytes, for taking it elsewhere, and
// whether all that it guards has its mark. ErrNoSecret when it has none here.
func (k *Keys) SecretOf(ctx context.Context, org string) (clear []byte, guarded bool, err error) {
	doc, err := organisationSecrets.Get(ctx, k.store.System(), org)
	if errors.Is(err, store.ErrAbsent) {
		return nil, false, ErrNoSecret
	}
	if err != nil {
		return nil, false, err
	}
	return k.openSecret(opening{k.master}, doc)
}

// openSecret also tells what the secret says beside itself: whether all that it
// guards has its mark. Who can write to the store can't say so, or unsay it.
func (k *Keys) openSecret(with tink.AEAD, doc *organisationSecret) (clear []byte, guarded bool, err error) {
	for _, guarded := range []bool{true, false} {
		if clear, err = with.Decrypt(doc.Secret, boundSecret(doc.ID, guarded)); err == nil {
			return clear, guarded, nil
		}
	}
	return nil, false, fmt.Errorf("seal: an organisation's secret does not open: %w", err)
}

// establish makes the secret of an organisation that has neither keys nor
// tombstones, so nothing that has no mark either.
func (k *Keys) establish(ctx context.Context, org string) (clear []byte, guarded bool, err error) {
	for _, count := range []func(context.Context, store.View, store.Query, int) (int, error){wrappedKeys.Count, tombstones.Count, retractions.Count} {
		n, err := count(ctx, k.store.Org(org), store.Query{Index: store.ChangedIndex}, 1)
		if err != nil {
			return nil, false, err
		}
		if n > 0 {
			return k.SecretOf(ctx, org) // made just now by another, or missing
		}
	}
	fresh := make([]byte, secretLen)
	_, _ = rand.Read(fresh)
	err = k.keepSecret(ctx, org, fresh, true)
	if store.IsDuplicate(err, "id") {
		return k.SecretOf(ctx, org)
	}
	return fresh, true, err
}

func (k *Keys) keepSecret(ctx context.Context, org string, clear []byte, guarded bool) error {
	if k.behind.Load() {
		return ErrOtherKey
	}
	wrapped, err := k.wrapping().Encrypt(clear, boundSecret(org, guarded))
	if err != nil {
		return err
	}
	return k.store.System().Tx(ctx, func(tx *store.Tx) error {
		return organisationSecrets.Insert(ctx, tx, &organisationSecret{Meta: store.Meta{ID: org}, Secret: wrapped})
	})
}

// Adopt takes in the secret of an organisation that comes from elsewhere,
// before any of its keys, and whether all that it guards has its mark. The same
// one again is no fault; ErrOtherSecret when the organisation has another.
func (k *Keys) Adopt(ctx context.Context, org string, clear []byte, guarded bool) error {
	if len(clear) != secretLen {
		return fmt.Errorf("seal: an organisation's secret has %d bytes", secretLen)
	}
	has, _, err := k.SecretOf(ctx, org)
	if errors.Is(err, ErrNoSecret) {
		err = k.keepSecret(ctx, org, slices.Clone(clear), guarded)
		if !store.IsDuplicate(err, "id") {
			return err
		}
		has, _, err = k.SecretOf(ctx, org)
	}
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare(has, clear) != 1 {
		return ErrOtherSecret
	}
	return nil
}

// Organisations are all that have keys here, in the order of their ids.
func (k *Keys) Organisations(ctx context.Context) ([]string, error) {
	return Organisations(ctx, k.store)
}

// Organisations are all that have keys in a keys store, which takes no key file to tell.
func Organisations(ctx context.Context, keys *store.Store) ([]string, error) {
	var orgs []string
	err := organisationSecrets.Each(ctx, keys.System(), store.Query{Index: store.ChangedIndex}, func(s *organisationSecret) error {
		orgs = append(orgs, s.ID)
		return nil
	})
	slices.Sort(orgs)
	return slices.Compact(orgs), err
}

func boundSecret(org string, guarded bool) []byte {
	if guarded {
		return bound("organisation secret", org, "guarded")
	}
	return bound("organisation secret", org)
}
