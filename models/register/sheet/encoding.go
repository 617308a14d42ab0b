package sheet

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"chautari/models/fault"
)

// The encodings that old registers come in.
const (
	utf8Name        = "utf-8"
	utf16leName     = "utf-16le"
	utf16beName     = "utf-16be"
	windows1252Name = "windows-1252"
)

// decode turns bytes into text without a byte order mark. The encoding is the
// wanted one, or the one found; guessed says that nothing proves it.
func decode(data []byte, wanted string) (text, name string, guessed bool, err error) {
	name = wanted
	if name == "" {
		name, guessed = findEncoding(data)
	}
	var from encoding.Encoding
	switch name {
	case utf8Name:
		data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
		return string(bytes.ToValidUTF8(data, []byte("\uFFFD"))), name, guessed, nil
	case utf16leName:
		from = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case utf16beName:
		from = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case windows1252Name:
		from = charmap.Windows1252
	default:
		return "", "", false, fault.New(fault.Invalid, "file.encoding_unknown")
	}
	out, err := from.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", false, damaged()
	}
	return string(bytes.TrimPrefix(out, []byte("\uFEFF"))), name, guessed, nil
}

func findEncoding(data []byte) (name string, guessed bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return utf8Name, false
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return utf16leName, false
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return utf16beName, false
	}
	if name, ok := unmarkedUTF16(data); ok {
		return name, true
	}
	if utf8.Valid(data) {
		return utf8Name, false
	}
	if mostlyUTF8(data) {
		return utf8Name, true
	}
	return windows1252Name, true
}

// unmarkedUTF16 recognises UTF-16 by the high bytes: Latin has 00 there and
// Devanagari 09, both of which are rare in the low bytes and in other encodings.
func unmarkedUTF16(data []byte) (string, bool) {
	sample := data[:min(len(data), 8192)&^1]
	if len(sample) < 4 || !bytes.ContainsRune(sample, 0) {
		return "", false
	}
	var even, odd int
	for i, b := range sample {
		if b == 0 || b == 9 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	half := len(sample) / 2
	switch {
	case odd*10 >= half*8 && odd > even:
		return utf16leName, true
	case even*10 >= half*8 && even > odd:
		return utf16beName, true
	}
	return "", false
}

// mostlyUTF8 tells a UTF-8 file with a few broken characters from one in
// another encoding, where hardly any sequence of high bytes is valid UTF-8.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good > 10*bad
}
