// Package seal keeps what is said of a person unreadable without her key.
//
// Each person has a key of her own, wrapped by a master key that never lies
// with the data. A sealed text is bound to the organisation, document and
// field it stands in, so that a copy elsewhere does not open. Sealed and
// opened texts mask themselves wherever they are printed by mistake.
// Destroying her key makes everything sealed with it unreadable for good.
package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Master is the opened key file: it wraps person keys and gives the secrets
// that hashes and sign-ins need, each derived for its own use.
type Master struct {
	wrap   tink.AEAD
	secret []byte
}

// file is the key file: a keyset that wraps person keys (it can hold several
// while it is rotated) and a secret from which the rest is derived.
type file struct {
	Chautari string          `json:"chautari"`
	Wrap     json.RawMessage `json:"wrap"`
	Secret   string          `json:"secret"`
}

const (
	fileKind  = "key-1"
	secretLen = 32
)

// ErrKeyFile: the key file is not one, is cut short, or holds a sample key.
var ErrKeyFile = errors.New("this is not a whole key file")

// NewKeyFile makes the content of a fresh key file.
func NewKeyFile() ([]byte, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	var wrap bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&wrap)); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	secret := make([]byte, secretLen)
	_, _ = rand.Read(secret)
	return json.MarshalIndent(file{
		Chautari: fileKind, Wrap: wrap.Bytes(), Secret: base64.StdEncoding.EncodeToString(secret),
	}, "", " ")
}

// OpenMaster reads the content of a key file. It refuses a short, broken or
// all-equal key with ErrKeyFile, never falling back to a default.
func OpenMaster(content []byte) (*Master, error) {
	var f file
	if err := json.Unmarshal(content, &f); err != nil || f.Chautari != fileKind {
		return nil, ErrKeyFile
	}
	secret, err := base64.StdEncoding.DecodeString(f.Secret)
	if err != nil || len(secret) != secretLen || bytes.Count(secret, secret[:1]) == secretLen {
		return nil, ErrKeyFile
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(f.Wrap)))
	if err != nil {
		return nil, ErrKeyFile
	}
	wrap, err := aead.New(handle)
	if err != nil {
		return nil, ErrKeyFile
	}
	return &Master{wrap: wrap, secret: secret}, nil
}

// Pepper is the secret that passphrases are keyed with before the slow hash; 32 bytes.
func (m *Master) Pepper() []byte { return m.derive("passphrase pepper") }

// TokenKey signs the envelopes of sign-ins.
func (m *Master) TokenKey() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(m.derive("sign-in token"))
}

// Lookup makes the keyed hashes by which a sealed value (a
// sign-in name) is found again; purpose keeps the hashes of two fields apart.
// It is never for values with few possibilities, such as a district alone.
func (m *Master) Lookup(purpose string) Lookup {
	return Lookup{key: m.derive("look-up of " + purpose)}
}

// Lookup is a keyed hash for one field.
type Lookup struct{ key []byte }

// Of is the hash of a value within an organisation: 64 hexadecimal digits.
func (l Lookup) Of(org, value string) string {
	mac := hmac.New(sha256.New, l.key)
	mac.Write([]byte(org + "\x00" + value))
	return hex.EncodeToString(mac.Sum(nil))
}

func (m *Master) derive(use string) []byte {
	// HKDF-SHA-256 (RFC 5869); it errs only for lengths this never asks for.
	key, err := hkdf.Key(sha256.New, m.secret, nil, "chautari 1 "+use, 32)
	if err != nil {
		panic("seal: " + err.Error())
	}
	return key
}
