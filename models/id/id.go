// Package id makes identifiers: a prefix that tells the kind and 128 random
// bits, nothing else. No time stands inside, since a grievance's id must not
// tell when it was filed.
package id

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// encoding has 26 lower-case characters for 16 bytes and no look-alikes of its own making.
var encoding = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

const bodyLen = 26

// New makes an identifier such as "mem_k3v9…". prefix is 2 to 4 lower-case letters.
func New(prefix string) string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand never errs: it stops the program instead
	return prefix + "_" + encoding.EncodeToString(b[:])
}

// Valid tells whether s has the form of an identifier of this kind.
func Valid(prefix, s string) bool {
	body, ok := strings.CutPrefix(s, prefix+"_")
	if !ok || len(body) != bodyLen {
		return false
	}
	_, err := encoding.DecodeString(body)
	return err == nil
}
