package member

import (
	"slices"
	"strings"
	"sync"

	"chautari/models/access"
)

// Hints on a row.
const (
	HintSameName  = "same_name"
	HintSamePhone = "same_phone"
)

// hints tell that somebody else of the actor's groups has the same name or the
// same phone. It is no more than a reason to ask: mothers and daughters share phones.
func (d *directory) hints(a access.Actor, doc *Member) []string {
	hints := []string{}
	mine := func(shelf string) bool {
		group, state, _ := strings.Cut(shelf, "|")
		return a.Coordinates(group) && State(state) != Ended // who left is nobody to hint at
	}
	if d.index.Namesakes(doc.ID, mine) {
		hints = append(hints, HintSameName)
	}
	if d.phones.shared(doc.ID, mine) {
		hints = append(hints, HintSamePhone)
	}
	return hints
}

// numbers knows who has the same phone, by the first bytes of its keyed hash.
type numbers struct {
	mu    sync.RWMutex
	of    map[string]number
	whose map[numberKey][]string
}

type numberKey [12]byte

type number struct {
	key   numberKey
	shelf string
}

// put files a person under the keyed hash of her number; empty takes her out.
func (n *numbers) put(person, shelf, phoneKey string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if old, ok := n.of[person]; ok {
		rest := slices.DeleteFunc(n.whose[old.key], func(p string) bool { return p == person })
		if len(rest) == 0 {
			delete(n.whose, old.key)
		} else {
			n.whose[old.key] = rest
		}
		delete(n.of, person)
	}
	if phoneKey == "" {
		return
	}
	var key numberKey
	copy(key[:], phoneKey)
	n.of[person] = number{key: key, shelf: shelf}
	n.whose[key] = append(n.whose[key], person)
}

// shared tells whether somebody else on an allowed shelf has her number.
func (n *numbers) shared(person string, allow func(shelf string) bool) bool {
	n.mu.RLock()
	defer n.mu.RUnlock()
	hers, ok := n.of[person]
	return ok && slices.ContainsFunc(n.whose[hers.key], func(p string) bool {
		return p != person && allow(n.of[p].shelf)
	})
}
