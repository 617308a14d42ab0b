package gateway

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"chautari/models/notice/sentence"
)

// Config is what an organisation got from the company it signed with.
type Config struct {
	Kind   string // "sparrow" or "aakash"
	Token  string
	Sender string // the approved sender name, where the company takes one
	URL    string // in place of the published address
}

// description is how one company wants to be spoken to.
type description struct {
	name   string
	url    string
	sender bool // a sender is named in each request
	form   func(c Config, to, text string) url.Values
	read   func(status int, body []byte) Answer
}

var descriptions = map[string]description{"sparrow": sparrow, "aakash": aakash}

// Kinds are the companies that are described here.
func Kinds() []string { return []string{"sparrow", "aakash"} }

// patience is how long a company may take to answer; mostAnswer how much it may say.
const (
	patience   = 20 * time.Second
	mostAnswer = 64 << 10
)

type overHTTP struct {
	description
	config Config
	client *http.Client
}

// New speaks to a company. The errors say what is missing in words for whoever
// sets it up, and repeat nothing that is secret.
func New(c Config) (Gateway, error) {
	d, ok := descriptions[c.Kind]
	switch {
	case !ok:
		return nil, fmt.Errorf("it is one of %s", strings.Join(Kinds(), ", "))
	case c.Token == "":
		return nil, errors.New("the token is missing")
	case d.sender && c.Sender == "":
		return nil, errors.New("the approved sender is missing")
	}
	if c.URL == "" {
		c.URL = d.url
	}
	to, err := url.Parse(c.URL)
	if err != nil || to.Host == "" || to.Scheme != "https" && !(to.Scheme == "http" && Loopback(to.Hostname())) {
		return nil, errors.New("its address is a whole one that begins with https")
	}
	return &overHTTP{description: d, config: c, client: &http.Client{
		Timeout: patience,
		// A redirect would carry token and number somewhere else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		// With a new connection each time, what went out before it broke is known.
		Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}},
	}}, nil
}

// Loopback tells whether a host is this machine itself.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (g *overHTTP) Name() string { return g.name }

// Send hands over one sentence. Whatever fails before there is a connection was
// surely not sent; what fails after it may have been.
func (g *overHTTP) Send(ctx context.Context, to Number, text sentence.Text) Answer {
	if to.ten == "" || text.Empty() {
		return Answer{Refused, Form}
	}
	var connected atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }})
	body := g.form(g.config, to.ten, text.Reveal()).Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, g.config.URL, strings.NewReader(body))
	if err != nil {
		return Answer{NotSent, Form}
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("User-Agent", "")
	answer, err := g.client.Do(request)
	if err != nil {
		if connected.Load() {
			return Answer{Unknown, Unclear}
		}
		return Answer{NotSent, Unreachable}
	}
	defer func() { _ = answer.Body.Close() }()
	said, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil {
		return Answer{Unknown, Unclear}
	}
	return g.read(answer.StatusCode, said)
}
