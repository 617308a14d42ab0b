package seal

import (
	"context"
	"errors"
	"time"

	"chautari/models/store"
)

// loss counts how often keys of an organisation were destroyed, so that every
// instance that keeps opened keys in memory learns of it by one small read.
type loss struct {
	store.Meta `bson:",inline"`
	Count      int64 `bson:"count"`
}

var losses = store.Declare[loss]("key_losses").Daily()

// lossesID is the id of the one count of an organisation.
const lossesID = "losses"

// forgetWithin is how long a key that another instance destroyed may still open
// what was sealed with it here.
const forgetWithin = time.Second

// noted is how many losses of an organisation this instance has heeded, and when it looked.
type noted struct {
	count int64
	at    time.Time
}

// countLoss notes in the transaction that destroys keys that it does.
func countLoss(ctx context.Context, tx *store.Tx) error {
	doc, err := losses.Get(ctx, tx, lossesID)
	if errors.Is(err, store.ErrAbsent) {
		err = losses.Insert(ctx, tx, &loss{Meta: store.Meta{ID: lossesID}, Count: 1})
		if store.IsDuplicate(err, "id") {
			return store.ErrConflict
		}
		return err
	}
	if err != nil {
		return err
	}
	doc.Count++
	return losses.Replace(ctx, tx, doc)
}

// heed lets go of the opened keys if any of the organisation's were destroyed
// since it last looked, at most a second ago. It errs where the keys store can't
// tell: then nothing opens.
func (k *Keys) heed(ctx context.Context, org string) error {
	now := k.store.Now()
	k.mu.Lock()
	last, ever := k.heeded[org]
	k.mu.Unlock()
	if age := now.Sub(last.at); ever && age >= 0 && age < forgetWithin {
		return nil
	}
	doc, err := losses.Get(ctx, k.store.Org(org), lossesID)
	if errors.Is(err, store.ErrAbsent) {
		doc, err = &loss{}, nil
	}
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if doc.Count != k.heeded[org].count {
		k.opened, k.older = map[string]*Key{}, nil
		k.destroyed++
	}
	k.heeded[org] = noted{doc.Count, now}
	return nil
}
