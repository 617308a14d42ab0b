package archive

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
)

// stored is how a document stands in a file. The version and the instant stand
// beside the body, since an engine may keep them apart from it.
type stored struct {
	Collection string   `bson:"c"`
	Org        string   `bson:"o"`
	ID         string   `bson:"i"`
	Version    int64    `bson:"v"`
	Changed    int64    `bson:"t"` // milliseconds since 1970, UTC
	Body       bson.Raw `bson:"b"`
}

// other is how a key, a tombstone or a secret stands in a file.
type other struct {
	ID  string `bson:"i,omitempty"`
	Raw []byte `bson:"r,omitempty"`
}

// voided is how it stands in a file which documents are void.
type voided struct {
	Numbers []int64 `bson:"n"`
}

// Writer writes one file. What was written counts only once Close returned nil.
type Writer struct {
	sealed io.WriteCloser
	packed *zstd.Encoder
	sum    hash.Hash
	tail   tail
	number int64 // of documents that were written
}

// window bounds what packing and unpacking keep in memory, in bytes.
const window = 1 << 20

// NewWriter begins a file that only the owners of recipients can open.
func NewWriter(to io.Writer, recipients []age.Recipient, h Head) (*Writer, error) {
	sealed, err := age.Encrypt(to, recipients...)
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	packed, err := zstd.NewWriter(sealed, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	w := &Writer{sealed: sealed, packed: packed, sum: sha256.New(), tail: tail{Counts: map[string]int64{}}}
	if h.Format == 0 {
		h.Format = inOne
	}
	return w, w.frame(kindHead, h)
}

// Document writes a document as it is stored.
func (w *Writer) Document(collection, org string, r store.Record) error {
	w.tail.Counts[collection]++
	w.number++
	return w.frame(Document, stored{
		Collection: collection, Org: org, ID: r.ID, Version: r.Version, Changed: r.Changed.UnixMilli(), Body: r.Body,
	})
}

// Other writes a key, a tombstone or a secret.
func (w *Writer) Other(kind Kind, id string, raw []byte) error {
	w.tail.Others++
	return w.frame(kind, other{ID: id, Raw: raw})
}

// Void says which documents, counted from 0 in the order in which they were
// written, are not to be read.
func (w *Writer) Void(numbers []int64) error {
	w.tail.Others++
	return w.frame(Void, voided{numbers})
}

// Documents is how many were written.
func (w *Writer) Documents() int64 { return w.number }

// Close writes the tail and ends the file.
func (w *Writer) Close() error {
	w.tail.Sum = w.sum.Sum(nil)
	return errors.Join(w.frame(kindTail, w.tail), w.packed.Close(), w.sealed.Close())
}

func (w *Writer) frame(kind Kind, content any) error {
	body, err := bson.Marshal(content)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	defer clear(body) // it may be a key
	out := io.MultiWriter(w.packed, w.sum)
	if _, err := out.Write([]byte{byte(kind)}); err != nil {
		return err
	}
	_, err = out.Write(body)
	return err
}
