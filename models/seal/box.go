package seal

import (
	"encoding/base64"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
)

// Box closes small things that leave the server and come back, such as the
// place in a list of names, so that whoever carries them can't read them.
type Box struct{ aead *subtle.AESGCM }

// Box makes the box of one purpose.
func (m *Master) Box(purpose string) Box {
	a, err := subtle.NewAESGCM(derive(m.secret, "box of "+purpose))
	if err != nil {
		panic("seal: " + err.Error()) // the key always has the right length
	}
	return Box{a}
}

// Box makes the box of one purpose, as that of the key file does.
func (k *Keys) Box(purpose string) Box { return k.master.Box(purpose) }

// Close makes a text that only Open reads, for the same organisation.
func (b Box) Close(org, text string) (string, error) {
	c, err := b.aead.Encrypt([]byte(text), bound(org))
	return base64.RawURLEncoding.EncodeToString(c), err
}

// Open reads what Close made; ok is false for anything else.
func (b Box) Open(org, closed string) (text string, ok bool) {
	c, err := base64.RawURLEncoding.Strict().DecodeString(closed)
	if err != nil {
		return "", false
	}
	t, err := b.aead.Decrypt(c, bound(org))
	return string(t), err == nil
}
