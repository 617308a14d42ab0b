package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/clock"
	"chautari/models/store"
	"chautari/models/training"
)

// running is a server on a port of its own that is stopped and started.
type running struct {
	address string
	stop    context.CancelFunc
	ended   chan error
}

// run begins one more server on an address; ":0" is any.
func (w *twins) run(address string) *running {
	w.Helper()
	h := w.start()
	listener, err := net.Listen("tcp", address)
	w.must(err)
	serving, stop := context.WithCancel(ctx)
	r := &running{address: listener.Addr().String(), stop: stop, ended: make(chan error, 1)}
	go func() { r.ended <- h.serve(serving, listener) }()
	return r
}

// halt stops it and waits until it has ended.
func (r *running) halt(t *testing.T) {
	t.Helper()
	r.stop()
	if err := <-r.ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// balancer sends requests to several servers in turn, as a proxy does: what had
// no answer it sends to the next, which a GET and an act with a key allow.
type balancer struct {
	client    http.Client
	addresses []string
	next      atomic.Int64
	again     atomic.Int64
}

var errNobody = errors.New("no server took it")

func (b *balancer) do(r *http.Request) (*http.Response, error) {
	for try := range 200 {
		if try > 0 {
			b.again.Add(1)
		}
		out := r.Clone(r.Context())
		if r.GetBody != nil {
			body, err := r.GetBody()
			if err != nil {
				return nil, err
			}
			out.Body = body
		}
		out.Host = "localhost"
		out.URL.Host = b.addresses[int(b.next.Add(1))%len(b.addresses)]
		res, err := b.client.Do(out)
		if err == nil {
			return res, nil
		}
	}
	return nil, errNobody
}

// Women apply and withdraw all the time, some two hundred times a second, while
// one server after the other is stopped and started. What was answered is in the
// trail once, and nothing else is.
func TestARollingRestartLosesNothingAndDoesNothingTwice(t *testing.T) {
	t.Parallel()
	w := newTwins(t, clock.System{})
	women := w.members(8)
	intakes := make([]string, len(women))
	for i := range intakes {
		intakes[i] = w.intake(3)
	}
	servers := []*running{w.run("127.0.0.1:0"), w.run("127.0.0.1:0")}
	b := &balancer{
		addresses: []string{servers[0].address, servers[1].address},
		client:    http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: len(women)}},
	}
	var sent, applied, withdrawn atomic.Int64
	var over atomic.Bool
	pace, look := time.NewTicker(5*time.Millisecond), time.NewTicker(time.Millisecond) // 200 acts a second
	defer pace.Stop()
	defer look.Stop()
	began := time.Now()

	var stream sync.WaitGroup
	for i, c := range women {
		stream.Go(func() {
			act := func(path string, acted *atomic.Int64) (id string) {
				<-pace.C
				sent.Add(1)
				res, err := b.do(c.request(http.MethodPost, path, map[string]any{}))
				if err != nil {
					t.Error(err)
					over.Store(true)
					return ""
				}
				a := read(t, res)
				if a.status != 200 && a.status != 201 {
					t.Errorf("%d %s", a.status, a.code)
					over.Store(true)
				}
				acted.Add(1)
				id, _ = a.json["id"].(string)
				return id
			}
			for !over.Load() {
				if enrolment := act("/api/intakes/"+intakes[i]+"/apply", &applied); enrolment != "" {
					act("/api/enrolments/"+enrolment+"/withdraw", &withdrawn)
				}
			}
		})
	}
	// Each goes down and comes up twice, with two hundred requests between.
	for round := range 4 {
		for until := sent.Load() + 200; sent.Load() < until && !over.Load(); {
			<-look.C
		}
		i := round % len(servers)
		servers[i].halt(t)
		servers[i] = w.run(servers[i].address)
	}
	for until := sent.Load() + 200; sent.Load() < until && !over.Load(); {
		<-look.C
	}
	took := time.Since(began)
	over.Store(true)
	stream.Wait()
	for _, s := range servers {
		s.halt(t)
	}

	var inTrail, outTrail int64
	for _, c := range women {
		inTrail += int64(w.done(access.ApplyToIntake, c.who.Account))
		outTrail += int64(w.done(access.WithdrawEnrolment, c.who.Account))
		own, err := w.a.nouns.Courses.Mine(ctx, c.who)
		w.must(err)
		for _, o := range own {
			if o.Standing != training.Withdrawn {
				t.Errorf("she is %s after she withdrew", o.Standing)
			}
		}
	}
	if inTrail != applied.Load() || outTrail != withdrawn.Load() {
		t.Errorf("%d of %d applications and %d of %d withdrawals are in the trail", inTrail, applied.Load(), outTrail, withdrawn.Load())
	}
	t.Logf("4 restarts in %.1f s: %d requests sent, %d sent again after a connection error; acknowledged %d applications and %d withdrawals, in the trail %d and %d",
		took.Seconds(), sent.Load(), b.again.Load(), applied.Load(), withdrawn.Load(), inTrail, outTrail)
}

// slow is an engine that, when it is told to hold, lets whoever made the next new
// document of a collection wait for its transaction's end.
type slow struct {
	store.Engine
	of      string // the collection
	hold    atomic.Bool
	held    chan struct{}
	let     chan struct{}
	mu      sync.Mutex
	happens []string
}

func (s *slow) note(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.happens = append(s.happens, what)
}

func (s *slow) Tx(ctx context.Context, body func(store.Writer) error) error {
	var made atomic.Bool
	err := s.Engine.Tx(ctx, func(w store.Writer) error { return body(slowWriter{w, s.of, &made}) })
	if made.Load() && s.hold.CompareAndSwap(true, false) {
		close(s.held)
		<-s.let
		s.note("the request was finished")
	}
	return err
}

type slowWriter struct {
	store.Writer
	of   string
	made *atomic.Bool
}

func (w slowWriter) Insert(ctx context.Context, c *store.Spec, org string, r store.Record) error {
	if c.Name == w.of {
		w.made.Store(true)
	}
	return w.Writer.Insert(ctx, c, org, r)
}

func (s *slow) Close() error {
	s.note("the store was closed")
	return nil
}

func TestAStopSaysSoFinishesWhatItTookAndClosesTheStoresLast(t *testing.T) {
	w := newTwins(t, clock.System{})
	she := w.members(1)[0]
	intake := w.intake(3)
	engine := &slow{Engine: w.data, of: "enrolments", held: make(chan struct{}), let: make(chan struct{})}
	h, err := assemble(ctx, settings{}, w.master, w.clock, w.a.log, engine, lent{w.keys})
	w.must(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	serving, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- h.serve(serving, listener) }()

	answered := make(chan answer, 1)
	to := func(r *http.Request) *http.Request {
		r.URL.Host, r.Host = listener.Addr().String(), "localhost"
		return r
	}
	ready, err := http.DefaultClient.Do(to(she.request(http.MethodGet, "/readyz", nil)))
	w.must(err)
	read(t, ready).wants(200)
	http.DefaultClient.CloseIdleConnections()
	engine.hold.Store(true)
	go func() {
		res, err := http.DefaultClient.Do(to(she.request(http.MethodPost, "/api/intakes/"+intake+"/apply", map[string]any{})))
		if err != nil {
			t.Error(err)
			res = &http.Response{Body: io.NopCloser(&bytes.Buffer{})}
		}
		answered <- read(t, res)
	}()
	<-engine.held
	stop()
	for !h.stopping.Load() {
		runtime.Gosched() // until the signal was heard
	}
	parts := h.ready(ctx)
	if last := parts[len(parts)-1]; last.Name != "server" || last.Wrong != "stops" {
		t.Errorf("/readyz says %+v while it stops", parts)
	}
	close(engine.let)
	(<-answered).wants(201)
	w.must(<-ended)
	if n := len(engine.happens); n != 2 || engine.happens[1] != "the store was closed" {
		t.Errorf("in this order: %v", engine.happens)
	}
	if _, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		t.Error("its door is open after it stopped")
	}
}
