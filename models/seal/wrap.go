package seal

import (
	"context"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/tink"

	"chautari/models/store"
)

// mark is a word sealed by the wrapping key that is in use. It tells another
// key file before anything is written with it, and all running servers which
// of a file's keys to wrap with.
type mark struct {
	store.Meta `bson:",inline"`
	Sealed     []byte `bson:"sealed"`
}

var marks = store.Declare[mark]("key_marks")

const (
	markID   = "master"
	markWord = "chautari"
)

// ErrOtherKey: the stores were made with another key file, or the file's keys
// were rotated since this copy of it was made.
var ErrOtherKey = errors.New("this key file is not the one of this data")

// Check tells whether the key file is the one of these stores, and leaves its
// mark in new ones. ErrOtherKey when it is not.
func (k *Keys) Check(ctx context.Context) error {
	err := k.Verify(ctx)
	if !errors.Is(err, store.ErrAbsent) {
		return err
	}
	sealed, err := k.wrapping().Encrypt([]byte(markWord), bound("mark"))
	if err != nil {
		return err
	}
	err = k.store.System().Tx(ctx, func(tx *store.Tx) error {
		return marks.Insert(ctx, tx, &mark{Meta: store.Meta{ID: markID}, Sealed: sealed})
	})
	if store.IsDuplicate(err, "id") { // another instance was first
		return k.Verify(ctx)
	}
	return err
}

// Verify is Check without writing: store.ErrAbsent when the stores are new.
func (k *Keys) Verify(ctx context.Context) error {
	found, err := marks.Get(ctx, k.store.System(), markID)
	if err != nil {
		return err
	}
	key := k.master.markedBy(found)
	if key == nil {
		return ErrOtherKey
	}
	k.wraps.Store(key)
	return nil
}

// markedBy finds the key of the file that is in use; nil when it is none of them.
func (m *Master) markedBy(found *mark) *wrappingKey {
	for i, key := range m.keys {
		if word, err := key.aead.Decrypt(found.Sealed, bound("mark")); err == nil && string(word) == markWord {
			return &m.keys[i]
		}
	}
	return nil
}

// wrapping is the key that new things are wrapped with.
func (k *Keys) wrapping() tink.AEAD { return k.wraps.Load().aead }

// opening opens what any key of the file wrapped.
type opening struct{ *Master }

func (opening) Encrypt([]byte, []byte) ([]byte, error) {
	return nil, errors.New("seal: this only opens")
}

func (o opening) Decrypt(c, with []byte) ([]byte, error) {
	for _, key := range o.keys {
		if clear, err := key.aead.Decrypt(c, with); err == nil {
			return clear, nil
		}
	}
	return nil, fmt.Errorf("seal: no key of the file opens it: %w", ErrOtherKey)
}
