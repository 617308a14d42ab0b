package routes_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/factor"
	"chautari/models/factor/softkey"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/stage"
	"chautari/routes"
	"chautari/routes/routestest"
)

// earnest is where an organisation that isn't invented answers.
const earnest = "pipalbot.example"

// inEarnest founds an organisation that isn't invented and makes it the one
// behind every host.
func (w *town) inEarnest() {
	w.TB.Helper()
	var err error
	w.Org, w.Root, err = w.Orgs.Found(context.Background(), organisation.Founding{
		Name: organisation.Name{EN: "Pipalbot"}, Hosts: []string{earnest}, Group: organisation.Name{EN: "All"},
	})
	if err != nil {
		w.TB.Fatal(err)
	}
}

// hired takes somebody in with a role and returns her sign-in name.
func (w *town) hired(role access.Role) string {
	w.TB.Helper()
	in, err := w.Members.Admit(context.Background(), w.Org, w.Root, member.Admission{
		Alias: "Kamala", Language: "ne", Passphrase: stage.Phrase, Consents: stage.Yes(consent.Membership),
		Roles: []access.Role{access.Member, role},
	})
	if err != nil {
		w.TB.Fatal(err)
	}
	return in.Handle.Reveal()
}

func (w *town) nobody() *routestest.Caller { return w.Nobody().On(earnest) }

// wordsOf signs in with words alone.
func (w *town) wordsOf(handle string) *routestest.Answer {
	w.TB.Helper()
	return w.nobody().Without("Idempotency-Key").Post("/api/session", map[string]string{"handle": handle, "passphrase": stage.Phrase}).Wants(200)
}

func (w *town) with(a *routestest.Answer) *routestest.Caller {
	return w.WithToken(a.Token()).On(earnest)
}

// give posts where no key is taken, as signing in.
func give(c *routestest.Caller, path string, body any) *routestest.Answer {
	return c.Without("Idempotency-Key").Post(path, body)
}

// passkey makes a new one for whoever is halfway in, or in.
func (w *town) passkey(c *routestest.Caller) (*routestest.Caller, *softkey.Key) {
	w.TB.Helper()
	made, key := newPasskey(c, earnest)
	return w.with(give(c, "/api/factors/passkey", made).Wants(200).Lacks(`"needs"`)), key
}

// newPasskey begins one at a host and is what the browser sends of it.
func newPasskey(c *routestest.Caller, host string) (made map[string]any, key *softkey.Key) {
	var begun struct{ Options factor.Creating }
	give(c, "/api/factors/passkey/begin", "{}").Wants(200).Contains(`"userVerification":"required"`, `"attestation":"none"`).Lacks("Pipalbot", "Kamala").Into(&begun)
	key = softkey.New(host, "https://"+host)
	id, data, object := key.Create(begun.Options.Challenge)
	return map[string]any{"name": "Stick", "credential": map[string]string{"id": id, "clientDataJSON": data, "attestationObject": object}}, key
}

func (w *town) show(c *routestest.Caller, key *softkey.Key) map[string]string {
	w.TB.Helper()
	var begun struct{ Options factor.Requesting }
	give(c, "/api/session/factor/passkey/begin", "{}").Wants(200).Into(&begun)
	id, client, data, signature := key.Show(begun.Options.Challenge)
	return map[string]string{"id": id, "clientDataJSON": client, "authenticatorData": data, "signature": signature}
}

func (w *town) app(c *routestest.Caller) (*routestest.Caller, func() string) {
	w.TB.Helper()
	var made struct{ Secret, URI string }
	give(c, "/api/factors/totp", "{}").Wants(200).Lacks("Pipalbot", "Kamala", earnest).Into(&made)
	digits := func() string {
		w.Stage.Clock.Advance(30 * time.Second)
		code, err := totp.GenerateCode(made.Secret, w.Stage.Clock.Now())
		if err != nil {
			w.TB.Fatal(err)
		}
		return code
	}
	if !strings.Contains(made.URI, made.Secret) {
		w.TB.Errorf("the picture holds another secret: %s", made.URI)
	}
	return w.with(give(c, "/api/factors/totp/confirm", map[string]string{"code": digits(), "name": "Phone"}).Wants(200).Lacks(`"needs"`)), digits
}

// Requirement 22, over every address that there is.
func TestWordsAloneOpenNoAddressOfStaff(t *testing.T) {
	w := newTown(t)
	w.inEarnest()
	half := w.with(w.wordsOf(w.hired(access.FocalPoint)).Contains(`"needs":{"kind":"enrol","ways":["passkey"]}`, `"demo":false`))
	tried := 0
	for _, op := range routes.Operations(routes.Table(w.nouns)) {
		if op.Open() || slices.Contains(op.Roles, access.Halfway) {
			continue
		}
		tried++
		var a *routestest.Answer
		switch op.Method {
		case http.MethodGet:
			a = half.Get(op.URL)
		case http.MethodPatch:
			a = half.Patch(op.URL, 1, op.Body)
		case http.MethodDelete:
			a = half.Delete(op.URL)
		default:
			a = half.Post(op.URL, op.Body)
		}
		a.Refused(401, "session.factor_needed")
	}
	if tried < 60 {
		t.Errorf("%d operations were tried", tried)
	}
	half.Get("/api/session").Wants(200).Contains(`"needs"`)
	half.Get("/api/organisation").Wants(200)
	half.Delete("/api/session").Wants(204)
	half.Get("/api/session").Refused(401, "session.absent")
}

func TestStaffComeInWithAPasskeyAndStepUpWithIt(t *testing.T) {
	w := newTown(t)
	w.inEarnest()
	handle := w.hired(access.Administrator)
	first := w.with(w.wordsOf(handle))
	in, key := w.passkey(first)
	first.Get("/api/session").Refused(401, "session.renewed")
	in.Get("/api/settings").Wants(200)
	in.Get("/api/factors").Wants(200).Contains(`"kind":"passkey"`, `"name":"Stick"`, `"codesLeft":0`)

	half := w.with(w.wordsOf(handle).Contains(`"needs":{"kind":"factor","ways":["passkey"]}`))
	give(half, "/api/factors/passkey/begin", "{}").Refused(401, "session.factor_needed")
	give(half, "/api/factors/totp", "{}").Refused(401, "session.factor_needed")
	half.Get("/api/settings").Refused(401, "session.factor_needed")
	answer := map[string]any{"credential": w.show(half, key)}
	whole := w.with(give(half, "/api/session/factor/passkey", answer).Wants(200).Lacks(`"needs"`))
	give(half, "/api/session/factor/passkey", answer).Refused(401, "session.renewed")
	whole.Get("/api/settings").Wants(200)

	// Ten minutes later her words and her passkey prove it is she; words alone don't.
	for range 6 {
		w.Stage.Clock.Advance(2 * time.Minute)
		whole.Get("/api/session").Wants(200)
	}
	whole.Post("/api/factors/codes", "{}").Refused(403, "session.proof_needed")
	give(whole, "/api/session/proof", words(stage.Phrase)).Refused(401, "session.factor_needed")
	shown := w.show(whole, key)
	give(whole, "/api/session/proof", map[string]any{"passphrase": "other words altogether", "credential": shown}).Refused(401, "session.proof_wrong")
	proved := w.with(give(whole, "/api/session/proof", map[string]any{"passphrase": stage.Phrase, "credential": shown}).Wants(200))
	whole.Get("/api/settings").Wants(401)
	var printed struct{ Codes []string }
	proved.Post("/api/factors/codes", "{}").Wants(200).Into(&printed)

	// A code of her paper lets her in once.
	again := w.with(w.wordsOf(handle).Contains(`"ways":["passkey","code"]`))
	give(again, "/api/session/factor/code", map[string]string{"code": printed.Codes[0]}).Wants(200).Lacks(`"needs"`)
	late := w.with(w.wordsOf(handle))
	give(late, "/api/session/factor/code", map[string]string{"code": printed.Codes[0]}).Refused(401, "factor.wrong")
}

func TestSixDigitsAreTakenOnceOverHTTP(t *testing.T) {
	w := newTown(t)
	w.inEarnest()
	handle := w.hired(access.Coordinator)
	in, digits := w.app(w.with(w.wordsOf(handle).Contains(`"ways":["passkey","totp"]`)))
	in.Get("/api/members").Wants(200)
	code := digits()
	half := w.with(w.wordsOf(handle).Contains(`"kind":"factor","ways":["totp"]`))
	whole := w.with(give(half, "/api/session/factor/totp", map[string]string{"code": code}).Wants(200))
	give(w.with(w.wordsOf(handle)), "/api/session/factor/totp", map[string]string{"code": code}).Refused(401, "factor.wrong")
	give(whole, "/api/session/factor/totp", map[string]string{"code": digits()}).Wants(404) // for whoever is halfway in
	var list struct{ Items []struct{ ID string } }
	whole.Get("/api/factors").Wants(200).Into(&list)
	whole.Post("/api/factors/"+list.Items[0].ID+"/remove", "{}").Refused(409, "factor.last_one")
	give(whole, "/api/session/proof", words(stage.Phrase)).Refused(401, "session.factor_needed")
	give(whole, "/api/session/proof", map[string]string{"passphrase": stage.Phrase, "code": code}).Refused(401, "factor.wrong")
	give(whole, "/api/session/proof", map[string]string{"passphrase": stage.Phrase, "code": digits()}).Wants(200)
}

func TestMembersAndInventedOrganisationsKnowNoSecondFactor(t *testing.T) {
	w := newTown(t)
	w.inEarnest()
	she := w.with(w.wordsOf(w.hired(access.PeerSupporter)).Lacks(`"needs"`).Contains(`"demo":false`))
	she.Get("/api/factors").Wants(404)
	give(she, "/api/factors/totp", "{}").Wants(404)
	give(she, "/api/session/proof", words(stage.Phrase)).Wants(200)
}

// Requirement 36: of a sign-in elsewhere she learns when she is in, and nothing
// is stored from which a message could be made.
func TestASignInElsewhereIsToldInTheApplicationAloneAndEndedThere(t *testing.T) {
	w := newTown(t)
	w.inEarnest()
	handle := w.hired(access.Member)
	her := w.with(w.wordsOf(handle).Contains(`"others":0`, `"newSince":0`))
	before := w.stored().(string)
	w.Stage.Clock.Advance(time.Minute)
	other := w.with(w.wordsOf(handle).Contains(`"others":1`, `"newSince":0`))
	sessions := func(stored any) string {
		var rest []string
		for _, one := range strings.Fields(strings.Trim(stored.(string), "map[]")) {
			if !strings.HasPrefix(one, "sessions:") {
				rest = append(rest, one)
			}
		}
		return strings.Join(rest, " ")
	}
	if now := w.stored(); sessions(now) != sessions(before) {
		t.Errorf("a sign-in left more than itself: %v, before %v", now, before)
	}
	her.Get("/api/session").Wants(200).Contains(`"others":1`, `"newSince":1`)
	var list struct {
		Items []struct {
			Ref  string
			Here bool
		}
	}
	her.Get("/api/sessions").Wants(200).Into(&list)
	if len(list.Items) != 2 || list.Items[0].Here || !list.Items[1].Here {
		t.Fatalf("%+v", list)
	}
	stranger := w.with(w.wordsOf(w.hired(access.Member)))
	stranger.Post("/api/sessions/"+list.Items[0].Ref+"/end", "{}").Wants(204)
	other.Get("/api/session").Wants(200)
	her.Post("/api/sessions/"+list.Items[0].Ref+"/end", "{}").Wants(204)
	other.Get("/api/session").Refused(401, "session.absent")
	her.Get("/api/session").Wants(200).Contains(`"others":0`, `"newSince":0`)
	if a := her.Post("/api/sessions/"+list.Items[1].Ref+"/end", "{}").Wants(204); a.Header.Get("Clear-Site-Data") == "" {
		t.Error("ending the sign-in she is in leaves its cookie")
	}
	her.Get("/api/session").Refused(401, "session.absent")
}

// TXT-06 and requirement 20: what looks the same is the same.
func TestANameAndWordsAreTakenHoweverTheyAreTyped(t *testing.T) {
	w := newTown(t)
	w.inEarnest()
	const phrase = "नदी टोकरी ९ मकै झ्याल फूल"
	in, err := w.Members.Admit(context.Background(), w.Org, w.Root, member.Admission{
		Alias: "Kamala", Language: "ne", Passphrase: phrase, Consents: stage.Yes(consent.Membership), Roles: []access.Role{access.Member},
	})
	if err != nil {
		t.Fatal(err)
	}
	handle := in.Handle.Reveal()
	account := ""
	for typed, words := range map[string]string{
		handle:                                    phrase,
		strings.ToUpper(handle):                   phrase,
		"  " + handle + "\t":                      "  " + phrase + " ",
		strings.ReplaceAll(handle, "-", " "):      strings.ReplaceAll(phrase, " ", "  "),
		strings.ReplaceAll(handle, "-", " – "):    strings.ReplaceAll(phrase, "झ्या", "झ्\u200dया"),
		strings.ReplaceAll(handle, "-", "\u2011"): phrase + "\u200b",
		wide(handle):                              strings.ReplaceAll(phrase, "टो", "टाे"), // two strokes for one vowel sign
	} {
		a := w.nobody().Without("Idempotency-Key").Post("/api/session", map[string]string{"handle": typed, "passphrase": words})
		if a.Status != 200 {
			t.Errorf("%q with %q: %d %s", typed, words, a.Status, a.Body)
			continue
		}
		who, err := w.Accounts.Authenticate(context.Background(), w.Org, earnest, a.Token())
		if err != nil || account != "" && who.Account != account {
			t.Errorf("%q is somebody else: %v", typed, err)
		}
		account = who.Account
	}
	for _, words := range []string{strings.ReplaceAll(phrase, "९", "9"), strings.ReplaceAll(phrase, "ू", "ु"), phrase + " x", ""} {
		if a := w.nobody().Without("Idempotency-Key").Post("/api/session", map[string]string{"handle": handle, "passphrase": words}); a.Status == 200 {
			t.Errorf("%q are her words", words)
		}
		w.Stage.Clock.Advance(2 * time.Minute)
	}
}

// wide is a name in full-width letters, as some keyboards write them.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'ａ'
		}
		return r
	}, s)
}

// Digits of both scripts are the same in a sign-in name, whoever has one with digits.
func TestNamesWithDigitsOfEitherScriptAreOneName(t *testing.T) {
	w := newTown(t)
	w.inEarnest()
	one := w.nobody().Without("Idempotency-Key").Post("/api/session", fmt.Sprintf(`{"handle":"river-9-lamp","passphrase":%q}`, stage.Phrase))
	for range 5 {
		w.nobody().Without("Idempotency-Key").Post("/api/session", fmt.Sprintf(`{"handle":"river-९-lamp","passphrase":%q}`, stage.Phrase))
	}
	one.Refused(401, "session.refused")
	w.nobody().Without("Idempotency-Key").Post("/api/session", fmt.Sprintf(`{"handle":"RIVER 9 lamp","passphrase":%q}`, stage.Phrase)).Refused(429, "session.slow_down")
	// Another name from the same place waits for nothing.
	w.nobody().Without("Idempotency-Key").Post("/api/session", fmt.Sprintf(`{"handle":"river-८-lamp","passphrase":%q}`, stage.Phrase)).Refused(401, "session.refused")
}
