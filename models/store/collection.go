package store

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/calendar"
)

// Meta stands first in every stored type, inlined:
//
//	type Member struct {
//		store.Meta `bson:",inline"`
//		…
//	}
type Meta struct {
	ID      string    `bson:"_id"`
	Version int64     `bson:"version"`
	Changed time.Time `bson:"changed"`
}

func (m *Meta) meta() *Meta { return m }

// Document is a pointer to a stored type.
type Document[T any] interface {
	*T
	meta() *Meta
}

// Collection reads and writes documents of one type. It is a declaration
// without state; a View says where.
type Collection[T any, P Document[T]] struct{ spec *Spec }

// Declare makes a collection from its name and indexes.
func Declare[T any, P Document[T]](name string, indexes ...Index) Collection[T, P] {
	spec := &Spec{Name: name, Indexes: indexes}
	for _, f := range fieldsOf(reflect.TypeFor[T](), "", false) {
		spec.Fields = append(spec.Fields, f.path)
		if f.single {
			spec.Single = append(spec.Single, f.path)
		}
	}
	return Collection[T, P]{spec: spec}
}

// Daily makes a collection whose documents don't tell at what time of a day
// they were written.
func (c Collection[T, P]) Daily() Collection[T, P] {
	spec := *c.spec
	spec.Daily = true
	return Collection[T, P]{spec: &spec}
}

// Passing makes a collection that speaks of the running server alone, such as
// who is signed in: it belongs into no backup and comes back with none.
func (c Collection[T, P]) Passing() Collection[T, P] {
	spec := *c.spec
	spec.Passing = true
	return Collection[T, P]{spec: &spec}
}

// Spec is what an engine needs to open the collection.
func (c Collection[T, P]) Spec() *Spec { return c.spec }

// Get returns the document, or ErrAbsent.
func (c Collection[T, P]) Get(ctx context.Context, v View, id string) (P, error) {
	r, err := v.reader().Get(ctx, c.spec, v.scope(), id)
	if err != nil {
		return nil, err
	}
	return c.decode(r)
}

// GetMany returns at most MaxIDs documents in the order of their ids, without absent ones.
func (c Collection[T, P]) GetMany(ctx context.Context, v View, ids []string) ([]P, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	records, err := v.reader().GetMany(ctx, c.spec, v.scope(), ids)
	if err != nil {
		return nil, err
	}
	return c.decodeAll(records)
}

// Find returns one page of the query and the cursor of the next, empty at the end.
func (c Collection[T, P]) Find(ctx context.Context, v View, q Query) ([]P, Cursor, error) {
	page, err := v.reader().Find(ctx, c.spec, v.scope(), q)
	if err != nil {
		return nil, "", err
	}
	docs, err := c.decodeAll(page.Records)
	return docs, page.Next, err
}

// First returns the first document of the query, or ErrAbsent.
func (c Collection[T, P]) First(ctx context.Context, v View, q Query) (P, error) {
	q.Limit = 1
	docs, _, err := c.Find(ctx, v, q)
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return nil, ErrAbsent
	}
	return docs[0], nil
}

// Each hands every document of the query to fn, page by page.
func (c Collection[T, P]) Each(ctx context.Context, v View, q Query, fn func(P) error) error {
	q.Limit = MaxLimit
	for {
		docs, next, err := c.Find(ctx, v, q)
		if err != nil {
			return err
		}
		for _, d := range docs {
			if err := fn(d); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		q.After = next
	}
}

// Count counts what q finds and stops at limit.
func (c Collection[T, P]) Count(ctx context.Context, v View, q Query, limit int) (int, error) {
	return v.reader().Count(ctx, c.spec, v.scope(), q, limit)
}

// ChangesSince hands over every document changed at or after the instant, oldest change first.
func (c Collection[T, P]) ChangesSince(ctx context.Context, v View, since time.Time, fn func(P) error) error {
	return c.Each(ctx, v, Query{Index: ChangedIndex, From: since}, fn)
}

// Insert stores a new document under its id, as version 1.
func (c Collection[T, P]) Insert(ctx context.Context, tx *Tx, doc P) error {
	doc.meta().Version = 0
	r, err := c.encode(tx, doc)
	if err != nil {
		return err
	}
	return tx.w.Insert(ctx, c.spec, tx.org, r)
}

// Replace stores the document if nobody changed it since it was read; else ErrConflict.
func (c Collection[T, P]) Replace(ctx context.Context, tx *Tx, doc P) error {
	r, err := c.encode(tx, doc)
	if err != nil {
		return err
	}
	return tx.w.Replace(ctx, c.spec, tx.org, r)
}

// Update reads a document in the transaction, lets fn change it and stores it.
func (c Collection[T, P]) Update(ctx context.Context, tx *Tx, id string, fn func(P) error) (P, error) {
	doc, err := c.Get(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if err := fn(doc); err != nil {
		return nil, err
	}
	return doc, c.Replace(ctx, tx, doc)
}

// Delete removes the document if nobody changed it since it was read.
func (c Collection[T, P]) Delete(ctx context.Context, tx *Tx, doc P) error {
	m := doc.meta()
	return tx.w.Delete(ctx, c.spec, tx.org, m.ID, m.Version)
}

// Require makes the transaction fail, and so run again, unless the document it
// only read is unchanged when it commits.
func (c Collection[T, P]) Require(ctx context.Context, tx *Tx, doc P) error {
	m := doc.meta()
	return tx.w.Require(ctx, c.spec, tx.org, m.ID, m.Version)
}

// DeleteRange removes at most limit documents that q finds and says how many.
func (c Collection[T, P]) DeleteRange(ctx context.Context, tx *Tx, q Query, limit int) (int, error) {
	return tx.w.DeleteRange(ctx, c.spec, tx.org, q, limit)
}

func (c Collection[T, P]) encode(tx *Tx, doc P) (Record, error) {
	m := doc.meta()
	if m.ID == "" {
		return Record{}, fmt.Errorf("store: %s: a document needs an id", c.spec.Name)
	}
	m.Version++
	m.Changed = tx.clock.Now().UTC().Truncate(time.Millisecond)
	if c.spec.Daily {
		// The Nepali day, as what is written has it elsewhere too: another zone's
		// beside it would tell in which part of the day it was.
		m.Changed = calendar.Of(m.Changed).Begins()
	}
	body, err := bson.Marshal(doc)
	if err != nil {
		return Record{}, fmt.Errorf("store: %s: %w", c.spec.Name, err)
	}
	return Record{ID: m.ID, Version: m.Version, Changed: m.Changed, Body: body}, nil
}

func (c Collection[T, P]) decode(r Record) (P, error) {
	doc := P(new(T))
	if err := bson.Unmarshal(r.Body, doc); err != nil {
		return nil, fmt.Errorf("store: %s: %w", c.spec.Name, err)
	}
	// An engine may count a lock on a document by raising its version alone.
	m := doc.meta()
	m.ID, m.Version, m.Changed = r.ID, r.Version, r.Changed
	return doc, nil
}

func (c Collection[T, P]) decodeAll(records []Record) ([]P, error) {
	docs := make([]P, len(records))
	for i, r := range records {
		d, err := c.decode(r)
		if err != nil {
			return nil, err
		}
		docs[i] = d
	}
	return docs, nil
}
