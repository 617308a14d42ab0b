package routes

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/models/seal"
)

func TestNetworkIsAPrefixUnderADailyKey(t *testing.T) {
	c := clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC))
	n := &networks{clock: c}
	of := func(s string) Network { return n.of(netip.MustParseAddr(s)) }
	near, far := of("203.0.113.7"), of("203.0.114.7")
	if near != of("203.0.113.200") || near != of("::ffff:203.0.113.9") || near == far {
		t.Error("a neighbourhood is not its /24")
	}
	if of("2001:db8:1::1") != of("2001:db8:1:ffff::2") || of("2001:db8:1::1") == of("2001:db8:2::1") {
		t.Error("a neighbourhood is not its /48")
	}
	n.of(netip.Addr{}) // what couldn't be read has one too
	c.Advance(24 * time.Hour)
	if near == of("203.0.113.7") {
		t.Error("the key outlives the day")
	}
}

func TestPaceCountsManyAtOnceAndKeepsLittle(t *testing.T) {
	p := &Pace{Code: "registration.slow_down", Free: 3, First: time.Second, Most: time.Minute, Forget: time.Hour, clock: clock.At(time.Unix(0, 0))}
	results := make(chan error)
	for range 50 {
		go func() { results <- p.Take(Network{1}) }()
	}
	passed := 0
	for range 50 {
		if <-results == nil {
			passed++
		}
	}
	if passed != 3 {
		t.Errorf("%d passed", passed)
	}
	p.Succeeded(Network{1})
	if err := p.Take(Network{1}); !fault.Is(err, fault.TooMany) {
		t.Error("success forgives though it is counted")
	}
	for i := range 3 * paceSize {
		_ = p.Take(Network{2, byte(i), byte(i >> 8), byte(i >> 16)})
	}
	if held := len(p.young) + len(p.old); held > 2*paceSize {
		t.Errorf("%d are kept", held)
	}
}

func TestEveryKindHasAStatus(t *testing.T) {
	for kind := fault.Malformed; kind <= fault.Unavailable; kind++ {
		if statuses[kind] == 0 {
			t.Errorf("kind %d has none", kind)
		}
	}
	if p, _, unknown := problemOf(&fault.Error{Kind: 99, Code: "odd.kind"}); p.Status != 500 || !unknown {
		t.Errorf("an unknown kind is %+v", p)
	}
	if p, _, unknown := problemOf(fmt.Errorf("opening: %w", seal.ErrUnreadable)); p.Code != "record.unreadable" || p.Status != 500 || !unknown {
		t.Errorf("what does not open is answered with %+v, looked at: %v", p, unknown)
	}
	if p, _, unknown := problemOf(fmt.Errorf("opening: %w", seal.ErrNoKey)); p.Code != "request.absent" || p.Status != 404 || !unknown {
		t.Error("who was erased meanwhile isn't absent, or nobody is told", p)
	}
	if p, _, _ := problemOf(errors.Join(errors.New("outside"), fault.New(fault.Absent, "member.absent"))); p.Code != "request.absent" {
		t.Errorf("an absent member is %+v", p)
	}
}

type fuzzed struct {
	Text  string            `json:"text"`
	Count *int64            `json:"count"`
	List  []fuzzedInner     `json:"list"`
	Names map[string]string `json:"names"`
	On    bool              `json:"on"`
}

type fuzzedInner struct {
	Text string `json:"text"`
}

// FuzzDecode looks for a body that is taken though it holds what no text may
// hold, or that brings the decoder down.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"text":"a"}`, `{"text":null}`, `{"count":null}`, `{"list":[{"text":"b"}]}`, `{"names":{"a":"b"}}`,
		`{"text":{"$ne":""}}`, `{"text":"\u0000"}`, "{\"text\":\"\xff\"}", `{"text":"a","text":"b"}`, `{"TEXT":"a"}`, `[[[[`, `{"names":{"\u0000":""}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var v fuzzed
		err := decode(body, &v)
		if err != nil {
			p, _, unknown := problemOf(err)
			if p.Status != 400 || unknown {
				t.Fatalf("%q is answered with %d", body, p.Status)
			}
			for _, f := range p.Fields {
				if !isPlainName(f.Field) {
					t.Fatalf("%q names %q", body, f.Field)
				}
			}
			return
		}
		texts := []string{v.Text}
		for _, inner := range v.List {
			texts = append(texts, inner.Text)
		}
		for name, text := range v.Names {
			texts = append(texts, name, text)
		}
		for _, text := range texts {
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				t.Fatalf("%q gives %q", body, text)
			}
		}
	})
}
