package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"chautari/models/store"
)

// wrapped is the key of a person, or of a matter such as a grievance, sealed by
// the master key. It lies in the keys store, which the data's backups never
// contain, and doesn't tell at what time of a day it was made.
type wrapped struct {
	store.Meta `bson:",inline"`
	Key        []byte `bson:"key"`
}

var wrappedKeys = store.Declare[wrapped]("person_keys").Daily()

// KeySpecs are the collections of the keys store.
func KeySpecs() []*store.Spec {
	return []*store.Spec{
		wrappedKeys.Spec(), tombstones.Spec(), retractions.Spec(), losses.Spec(), organisationSecrets.Spec(), marks.Spec(), holders.Spec(),
	}
}

// ErrNoKey: the person has no key, or it was destroyed; nothing of hers opens.
var ErrNoKey = errors.New("seal: no key")

// Keys makes, opens and destroys the keys of persons.
type Keys struct {
	store   *store.Store
	master  *Master
	wraps   atomic.Pointer[wrappingKey]
	behind  atomic.Bool // the key in use is none of the file's: nothing new is wrapped
	secrets sync.Map    // organisation → *secret
	own     secret      // the server's, from the key file

	mu        sync.Mutex
	opened    map[string]*Key
	older     map[string]*Key
	heeded    map[string]noted // by organisation
	destroyed int              // counts destructions: what was looked up before one is not remembered after it
}

// NewKeys serves the keys of a keys store.
func NewKeys(keys *store.Store, master *Master) *Keys {
	k := &Keys{store: keys, master: master, opened: map[string]*Key{}, heeded: map[string]noted{}}
	k.own.bytes, k.own.derived = master.secret, map[string][]byte{}
	k.own.guarded.Store(true)
	k.wraps.Store(&master.keys[0]) // until the stores' mark was read
	return k
}

// cached is how many opened keys one generation holds: two generations are
// about 6 MB, and enough for the pages that everyone looks at.
const cached = 2048

// Key seals and opens the texts of one person.
type Key struct {
	org    string
	person string
	aead   tink.AEAD // nil of one that is damaged
}

// Create makes keys for new persons and returns them in the order of ids. It is
// done before the transaction that stores the persons: a key without a person is
// harmless. ErrBuried for an id whose key was destroyed.
func (k *Keys) Create(ctx context.Context, org string, ids ...string) ([]*Key, error) {
	if _, err := k.secretFor(ctx, org); err != nil {
		return nil, err
	}
	made := make([]*Key, len(ids))
	docs := make([]*wrapped, len(ids))
	for i, id := range ids {
		handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
		if err != nil {
			return nil, fmt.Errorf("seal: %w", err)
		}
		if docs[i], err = k.wrap(org, id, handle); err != nil {
			return nil, err
		}
		primitive, err := aead.New(handle)
		if err != nil {
			return nil, fmt.Errorf("seal: %w", err)
		}
		made[i] = &Key{org: org, person: id, aead: primitive}
	}
	for page := range slices.Chunk(docs, store.MaxIDs) {
		err := k.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
			gone, err := buried(ctx, tx, idsOf(page))
			if err != nil {
				return err
			}
			if len(gone) > 0 {
				return ErrBuried
			}
			for _, d := range page {
				if err := wrappedKeys.Insert(ctx, tx, d); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return made, nil
}

// wrap closes a key for the keys store.
func (k *Keys) wrap(org, id string, handle *keyset.Handle) (*wrapped, error) {
	if k.behind.Load() {
		return nil, ErrOtherKey
	}
	var buf bytes.Buffer
	if err := handle.WriteWithAssociatedData(keyset.NewBinaryWriter(&buf), k.wrapping(), bound(org, id)); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return &wrapped{Meta: store.Meta{ID: id}, Key: buf.Bytes()}, nil
}

// unwrap opens a key of the keys store.
func (k *Keys) unwrap(org string, d *wrapped) (*keyset.Handle, error) {
	handle, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(d.Key)), opening{k.master}, bound(org, d.ID))
	if err != nil {
		return nil, fmt.Errorf("seal: a wrapped key does not open: %w", err)
	}
	return handle, nil
}

func idsOf(docs []*wrapped) []string {
	ids := make([]string, len(docs))
	for i, d := range docs {
		ids[i] = d.ID
	}
	return ids
}

// pages goes through all keys of an organisation.
func (k *Keys) pages(ctx context.Context, org string) iter.Seq2[[]*wrapped, error] {
	return func(yield func([]*wrapped, error) bool) {
		q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
		for {
			docs, next, err := wrappedKeys.Find(ctx, k.store.Org(org), q)
			if !yield(docs, err) || err != nil || next == "" {
				return
			}
			q.After = next
		}
	}
}

// Of returns a person's key, or ErrNoKey.
func (k *Keys) Of(ctx context.Context, org, person string) (*Key, error) {
	found, err := k.Many(ctx, org, []string{person})
	if err != nil {
		return nil, err
	}
	if found[person] == nil {
		return nil, ErrNoKey
	}
	return found[person], nil
}

// Many returns the keys of at most store.MaxIDs persons; those without one are left
// out. One that is damaged opens nothing and seals nothing: ErrUnreadable.
func (k *Keys) Many(ctx context.Context, org string, persons []string) (map[string]*Key, error) {
	if err := k.heed(ctx, org); err != nil {
		return nil, err
	}
	found := make(map[string]*Key, len(persons))
	var missing []string
	k.mu.Lock()
	destroyed := k.destroyed
	k.mu.Unlock()
	for _, p := range persons {
		if key := k.remembered(org, p); key != nil {
			found[p] = key
		} else {
			missing = append(missing, p)
		}
	}
	docs, err := wrappedKeys.GetMany(ctx, k.store.Org(org), missing)
	if err != nil {
		return nil, err
	}
	// Read after the keys: one that was destroyed meanwhile is not opened any more.
	gone, err := buried(ctx, k.store.Org(org), idsOf(docs))
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		if gone[d.ID] {
			continue
		}
		handle, err := k.unwrap(org, d)
		if err != nil {
			if k.Verify(ctx) != nil {
				return nil, err
			}
			// The key file is the right one, so this key alone is damaged: nothing of its
			// person opens, and nobody else is kept away.
			found[d.ID] = &Key{org: org, person: d.ID}
			continue
		}
		primitive, err := aead.New(handle)
		if err != nil {
			return nil, fmt.Errorf("seal: %w", err)
		}
		key := &Key{org: org, person: d.ID, aead: primitive}
		k.remember(key, destroyed)
		found[d.ID] = key
	}
	return found, nil
}

func (k *Keys) remembered(org, person string) *Key {
	name := org + "/" + person
	k.mu.Lock()
	defer k.mu.Unlock()
	if key := k.opened[name]; key != nil {
		return key
	}
	key := k.older[name]
	if key != nil {
		k.keep(name, key)
	}
	return key
}

func (k *Keys) remember(key *Key, destroyed int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.destroyed == destroyed {
		k.keep(key.org+"/"+key.person, key)
	}
}

// keep holds two generations: the older one goes when the newer is full.
func (k *Keys) keep(name string, key *Key) {
	if len(k.opened) >= cached {
		k.older, k.opened = k.opened, make(map[string]*Key, cached)
	}
	k.opened[name] = key
}

// Seal closes a text for one field of one document. An empty text stays empty.
// ErrUnreadable where the key itself is damaged.
func (k *Key) Seal(doc, field, text string) (Sealed, error) {
	if text == "" {
		return nil, nil
	}
	if k.aead == nil {
		return nil, fmt.Errorf("%w: %s", ErrUnreadable, field)
	}
	return k.aead.Encrypt([]byte(text), bound(k.org, k.person, doc, field))
}

// ErrUnreadable: a sealed text doesn't open. It was moved, changed or damaged, and
// a backup may have it.
var ErrUnreadable = errors.New("seal: a text does not open")

// Open opens what was sealed for this field of this document. ErrUnreadable for
// anything that was moved or changed.
func (k *Key) Open(doc, field string, s Sealed) (Clear, error) {
	if s.Empty() {
		return Clear{}, nil
	}
	if k.aead == nil {
		return Clear{}, fmt.Errorf("%w: %s", ErrUnreadable, field)
	}
	text, err := k.aead.Decrypt(s, bound(k.org, k.person, doc, field))
	if err != nil {
		return Clear{}, fmt.Errorf("%w: %s", ErrUnreadable, field)
	}
	return Clear{string(text)}, nil
}

// Readable is Open for a page that is shown without what doesn't open: damaged is
// set then.
func (k *Key) Readable(doc, field string, s Sealed, damaged *bool) Clear {
	c, err := k.Open(doc, field, s)
	if err != nil {
		*damaged = true
	}
	return c
}

// bound joins what a ciphertext is bound to; the parts hold no NUL.
func bound(parts ...string) []byte {
	out := []byte("chautari 1")
	for _, p := range parts {
		out = append(append(out, 0), p...)
	}
	return out
}
