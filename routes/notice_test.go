package routes_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"chautari/models/access"
	"chautari/models/notice/gateway"
	"chautari/models/notice/sentence"
)

// carried keeps what went to phones in the tests of this package.
type carried struct {
	mu   sync.Mutex
	said []string
}

var phones = &carried{}

func (c *carried) Name() string { return "Carrier" }

func (c *carried) Send(_ context.Context, _ gateway.Number, text sentence.Text) gateway.Answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said = append(c.said, text.Reveal())
	return gateway.Answer{Outcome: gateway.Accepted}
}

// She opts in, types what came, is told, and stops it; a staff of another kind and
// a stale proof get nowhere.
func TestMessagesAreChosenCheckedAndStoppedOverHTTP(t *testing.T) {
	w := newTown(t)
	she, other := w.As(w.Person(access.Member, w.First, "Junkiri")), w.As(w.Person(access.Member, w.First, "Kopila"))
	opting := func(phone string) string {
		return fmt.Sprintf(`{"phone":%q,"hours":{"days":[0,1,2,3,4,5,6],"from":"10:00","to":"15:00"},"consent":{"purpose":"messages_sms","version":"1","language":"ne"}}`, phone)
	}
	she.Get("/api/me/messages").Wants(200).Contains(`"here":true`, `"on":false`, `"inApp":[]`)
	she.Post("/api/me/messages/sms", opting("see evil.example")).Refused(422, "request.invalid").Field("phone", "phone.invalid").Lacks("evil")
	she.Post("/api/me/messages/sms", opting("01-4412345")).Refused(422, "request.invalid").Field("phone", "notice.not_mobile")
	first := she.Post("/api/me/messages/sms", opting("९८४१०००००५")).Wants(200).Contains(`"numberEnds":"05"`, `"on":false`, `"codeLeft":true`).Lacks("9841000005")
	if again := other.Post("/api/me/messages/sms", opting("9841000005")).Wants(200); again.Body != first.Body {
		t.Errorf("a number that is known is answered\n%s\nand another\n%s", again.Body, first.Body)
	}
	if _, err := w.nouns.Notices.Deliver(context.Background(), w.Org); err != nil {
		t.Fatal(err)
	}
	she.Post("/api/me/messages/sms/check", `{"code":"https:"}`).Refused(422, "request.invalid").Field("code", "notice.code_wrong")
	right := ""
	for _, said := range phones.said {
		code := said[len(said)-6:]
		if a := she.Post("/api/me/messages/sms/check", fmt.Sprintf(`{"code":%q}`, code)); a.Status == 200 {
			right = code
			a.Contains(`"on":true`, `"askAgain":"2027-05-26"`)
		}
	}
	if right == "" {
		t.Fatalf("of %d none was right", len(phones.said))
	}
	she.Post("/api/me/messages/sms/check", fmt.Sprintf(`{"code":%q}`, right)).Refused(422, "request.invalid") // once only
	she.Post("/api/me/messages/sms/stop", `{}`).Wants(200).Contains(`"on":false`).Lacks("numberEnds")
	she.Post("/api/me/messages/msg_nobodys/seen", `{}`).Wants(404)
	she.Post("/api/me/messages/mail", `{"address":"j@mail.example"}`).Wants(404)
	w.As(w.Stage.Stale(w.Person(access.Member, w.First, "Sirjana"))).Post("/api/me/messages/sms", opting("9841000006")).Refused(403, "session.proof_needed")
	w.As(w.Person(access.Administrator, w.Root, "Kamala")).Get("/api/settings/carriers").Wants(200).Contains(`"sms":"Carrier"`, `"mail":false`)
}
