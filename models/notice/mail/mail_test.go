package mail

import (
	"bufio"
	"context"
	"fmt"
	"mime"
	"net"
	"strings"
	"sync"
	"testing"

	"chautari/models/notice/gateway"
	"chautari/models/notice/sentence"
)

// office is a mail server on this machine that answers as it is told.
type office struct {
	port int
	says map[string]string // the answer to a command, in place of the usual one; "" hangs up

	mu    sync.Mutex
	heard []string
}

func open(t *testing.T, says map[string]string) *office {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &office{port: l.Addr().(*net.TCPAddr).Port, says: says}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go o.talk(c)
		}
	}()
	return o
}

func (o *office) talk(c net.Conn) {
	defer func() { _ = c.Close() }()
	fmt.Fprint(c, "220 here\r\n")
	lines := bufio.NewScanner(c)
	data := false
	for lines.Scan() {
		line := lines.Text()
		o.mu.Lock()
		o.heard = append(o.heard, line)
		o.mu.Unlock()
		word, _, _ := strings.Cut(line, " ")
		answer := map[string]string{"EHLO": "250-here\r\n250 8BITMIME", "DATA": "354 go on", "QUIT": "221 bye", ".": "250 taken"}[word]
		if data && line != "." {
			continue
		}
		data = word == "DATA"
		if answer == "" {
			answer = "250 ok"
		}
		if own, ok := o.says[word]; ok {
			if own == "" {
				return
			}
			answer = own
			data = false
		}
		fmt.Fprint(c, answer+"\r\n")
	}
}

func (o *office) send(t *testing.T, to string) gateway.Answer {
	t.Helper()
	s, err := New(Config{Host: "127.0.0.1", Port: o.port, From: "post@sathi.example"})
	if err != nil {
		t.Fatal(err)
	}
	return s.Send(context.Background(), to, sentence.Say(sentence.Look, "ne"))
}

func TestAMessageIsItsSentenceAndNothingElse(t *testing.T) {
	o := open(t, nil)
	if got := o.send(t, "sagun@mail.example"); got != (gateway.Answer{Outcome: gateway.Accepted}) {
		t.Fatalf("%v", got)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	host, _ := net.LookupAddr("127.0.0.1")
	for _, line := range o.heard {
		for _, telling := range append(host, "go-mail", "User-Agent", "X-Mailer", "hautari") {
			if strings.Contains(line, telling) && telling != "localhost" && telling != "localhost." {
				t.Errorf("%q tells %q", line, telling)
			}
		}
		if name, value, ok := strings.Cut(line, ": "); ok && name == "Subject" {
			subject, err := new(mime.WordDecoder).DecodeHeader(value)
			if err != nil || subject != sentence.Say(sentence.Look, "ne").Reveal() {
				t.Errorf("the subject is %q", subject)
			}
		}
	}
	if o.heard[0] != "EHLO sathi.example" {
		t.Errorf("it says %q", o.heard[0])
	}
}

func TestWhatBecameOfAMessageIsToldApart(t *testing.T) {
	for _, c := range []struct {
		word, says string
		want       gateway.Outcome
	}{
		{"MAIL", "451 later", gateway.NotSent},
		{"RCPT", "550 nobody of that name", gateway.Refused},
		{"RCPT", "450 later", gateway.NotSent},
		{"DATA", "554 no", gateway.Refused},
		{".", "451 later", gateway.NotSent},
		{".", "554 no", gateway.Refused},
		{".", "", gateway.Unknown},
		{"EHLO", "", gateway.NotSent},
	} {
		if got := open(t, map[string]string{c.word: c.says, "HELO": c.says}).send(t, "sagun@mail.example"); got.Outcome != c.want {
			t.Errorf("%s %q: %s", c.word, c.says, got.Outcome)
		}
	}
}

func TestAnAddressIsAnAddressAlone(t *testing.T) {
	for typed, want := range map[string]bool{
		"sagun@mail.example": true, " sagun@mail.example ": true,
		"Sagun <sagun@mail.example>": false, "a@mail.example, b@mail.example": false, "sagun": false, "": false,
		"a@b.example\r\nBcc: c@d.example": false, "साथी@mail.example": false,
	} {
		if _, ok := Address(typed); ok != want {
			t.Errorf("%q: %v", typed, ok)
		}
	}
	for _, c := range []Config{{}, {Host: "mail.example"}, {Host: "mail.example", From: "Pipal <p@mail.example>"}, {Host: "mail.example", From: "p@mail.example", User: "p"}} {
		if _, err := New(c); err == nil {
			t.Errorf("%+v is enough", c)
		}
	}
}
