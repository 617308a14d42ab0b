package audit

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/bson"
)

// Shelf is a database to which is only added.
type Shelf interface {
	// Add keeps a body under an id; one that is there already stays as it is.
	Add(ctx context.Context, id string, body bson.Raw) error
	// Last is the body under the last id that begins so, nil for none.
	Last(ctx context.Context, prefix string) (bson.Raw, error)
	// Each hands over those under ids that begin so, in the order of ids.
	Each(ctx context.Context, prefix string, fn func(id string, body bson.Raw) error) error
}

// OnShelf is a Copy on a shelf. Its ids are the organisation's, the seq and the hash.
func OnShelf(s Shelf) Copy { return shelved{s} }

type shelved struct{ shelf Shelf }

func (s shelved) Last(ctx context.Context, org string) (Head, error) {
	body, err := s.shelf.Last(ctx, org+"/")
	if err != nil || body == nil {
		return Head{}, err
	}
	var c Copied
	if err := bson.Unmarshal(body, &c); err != nil {
		return Head{}, fmt.Errorf("audit: the last block of the copy: %w", err)
	}
	return Head{c.Seq, c.Hash}, nil
}

func (s shelved) Add(ctx context.Context, org string, blocks []Copied) error {
	for _, b := range blocks {
		body, err := bson.Marshal(b)
		if err != nil {
			return err
		}
		if err := s.shelf.Add(ctx, fmt.Sprintf("%s/%016d/%s", org, b.Seq, b.Hash), body); err != nil {
			return err
		}
	}
	return nil
}

func (s shelved) Each(ctx context.Context, org string, block func(Copied) error, unreadable func(string) error) error {
	return s.shelf.Each(ctx, org+"/", func(id string, body bson.Raw) error {
		var c Copied
		if bson.Unmarshal(body, &c) != nil {
			return unreadable(id)
		}
		return block(c)
	})
}
