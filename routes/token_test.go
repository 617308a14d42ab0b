package routes_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"chautari/models/access"
)

// Requirement 27: whatever is wrong with a token, it is nobody's.
func TestATokenThatIsWrongInAnyWayIsNobodys(t *testing.T) {
	w := newTown(t)
	w.inEarnest()
	handle := w.hired(access.Member)
	good := w.wordsOf(handle).Token()
	w.WithToken(good).On(earnest).Get("/api/session").Wants(200)
	head, rest, _ := strings.Cut(good, ".")
	payload, signature, _ := strings.Cut(rest, ".")
	raw, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		t.Fatal(err)
	}
	var claims map[string]any
	if err := json.Unmarshal(raw, &claims); err != nil {
		t.Fatal(err)
	}
	key := w.Master.TokenKey()
	_, strange, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signed := func(method jwt.SigningMethod, key any, change func(c jwt.MapClaims)) string {
		c := jwt.MapClaims{}
		for k, v := range claims {
			c[k] = v
		}
		change(c)
		token, err := jwt.NewWithClaims(method, c).SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	same := func(jwt.MapClaims) {}
	unknown := base64.RawURLEncoding.EncodeToString(make([]byte, 32))
	spaced, err := json.MarshalIndent(claims, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{
		"alg none":                   signed(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, same),
		"the public key as a secret": signed(jwt.SigningMethodHS256, []byte(key.Public().(ed25519.PublicKey)), same),
		"another key":                signed(jwt.SigningMethodEdDSA, strange, same),
		"another audience":           signed(jwt.SigningMethodEdDSA, key, func(c jwt.MapClaims) { c["aud"] = []string{"other.example"} }),
		"no audience":                signed(jwt.SigningMethodEdDSA, key, func(c jwt.MapClaims) { delete(c, "aud") }),
		"another kind":               signed(jwt.SigningMethodEdDSA, key, func(c jwt.MapClaims) { c["sub"] = "link" }),
		"no end":                     signed(jwt.SigningMethodEdDSA, key, func(c jwt.MapClaims) { delete(c, "exp") }),
		"over":                       signed(jwt.SigningMethodEdDSA, key, func(c jwt.MapClaims) { c["exp"] = w.Stage.Clock.Now().Add(-time.Second).Unix() }),
		"a secret of no sign-in":     signed(jwt.SigningMethodEdDSA, key, func(c jwt.MapClaims) { c["jti"] = unknown }),
		"a short secret":             signed(jwt.SigningMethodEdDSA, key, func(c jwt.MapClaims) { c["jti"] = "AAAA" }),
		"re-encoded":                 head + "." + base64.RawURLEncoding.EncodeToString(spaced) + "." + signature,
		"padded":                     head + "." + payload + "=." + signature,
		"a signature with more":      good + "AA",
		"no signature":               head + "." + payload + ".",
		"two parts":                  head + "." + payload,
		"nothing":                    "..",
	} {
		if a := w.WithToken(token).On(earnest).Get("/api/session"); a.Status != 401 || a.Problem().Code != "session.absent" {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
		if a := w.WithToken(token).On(earnest).Delete("/api/sessions"); a.Status != 401 {
			t.Errorf("%s changes something: %d", name, a.Status)
		}
	}
	w.WithToken(good).On("localhost").Get("/api/session").Refused(401, "session.absent")
	w.WithToken(good).On(earnest).Get("/api/session").Wants(200)
	w.WithToken(good).On(earnest).Delete("/api/session").Wants(204)
	w.WithToken(good).On(earnest).Get("/api/session").Refused(401, "session.absent")
	late := w.wordsOf(handle).Token()
	w.Stage.Clock.Advance(13 * time.Hour)
	w.WithToken(late).On(earnest).Get("/api/session").Refused(401, "session.absent")
}
