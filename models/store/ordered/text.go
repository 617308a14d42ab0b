package ordered

import (
	"bytes"
	"encoding/hex"
	"strings"
)

// Text writes an index key as strings of the same order, for an engine that
// orders strings byte by byte: its first n values as head, the others as tail.
// Each value ends with NUL, so that a shorter one never runs into the next. A
// bound of a walk, which ends in the middle of a value, may be given too; an
// empty string is then no bound.
func Text(key []byte, n int) (head, tail string) {
	var text strings.Builder
	for i := 0; len(key) > 0; i++ {
		if i == n {
			head = text.String()
			text.Reset()
		}
		tag, rest := key[0], key[1:]
		switch end := valueEnd(tag, rest); {
		case tag == last: // behind all that begins with what was written
			before, _ := strings.CutSuffix(text.String(), "\x00")
			if before != text.String() {
				before += "\x01"
			}
			text.Reset()
			text.WriteString(before)
			key = nil
		case end < 0: // a bound: a tag alone, or the one after it
			if tag != first {
				text.WriteByte('0' + tag>>4 + tag&0x0f)
			}
			key = nil
		default:
			text.WriteByte('0' + tag>>4)
			if tag == tagString {
				text.Write(rest[:end])
			} else {
				text.WriteString(hex.EncodeToString(rest[:end]))
			}
			text.WriteByte(0)
			if key = rest[end:]; tag == tagString {
				key = key[1:]
			}
			if len(key) == 0 && i+1 == n {
				return text.String(), ""
			}
		}
	}
	if head == "" && n > 0 {
		return text.String(), ""
	}
	return head, text.String()
}

// valueEnd is where a value's bytes end, or -1 if it isn't whole.
func valueEnd(tag byte, rest []byte) int {
	size := -1
	switch tag {
	case tagString:
		return bytes.IndexByte(rest, first)
	case tagInteger, tagInstant:
		size = 8
	case tagBool:
		size = 1
	}
	if len(rest) < size {
		return -1
	}
	return size
}

// Holds tells whether a place lies on the way, behind its start.
func (w Walk) Holds(p Place) bool {
	if w.Down {
		return p.Compare(w.Start) < 0 && bytes.Compare(p.Key, w.Lo) >= 0
	}
	return p.Compare(w.Start) > 0 && bytes.Compare(p.Key, w.Hi) < 0
}
