package store

import (
	"encoding/base64"
	"encoding/binary"

	"go.mongodb.org/mongo-driver/bson"
)

// Cursor is an opaque place in a query's answer; empty is its beginning. It
// holds the index values and id of the last document handed out, which are
// never names or texts (those are sealed and not indexed).
type Cursor string

// maxCursor bounds what is decoded of a cursor that a stranger sent.
const maxCursor = 1024

type position struct {
	Index  string `bson:"i"`
	Values bson.A `bson:"v"`
	ID     string `bson:"d"`
}

// NewCursor makes the cursor after a document with these values in this index.
func NewCursor(index string, values []any, id string) (Cursor, error) {
	b, err := bson.Marshal(position{Index: index, Values: values, ID: id})
	if err != nil {
		return "", err
	}
	return Cursor(base64.RawURLEncoding.EncodeToString(b)), nil
}

// Position reads the cursor for an index of n fields: the values in the index
// and the id after which to go on. ErrCursor if it is broken or of another query.
func (c Cursor) Position(index string, n int) (values []any, id string, err error) {
	if len(c) > maxCursor {
		return nil, "", ErrCursor
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(string(c))
	if err != nil {
		return nil, "", ErrCursor
	}
	if !WellFormed(b) {
		return nil, "", ErrCursor
	}
	var p position
	if err := bson.Unmarshal(b, &p); err != nil {
		return nil, "", ErrCursor
	}
	if p.Index != index || len(p.Values) != n || p.ID == "" {
		return nil, "", ErrCursor
	}
	return p.Values, p.ID, nil
}

// WellFormed tells whether a body is one whole BSON document. It looks at the
// length first, since the driver's own validation panics on a length of zero.
func WellFormed(body bson.Raw) bool {
	return len(body) >= 5 && uint64(binary.LittleEndian.Uint32(body)) == uint64(len(body)) && body.Validate() == nil
}
