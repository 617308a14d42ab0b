package account

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"chautari/models/clock"
)

// tokens makes and reads the envelope around a session's secret: a JWT with
// one algorithm, bound to a host. It proves nothing by itself; the session is
// looked up at every request.
type tokens struct {
	key   ed25519.PrivateKey
	clock clock.Clock
	known *knownTokens
}

type claims struct {
	jwt.RegisteredClaims
	Organisation string `json:"o"`
}

const tokenKind = "s1"

func (t tokens) make(org, host string, secret []byte, until time.Time) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			ID: encodeSecret(secret), Audience: jwt.ClaimStrings{host},
			Subject: tokenKind, ExpiresAt: jwt.NewNumericDate(until),
		},
		Organisation: org,
	})
	return token.SignedString(t.key)
}

func (t tokens) read(host, token string) (org string, secret []byte, ok bool) {
	if e, ok := t.known.get(host, token); ok {
		return e.org, e.secret, t.clock.Now().Before(e.until)
	}
	var c claims
	_, err := jwt.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return t.key.Public(), nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}),
		jwt.WithAudience(host), jwt.WithSubject(tokenKind), jwt.WithExpirationRequired(),
		jwt.WithStrictDecoding(), jwt.WithTimeFunc(t.clock.Now))
	if err != nil || c.Organisation == "" {
		return "", nil, false
	}
	secret, err = base64.RawURLEncoding.Strict().DecodeString(c.ID)
	if err != nil || len(secret) != 32 {
		return "", nil, false
	}
	t.known.put(host, token, envelope{c.Organisation, secret, c.ExpiresAt.Time})
	return c.Organisation, secret, true
}

// knownTokens remembers envelopes whose signature was found good: a signature
// stays good, and checking one costs more than all else of a small request.
// Keys are hashes, so that no token can be read out of memory by its map.
type knownTokens struct {
	mu         sync.Mutex
	young, old map[[sha256.Size]byte]envelope
}

type envelope struct {
	org    string
	secret []byte
	until  time.Time
}

// knownSize bounds each of two generations, at about 200 bytes an envelope.
const knownSize = 4096

func (k *knownTokens) get(host, token string) (envelope, bool) {
	name := sha256.Sum256([]byte(host + "\x00" + token))
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.young[name]
	if !ok {
		e, ok = k.old[name]
	}
	return e, ok
}

func (k *knownTokens) put(host, token string, e envelope) {
	name := sha256.Sum256([]byte(host + "\x00" + token))
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.young) >= knownSize || k.young == nil {
		k.old, k.young = k.young, make(map[[sha256.Size]byte]envelope)
	}
	k.young[name] = e
}
