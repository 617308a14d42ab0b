// Package mail hands sentences to a mail server, for who works here. What
// doesn't belong here: whether and when somebody may be sent anything, which is
// package notice.
package mail

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"chautari/models/id"
	"chautari/models/notice/gateway"
	"chautari/models/notice/sentence"
)

// Config is the mail server of the organisation.
type Config struct {
	Host     string
	Port     int // 587 where it is 0
	User     string
	Password string
	From     string // a neutral address, without a name before it
}

// patience is how long the server may take.
const patience = 20 * time.Second

// Server sends by one mail server.
type Server struct {
	config Config
	domain string
}

// New speaks to a mail server. The errors repeat nothing that is secret.
func New(c Config) (*Server, error) {
	from, err := mail.ParseAddress(c.From)
	switch {
	case c.Host == "":
		return nil, errors.New("the mail server is missing")
	case err != nil || from.Name != "":
		return nil, errors.New("the sender is an address alone, such as post@sathi.example")
	case (c.User == "") != (c.Password == ""):
		return nil, errors.New("user and password come together")
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	return &Server{config: c, domain: domain}, nil
}

// Address reads an address of somebody; ok is false for anything but an address
// alone, in ASCII, of at most 254 characters (RFC 5321).
func Address(typed string) (address string, ok bool) {
	a, err := mail.ParseAddress(strings.TrimSpace(typed))
	if err != nil || a.Name != "" || len(a.Address) > 254 || strings.ContainsAny(a.Address, "\r\n ,;\"<>") {
		return "", false
	}
	for _, r := range a.Address {
		if r > 126 {
			return "", false
		}
	}
	return a.Address, true
}

// Send hands over one sentence: it is the subject and all of the text. Nothing
// else of the message tells anything of this server or its software.
func (s *Server) Send(ctx context.Context, to string, text sentence.Text) gateway.Answer {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if text.Empty() || m.From(s.config.From) != nil || m.To(to) != nil {
		return gateway.Answer{Outcome: gateway.Refused, Why: gateway.Form}
	}
	m.SetMessageIDWithValue(id.New("msg") + "@" + s.domain)
	m.Subject(text.Reveal())
	m.SetBodyString(gomail.TypeTextPlain, text.Reveal()+"\n")
	client, err := s.client()
	if err != nil {
		return gateway.Answer{Outcome: gateway.NotSent, Why: gateway.Form}
	}
	if err := client.DialWithContext(ctx); err != nil {
		return gateway.Answer{Outcome: gateway.NotSent, Why: gateway.Unreachable}
	}
	defer func() { _ = client.Close() }()
	return outcome(client.Send(m), m.IsDelivered())
}

func (s *Server) client() (*gomail.Client, error) {
	options := []gomail.Option{gomail.WithTimeout(patience), gomail.WithHELO(s.domain), gomail.WithTLSPolicy(gomail.TLSMandatory)}
	if gateway.Loopback(s.config.Host) {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	}
	switch s.config.Port {
	case 0:
		options = append(options, gomail.WithPort(587))
	case 465:
		options = append(options, gomail.WithPort(465), gomail.WithSSL())
	default:
		options = append(options, gomail.WithPort(s.config.Port))
	}
	if s.config.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.config.User), gomail.WithPassword(s.config.Password))
	}
	c, err := gomail.NewClient(s.config.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	return c, nil
}

// outcome reads what became of a message. Only between its last byte and the
// server's answer to it is it open whether it was taken (RFC 5321, 4.5.3.2).
func outcome(err error, delivered bool) gateway.Answer {
	if err == nil || delivered {
		return gateway.Answer{Outcome: gateway.Accepted}
	}
	var failed *gomail.SendError
	if !errors.As(err, &failed) {
		return gateway.Answer{Outcome: gateway.Unknown, Why: gateway.Unclear}
	}
	switch {
	case failed.Reason == gomail.ErrSMTPDataClose && failed.ErrorCode() == 0, failed.Reason == gomail.ErrAmbiguous:
		return gateway.Answer{Outcome: gateway.Unknown, Why: gateway.Unclear}
	case failed.ErrorCode() >= 500:
		return gateway.Answer{Outcome: gateway.Refused, Why: gateway.Receiver}
	case failed.ErrorCode() >= 400:
		return gateway.Answer{Outcome: gateway.NotSent, Why: gateway.Busy}
	}
	return gateway.Answer{Outcome: gateway.NotSent, Why: gateway.Unreachable}
}
