package account

import (
	"crypto/ed25519"
	"encoding/base64"
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
	return c.Organisation, secret, true
}
