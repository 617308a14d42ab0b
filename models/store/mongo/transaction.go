package mongo

import (
	"context"
	"errors"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readconcern"
	"go.mongodb.org/mongo-driver/mongo/writeconcern"

	"chautari/models/store"
)

const (
	// commitLimit bounds how long it is asked whether a commit was done.
	commitLimit = 15 * time.Second
	// commitPause stands between two askings.
	commitPause = 50 * time.Millisecond
	// restarts is how often a body runs again because the server went away under
	// it: the first call on a connection that died meanwhile fails always.
	restarts = 3
)

// ErrReadOnly: the store was opened for reading.
var ErrReadOnly = errors.New("store: opened for reading only")

// session lends one session of the server until it ends: to the body of a
// transaction or a snapshot.
type session struct {
	mu   sync.Mutex
	on   mongo.Session
	over bool
}

var errOver = errors.New("store: used after its transaction or snapshot ended")

func (s *session) use(ctx context.Context, c *collection, fn func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return errOver
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return translate(ctx, c, fn(mongo.NewSessionContext(limited, s.on)))
}

func (s *session) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
}

// Tx runs body on what a majority had when it began, and commits for a
// majority. Transactions run at the same time; of two that write one document
// one meets store.ErrConflict. After a write that met a conflict or a duplicate
// nothing can be committed; Tx then returns that error though the body
// swallowed it. store.ErrUnknown is returned when the server went away while it
// committed and did not come back in time to tell.
func (e *Engine) Tx(ctx context.Context, body func(store.Writer) error) error {
	if e.readOnly {
		return ErrReadOnly
	}
	if err := e.enter(ctx); err != nil {
		return err
	}
	defer e.running.Done()
	for again := 0; ; again++ {
		began := time.Now()
		err := e.transact(ctx, body)
		switch {
		case errors.Is(err, store.ErrConflict) && time.Since(began) > lifetime:
			return store.ErrOutlived // to run it again would take as long
		case errors.Is(err, store.ErrAway) && again < restarts && time.Since(began) < selection/2:
			continue
		}
		return err
	}
}

func (e *Engine) transact(ctx context.Context, body func(store.Writer) error) error {
	on, err := e.client.StartSession()
	if err != nil {
		return translate(ctx, nil, err)
	}
	bare := context.WithoutCancel(ctx)
	defer on.EndSession(bare) // which also rolls back what was not committed
	err = on.StartTransaction(options.Transaction().SetReadConcern(readconcern.Snapshot()).SetWriteConcern(writeconcern.Majority()))
	if err != nil {
		return translate(ctx, nil, err)
	}
	s := &session{on: on}
	defer s.end()
	w := &writer{}
	w.reader = reader{e.find, s.use}
	err = body(w)
	s.end()
	if err == nil {
		err = w.doomed
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		limited, cancel := context.WithTimeout(bare, commitLimit)
		defer cancel()
		_ = on.AbortTransaction(limited) // if it fails the server does it after a while
		return err
	}
	return commit(bare, on.CommitTransaction)
}

// commit commits, whether or not the caller still waits, since half a commit
// is no answer to anybody. Where it is unknown whether it was done it asks again:
// the server answers a commit that it did once more.
func commit(ctx context.Context, try func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, commitLimit)
	defer cancel()
	for {
		err := try(limited)
		switch outcome(err) {
		case done:
			return nil
		case undone:
			return translate(limited, nil, err)
		}
		pause := time.NewTimer(commitPause)
		select {
		case <-limited.Done():
			pause.Stop()
			return store.ErrUnknown
		case <-pause.C:
		}
	}
}

// Snapshot runs body, with a store.Brief, on what a majority had when it began.
// The server keeps that moment for minSnapshotHistoryWindowInSeconds (300 unless
// set); a body that reads later meets store.ErrOutlived.
func (e *Engine) Snapshot(ctx context.Context, body func(store.Reader) error) error {
	if err := e.enter(ctx); err != nil {
		return err
	}
	defer e.running.Done()
	on, err := e.client.StartSession(options.Session().SetSnapshot(true))
	if err != nil {
		return translate(ctx, nil, err)
	}
	defer on.EndSession(context.WithoutCancel(ctx))
	s := &session{on: on}
	defer s.end()
	// The server takes the moment of the first read.
	err = s.use(ctx, nil, func(ctx context.Context) error {
		err := e.db.Collection(catalog).FindOne(ctx, bson.D{{Key: "_id", Value: "schema"}}).Err()
		if errors.Is(err, mongo.ErrNoDocuments) {
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	return body(moment{reader{e.find, s.use}})
}
