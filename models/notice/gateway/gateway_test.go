package gateway

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"chautari/models/notice/sentence"
)

var (
	ctx     = context.Background()
	her, _  = Nepali("+9779841000005")
	settled = sentence.Say(sentence.Settled, "ne")
)

// exchange is a recorded one.
type exchange struct{ kind, method, path, form, answer, outcome string }

func recorded(t *testing.T, file string) (e exchange, status int) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		fields[name] = value
	}
	request := strings.Fields(fields["request"])
	status, err = strconv.Atoi(fields["status"])
	if err != nil || len(request) != 3 {
		t.Fatalf("%s can't be read", file)
	}
	return exchange{fields["kind"], request[0], request[1], request[2], fields["answer"], fields["outcome"]}, status
}

// company answers as one and gives the gateway that speaks to it.
func company(t *testing.T, kind, path string, answer http.HandlerFunc) Gateway {
	t.Helper()
	there := httptest.NewServer(answer)
	t.Cleanup(there.Close)
	g, err := New(Config{Kind: kind, Token: "invented-token", Sender: "PIPAL", URL: there.URL + path})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func (a Answer) words() string {
	if a.Why == "" {
		return a.Outcome.String()
	}
	return fmt.Sprintf("%s: %s", a.Outcome, a.Why)
}

func TestEachCompanyIsSpokenToAsItDescribesItself(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 15 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			e, status := recorded(t, file)
			if published, _ := url.Parse(descriptions[e.kind].url); published.Path != e.path {
				t.Errorf("the address is %s", published)
			}
			g := company(t, e.kind, e.path, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				if r.Method != e.method || r.URL.Path != e.path || r.URL.RawQuery != "" || string(body) != e.form {
					t.Errorf("sent %s %s %s", r.Method, r.URL, body)
				}
				if r.UserAgent() != "" || r.Header.Get("Referer") != "" {
					t.Errorf("it tells who sends: %v", r.Header)
				}
				w.WriteHeader(status)
				_, _ = io.WriteString(w, e.answer)
			})
			if got := g.Send(ctx, her, settled).words(); got != e.outcome {
				t.Errorf("%s, want %s", got, e.outcome)
			}
		})
	}
}

func TestWhatFindsNobodyWasNotSentAndWhatBreaksOffIsNotKnown(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	g, err := New(Config{Kind: "aakash", Token: "t", URL: closed.URL})
	if err != nil {
		t.Fatal(err)
	}
	if got := g.Send(ctx, her, settled); got != (Answer{NotSent, Unreachable}) {
		t.Errorf("nobody there: %s", got.words())
	}
	g = company(t, "aakash", "/", func(w http.ResponseWriter, _ *http.Request) {
		conn, _, _ := w.(http.Hijacker).Hijack()
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	})
	if got := g.Send(ctx, her, settled); got != (Answer{Unknown, Unclear}) {
		t.Errorf("broken off: %s", got.words())
	}
	over, cancel := context.WithCancel(ctx)
	g = company(t, "aakash", "/", func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		cancel()
		<-r.Context().Done()
	})
	if got := g.Send(over, her, settled); got != (Answer{Unknown, Unclear}) {
		t.Errorf("stopped while it waits: %s", got.words())
	}
}

func TestARedirectCarriesTokenAndNumberNowhere(t *testing.T) {
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	g := company(t, "sparrow", "/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	})
	if got := g.Send(ctx, her, settled); got.Outcome != Unknown || elsewhere.Load() != 0 {
		t.Errorf("%s, and %d went elsewhere", got.words(), elsewhere.Load())
	}
}

// scripted gives one answer and counts.
type scripted struct {
	Answer
	sent int
}

func (s *scripted) Name() string { return "scripted" }

func (s *scripted) Send(context.Context, Number, sentence.Text) Answer {
	s.sent++
	return s.Answer
}

func TestTheSecondCompanySendsOnlyWhatTheFirstSurelyDidNot(t *testing.T) {
	for first, wants := range map[Outcome]int{Accepted: 0, Refused: 0, Unknown: 0, NotSent: 1} {
		one, two := &scripted{Answer: Answer{Outcome: first}}, &scripted{Answer: Answer{Outcome: Accepted}}
		With(one, two).Send(ctx, her, settled)
		if one.sent != 1 || two.sent != wants {
			t.Errorf("after %s the second sent %d", first, two.sent)
		}
	}
	one := &scripted{}
	if With(one, nil) != Gateway(one) {
		t.Error("with no second it is another")
	}
}

func TestOnlyMobileNumbersOfNepalAreSentTo(t *testing.T) {
	for e164, want := range map[string]bool{
		"+9779841000005": true, "+9779761000005": true, "+9779611000005": true,
		"+97714412345": false, "+4790000000": false, "+919841000005": false, "9841000005": false, "+97798410000055": false, "": false,
	} {
		if _, ok := Nepali(e164); ok != want {
			t.Errorf("%s: %v", e164, ok)
		}
	}
	g := company(t, "aakash", "/", func(http.ResponseWriter, *http.Request) { t.Error("something was sent") })
	g.Send(ctx, Number{}, settled)
	g.Send(ctx, her, sentence.Text{})
	if s := fmt.Sprintf("%v %+v", her, struct{ N Number }{her}); strings.ContainsAny(s, "0123456789") {
		t.Errorf("printed as %s", s)
	}
}

func TestASetupThatCannotWorkSaysWhatIsMissing(t *testing.T) {
	for words, c := range map[string]Config{
		"one of":  {Kind: "pigeon", Token: "invented-token"},
		"token":   {Kind: "aakash"},
		"sender":  {Kind: "sparrow", Token: "invented-token"},
		"https":   {Kind: "aakash", Token: "invented-token", URL: "http://sms.example/send"},
		"address": {Kind: "aakash", Token: "invented-token", URL: "sms.example"},
	} {
		_, err := New(c)
		if err == nil || !strings.Contains(err.Error(), words) || strings.Contains(err.Error(), "invented-token") {
			t.Errorf("%s: %v", words, err)
		}
	}
	for kind, sender := range map[string]string{"sparrow": "PIPAL", "aakash": ""} {
		g, err := New(Config{Kind: kind, Token: "invented-token", Sender: sender})
		if err != nil || !strings.EqualFold(g.Name(), kind) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
