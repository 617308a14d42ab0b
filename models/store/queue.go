package store

import (
	"context"
	"slices"
	"sync"
)

// Queues let whoever is about to change the same document wait in line within
// this process, ahead of the transaction. Correctness is the transaction's; a
// queue spares it most conflicts when many come for one document at once. The
// zero value is ready.
type Queues struct {
	mu    sync.Mutex
	lines map[string]*line
}

// line is one document's queue: a turn, and how many hold or wait for it.
type line struct {
	turn chan struct{}
	held int
}

// In waits for its turn at every one of the documents and returns what gives
// the turns up again. It takes them in one order, whatever the order of keys,
// so that two callers never wait for each other. It errs when ctx ends first.
func (q *Queues) In(ctx context.Context, keys ...string) (leave func(), err error) {
	keys = slices.Clone(keys)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	taken := 0
	leave = func() {
		for _, k := range keys[:taken] {
			<-q.of(k, 0).turn
			q.of(k, -1)
		}
	}
	for _, k := range keys {
		select {
		case q.of(k, +1).turn <- struct{}{}:
			taken++
		case <-ctx.Done():
			q.of(k, -1)
			leave()
			return nil, ctx.Err()
		}
	}
	return leave, nil
}

// of finds the line of a key and counts who comes to it and goes; an empty line is let go.
func (q *Queues) of(key string, change int) *line {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.lines[key]
	if l == nil {
		l = &line{turn: make(chan struct{}, 1)}
		if q.lines == nil {
			q.lines = map[string]*line{}
		}
		q.lines[key] = l
	}
	if l.held += change; l.held == 0 {
		delete(q.lines, key)
	}
	return l
}
