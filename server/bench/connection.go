package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/valyala/fasthttp"

	"chautari/models/factor"
)

// connection is one keep-alive connection. It sends requests whose bytes were
// made beforehand, so that the client costs the machine as little as may be.
type connection struct {
	address string
	raw     net.Conn
	in      *bufio.Reader
	answer  fasthttp.Response
}

// answerTime bounds one answer; a dry run takes the longest.
const answerTime = 2 * time.Minute

// dial connects from an address of the numbered network, each of which the
// server takes for another neighbourhood: 127.1.0.1, 127.1.1.1, …
func dial(address string, network int) (*connection, error) {
	from := &net.TCPAddr{IP: net.IPv4(127, byte(1+network>>8), byte(network), 1)}
	raw, err := (&net.Dialer{LocalAddr: from, Timeout: 10 * time.Second}).Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &connection{address: address, raw: raw, in: bufio.NewReaderSize(raw, 64<<10)}, nil
}

func (c *connection) close() error { return c.raw.Close() }

// do sends one request and reads its answer, which is there until the next.
func (c *connection) do(request []byte, want int) error {
	if err := c.raw.SetDeadline(time.Now().Add(answerTime)); err != nil {
		return err
	}
	if _, err := c.raw.Write(request); err != nil {
		return err
	}
	if err := c.answer.Read(c.in); err != nil {
		return err
	}
	if got := c.answer.StatusCode(); got != want {
		return fmt.Errorf("answered %d, not %d: %.200s", got, want, c.answer.Body())
	}
	return nil
}

// decode reads the last answer's JSON.
func (c *connection) decode(into any) error { return json.Unmarshal(c.answer.Body(), into) }

// get makes the bytes of a reading request, with a session where there is one.
func get(address, path, session string) []byte {
	if session != "" {
		session = "Cookie: " + session + "\r\n"
	}
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n", path, address, session)
}

// post makes the bytes of a writing request as our own pages send it, with an
// idempotency key of its own.
func post(address, path, session, contentType string, body []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "POST %s HTTP/1.1\r\nHost: %s\r\nSec-Fetch-Site: same-origin\r\nIdempotency-Key: %s\r\n", path, address, newKey())
	if session != "" {
		fmt.Fprintf(&b, "Cookie: %s\r\n", session)
	}
	fmt.Fprintf(&b, "Content-Type: %s\r\nContent-Length: %s\r\n\r\n", contentType, strconv.Itoa(len(body)))
	b.Write(body)
	return b.Bytes()
}

func newKey() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand never errs: it stops the program instead
	return hex.EncodeToString(b[:])
}

// enter signs somebody in and returns the cookie of her session. Whoever is asked
// for more than her words enrols an app at the first time, and has it from then on.
func enter(address string, s signIn) (session string, err error) {
	c, err := dial(address, 0)
	if err != nil {
		return "", err
	}
	defer c.close()
	var in struct {
		Needs *struct {
			Kind factor.Kind `json:"kind"`
		} `json:"needs"`
	}
	session, err = c.step("/api/session", "", map[string]string{"handle": s.handle, "passphrase": phrase}, &in)
	if err != nil || in.Needs == nil {
		return session, err
	}
	if in.Needs.Kind == factor.Enrol {
		if _, err := c.step("/api/factors/totp", session, struct{}{}, s.app); err != nil {
			return "", err
		}
		return s.app.give(c, "/api/factors/totp/confirm", session, map[string]string{"name": "Bench"})
	}
	return s.app.give(c, "/api/session/factor/totp", session, map[string]string{})
}

// app reckons digits, each of which are taken once.
type app struct {
	Secret string `json:"secret"`
	used   time.Time
}

// appStep is how long the same digits last.
const appStep = 30 * time.Second

func (a *app) give(c *connection, path, session string, body map[string]string) (string, error) {
	now := time.Now()
	if next := a.used.Truncate(appStep).Add(appStep); now.Before(next) {
		time.Sleep(next.Sub(now))
		now = time.Now()
	}
	code, err := totp.GenerateCode(a.Secret, now)
	if err != nil {
		return "", err
	}
	a.used, body["code"] = now, code
	return c.step(path, session, body, &struct{}{})
}

// step sends one step of a sign-in, reads the answer into a struct and returns
// the cookie under which it goes on.
func (c *connection) step(path, session string, body, into any) (string, error) {
	sent, err := json.Marshal(body)
	if err != nil {
		return "", err
	}
	if err := c.do(post(c.address, path, session, "application/json", sent), 200); err != nil {
		return "", fmt.Errorf("sign in: %w", err)
	}
	c.answer.Header.VisitAllCookie(func(_, value []byte) {
		text, _, _ := strings.Cut(string(value), ";")
		session = text
	})
	if session == "" {
		return "", errors.New("sign in: no cookie")
	}
	return session, c.decode(into)
}
