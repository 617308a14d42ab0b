package routes

import (
	"context"
	"errors"
	"regexp"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/fault"
)

// hasIDForm tells whether a text may be an id, so that nothing else that
// somebody typed into an address gets into the trail.
var hasIDForm = regexp.MustCompile(`^[a-z]{2,4}_[a-z0-9]{1,32}$`).MatchString

// refused passes on what a noun answered. A refusal to somebody signed in that
// isn't in the trail yet, and what was too much to be opened, is noted first: so
// no noun can forget one. A missing proof is no refusal.
func (s *server) refused(e *endpoint, call *Call, req *request, err error) error {
	f, known := fault.As(err)
	tooMuch := known && f.Code == audit.TooMany
	if s.Refused == nil || call.Actor.Account == "" || !tooMuch && (audit.Noted(err) || !errors.Is(err, access.Refused)) {
		return err
	}
	subject := req.params["id"]
	if !hasIDForm(subject) {
		subject = ""
	}
	ctx, cancel := context.WithTimeout(context.Background(), workTimeout)
	defer cancel()
	if failed := s.Refused(ctx, call.Actor, e.ID, subject); failed != nil {
		return errors.Join(err, failed)
	}
	return err
}
