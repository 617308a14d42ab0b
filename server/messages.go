package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"chautari/models/access"
	"chautari/models/member"
	"chautari/models/notice"
	"chautari/models/notice/gateway"
	"chautari/models/notice/mail"
)

// CarrierSettings name who carries messages out of the server. Where they are
// empty nothing leaves: a dry run.
type CarrierSettings struct {
	// SMS is the company ("sparrow" or "aakash"), with what it gave whoever signed
	// with it. The second one sends what the first surely didn't.
	SMS          string `env:"SMS"`
	SMSTokenFile string `env:"SMS_TOKEN_FILE"`
	SMSSender    string `env:"SMS_SENDER"`
	SMSURL       string `env:"SMS_URL"`

	SMSSecond          string `env:"SMS_SECOND"`
	SMSSecondTokenFile string `env:"SMS_SECOND_TOKEN_FILE"`
	SMSSecondSender    string `env:"SMS_SECOND_SENDER"`

	// SMTP is the mail server, for those who work here.
	SMTPHost         string `env:"SMTP_HOST"`
	SMTPPort         int    `env:"SMTP_PORT"`
	SMTPUser         string `env:"SMTP_USER"`
	SMTPPasswordFile string `env:"SMTP_PASSWORD_FILE"`
	SMTPFrom         string `env:"SMTP_FROM"`
}

// outside opens what carries messages. Nothing is asked of anybody yet.
func (s CarrierSettings) outside() (out notice.Outside, err error) {
	first, err := s.company("SMS", gateway.Config{Kind: s.SMS, Sender: s.SMSSender, URL: s.SMSURL}, s.SMSTokenFile)
	if err != nil {
		return out, err
	}
	second, err := s.company("SMS_SECOND", gateway.Config{Kind: s.SMSSecond, Sender: s.SMSSecondSender}, s.SMSSecondTokenFile)
	switch {
	case err != nil:
		return out, err
	case first == nil && second != nil:
		return out, errors.New("SMS_SECOND is set without SMS")
	case first != nil:
		out.SMS = gateway.With(first, second)
	}
	if s.SMTPHost == "" {
		return out, nil
	}
	password, err := secretOf("SMTP_PASSWORD_FILE", s.SMTPPasswordFile)
	if err != nil {
		return out, err
	}
	by, err := mail.New(mail.Config{Host: s.SMTPHost, Port: s.SMTPPort, User: s.SMTPUser, Password: password, From: s.SMTPFrom})
	if err != nil {
		return out, fmt.Errorf("SMTP: %w", err)
	}
	out.Mail = by
	return out, nil
}

func (CarrierSettings) company(setting string, c gateway.Config, tokenFile string) (gateway.Gateway, error) {
	if c.Kind == "" {
		return nil, nil
	}
	var err error
	if c.Token, err = secretOf(setting+"_TOKEN_FILE", tokenFile); err != nil {
		return nil, err
	}
	g, err := gateway.New(c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", setting, err)
	}
	return g, nil
}

// secretOf reads a secret from its file; without a file there is none.
func secretOf(setting, path string) (string, error) {
	if path == "" {
		return "", nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w", setting, err)
	}
	return strings.TrimSpace(string(content)), nil
}

// hereOnly keeps carriers that are on this machine itself, for invented people:
// their numbers may be somebody's.
func (s CarrierSettings) hereOnly() CarrierSettings {
	kept := CarrierSettings{}
	if to, err := url.Parse(s.SMSURL); err == nil && gateway.Loopback(to.Hostname()) {
		kept.SMS, kept.SMSTokenFile, kept.SMSSender, kept.SMSURL = s.SMS, s.SMSTokenFile, s.SMSSender, s.SMSURL
	}
	if gateway.Loopback(s.SMTPHost) {
		kept.SMTPHost, kept.SMTPPort, kept.SMTPFrom = s.SMTPHost, s.SMTPPort, s.SMTPFrom
	}
	return kept
}

const (
	// deliveryLease is held by the one instance that hands messages over.
	deliveryLease = "messages"
	// deliverEvery is how soon something that is due is handed over.
	deliverEvery = 5 * time.Second
	// remindEvery is how often it is looked what is tomorrow.
	remindEvery = 10 * time.Minute
)

// deliveries hands over what is due, on one instance at a time. What another one
// was handing over when it went is closed first.
func (h *house) deliveries(ctx context.Context) {
	h.eachSpace(ctx, "abandoned", h.nouns.Notices.Abandoned)
	tick := time.NewTicker(deliverEvery)
	defer tick.Stop()
	var reminded time.Time
	for {
		if now := h.clock.Now(); now.Sub(reminded).Abs() >= remindEvery {
			reminded = now
			h.eachSpace(ctx, "remind", h.nouns.Notices.Remind)
		}
		h.eachSpace(ctx, "deliver", func(ctx context.Context, org string) error {
			_, err := h.nouns.Notices.Deliver(ctx, org)
			return err
		})
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// eachSpace does something in each organisation's space and its decoy tenant's;
// one that fails doesn't keep the others waiting.
func (h *house) eachSpace(ctx context.Context, job string, do func(context.Context, string) error) {
	orgs, err := h.nouns.Organisations.Spaces(ctx)
	for _, org := range orgs {
		err = errors.Join(err, do(ctx, org))
	}
	if err != nil && ctx.Err() == nil {
		h.log.Error("messages", "job", job, "err", err)
	}
}

// carried logs what was not taken: which way and why, and nothing of whom.
func (h *house) carried(c notice.Channel, a gateway.Answer) {
	if a.Outcome != gateway.Accepted {
		h.log.Warn("a message was not taken", "channel", string(c), "outcome", a.Outcome.String(), "why", string(a.Why))
	}
}

// waits tells whether something waits for somebody who works here, without
// opening any of it.
func (h *house) waits(ctx context.Context, a access.Actor) (bool, error) {
	d := h.nouns.Desk
	if a.Has(access.Coordinator) {
		applied, err := d.Members.Count(ctx, a, member.Applied)
		if err != nil {
			return false, err
		}
		for _, n := range applied {
			if n > 0 {
				return true, nil
			}
		}
	}
	if access.Decide(a, access.ReadDesk, access.Facts{Org: a.Org}) != nil {
		return false, nil
	}
	matters, err := d.Grievances.Waiting(ctx, a)
	if err != nil || matters.Open > 0 {
		return err == nil, err
	}
	young, reviews, err := d.Members.YoungWaiting(ctx, a)
	if err != nil || young+reviews > 0 {
		return err == nil, err
	}
	requests, err := d.Approvals.Waiting(ctx, a)
	if err != nil || requests > 0 {
		return err == nil, err
	}
	alerts, err := d.Trails.CountAlerts(ctx, a)
	return alerts > 0, err
}
