// Package ordered turns index values into bytes whose order is the values'
// order, finds the entries of a document in an index, and plans the walk that
// answers a query. What belongs here: what every engine that keeps its own
// index entries must do alike. What doesn't: how an engine stores them.
package ordered

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
)

// Each value begins with the tag of its type, so values of two types never
// mix and a range never leaves its type. 0x00 and 0xff stay free as bounds.
const (
	tagBool    = 0x10
	tagInteger = 0x20
	tagInstant = 0x30
	tagString  = 0x40

	first = 0x00 // before every tag; also ends a string
	last  = 0xff // after every tag
)

// MaxKey bounds one index entry, in bytes, so that a cursor which carries it
// stays short. Longer texts are no business of an index.
const MaxKey = 512

var errKey = errors.New("store: broken index key")

// text refuses what could not stand in an index: NUL ends a string there, and
// invalid UTF-8 has no order that all engines share.
func text(s string) error {
	if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
		return errors.New("store: an indexed string has NUL or invalid UTF-8")
	}
	return nil
}

// appendRaw appends the encoding of a BSON value: a string, an integer, a
// boolean or an instant.
func appendRaw(dst []byte, v bson.RawValue) ([]byte, error) {
	switch v.Type {
	case bson.TypeString:
		if s, ok := v.StringValueOK(); ok {
			return appendString(dst, s)
		}
	case bson.TypeInt32:
		if n, ok := v.Int32OK(); ok {
			return appendNumber(dst, tagInteger, int64(n)), nil
		}
	case bson.TypeInt64:
		if n, ok := v.Int64OK(); ok {
			return appendNumber(dst, tagInteger, n), nil
		}
	case bson.TypeDateTime:
		if ms, ok := v.DateTimeOK(); ok {
			return appendNumber(dst, tagInstant, ms), nil
		}
	case bson.TypeBoolean:
		if b, ok := v.BooleanOK(); ok {
			return appendBool(dst, b), nil
		}
	}
	return nil, fmt.Errorf("store: a value of type %s can't be indexed", v.Type)
}

// appendValue appends the encoding of a Go value as BSON would store it.
func appendValue(dst []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return nil, errors.New("store: nil is in no index")
	case string:
		return appendString(dst, v)
	case int64:
		return appendNumber(dst, tagInteger, v), nil
	case time.Time:
		return appendNumber(dst, tagInstant, v.UnixMilli()), nil
	case primitive.DateTime:
		return appendNumber(dst, tagInstant, int64(v)), nil
	case bool:
		return appendBool(dst, v), nil
	}
	t, data, err := bson.MarshalValue(v)
	if err != nil {
		return nil, fmt.Errorf("store: index value: %w", err)
	}
	return appendRaw(dst, bson.RawValue{Type: t, Value: data})
}

func appendString(dst []byte, s string) ([]byte, error) {
	if err := text(s); err != nil {
		return nil, err
	}
	dst = append(dst, tagString)
	dst = append(dst, s...)
	return append(dst, first), nil
}

// appendNumber flips the sign, so that negative numbers come before positive ones.
func appendNumber(dst []byte, tag byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(append(dst, tag), uint64(n)^(1<<63))
}

func appendBool(dst []byte, b bool) []byte {
	if b {
		return append(dst, tagBool, 1)
	}
	return append(dst, tagBool, 0)
}

// Key encodes the values of one index entry.
func Key(values []any) ([]byte, error) {
	var key []byte
	for _, v := range values {
		var err error
		if key, err = appendValue(key, v); err != nil {
			return nil, err
		}
	}
	return key, short(key)
}

func short(key []byte) error {
	if len(key) > MaxKey {
		return fmt.Errorf("store: an index entry has %d bytes, at most %d are allowed", len(key), MaxKey)
	}
	return nil
}

// Values decodes an index entry: string, int64, bool and primitive.DateTime.
func Values(key []byte) ([]any, error) {
	var values []any
	for len(key) > 0 {
		tag, rest := key[0], key[1:]
		switch tag {
		case tagString:
			s, after, ok := strings.Cut(string(rest), "\x00")
			if !ok {
				return nil, errKey
			}
			values, key = append(values, s), []byte(after)
		case tagInteger, tagInstant:
			if len(rest) < 8 {
				return nil, errKey
			}
			n := int64(binary.BigEndian.Uint64(rest) ^ (1 << 63))
			if tag == tagInteger {
				values = append(values, n)
			} else {
				values = append(values, primitive.DateTime(n))
			}
			key = rest[8:]
		case tagBool:
			if len(rest) < 1 || rest[0] > 1 {
				return nil, errKey
			}
			values, key = append(values, rest[0] == 1), rest[1:]
		default:
			return nil, errKey
		}
	}
	return values, nil
}
