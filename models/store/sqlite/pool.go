package sqlite

import (
	"context"
	"errors"

	"chautari/models/store"
)

// pool lends connections and opens them when first wanted.
type pool struct {
	open   func() (*conn, error)
	slots  chan *conn // nil stands for one not yet opened
	closed chan struct{}
}

func newPool(size int, open func() (*conn, error)) *pool {
	p := &pool{open: open, slots: make(chan *conn, size), closed: make(chan struct{})}
	for range size {
		p.slots <- nil
	}
	return p
}

// use lends a connection to fn, waiting for one as long as the context allows.
func (p *pool) use(ctx context.Context, fn func(*conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c, err := p.take(ctx)
	if err != nil {
		return err
	}
	defer func() { p.slots <- c }()
	if c == nil {
		if c, err = p.open(); err != nil {
			return err
		}
	}
	return fn(c)
}

func (p *pool) take(ctx context.Context) (*conn, error) {
	select {
	case c := <-p.slots:
		return c, nil
	default:
	}
	select {
	case c := <-p.slots:
		return c, nil
	case <-p.closed:
		return nil, store.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// close waits for what is lent. It is called once.
func (p *pool) close() error {
	close(p.closed)
	var errs []error
	for range cap(p.slots) {
		if c := <-p.slots; c != nil {
			errs = append(errs, c.close())
		}
	}
	return errors.Join(errs...)
}
