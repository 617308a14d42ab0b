package seal

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// file is the key file: the wrapping keys, of which there are several while
// they are rotated, and a secret from which what is the server's own is derived.
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
	secret := make([]byte, secretLen)
	_, _ = rand.Read(secret)
	return file{Chautari: fileKind, Secret: base64.StdEncoding.EncodeToString(secret)}.with(handle)
}

// OpenMaster reads the content of a key file. It refuses a short, broken or
// all-equal key with ErrKeyFile, never falling back to a default.
func OpenMaster(content []byte) (*Master, error) {
	f, handle, err := readFile(content)
	if err != nil {
		return nil, err
	}
	secret, err := base64.StdEncoding.DecodeString(f.Secret)
	if err != nil || len(secret) != secretLen || bytes.Count(secret, secret[:1]) == secretLen {
		return nil, ErrKeyFile
	}
	keys, err := wrappingKeys(handle)
	if err != nil {
		return nil, ErrKeyFile
	}
	return &Master{keys: keys, secret: secret}, nil
}

// WithNewKey is a key file with one more wrapping key, which stands last. The
// others stay, so that everything still opens.
func WithNewKey(content []byte) ([]byte, error) {
	f, handle, err := readFile(content)
	if err != nil {
		return nil, err
	}
	m := keyset.NewManagerFromHandle(handle)
	if _, err := m.Add(aead.AES256GCMKeyTemplate()); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	if handle, err = m.Handle(); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return f.with(handle)
}

// WithNewestKeyOnly is a key file without any wrapping key but its last.
func WithNewestKeyOnly(content []byte) ([]byte, error) {
	f, handle, err := readFile(content)
	if err != nil {
		return nil, err
	}
	ids := keyIDs(handle)
	if handle, err = alone(handle, ids[len(ids)-1]); err != nil {
		return nil, err
	}
	return f.with(handle)
}

func readFile(content []byte) (file, *keyset.Handle, error) {
	var f file
	if err := json.Unmarshal(content, &f); err != nil || f.Chautari != fileKind {
		return f, nil, ErrKeyFile
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(f.Wrap)))
	if err != nil || len(keyIDs(handle)) == 0 {
		return f, nil, ErrKeyFile
	}
	return f, handle, nil
}

// with writes the file with these wrapping keys.
func (f file) with(handle *keyset.Handle) ([]byte, error) {
	var wrap bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&wrap)); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	f.Wrap = wrap.Bytes()
	return json.MarshalIndent(f, "", " ")
}

// keyIDs are the wrapping keys in the order of the file.
func keyIDs(handle *keyset.Handle) []uint32 {
	var ids []uint32
	for _, k := range handle.KeysetInfo().GetKeyInfo() {
		ids = append(ids, k.GetKeyId())
	}
	return ids
}

// alone is a keyset with one of its keys.
func alone(handle *keyset.Handle, id uint32) (*keyset.Handle, error) {
	m := keyset.NewManagerFromHandle(handle)
	if err := m.SetPrimary(id); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	for _, other := range keyIDs(handle) {
		if other == id {
			continue
		}
		if err := m.Delete(other); err != nil {
			return nil, fmt.Errorf("seal: %w", err)
		}
	}
	return m.Handle()
}
