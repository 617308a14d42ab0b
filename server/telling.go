package main

import (
	"fmt"
	"io"
	"time"
)

// telling says about once a second how far long work is.
type telling struct {
	to     io.Writer
	format string // with %s for how far
	last   time.Time
	n      int64
}

func newTelling(to io.Writer, format string) *telling {
	return &telling{to: to, format: format, last: time.Now()}
}

func (t *telling) say(how string) {
	if now := time.Now(); now.Sub(t.last) >= time.Second {
		t.last = now
		fmt.Fprintf(t.to, t.format+"\n", how)
	}
}

// documents is told how many there are so far.
func (t *telling) documents(n int) {
	t.n = int64(n)
	t.say(fmt.Sprint(n))
}

// bytes counts what is written to it.
func (t *telling) bytes() io.Writer { return counting{t} }

type counting struct{ *telling }

func (c counting) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	c.say(size(c.n))
	return len(p), nil
}

// size is in words: a small file is no empty one.
func size(n int64) string {
	if n < 100_000 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
