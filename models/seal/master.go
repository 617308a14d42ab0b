// Package seal keeps what is said of a person unreadable without her key.
//
// Each person has a key of her own, wrapped by a key from a file that never
// lies with the data. A sealed text is bound to the organisation, document and
// field it stands in, so that a copy elsewhere does not open. Sealed and
// opened texts mask themselves wherever they are printed by mistake.
// Destroying her key makes everything sealed with it unreadable for good.
//
// What belongs here: keys, secrets and hashes, how they are kept, moved,
// rotated and destroyed. What doesn't: which text of whom is sealed, and files.
package seal

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Master is the opened key file: it wraps what lies in the keys store, and
// gives the secrets of the server itself, each derived for its own use.
// What is an organisation's is derived from that organisation's secret.
type Master struct {
	keys   []wrappingKey
	secret []byte
}

// wrappingKey is one key of the file by itself: what it doesn't open was
// wrapped by another.
type wrappingKey struct {
	id   uint32
	aead tink.AEAD
}

func wrappingKeys(handle *keyset.Handle) ([]wrappingKey, error) {
	var keys []wrappingKey
	for _, id := range keyIDs(handle) {
		one, err := alone(handle, id)
		if err != nil {
			return nil, err
		}
		primitive, err := aead.New(one)
		if err != nil {
			return nil, err
		}
		keys = append(keys, wrappingKey{id, primitive})
	}
	return keys, nil
}

// Rotating tells that the file holds more than one wrapping key.
func (m *Master) Rotating() bool { return len(m.keys) > 1 }

// newest is the key that a rotation goes to.
func (m *Master) newest() *wrappingKey { return &m.keys[len(m.keys)-1] }

// TokenKey signs the envelopes of sign-ins.
func (m *Master) TokenKey() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(derive(m.secret, "sign-in token"))
}

// Lookup makes the keyed hashes by which something of the server's own, such
// as a printed code, is found again; purpose keeps the hashes of two fields
// apart. What moves with an organisation takes Keys.Hashes instead.
func (m *Master) Lookup(purpose string) Lookup {
	return Lookup{key: derive(m.secret, "look-up of "+purpose)}
}

// Lookup is a keyed hash for one field, under the server's secret.
type Lookup struct{ key []byte }

// Of is the hash of a value within an organisation: 64 hexadecimal digits.
func (l Lookup) Of(org, value string) string { return keyedHash(l.key, org, value) }

func keyedHash(key []byte, org, value string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(org + "\x00" + value))
	return hex.EncodeToString(mac.Sum(nil))
}

// derive makes the 32 bytes of one use of a secret.
func derive(secret []byte, use string) []byte {
	// HKDF-SHA-256 (RFC 5869); it errs only for lengths this never asks for.
	key, err := hkdf.Key(sha256.New, secret, nil, "chautari 1 "+use, 32)
	if err != nil {
		panic("seal: " + err.Error())
	}
	return key
}
