package storetest

import "hash/fnv"

// tree is an immutable sorted map: a change gives a new tree that shares most
// of the old one, so keeping an old state costs nothing. It is a treap whose
// priorities are hashes of the keys.
type tree[V any] struct{ root *node[V] }

type node[V any] struct {
	key         string
	value       V
	priority    uint64
	left, right *node[V]
}

func (t tree[V]) get(key string) (v V, ok bool) {
	for n := t.root; n != nil; {
		switch {
		case key < n.key:
			n = n.left
		case key > n.key:
			n = n.right
		default:
			return n.value, true
		}
	}
	return v, false
}

func (t tree[V]) put(key string, v V) tree[V] {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key))
	below, above := split(t.remove(key).root, key)
	return tree[V]{merge(merge(below, &node[V]{key: key, value: v, priority: h.Sum64()}), above)}
}

func (t tree[V]) remove(key string) tree[V] {
	below, rest := split(t.root, key)
	_, above := split(rest, key+"\x00") // the next possible key
	return tree[V]{merge(below, above)}
}

// up hands over the values from a key on, in order, until fn returns false.
func (t tree[V]) up(from string, fn func(key string, v V) bool) { t.root.up(from, fn) }

// down hands over the values below a key, last first, until fn returns false.
func (t tree[V]) down(below string, fn func(key string, v V) bool) { t.root.down(below, fn) }

func (n *node[V]) up(from string, fn func(string, V) bool) bool {
	switch {
	case n == nil:
		return true
	case n.key < from:
		return n.right.up(from, fn)
	}
	return n.left.up(from, fn) && fn(n.key, n.value) && n.right.up(from, fn)
}

func (n *node[V]) down(below string, fn func(string, V) bool) bool {
	switch {
	case n == nil:
		return true
	case n.key >= below:
		return n.left.down(below, fn)
	}
	return n.right.down(below, fn) && fn(n.key, n.value) && n.left.down(below, fn)
}

// split parts a tree into the keys below one and the rest.
func split[V any](n *node[V], key string) (below, rest *node[V]) {
	if n == nil {
		return nil, nil
	}
	c := *n
	if n.key < key {
		c.right, rest = split(n.right, key)
		return &c, rest
	}
	below, c.left = split(n.left, key)
	return below, &c
}

// merge joins two trees of which all keys of the first are below those of the second.
func merge[V any](a, b *node[V]) *node[V] {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.priority > b.priority:
		c := *a
		c.right = merge(a.right, b)
		return &c
	}
	c := *b
	c.left = merge(a, b.left)
	return &c
}
