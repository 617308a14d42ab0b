package consent

import (
	"context"
	"sync"
	"time"

	"chautari/models/organisation"
)

// keptFor is how long a running server takes to see what another one released.
const keptFor = time.Second

// kept keeps what organisations ask for a second: whoever opens a page is shown
// it, and it changes a few times a year.
type kept struct {
	mu    sync.Mutex
	under map[string]reading
}

// reading is what an organisation asks, in all languages; it isn't changed any more.
type reading struct {
	texts map[string][]Text
	at    time.Time // before it was read
}

func (k *kept) get(org string, now time.Time) (reading, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	r, ok := k.under[org]
	age := now.Sub(r.at)
	return r, ok && age >= 0 && age < keptFor
}

func (k *kept) put(org string, r reading) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.under[org] = r
}

func (k *kept) forget(org string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.under, org)
}

// AskedNow shows anybody what an organisation asks in a language, at most a
// second old; where none stands yet, what comes with the product.
func (t *Texts) AskedNow(ctx context.Context, org, language string) ([]Text, error) {
	if org == "" {
		return Shipped(language), nil
	}
	org = organisation.Shown(org)
	now := t.clock.Now()
	if r, ok := t.kept.get(org, now); ok {
		return r.texts[language], nil
	}
	space := t.store.Org(org)
	f, err := readForce(ctx, space)
	if err != nil {
		return nil, err
	}
	own, err := wordings(ctx, space, f.own())
	if err != nil {
		return nil, err
	}
	r := reading{texts: map[string][]Text{}, at: now}
	for _, l := range languages {
		r.texts[l] = textsOf(f, own, l)
	}
	t.kept.put(org, r)
	return r.texts[language], nil
}
