// Package softkey is an authenticator in software: it makes passkeys and signs
// with them as a stick or a phone would. It belongs to tests only, which need
// somebody who shows a passkey, and can let it do wrong in every single way.
package softkey

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"

	"github.com/fxamacker/cbor/v2"
)

// Key is one passkey. Its exported fields may be changed between uses.
type Key struct {
	ID     []byte
	Origin string // what its browser says where it is
	RP     string // the host name it is good for
	Count  uint32 // how often it signed; 0 and Still: it doesn't count
	Still  bool   // it doesn't count on
	Unseen bool   // it doesn't ask for a finger, face or PIN
	secret *ecdsa.PrivateKey
}

// New makes a key for a host name.
func New(rp, origin string) *Key {
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	id := make([]byte, 32)
	_, _ = rand.Read(id)
	return &Key{ID: id, Origin: origin, RP: rp, secret: secret}
}

// Encode is base64url as browsers write it.
func Encode(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func (k *Key) clientData(kind, challenge string) []byte {
	raw, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": k.Origin, "crossOrigin": false})
	if err != nil {
		panic(err)
	}
	return raw
}

// The flags of authenticator data: somebody was there, it was she, a key comes along.
const (
	present  = 1 << 0
	verified = 1 << 2
	attested = 1 << 6
)

func (k *Key) data(flags byte) []byte {
	hash := sha256.Sum256([]byte(k.RP))
	if !k.Unseen {
		flags |= verified
	}
	out := append(hash[:], flags|present)
	return binary.BigEndian.AppendUint32(out, k.Count)
}

// Create answers a challenge with a new passkey: its id, the client's data and
// the attestation, each in base64url.
func (k *Key) Create(challenge string) (id, clientData, attestation string) {
	point, err := k.secret.PublicKey.Bytes()
	if err != nil {
		panic(err)
	}
	public := encoded(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]}) // COSE: EC2, ES256, P-256
	data := k.data(attested)
	data = append(data, make([]byte, 16)...) // no model
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.ID)))
	data = append(append(data, k.ID...), public...)
	object := encoded(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	return Encode(k.ID), Encode(k.clientData("webauthn.create", challenge)), Encode(object)
}

// Show answers a challenge by signing it: id, client's data, authenticator's data
// and signature.
func (k *Key) Show(challenge string) (id, clientData, data, signature string) {
	if !k.Still {
		k.Count++
	}
	client, auth := k.clientData("webauthn.get", challenge), k.data(0)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(auth[:len(auth):len(auth)], hash[:]...))
	signed, err := ecdsa.SignASN1(rand.Reader, k.secret, sum[:])
	if err != nil {
		panic(err)
	}
	return Encode(k.ID), Encode(client), Encode(auth), Encode(signed)
}

func encoded(v any) []byte {
	raw, err := cbor.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}
