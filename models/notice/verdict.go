package notice

import (
	"time"

	"chautari/models/calendar"
	"chautari/models/notice/sentence"
)

// verdict is what is to be done with a message that is due.
type verdict int

// The verdicts. The zero one lets nothing out.
const (
	drop verdict = iota
	wait
	send
)

// standing is all that is known, at the moment of handing a message over, of it
// and of whom it is for. Its zero value lets nothing out.
type standing struct {
	message  Message
	line     Line
	carried  bool // there is somebody to carry it
	open     bool // her account
	held     bool // others let her in again a short while ago: her number was chosen before
	active   bool // her membership
	staff    bool // she works here
	consents bool // her yes to SMS holds, and isn't restricted
	months   int  // after which she is asked again
}

// judge decides whether a message leaves now; for wait, not before when. It is
// the one place where that is decided.
func (s standing) judge(now time.Time) (v verdict, when time.Time) {
	m, l := s.message, s.line
	switch {
	case !s.carried, !s.open, s.held, m.State != Waiting, now.Before(m.NotBefore), !now.Before(m.Until):
		return drop, time.Time{}
	case !l.held(), m.To == "" || m.To != l.Hash: // another number since, or none
		return drop, time.Time{}
	case m.Sentence == sentence.Code:
		if l.Checked || l.Code.Empty() || !now.Before(l.CodeUntil) {
			return drop, time.Time{}
		}
	case !l.Checked:
		return drop, time.Time{}
	}
	switch m.Channel {
	case Mail:
		if s.staff && (m.Sentence == sentence.Look || m.Sentence == sentence.Code) {
			return send, time.Time{}
		}
	case SMS:
		if m.Sentence == sentence.Look || !s.active || !s.consents || l.Hours == nil || l.Asked.IsZero() ||
			!calendar.Of(now).Before(l.Asked.AddMonths(s.months)) {
			break
		}
		next, ok := l.Hours.Next(now)
		switch {
		case !ok || !next.Before(m.Until):
		case next.After(now):
			return wait, next
		default:
			return send, time.Time{}
		}
	}
	return drop, time.Time{}
}
