package organisation

import (
	"sync"
	"time"

	"chautari/models/store"
)

// keptFor is how old something kept may be: so long may an instance take to see
// what another one changed.
const keptFor = time.Second

// kept keeps what was read for a second, so that a request that only needs to
// know who is below whom, or how long a sign-in lives, costs no query. What is
// kept isn't changed any more, so it is shared freely.
type kept[T any] struct {
	clock store.Clock
	mu    sync.Mutex
	under map[string]reading[T]
}

type reading[T any] struct {
	what T
	at   time.Time // before it was read, so that it is never older than it seems
}

func keeping[T any](c store.Clock) *kept[T] {
	return &kept[T]{clock: c, under: map[string]reading[T]{}}
}

// get returns what is kept under a name, or reads it. What couldn't be read is
// not kept, so strangers can't fill it.
func (k *kept[T]) get(name string, read func() (T, error)) (T, error) {
	now := k.clock.Now()
	k.mu.Lock()
	was, ok := k.under[name]
	k.mu.Unlock()
	if age := now.Sub(was.at); ok && age >= 0 && age < keptFor {
		return was.what, nil
	}
	what, err := read()
	if err != nil {
		return what, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.under[name] = reading[T]{what, now}
	return what, nil
}

// forget makes the next get read anew.
func (k *kept[T]) forget(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.under, name)
}
