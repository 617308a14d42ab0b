package routes_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/routes/routestest"
)

// works takes somebody in who signs in with a role, and has nothing to declare.
func (w *town) works(role access.Role, alias string) (handle string, a access.Actor) {
	w.TB.Helper()
	ctx := context.Background()
	in, err := w.Members.Admit(ctx, w.Org, w.Root, member.Admission{
		Alias: alias, Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership),
		Roles: []access.Role{access.Member, role},
	})
	if err != nil {
		w.TB.Fatal(err)
	}
	if a, err = w.Accounts.ActorOf(ctx, w.Org, in.Account); err == nil && role != access.Administrator {
		err = w.Conflicts.SayNone(ctx, a, once.Key{})
	}
	if err != nil {
		w.TB.Fatal(err)
	}
	return in.Handle.Reveal(), a
}

// later lets the clock go on while she stays signed in.
func (w *town) later(minutes int, as ...*routestest.Caller) {
	w.TB.Helper()
	for range minutes / 2 {
		w.Stage.Clock.Advance(2 * time.Minute)
		for _, c := range as {
			c.Get("/api/session").Wants(200)
		}
	}
}

func words(phrase string) string { return fmt.Sprintf(`{"passphrase":%q}`, phrase) }

// prove gives the words once more and returns the caller with her new value.
func (w *town) prove(c *routestest.Caller) *routestest.Caller {
	w.TB.Helper()
	return w.WithToken(c.Without("Idempotency-Key").Post("/api/session/proof", words(stage.Phrase)).Wants(200).Token())
}

// Requirement 31, over every address that takes a fresh proof.
func TestAStaleProofIsRefusedUntilSheGivesHerWordsAgain(t *testing.T) {
	w := newSquare(t)
	person := w.Carry(w.First, member.Details{PaperName: "Sita Tamang", Phone: "+9779841000001"})
	leaving := w.Person(access.Member, w.First, "Kopila")
	closed, err := w.Accounts.Who(context.Background(), leaving)
	if err != nil {
		t.Fatal(err)
	}
	focal, _ := w.works(access.FocalPoint, "Nanu")
	in, err := w.Accounts.Who(context.Background(), w.Coordinator)
	if err != nil {
		t.Fatal(err)
	}
	adminHandle, _ := w.works(access.Administrator, "Kamala")
	coordinator, reader, admin := w.enter(in.Handle.Reveal()), w.enter(focal), w.enter(adminHandle)
	shut := func(c *routestest.Caller) *routestest.Answer {
		return c.Post("/api/accounts/close", fmt.Sprintf(`{"handle":%q,"reason":"She asked for it."}`, closed.Handle.Reveal()))
	}
	for _, act := range []struct {
		name   string
		as     **routestest.Caller
		do     func(c *routestest.Caller) *routestest.Answer
		proven int
	}{
		{"her name", &coordinator, func(c *routestest.Caller) *routestest.Answer {
			return c.Patch("/api/me", c.Get("/api/me").Version(), `{"alias":"Sagun didi"}`)
		}, 200},
		{"name and language together", &coordinator, func(c *routestest.Caller) *routestest.Answer {
			return c.Patch("/api/me", c.Get("/api/me").Version(), `{"alias":"Sagun","language":"en"}`)
		}, 200},
		{"a search by number", &coordinator, func(c *routestest.Caller) *routestest.Answer {
			return c.Get("/api/members?q=98410000")
		}, 200},
		{"a search by nobody's number", &coordinator, func(c *routestest.Caller) *routestest.Answer {
			return c.Get("/api/members?q=98419999")
		}, 200},
		{"a correction", &coordinator, func(c *routestest.Caller) *routestest.Answer {
			return c.Patch("/api/members/"+person, c.Get("/api/members/"+person).Version(), `{"phone":"9841000002"}`)
		}, 200},
		{"numbers to call, where it is reached, and who receives its figures", &admin, func(c *routestest.Caller) *routestest.Answer {
			return c.Patch("/api/settings", c.Get("/api/settings").Version(), `{"bodies":[]}`)
		}, 200},
		{"closing an account", &reader, shut, 204},
		{"closing it once more", &reader, shut, 204},
		{"another passphrase", &coordinator, func(c *routestest.Caller) *routestest.Answer {
			return c.Post("/api/session/passphrase", words("lamp river nine barley door"))
		}, 204},
	} {
		stale := *act.as
		w.later(10, coordinator, reader, admin)
		before := w.stored()
		act.do(stale).Refused(403, "session.proof_needed").Lacks("Sita", "984100", "Marker")
		if after := w.stored(); strip(after) != strip(before) {
			t.Errorf("%s: stored %v, was %v", act.name, after, before)
		}
		*act.as = w.prove(stale)
		act.do(*act.as).Wants(act.proven)
		stale.Get("/api/session").Wants(401)
	}
}

func TestNothingSensitiveOpensOverHTTPWithoutAFreshProof(t *testing.T) {
	w := newSquare(t)
	if err := w.Accounts.Close(context.Background(), w.deputy, once.Key{}, account.Closing{Handle: w.handleOf(w.focal), Reason: "x"}); err != nil {
		t.Fatal(err)
	}
	handle, _ := w.works(access.FocalPoint, "Nanu")
	w.speak(w.Nobody(), "harm", "Markerharm")
	reader := w.enter(handle)
	var list struct{ Items []struct{ ID string } }
	reader.Get("/api/grievances").Wants(200).Lacks("Marker").Into(&list)
	path := "/api/grievances/" + list.Items[0].ID
	w.later(10, reader)
	reader.Get("/api/grievances").Wants(200).Lacks("Marker")
	reader.Get(path).Refused(403, "session.proof_needed").Lacks("Marker")
	reader.Post(path+"/reply", `{"text":"Thank you."}`).Refused(403, "session.proof_needed").Lacks("Marker")
	if read := w.Trail(list.Items[0].ID, audit.Read); len(read) != 0 {
		t.Errorf("the trail tells of %d readings", len(read))
	}
	w.prove(reader).Get(path).Wants(200).Contains("Markerharm")
	if read := w.Trail(list.Items[0].ID, audit.Read); len(read) != 1 {
		t.Errorf("the trail tells of %d readings", len(read))
	}
}

func (w *town) handleOf(a access.Actor) string {
	w.TB.Helper()
	in, err := w.Accounts.Who(context.Background(), a)
	if err != nil {
		w.TB.Fatal(err)
	}
	return in.Handle.Reveal()
}

// A coordinator who left her page open shows whoever comes by what every list
// shows, and that there may be more; never whether there is.
func TestContactIsShownAfterAFreshProofOnly(t *testing.T) {
	w := newTown(t)
	number := func(r *member.Registration) { stage.WithPhone("9841000003")(r) }
	full := w.Carry(w.First, member.Details{PaperName: "Sita Tamang", Phone: "+9779841000001", District: "Kaski"})
	bare := w.Carry(w.First, member.Details{PaperName: "Mina Rai"})
	own := w.Register("Junkiri", w.First, number).Person
	c := w.as(w.OfFirst)
	w.later(10, c)
	secret := []string{"98410000", `"day":"`, "Kaski district"}
	c.Get("/api/members").Wants(200).Contains("Sita Tamang", "Junkiri").Lacks(secret...)
	for id, name := range map[string]string{full: "Sita Tamang", bare: "Mina Rai", own: "Junkiri"} {
		c.Get("/api/members/"+id).Wants(200).
			Contains(name, `"closed":true`, `"phone":null`, `"district":null`, `"paperName":null`).Lacks(secret...)
	}
	if seen := w.Trail(full, audit.Read); seen[len(seen)-1].Action == access.ReadContact {
		t.Error("the trail says that her contact was opened")
	}
	c = w.prove(c)
	c.Get("/api/members/"+full).Wants(200).Contains(`"closed":false`, "+9779841000001", `"paperName":"Sita Tamang"`)
	c.Get("/api/members/"+own).Wants(200).Contains(`"closed":false`, "+9779841000003")
	c.Get("/api/members?q=98410000").Wants(200).Contains("Sita Tamang", "Junkiri").Lacks("Mina")
}

// A language is chosen by whoever holds the phone: it changes nothing of hers.
func TestALanguageIsChosenWithoutAProof(t *testing.T) {
	w := newTown(t)
	she := w.as(w.OfFirst)
	w.later(10, she)
	page := she.Get("/api/me").Wants(200)
	she.Patch("/api/me", page.Version(), `{"language":"nb"}`).Wants(200).Contains(`"language":"nb"`)
	she.Patch("/api/me", page.Version()+1, `{"language":"en","alias":"Maya didi"}`).Refused(403, "session.proof_needed")
}

func TestAProofOverHTTP(t *testing.T) {
	w := newTown(t)
	handle := w.handleOf(w.OfFirst)
	she, other := w.enter(handle), w.enter(handle)
	w.later(10, she, other)
	she.Without("Idempotency-Key").Post("/api/session/proof", words("a wrong phrase altogether")).
		Refused(401, "session.proof_wrong").Lacks("wrong phrase")
	if a := she.Post("/api/session/proof", words("a wrong phrase altogether")); a.Header.Get("Set-Cookie") != "" || a.Header.Get("Clear-Site-Data") != "" {
		t.Errorf("wrong words sign her out: %v", a.Header)
	}
	she.Get("/api/session").Wants(200)
	she.Get("/api/members?q=98410000").Refused(403, "session.proof_needed")
	w.Nobody().Post("/api/session/proof", words(stage.Phrase)).Refused(401, "session.absent")

	answer := she.Without("Idempotency-Key").Post("/api/session/proof", words(stage.Phrase)).Wants(200).Contains(handle)
	cookie := strings.ToLower(answer.Header.Get("Set-Cookie"))
	for _, part := range []string{"__host-s=", "path=/", "secure", "httponly", "samesite=strict"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("%s lacks %s", cookie, part)
		}
	}
	dead := she.Get("/api/session").Refused(401, "session.renewed")
	if dead.Header.Get("Set-Cookie") != "" || dead.Header.Get("Clear-Site-Data") != "" {
		t.Errorf("what was asked for before clears the browser: %v", dead.Header)
	}
	w.WithToken(answer.Token()).Get("/api/session").Wants(200)
	other.Get("/api/members?q=98410000").Refused(403, "session.proof_needed") // a proof is of one sign-in
	w.Stage.Clock.Advance(30 * time.Second)
	if late := she.Get("/api/session").Refused(401, "session.absent"); late.Header.Get("Clear-Site-Data") == "" {
		t.Error("a dead value stays in the browser")
	}
}

// AUT-01, over HTTP and with two clients.
func TestAnotherPassphraseEndsTheOtherClientAtItsNextRequest(t *testing.T) {
	w := newTown(t)
	handle := w.handleOf(w.OfFirst)
	phone, office := w.enter(handle), w.enter(handle)
	phone.Post("/api/session/passphrase", words("short")).Refused(422, "request.invalid").Field("passphrase", "passphrase.too_short")
	phone.Post("/api/session/passphrase", words(handle)).Refused(422, "request.invalid").Field("passphrase", "passphrase.too_common").Lacks(handle)
	phone.Post("/api/session/passphrase", words("Maya Maya Maya Maya")).Refused(422, "request.invalid").Field("passphrase", "passphrase.too_common")
	office.Get("/api/session").Wants(200)

	const next = "lamp river nine barley door"
	answer := phone.Post("/api/session/passphrase", words(next)).Wants(204)
	office.Get("/api/session").Refused(401, "session.absent")
	phone.Get("/api/session").Refused(401, "session.renewed")
	w.WithToken(answer.Token()).Get("/api/me").Wants(200)
	w.Nobody().Post("/api/session", fmt.Sprintf(`{"handle":%q,"passphrase":%q}`, handle, stage.Phrase)).Refused(401, "session.refused")
	w.Nobody().Post("/api/session", fmt.Sprintf(`{"handle":%q,"passphrase":%q}`, handle, next)).Wants(200)
	w.WantsNowhere(next, townSpecs()...)
	w.WantsNowhere(handle, townSpecs()...)
}

// AUT-01, as it is told: one client signs out, the other changes the words, and
// somebody sends what either had.
func TestWhatTwoClientsHadOpensNothingAfterOneSignedOutAndTheOtherChangedHerWords(t *testing.T) {
	w := newTown(t)
	handle := w.handleOf(w.OfFirst)
	phone, office := w.enter(handle), w.enter(handle)
	phone.Delete("/api/session").Wants(204)
	now := office.Post("/api/session/passphrase", words("lamp river nine barley door")).Wants(204).Token()
	for _, old := range []*routestest.Caller{phone, office} {
		for _, path := range []string{"/api/session", "/api/me", "/api/members", "/api/desk"} {
			old.Get(path).Wants(401)
		}
	}
	w.WithToken(now).Get("/api/me").Wants(200)
}

func TestClosingAnAccountOverHTTPActsOnBothHerClients(t *testing.T) {
	w := newTown(t)
	hers := w.handleOf(w.OfFirst)
	phone, office := w.enter(hers), w.enter(hers)
	handle, _ := w.works(access.FocalPoint, "Nanu")
	focal := w.enter(handle)
	phone.Post("/api/accounts/close", fmt.Sprintf(`{"handle":%q,"reason":"x"}`, hers)).Refused(404, "request.absent")
	focal.Post("/api/accounts/close", `{"handle":"river-lamp-seven","reason":"x"}`).Refused(422, "request.invalid").Field("handle", "account.unknown")
	focal.Post("/api/accounts/close", fmt.Sprintf(`{"handle":%q,"reason":""}`, hers)).Refused(422, "request.invalid").Field("reason", "account.reason_missing")
	focal.Post("/api/accounts/close", fmt.Sprintf(`{"handle":%q,"reason":"x"}`, handle)).Refused(422, "request.invalid").Field("handle", "account.own")
	phone.Get("/api/session").Wants(200)
	focal.Post("/api/accounts/close", fmt.Sprintf(`{"handle":%q,"reason":"Markerreason"}`, hers)).Wants(204)
	for _, c := range []*routestest.Caller{phone, office} {
		c.Get("/api/members").Refused(401, "session.absent")
	}
	w.Nobody().Post("/api/session", fmt.Sprintf(`{"handle":%q,"passphrase":%q}`, hers, stage.Phrase)).Refused(401, "session.refused").Lacks("Marker")
	if _, err := w.Accounts.ActorOf(context.Background(), w.Org, w.OfFirst.Account); !errors.Is(err, account.ErrAbsent) {
		t.Errorf("she acts in the background: %v", err)
	}
}
