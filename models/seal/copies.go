package seal

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/bson"
)

// Names of the collections of the keys store that whoever copies it has to tell
// apart.
var (
	Marks      = marks.Spec().Name               // in the server's own space; see Master.Marked
	Secrets    = organisationSecrets.Spec().Name // there too, each under its organisation's id
	Tombstones = tombstones.Spec().Name
	Retracted  = retractions.Spec().Name
)

// Marked tells whether a mark out of a copy of a keys store was made with this
// key file; ErrOtherKey if not.
func (m *Master) Marked(body bson.Raw) error {
	var found mark
	if err := bson.Unmarshal(body, &found); err != nil {
		return err
	}
	if m.markedBy(&found) == nil {
		return ErrOtherKey
	}
	return nil
}

// Running counts the servers that work with these stores, or did so until less
// than Alive ago without saying goodbye.
func (k *Keys) Running(ctx context.Context, now time.Time) (n int, err error) {
	err = holders.ChangesSince(ctx, k.store.System(), now.Add(-Alive), func(*holder) error {
		n++
		return nil
	})
	return n, err
}
