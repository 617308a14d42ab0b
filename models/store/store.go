// Package store is the port between the nouns and a database.
//
// A collection declares its indexes and every query names one of them, so a
// scan can't be written by accident. A space is opened for one organisation,
// whose id leads every key inside the engine, so no path crosses the wall.
// What belongs here: collections, queries, cursors, transactions and their
// errors, and the marks of what only the product may have written. What doesn't: rules of any noun, and anything only one engine can do.
package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/bson"
)

// Spec declares a collection. Name is snake_case and permanent.
type Spec struct {
	Name    string
	Indexes []Index
	Fields  []string // paths of all that is kept, for the register of fields
	Single  []string // those of Fields that hold one value, not an array of them
	Daily   bool     // changes are dated by the day alone
	Passing bool     // of the running server: in no backup
	Guarded bool     // each document has a mark that the database can't make
}

// Index is an ordered look-up over top-level or dotted BSON fields.
//
// A document that lacks one of the fields is not in the index. One field may
// be an array; the document then stands in the index once for each element.
// Values are strings, integers, booleans or instants. The organisation stands
// before the fields, and the id after them. Every collection also has the
// index "changed" on the instant of its last change.
type Index struct {
	Name   string
	Fields []string
	Unique bool // no two documents of one organisation have the same values
}

// MayBeArray tells whether what stands at a path may be an array: it surely is none
// where the stored type has one value there.
func (s *Spec) MayBeArray(path string) bool { return !slices.Contains(s.Single, path) }

// ChangedIndex is the name of the index that every collection has.
const ChangedIndex = "changed"

// Index finds a declared index by name; ok is false for an unknown one.
func (s *Spec) Index(name string) (ix Index, ok bool) {
	if name == ChangedIndex {
		return Index{Name: ChangedIndex, Fields: []string{"changed"}}, true
	}
	for _, ix := range s.Indexes {
		if ix.Name == name {
			return ix, true
		}
	}
	return Index{}, false
}

// Query walks one index. Equal fixes its first fields; From (inclusive) and
// Until (exclusive) bound the next one, nil leaving that side open.
type Query struct {
	Index string
	Equal []any
	From  any
	Until any
	Down  bool
	Limit int    // 1 to 100
	After Cursor // the place where an earlier page ended
}

// Limits of one call; a caller that wants more pages.
const (
	MaxLimit = 100
	MaxIDs   = 100
)

// Record is one stored document as an engine sees it. Body holds all of it,
// with _id, version and changed. Version is 1 at insert and grows by one.
type Record struct {
	ID      string
	Version int64
	Changed time.Time
	Body    bson.Raw
}

// Page is a piece of a query's answer. Next is empty at its end.
type Page struct {
	Records []Record
	Next    Cursor
}

// Reader reads documents of one organisation at a time.
type Reader interface {
	// Get returns ErrAbsent when there is none.
	Get(ctx context.Context, c *Spec, org, id string) (Record, error)
	// GetMany takes at most MaxIDs ids, answers in their order and leaves out absent ones.
	GetMany(ctx context.Context, c *Spec, org string, ids []string) ([]Record, error)
	Find(ctx context.Context, c *Spec, org string, q Query) (Page, error)
	// Count counts what q finds, but stops at limit. q's own Limit and After are not looked at.
	Count(ctx context.Context, c *Spec, org string, q Query, limit int) (int, error)
}

// Writer is a Reader inside a transaction, which sees its own writes.
type Writer interface {
	Reader
	// Insert returns a *DuplicateError when the id or a unique index is taken.
	Insert(ctx context.Context, c *Spec, org string, r Record) error
	// Replace writes r where the stored version is r.Version-1; ErrConflict if it
	// is another, ErrAbsent if there is none, a *DuplicateError as Insert.
	Replace(ctx context.Context, c *Spec, org string, r Record) error
	// Delete removes the document if its version is this one.
	Delete(ctx context.Context, c *Spec, org, id string, version int64) error
	// Require fails the transaction with ErrConflict unless the document still has
	// this version when it commits.
	Require(ctx context.Context, c *Spec, org, id string, version int64) error
	// DeleteRange removes at most limit documents that q finds and says how many.
	DeleteRange(ctx context.Context, c *Spec, org string, q Query, limit int) (int, error)
}

// Engine is a database that keeps collections.
type Engine interface {
	// Reader reads what is committed; each call stands alone.
	Reader() Reader
	// Tx runs body and commits what it wrote, or nothing when it errs. The body is
	// pure but for its writes and may run more than once. A conflict that the
	// engine meets is returned as ErrConflict; the port retries it.
	Tx(ctx context.Context, body func(Writer) error) error
	// Snapshot runs body on what was committed at one moment. Where that is kept for
	// a limited time only, body gets a Brief.
	Snapshot(ctx context.Context, body func(Reader) error) error
	// Ready tells whether the engine answers.
	Ready(ctx context.Context) error
	Close() error
}

var (
	// ErrAbsent: no document has this id.
	ErrAbsent = errors.New("store: no such document")
	// ErrConflict: somebody changed a document meanwhile; the transaction runs again.
	ErrConflict = errors.New("store: changed meanwhile")
	// ErrBusy: a transaction met conflicts more often than it is tried.
	ErrBusy = errors.New("store: too many conflicts")
	// ErrClosed: the engine was closed.
	ErrClosed = errors.New("store: closed")
	// ErrAway: the database could not be reached or has no primary; nothing was
	// done, and the same may be tried again.
	ErrAway = errors.New("store: the database is away; nothing was done")
	// ErrUnknown: the database went away while it committed, and it is not known
	// whether it did.
	ErrUnknown = errors.New("store: it is not known whether it was done")
	// ErrFull: the disk has no room; nothing was done.
	ErrFull = errors.New("store: the disk is full; nothing was done")
	// ErrOutlived: a snapshot or a transaction lasted longer than the database
	// keeps its moment; long work goes by parts (Brief).
	ErrOutlived = errors.New("store: it lasted longer than the database keeps the moment")
	// ErrCursor: the cursor is broken, or of another query.
	ErrCursor = errors.New("store: cursor does not fit")
)

// DuplicateError: a unique index, or the id ("id"), already has these values.
type DuplicateError struct{ Collection, Index string }

func (e *DuplicateError) Error() string {
	return fmt.Sprintf("store: %s: %s is taken", e.Collection, e.Index)
}

// IsDuplicate tells whether err says that this index ("id" for the id, "" for any) is taken.
func IsDuplicate(err error, index string) bool {
	var d *DuplicateError
	return errors.As(err, &d) && (index == "" || d.Index == index)
}

// Check refuses a query that names no index, fixes more fields than it has or
// asks for more than a page. Engines call it first.
func (q Query) Check(c *Spec) (Index, error) {
	ix, ok := c.Index(q.Index)
	switch {
	case !ok:
		return ix, fmt.Errorf("store: %s has no index %q", c.Name, q.Index)
	case len(q.Equal) > len(ix.Fields):
		return ix, fmt.Errorf("store: %s.%s has only %d fields", c.Name, q.Index, len(ix.Fields))
	case (q.From != nil || q.Until != nil) && len(q.Equal) == len(ix.Fields):
		return ix, fmt.Errorf("store: %s.%s has no field left for a range", c.Name, q.Index)
	}
	return ix, nil
}
