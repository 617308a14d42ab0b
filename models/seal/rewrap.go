package seal

import (
	"bytes"
	"context"
	"errors"

	"github.com/tink-crypto/tink-go/v2/keyset"

	"chautari/models/store"
)

// Promote makes the newest wrapping key of the file the one in use. From then
// on a copy of the file without it is refused by Check.
func (k *Keys) Promote(ctx context.Context) error {
	newest := k.master.newest()
	sealed, err := newest.aead.Encrypt([]byte(markWord), bound("mark"))
	if err != nil {
		return err
	}
	err = k.store.System().Tx(ctx, func(tx *store.Tx) error {
		doc, err := marks.Get(ctx, tx, markID)
		if err != nil {
			return err
		}
		switch k.master.markedBy(doc) {
		case nil:
			return ErrOtherKey
		case newest:
			return nil
		}
		doc.Sealed = sealed
		return marks.Replace(ctx, tx, doc)
	})
	if err == nil {
		k.wraps.Store(newest)
	}
	return err
}

// Promoted tells that the newest wrapping key is the one in use.
func (k *Keys) Promoted() bool { return k.wraps.Load() == k.master.newest() }

// Rewrap wraps all that other keys of the file wrapped with the one in use, in
// small transactions, and says how much there was: zero means that nothing is
// left. Whenever it was cut short, it goes on where it was. progress hears
// after each page how many were looked at. Unopened are those that no key of the
// file opens: they are left as they are, and keep no other from being wrapped anew.
func (k *Keys) Rewrap(ctx context.Context, progress func(looked int)) (changed, unopened int, err error) {
	looked := 0
	orgs, err := k.Organisations(ctx)
	if err != nil {
		return 0, 0, err
	}
	for _, org := range orgs {
		n, err := k.rewrapSecret(ctx, org)
		if changed += n; err != nil {
			return changed, 0, err
		}
	}
	for _, org := range orgs {
		for page, err := range k.pages(ctx, org) {
			if err != nil {
				return changed, unopened, err
			}
			n, left, err := k.rewrapPage(ctx, org, page)
			if err != nil {
				return changed, unopened, err
			}
			changed, unopened = changed+n, unopened+left
			looked += len(page)
			progress(looked)
		}
	}
	return changed, unopened, k.store.Settle(ctx)
}

func (k *Keys) rewrapSecret(ctx context.Context, org string) (changed int, err error) {
	err = k.store.System().Tx(ctx, func(tx *store.Tx) error {
		changed = 0
		doc, err := organisationSecrets.Get(ctx, tx, org)
		if err != nil {
			return err
		}
		if _, _, err := k.openSecret(k.wrapping(), doc); err == nil {
			return nil
		}
		clear, guarded, err := k.openSecret(opening{k.master}, doc)
		if err != nil {
			return err
		}
		if doc.Secret, err = k.wrapping().Encrypt(clear, boundSecret(org, guarded)); err != nil {
			return err
		}
		changed = 1
		return organisationSecrets.Replace(ctx, tx, doc)
	})
	return changed, err
}

// rewrapPage makes the new wrappings first, so that the transaction is short.
func (k *Keys) rewrapPage(ctx context.Context, org string, page []*wrapped) (changed, unopened int, err error) {
	type change struct {
		id      string
		version int64
		fresh   []byte
	}
	var changes []change
	for _, doc := range page {
		if k.inUse(org, doc) {
			continue
		}
		handle, err := k.unwrap(org, doc)
		if err != nil {
			unopened++
			continue
		}
		fresh, err := k.wrap(org, doc.ID, handle)
		if err != nil {
			return 0, 0, err
		}
		// The old wrapping goes away: be sure of the new one.
		if !k.inUse(org, fresh) {
			return 0, 0, errors.New("seal: a new wrapping does not open")
		}
		if err := k.same(org, fresh, handle); err != nil {
			return 0, 0, err
		}
		changes = append(changes, change{doc.ID, doc.Version, fresh.Key})
	}
	if len(changes) == 0 {
		return 0, unopened, nil
	}
	err = k.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		changed = 0
		for _, c := range changes {
			doc, err := wrappedKeys.Get(ctx, tx, c.id)
			if errors.Is(err, store.ErrAbsent) || err == nil && doc.Version != c.version {
				continue // destroyed or done meanwhile
			}
			if err != nil {
				return err
			}
			doc.Key = c.fresh
			if err := wrappedKeys.Replace(ctx, tx, doc); err != nil {
				return err
			}
			changed++
		}
		return nil
	})
	return changed, unopened, err
}

// inUse tells whether a key is wrapped by the wrapping key in use.
func (k *Keys) inUse(org string, doc *wrapped) bool {
	_, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(doc.Key)), k.wrapping(), bound(org, doc.ID))
	return err == nil
}
