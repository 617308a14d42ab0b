// Package once makes an act that is sent twice happen once.
//
// A weak line loses answers, and a phone sends again. The record of an act is
// written in the act's own transaction, and holds ids only, so that the
// answer can be made again from what is stored now.
package once

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/store"
)

// Key is what a request brings: the idempotency key and a digest of what it
// asks for. The digest is keyed with Value, which itself is never stored, since
// what is asked may hold a passphrase.
type Key struct {
	Value  string
	Digest string
}

// keep is how long an act is remembered; a phone that was off for a night still meets it.
const keep = 48 * time.Hour

type record struct {
	store.Meta `bson:",inline"`
	Digest     string    `bson:"digest"`
	Refs       []string  `bson:"refs"`
	Expires    time.Time `bson:"expires"`
}

var records = store.Declare[record]("once", store.Index{Name: "expires", Fields: []string{"expires"}}).Guarded()

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{records.Spec()} }

// errOther: the key was used for something else.
var errOther = fault.New(fault.Conflict, "request.idempotency_key_reused")

// Earlier tells whether this actor did this act before, and the ids it left. A
// key that was used for another act is a conflict. An empty key was never used.
func Earlier(ctx context.Context, v store.View, a access.Actor, k Key) (refs []string, done bool, err error) {
	if k.Value == "" {
		return nil, false, nil
	}
	r, err := records.Get(ctx, v, name(a, k))
	switch {
	case errors.Is(err, store.ErrAbsent):
		return nil, false, nil
	case err != nil:
		return nil, false, err
	case r.Digest != k.Digest:
		return nil, false, errOther
	}
	return r.Refs, true, nil
}

// Remember notes in the act's transaction what it left. Two that run at once
// meet at the record's id; the later one then finds the earlier.
func Remember(ctx context.Context, tx *store.Tx, a access.Actor, k Key, now time.Time, refs ...string) error {
	if k.Value == "" {
		return nil
	}
	err := records.Insert(ctx, tx, &record{
		Meta: store.Meta{ID: name(a, k)}, Digest: k.Digest, Refs: refs, Expires: now.Add(keep),
	})
	if store.IsDuplicate(err, "id") {
		return store.ErrConflict
	}
	return err
}

// Forget removes at most limit records whose time is over and says how many.
func Forget(ctx context.Context, tx *store.Tx, now time.Time, limit int) (int, error) {
	return records.DeleteRange(ctx, tx, store.Query{Index: "expires", Until: now}, limit)
}

func name(a access.Actor, k Key) string {
	sum := sha256.Sum256([]byte(a.Account + "\x00" + k.Value))
	return hex.EncodeToString(sum[:])
}
