package store

import (
	"context"
	"errors"
	"sync"
	"testing"
)

func TestOnlyOneIsAtADocumentAtATime(t *testing.T) {
	var q Queues
	var wg sync.WaitGroup
	at := map[string]int{} // written without a lock: the turn is the lock
	seen := map[string]bool{}
	var most sync.Mutex
	for i := range 200 {
		wg.Go(func() {
			keys := []string{"a", "b"}
			if i%2 == 0 {
				keys = []string{"b", "a", "b"}
			}
			leave, err := q.In(context.Background(), keys...)
			if err != nil {
				t.Error(err)
				return
			}
			at["a"]++
			at["b"]++
			if at["a"] != 1 || at["b"] != 1 {
				most.Lock()
				seen["together"] = true
				most.Unlock()
			}
			at["a"]--
			at["b"]--
			leave()
		})
	}
	wg.Wait()
	if seen["together"] {
		t.Error("two were at one document at once")
	}
	if len(q.lines) != 0 {
		t.Errorf("%d lines are kept though nobody waits", len(q.lines))
	}
}

func TestWhoGivesUpWaitingHoldsNobodyBack(t *testing.T) {
	var q Queues
	leave, err := q.In(context.Background(), "b")
	if err != nil {
		t.Fatal(err)
	}
	gone, stop := context.WithCancel(context.Background())
	stop()
	if _, err := q.In(gone, "a", "b"); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	leave()
	again, err := q.In(context.Background(), "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	again()
	if len(q.lines) != 0 {
		t.Errorf("%d lines are left", len(q.lines))
	}
}
