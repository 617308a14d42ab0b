package script

import "container/heap"

// merge walks several ordered lists as one.
type merge struct {
	lists   [][]slot // none empty; a heap by first element
	compare func(a, b slot) int
}

func mergeOf(lists [][]slot, compare func(a, b slot) int) *merge {
	m := &merge{lists, compare}
	heap.Init(m)
	return m
}

func (m *merge) more() bool { return len(m.lists) > 0 }

// next takes the first of all; there must be more.
func (m *merge) next() slot {
	s := m.lists[0][0]
	if m.lists[0] = m.lists[0][1:]; len(m.lists[0]) == 0 {
		heap.Pop(m)
	} else {
		heap.Fix(m, 0)
	}
	return s
}

func (m *merge) Len() int           { return len(m.lists) }
func (m *merge) Less(i, j int) bool { return m.compare(m.lists[i][0], m.lists[j][0]) < 0 }
func (m *merge) Swap(i, j int)      { m.lists[i], m.lists[j] = m.lists[j], m.lists[i] }
func (m *merge) Push(any)           { panic("a merge only shrinks") }
func (m *merge) Pop() any {
	last := m.lists[len(m.lists)-1]
	m.lists = m.lists[:len(m.lists)-1]
	return last
}
