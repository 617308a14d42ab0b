package account

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"chautari/models/clock"
	"chautari/models/seal"
)

// tokens makes and reads the envelope around a session's secret: a JWT with
// one algorithm, bound to a host. It proves nothing by itself; the session is
// looked up at every request. It names no organisation, which is the host's, and
// not the space in which the session lies: that is told by one bit of a keyed
// hash of the secret, which looks like any other to whoever hasn't the key.
type tokens struct {
	key    ed25519.PrivateKey
	spaces seal.Lookup
	clock  clock.Clock
	known  *knownTokens
}

const tokenKind = "s2"

// newSecret is what the token of a sign-in holds that one of the slots began:
// 256 bits, drawn until the hash has that slot's bit. What is known of a secret
// by its slot is one bit of them.
func (t tokens) newSecret(s slot) []byte {
	for {
		if secret := random(secretLen); t.slot(secret) == s {
			return secret
		}
	}
}

const secretLen = 32

// slot tells which slot began the sign-in of a secret.
func (t tokens) slot(secret []byte) slot {
	hash := t.spaces.Of("", string(secret))
	if strings.IndexByte("13579bdf", hash[len(hash)-1]) >= 0 {
		return second
	}
	return first
}

func (t tokens) make(host string, secret []byte, until time.Time) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, jwt.RegisteredClaims{
		ID: encodeSecret(secret), Audience: jwt.ClaimStrings{host},
		Subject: tokenKind, ExpiresAt: jwt.NewNumericDate(until),
	})
	return token.SignedString(t.key)
}

func (t tokens) read(host, token string) (secret []byte, ok bool) {
	if e, ok := t.known.get(host, token); ok {
		return e.secret, t.clock.Now().Before(e.until)
	}
	var c jwt.RegisteredClaims
	_, err := jwt.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return t.key.Public(), nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}),
		jwt.WithAudience(host), jwt.WithSubject(tokenKind), jwt.WithExpirationRequired(),
		jwt.WithStrictDecoding(), jwt.WithTimeFunc(t.clock.Now))
	if err != nil {
		return nil, false
	}
	secret, err = base64.RawURLEncoding.Strict().DecodeString(c.ID)
	if err != nil || len(secret) != secretLen {
		return nil, false
	}
	t.known.put(host, token, envelope{secret, c.ExpiresAt.Time})
	return secret, true
}

// knownTokens remembers envelopes whose signature was found good: a signature
// stays good, and checking one costs more than all else of a small request.
// Keys are hashes, so that no token can be read out of memory by its map.
type knownTokens struct {
	mu         sync.Mutex
	young, old map[[sha256.Size]byte]envelope
}

type envelope struct {
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
