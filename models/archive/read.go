package archive

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"maps"
	"slices"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
)

// frameSize bounds a frame: a BSON document of 16 MB, which is as large as any
// engine keeps, and what stands around it.
const frameSize = 17 << 20

// Each reads a file to its end and hands over its entries in their order, each
// with memory of its own, void documents among them. Whether the file is whole is known at its end: what
// fn did counts only if Each returns nil.
func Each(ctx context.Context, from io.Reader, identities []age.Identity, fn func(Head, Entry) error) (Head, error) {
	sealed, err := age.Decrypt(from, identities...)
	if err != nil {
		var none *age.NoIdentityMatchError
		if errors.As(err, &none) {
			return Head{}, ErrIdentity
		}
		return Head{}, ErrNotOurs
	}
	packed, err := zstd.NewReader(sealed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(window))
	if err != nil {
		return Head{}, err
	}
	defer packed.Close()
	r := &reader{in: bufio.NewReaderSize(packed, 64<<10), sum: sha256.New(), tail: tail{Counts: map[string]int64{}}}
	h, err := r.head()
	if err != nil {
		return h, err
	}
	for {
		if err := ctx.Err(); err != nil {
			return h, err
		}
		e, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return h, err
		}
		if err := fn(h, e); err != nil {
			return h, err
		}
	}
	// The last piece of age's stream says that it is the last.
	if n, err := io.Copy(io.Discard, sealed); n != 0 || err != nil {
		return h, ErrDamaged
	}
	return h, nil
}

type reader struct {
	in     *bufio.Reader
	sum    hash.Hash
	tail   tail
	format int
	number int64 // of documents that were read
}

func (r *reader) head() (h Head, err error) {
	kind, body, err := r.frame()
	if err != nil {
		return h, err
	}
	if kind != kindHead {
		return h, ErrNotOurs
	}
	// A newer head may look different: its version alone is read first.
	version, ok := body.Lookup("format").AsInt64OK()
	switch {
	case !ok || version < 1:
		return h, ErrNotOurs
	case version > Format:
		return h, ErrNewer
	}
	if err := bson.Unmarshal(body, &h); err != nil || contents[h.What] == "" {
		return h, ErrNotOurs
	}
	r.format = h.Format
	r.sum.Write(append([]byte{byte(kind)}, body...))
	return h, nil
}

// next is the next entry, or io.EOF after a tail that fits.
func (r *reader) next() (e Entry, err error) {
	kind, body, err := r.frame()
	if err != nil {
		return e, err
	}
	e.Kind = kind
	switch kind {
	case Document:
		var d stored
		if err := bson.Unmarshal(body, &d); err != nil || !store.WellFormed(d.Body) {
			return e, ErrDamaged
		}
		e.Collection, e.Org = d.Collection, d.Org
		e.Record = store.Record{ID: d.ID, Version: d.Version, Changed: time.UnixMilli(d.Changed).UTC(), Body: d.Body}
		r.tail.Counts[d.Collection]++
		r.number++
	case Key, Tombstone, Retracted, Secret:
		var o other
		if err := bson.Unmarshal(body, &o); err != nil {
			return e, ErrDamaged
		}
		e.ID, e.Raw = o.ID, o.Raw
		r.tail.Others++
	case Void:
		var v voided
		if err := bson.Unmarshal(body, &v); err != nil || r.format < inParts || !r.has(v.Numbers) {
			return e, ErrDamaged
		}
		e.Void = v.Numbers
		r.tail.Others++
	case kindTail:
		var t tail
		if err := bson.Unmarshal(body, &t); err != nil || !bytes.Equal(t.Sum, r.sum.Sum(nil)) ||
			!maps.Equal(t.Counts, r.tail.Counts) || t.Others != r.tail.Others {
			return e, ErrDamaged
		}
		if _, err := r.in.ReadByte(); !errors.Is(err, io.EOF) {
			return e, ErrDamaged
		}
		return e, io.EOF
	default:
		return e, ErrDamaged
	}
	r.sum.Write([]byte{byte(kind)})
	r.sum.Write(body)
	return e, nil
}

// has tells whether all these documents were read.
func (r *reader) has(numbers []int64) bool {
	return !slices.ContainsFunc(numbers, func(n int64) bool { return n < 0 || n >= r.number })
}

// frame reads one frame; a file that ends before its tail is a damaged one.
func (r *reader) frame() (Kind, bson.Raw, error) {
	var start [5]byte
	if _, err := io.ReadFull(r.in, start[:]); err != nil {
		return 0, nil, ErrDamaged
	}
	size := binary.LittleEndian.Uint32(start[1:])
	if size < 5 || size > frameSize {
		return 0, nil, ErrDamaged
	}
	body := make(bson.Raw, size)
	copy(body, start[1:])
	if _, err := io.ReadFull(r.in, body[4:]); err != nil {
		return 0, nil, ErrDamaged
	}
	if !store.WellFormed(body) {
		return 0, nil, ErrDamaged
	}
	return Kind(start[0]), body, nil
}
