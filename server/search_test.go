package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
)

// search looks for many texts in every form at once, and reads each byte once.
type search struct {
	forms  []form
	begins [1 << 16][]int // by the two bytes with which it begins: the forms, by number
}

// form is one of the ways in which a thief would search for a text.
type form struct {
	text  string
	bytes []byte
}

func searchFor(texts ...string) *search {
	s := &search{}
	for _, text := range texts {
		for _, b := range forms(text) {
			start := int(b[0])<<8 | int(b[1])
			s.begins[start] = append(s.begins[start], len(s.forms))
			s.forms = append(s.forms, form{text, b})
		}
	}
	return s
}

// forms are a text as it is, in both orders of UTF-16, in hex and in base64.
func forms(text string) [][]byte {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	all := [][]byte{[]byte(text), little, big, []byte(hex.EncodeToString([]byte(text))), []byte(strings.ToUpper(hex.EncodeToString([]byte(text))))}
	// Base64 of a text that begins at any of three places: only the digits that it
	// decides alone, and all of them, since four stand somewhere in every random id.
	for shift := range 3 {
		coded := base64.StdEncoding.EncodeToString(append(make([]byte, shift), text...))
		all = append(all, []byte(coded[(8*shift+5)/6:8*(shift+len(text))/6]))
	}
	return all
}

// found are the texts that stand in a content in some form.
func (s *search) found(content []byte) map[string]bool {
	found := map[string]bool{}
	for i := 0; i+1 < len(content); i++ {
		for _, n := range s.begins[int(content[i])<<8|int(content[i+1])] {
			if bytes.HasPrefix(content[i:], s.forms[n].bytes) {
				found[s.forms[n].text] = true
			}
		}
	}
	return found
}

// in fails for each text that stands in a content, and tells how long that was.
func (s *search) in(t *testing.T, where string, content []byte) int {
	t.Helper()
	for text := range s.found(content) {
		t.Errorf("%s holds %q in some form", where, text)
	}
	return len(content)
}

// under does the same with every file under a folder.
func (s *search) under(t *testing.T, folder string) (searched int) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			searched += s.in(t, d.Name(), contentOf(t, path))
		}
		return err
	}))
	return searched
}

func contentOf(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	return content
}

// A search that finds nothing must be able to find.
func TestTheSearchFindsATextInEveryForm(t *testing.T) {
	const said = "दाउरा बोक्दा sunsari"
	look := searchFor("nothing of it", said)
	for i, f := range forms(said) {
		for _, content := range [][]byte{f, append([]byte("before "), f...), append(bytes.Clone(f), " after"...)} {
			require.Equal(t, map[string]bool{said: true}, look.found(content), "form %d", i)
		}
		require.Empty(t, look.found(f[:len(f)-1]), "form %d", i)
	}
	for shift := range 3 {
		coded := base64.StdEncoding.EncodeToString([]byte("abc"[:shift] + said + " and more"))
		require.True(t, look.found([]byte(coded))[said], "base64 from place %d", shift)
	}
}
