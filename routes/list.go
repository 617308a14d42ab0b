package routes

import "chautari/models/store"

// Page is embedded in the In of a list. Cursor is the next of an earlier
// answer; Limit is 1 to 100, 25 when it isn't given.
type Page struct {
	Cursor string `query:"cursor" json:"-" validate:"max=1024"`
	Limit  int    `query:"limit" json:"-" validate:"omitempty,min=1,max=100"`
}

const pageSize = 25

// Size is how many items the page holds.
func (p Page) Size() int {
	if p.Limit == 0 {
		return pageSize
	}
	return p.Limit
}

// After is where the page starts.
func (p Page) After() store.Cursor { return store.Cursor(p.Cursor) }

// List is the answer of every list. Next is null at its end.
type List[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next"`
}

// NewList makes a list of one page's items and the cursor of the next page.
func NewList[T any](items []T, next store.Cursor) List[T] {
	l := List[T]{Items: items}
	if next != "" {
		s := string(next)
		l.Next = &s
	}
	return l
}
