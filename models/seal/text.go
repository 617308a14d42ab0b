package seal

import (
	"fmt"
	"log/slog"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/bsontype"
	"go.mongodb.org/mongo-driver/x/bsonx/bsoncore"
)

// mask is what a sealed or opened text shows wherever it is printed.
const mask = "•••"

// Sealed is a text that only its person's key opens. Empty means that nothing is held.
type Sealed []byte

// Empty tells that nothing is held.
func (s Sealed) Empty() bool { return len(s) == 0 }

// String shows the mask.
func (s Sealed) String() string { return mask }

// GoString shows the mask.
func (s Sealed) GoString() string { return mask }

// Format shows the mask for every verb.
func (s Sealed) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(mask)) }

// MarshalText shows the mask, so that JSON and form encoders do too.
func (s Sealed) MarshalText() ([]byte, error) { return []byte(mask), nil }

// LogValue shows the mask.
func (s Sealed) LogValue() slog.Value { return slog.StringValue(mask) }

// MarshalBSONValue stores the ciphertext as binary.
func (s Sealed) MarshalBSONValue() (bsontype.Type, []byte, error) {
	return bson.TypeBinary, bsoncore.AppendBinary(nil, 0, s), nil
}

// UnmarshalBSONValue reads the ciphertext.
func (s *Sealed) UnmarshalBSONValue(t bsontype.Type, data []byte) error {
	if t == bson.TypeNull {
		*s = nil
		return nil
	}
	_, b, _, ok := bsoncore.ReadBinary(data)
	if t != bson.TypeBinary || !ok {
		return fmt.Errorf("seal: a sealed text is stored as binary, not %v", t)
	}
	*s = append(Sealed(nil), b...)
	return nil
}

// Clear is an opened text. It masks itself too; Reveal is the one way to what it says.
type Clear struct{ text string }

// Open makes a Clear of a text that comes from outside.
func Open(text string) Clear { return Clear{text} }

// Reveal is the text itself, for an answer to somebody who may read it.
func (c Clear) Reveal() string { return c.text }

// Empty tells that it says nothing.
func (c Clear) Empty() bool { return c.text == "" }

// String shows the mask.
func (c Clear) String() string { return mask }

// GoString shows the mask.
func (c Clear) GoString() string { return mask }

// Format shows the mask for every verb.
func (c Clear) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(mask)) }

// MarshalText shows the mask, so that JSON and form encoders do too.
func (c Clear) MarshalText() ([]byte, error) { return []byte(mask), nil }

// LogValue shows the mask.
func (c Clear) LogValue() slog.Value { return slog.StringValue(mask) }
