package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"

	"chautari/models/store"
)

// RawKey is an unwrapped key on its way to another server: whoever has it reads
// what it sealed. It masks itself wherever it is printed.
type RawKey struct {
	ID  string
	Raw []byte
}

// Format shows the mask for every verb.
func (RawKey) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(mask)) }

// MarshalText shows the mask, so that JSON and loggers do too.
func (RawKey) MarshalText() ([]byte, error) { return []byte(mask), nil }

// ErrAnotherKey: the id has another key here.
var ErrAnotherKey = errors.New("seal: the id has another key here")

// EachRaw hands every key of an organisation over unwrapped. The bytes are
// wiped when fn returns.
func (k *Keys) EachRaw(ctx context.Context, org string, fn func(id string, raw []byte) error) error {
	for page, err := range k.pages(ctx, org) {
		if err != nil {
			return err
		}
		gone, err := buried(ctx, k.store.Org(org), idsOf(page))
		if err != nil {
			return err
		}
		for _, doc := range page {
			if gone[doc.ID] {
				continue
			}
			if err := k.handOver(org, doc, fn); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *Keys) handOver(org string, doc *wrapped, fn func(id string, raw []byte) error) error {
	handle, err := k.unwrap(org, doc)
	if err != nil {
		return err
	}
	buf := bytes.NewBuffer(make([]byte, 0, 1024)) // never grows, so that nothing is left behind
	if err := insecurecleartextkeyset.Write(handle, keyset.NewBinaryWriter(buf)); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	raw := buf.Bytes()
	defer clear(raw)
	return fn(doc.ID, raw)
}

// AdoptKeys takes in keys that come from elsewhere, wrapped by this server's
// key, and says how many; those with a tombstone are left out. One that is here
// already is no fault, ErrAnotherKey if it is another. Adopt comes first.
func (k *Keys) AdoptKeys(ctx context.Context, org string, keys []RawKey) (adopted int, err error) {
	if _, _, err := k.SecretOf(ctx, org); err != nil {
		return 0, err
	}
	for page := range slices.Chunk(keys, store.MaxIDs) {
		n, err := k.adoptPage(ctx, org, page)
		if err != nil {
			return adopted, err
		}
		adopted += n
	}
	return adopted, nil
}

func (k *Keys) adoptPage(ctx context.Context, org string, page []RawKey) (adopted int, err error) {
	handles := make(map[string]*keyset.Handle, len(page))
	docs := make(map[string]*wrapped, len(page))
	for _, key := range page {
		handle, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(key.Raw)))
		if err != nil {
			return 0, errors.New("seal: this is no key")
		}
		if handles[key.ID] != nil {
			return 0, fmt.Errorf("seal: an id comes twice: %w", ErrAnotherKey)
		}
		handles[key.ID] = handle
		if docs[key.ID], err = k.wrap(org, key.ID, handle); err != nil {
			return 0, err
		}
	}
	ids := make([]string, 0, len(page))
	for id := range docs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	err = k.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		adopted = 0
		gone, err := buried(ctx, tx, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if gone[id] {
				continue
			}
			adopted++
			has, err := wrappedKeys.Get(ctx, tx, id)
			if err == nil {
				if err := k.same(org, has, handles[id]); err != nil {
					return err
				}
				continue
			}
			if !errors.Is(err, store.ErrAbsent) {
				return err
			}
			if err := wrappedKeys.Insert(ctx, tx, docs[id]); err != nil {
				return err
			}
		}
		return nil
	})
	return adopted, err
}

// same tells whether a stored key is this one: what one seals the other opens.
func (k *Keys) same(org string, has *wrapped, handle *keyset.Handle) error {
	stored, err := k.unwrap(org, has)
	if err != nil {
		return err
	}
	one, err := aead.New(stored)
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	other, err := aead.New(handle)
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	sealed, err := other.Encrypt([]byte(markWord), bound("same"))
	if err != nil {
		return err
	}
	if _, err := one.Decrypt(sealed, bound("same")); err != nil {
		return ErrAnotherKey
	}
	return nil
}
