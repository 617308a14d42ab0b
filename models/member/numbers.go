package member

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"chautari/models/script"
)

// numbers knows, in memory only, who has which phone.
type numbers struct {
	mu    sync.RWMutex
	of    map[string]number   // by person
	whose map[string][]string // persons by number
}

type number struct{ e164, shelf string }

func newNumbers() numbers { return numbers{of: map[string]number{}, whose: map[string][]string{}} }

// put files a person under her number, in place of an earlier one; empty takes her out.
func (n *numbers) put(person, shelf, e164 string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if old, ok := n.of[person]; ok {
		rest := slices.DeleteFunc(n.whose[old.e164], func(p string) bool { return p == person })
		if len(rest) == 0 {
			delete(n.whose, old.e164)
		} else {
			n.whose[old.e164] = rest
		}
		delete(n.of, person)
	}
	if e164 == "" {
		return
	}
	n.of[person] = number{e164, shelf}
	n.whose[e164] = append(n.whose[e164], person)
}

// shared tells whether somebody else on an allowed shelf has her number.
func (n *numbers) shared(person string, allow func(shelf string) bool) bool {
	n.mu.RLock()
	defer n.mu.RUnlock()
	hers, ok := n.of[person]
	return ok && slices.ContainsFunc(n.whose[hers.e164], func(p string) bool {
		return p != person && allow(n.of[p].shelf)
	})
}

// fewestDigits makes a query one for a number and not for a name.
const fewestDigits = 4

// digitsOf reads a query that is a number or a part of one, in any digits; ok is
// false for any other.
func digitsOf(query string) (digits string, ok bool) {
	for _, r := range script.FoldDigits(script.Clean(query)) {
		switch {
		case r >= '0' && r <= '9':
			digits += string(r)
		case strings.ContainsRune("+-() .", r):
		default:
			return "", false
		}
	}
	return digits, len(digits) >= fewestDigits || strings.HasPrefix(strings.TrimSpace(query), "+") && digits != ""
}

// search finds the people on allowed shelves whose number holds the digits, in
// the order of their numbers.
func (n *numbers) search(digits string, allow func(shelf string) bool, limit int, after script.Position) []script.Hit {
	n.mu.RLock()
	defer n.mu.RUnlock()
	var hits []script.Hit
	for person, num := range n.of {
		hit := script.Hit{ID: person, Group: num.shelf, Key: num.e164, Rank: script.SameKey}
		if strings.Contains(num.e164, digits) && inOrder(after, hit) < 0 && allow(num.shelf) {
			hits = append(hits, hit)
		}
	}
	slices.SortFunc(hits, func(a, b script.Hit) int { return inOrder(a.Position(), b) })
	return hits[:min(len(hits), limit)]
}

func inOrder(p script.Position, h script.Hit) int {
	return cmp.Or(cmp.Compare(p.Key, h.Key), cmp.Compare(p.ID, h.ID))
}
