package mongo

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/mongo"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// collection is a declaration with its layout in the database.
type collection struct {
	spec    *store.Spec
	on      *mongo.Collection
	indexes []index
	shape   string // tells this layout from another; stands in every document
}

// index is one declared index. An entry of it is written as two texts: the
// head, which holds its first fields up to the last that may be an array, and
// the tail, which holds the others and, unless the index is unique, the id. So
// a document has one tail and as many heads as it has entries: the server's
// own multi-key index on the heads is then enough, and whoever names the
// element walks the tails in order.
type index struct {
	store.Index
	heads int // how many fields the head holds; 0 without arrays
}

func newCollection(s *store.Spec) (*collection, error) {
	if err := ordered.Spec(s); err != nil {
		return nil, err
	}
	c := &collection{spec: s}
	var definitions []string
	for _, ix := range ordered.Indexes(s) {
		in := index{Index: ix}
		for i, f := range ix.Fields {
			if s.MayBeArray(f) {
				in.heads = i + 1
			}
		}
		c.indexes = append(c.indexes, in)
		definitions = append(definitions, in.definition())
	}
	slices.Sort(definitions)
	sum := sha256.Sum256([]byte(strings.Join(definitions, "\n")))
	c.shape = hex.EncodeToString(sum[:6])
	return c, nil
}

// definition tells one layout of an index from another. Its first word is the
// form of the texts.
func (ix index) definition() string {
	return fmt.Sprintf("text1 %s %v %d %s", ix.Name, ix.Unique, ix.heads, strings.Join(ix.Fields, ","))
}

func (ix index) head() string { return "x." + ix.Name + ".h" }
func (ix index) tail() string { return "x." + ix.Name + ".t" }

// keys are the fields of the server's index. The organisation leads them all,
// so it alone can be the shard key.
func (ix index) keys() bson.D {
	keys := bson.D{{Key: "o", Value: 1}}
	if ix.heads > 0 {
		keys = append(keys, bson.E{Key: ix.head(), Value: 1})
	}
	return append(keys, bson.E{Key: ix.tail(), Value: 1})
}

func (c *collection) index(name string) index {
	for _, ix := range c.indexes {
		if ix.Name == name {
			return ix
		}
	}
	return index{} // ordered.Plan refused the name before
}

// entry is what a document keeps of its entries in one index.
type entry struct {
	Heads []string `bson:"h,omitempty"`
	Tail  string   `bson:"t"`
}

// entry finds the entries of a record; ok is false if it is not in the index.
func (ix index) entry(id string, body bson.Raw) (e entry, ok bool, err error) {
	keys, err := ordered.Entries(ix.Index, body)
	if err != nil || len(keys) == 0 {
		return e, false, err
	}
	for i, key := range keys {
		head, tail := ordered.Text(key, ix.heads)
		if i > 0 && (ix.heads == 0 || tail != e.Tail) {
			return e, false, fmt.Errorf("store: index %s: an array where the declaration has one value", ix.Name)
		}
		e.Tail = tail
		if ix.heads > 0 {
			e.Heads = append(e.Heads, head)
		}
	}
	if !ix.Unique {
		e.Tail += id
	}
	return e, true, nil
}

// key is the _id of a document: alone it tells one document from all others.
type key struct {
	Org string `bson:"o"`
	ID  string `bson:"i"`
}

// stored is a document as it stands in the database. Locks is raised by
// Require, which so becomes a write without touching the version.
type stored struct {
	Key     key                `bson:"_id"`
	Org     string             `bson:"o"`
	Version int64              `bson:"v"`
	Changed primitive.DateTime `bson:"c"`
	Shape   string             `bson:"s"`
	Locks   int64              `bson:"l,omitempty"`
	Entries map[string]entry   `bson:"x"`
	Body    bson.Raw           `bson:"b"`
}

// write makes the stored form of a record.
func (c *collection) write(org string, r store.Record) (stored, error) {
	d := stored{
		Key: key{org, r.ID}, Org: org, Version: r.Version, Changed: primitive.NewDateTimeFromTime(r.Changed),
		Shape: c.shape, Entries: map[string]entry{}, Body: r.Body,
	}
	for _, ix := range c.indexes {
		e, ok, err := ix.entry(r.ID, r.Body)
		if err != nil {
			return d, fmt.Errorf("store: %s: %w", c.spec.Name, err)
		}
		if ok {
			d.Entries[ix.Name] = e
		}
	}
	return d, nil
}

var errShape = errors.New("store: a document of another shape")

// read takes a record out of its stored form.
func read(raw bson.Raw) (r store.Record, err error) {
	st, err := stampOf(raw)
	body, ok := raw.Lookup("b").DocumentOK()
	if err != nil || !ok {
		return r, errShape
	}
	return store.Record{ID: st.ID, Version: st.Version, Changed: st.Changed, Body: body}, nil
}

// at finds one document. The organisation stands in it twice, so that a sharded
// server asks one shard alone.
func at(org, id string, more ...bson.E) bson.D {
	return append(bson.D{{Key: "_id", Value: key{org, id}}, {Key: "o", Value: org}}, more...)
}
