package routes

import (
	"context"
	"io"
	"mime"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"chautari/models/organisation"
	"chautari/routes/plain"
)

// talk is what the pages without scripts for speaking up need of the frame.
// They count with the operations that they stand for.
func (s *server) talk(endpoints []*endpoint) *plain.Talk {
	send, open := operation(endpoints, sendTalkID), operation(endpoints, openTalkID)
	if s.Grievances == nil || send == nil || open == nil {
		return nil
	}
	from := func(c *fiber.Ctx) Network { return s.networks.of(s.remote(c)) }
	return &plain.Talk{
		Grievances: s.Grievances,
		Numbers:    s.numbers,
		Org: func(c *fiber.Ctx) (string, error) {
			if err := s.overTLS(c); err != nil {
				return "", err
			}
			ctx, cancel := context.WithTimeout(context.Background(), workTimeout)
			defer cancel()
			return s.Tenant(ctx, host(c))
		},
		Form:    ownForm,
		Line:    func(c *fiber.Ctx) (func(), error) { return s.line(from(c)) },
		Guess:   func(c *fiber.Ctx, do func() error) error { return guessing(open.pace, from(c), do) },
		Crowded: func(c *fiber.Ctx) bool { return send.crowd.Beyond(from(c)) },
	}
}

// numbers are those to call outside the organisation at whose door a request stands.
func (s *server) numbers(c *fiber.Ctx, language string) []plain.Line {
	if s.Helplines == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), workTimeout)
	defer cancel()
	org, err := s.Tenant(ctx, host(c))
	if err != nil {
		return nil
	}
	var lines []plain.Line
	for _, h := range s.Helplines(ctx, org) {
		lines = append(lines, plain.Line{Number: h.Number, Name: nameIn(h.Name, language)})
	}
	return lines
}

// nameIn is a name in a language, or in the first one that there is.
func nameIn(name organisation.Name, language string) string {
	said := map[string]string{"ne": name.NE, "en": name.EN, "nb": name.NB}[language]
	if all := name.All(); said == "" && len(all) > 0 {
		return all[0]
	}
	return said
}

func operation(endpoints []*endpoint, id string) *endpoint {
	if i := slices.IndexFunc(endpoints, func(e *endpoint) bool { return e.ID == id }); i >= 0 {
		return endpoints[i]
	}
	return nil
}

// ownForm reads a form of at most limit bytes that one of our own pages sends.
func ownForm(c *fiber.Ctx, limit int) (url.Values, error) {
	if err := sameOrigin(c); err != nil {
		return nil, err
	}
	if got, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); err != nil || got != fiber.MIMEApplicationForm {
		return nil, errWrongMedia
	}
	body, err := io.ReadAll(&capped{bodyOf(c), limit})
	if err == errTooLarge {
		return nil, errTooLarge
	}
	if err != nil {
		return nil, malformed("", "")
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, malformed("", "")
	}
	return form, nil
}
