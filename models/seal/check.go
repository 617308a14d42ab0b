package seal

import (
	"context"
	"errors"

	"chautari/models/store"
)

// mark is a word sealed by the master key when the stores were first opened,
// so that another key is noticed before anything is written with it.
type mark struct {
	store.Meta `bson:",inline"`
	Sealed     []byte `bson:"sealed"`
}

var marks = store.Declare[mark]("key_marks")

const (
	markID   = "master"
	markWord = "chautari"
)

// ErrOtherKey: the stores were made with another key file.
var ErrOtherKey = errors.New("this key file is not the one of this data")

// Check tells whether the master key is the one of these stores, and leaves its
// mark in new ones. ErrOtherKey when it is not.
func (k *Keys) Check(ctx context.Context) error {
	return k.store.System().Tx(ctx, func(tx *store.Tx) error {
		found, err := marks.Get(ctx, tx, markID)
		if errors.Is(err, store.ErrAbsent) {
			sealed, err := k.master.wrap.Encrypt([]byte(markWord), bound("mark"))
			if err != nil {
				return err
			}
			return marks.Insert(ctx, tx, &mark{Meta: store.Meta{ID: markID}, Sealed: sealed})
		}
		if err != nil {
			return err
		}
		if word, err := k.master.wrap.Decrypt(found.Sealed, bound("mark")); err != nil || string(word) != markWord {
			return ErrOtherKey
		}
		return nil
	})
}
