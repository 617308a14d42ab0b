package grievance

import (
	"context"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"unicode"

	"chautari/models/script"
	"chautari/models/seal"
)

// A receipt is 18 random digits and two check digits by ISO/IEC 7064, MOD
// 97-10: read as one number it leaves 1 when divided by 97. The check is for
// the page, which can tell a slip of the hand before anything is sent; the
// server looks a receipt up or doesn't find it, and says no more.

// ReceiptLen is the number of digits.
const ReceiptLen = 20

const randomLen = ReceiptLen - 2

// digitsOf makes a receipt of a keyed hash in hexadecimal. 256 bits over 10^18:
// no digit is likelier than another by anything that could be noticed.
func digitsOf(hash string) string {
	n, _ := new(big.Int).SetString(hash, 16) // a keyed hash is always hexadecimal
	n.Mod(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(randomLen), nil))
	body := fmt.Sprintf("%0*d", randomLen, n)
	return body + checkDigits(body)
}

// checkDigits are the two that make a number leave 1 when divided by 97.
func checkDigits(body string) string {
	rest := 0
	for _, d := range body + "00" {
		rest = (rest*10 + int(d-'0')) % 97
	}
	return fmt.Sprintf("%02d", 98-rest)
}

// Normal writes a receipt as it is stored, however it was typed: in groups,
// with hyphens or dots, in Devanagari or full-width digits, over two lines, with
// invisible characters from a copy. What is left when it is no receipt is
// looked up all the same, and not found.
func Normal(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\uFFFD' {
			return r
		}
		return -1
	}, script.FoldDigits(strings.ToValidUTF8(typed, "\uFFFD")))
}

// longest bounds what is hashed of something that is no receipt.
const longest = 200

// receipts finds a grievance by its receipt. All of an organisation stand under
// one salt, or they could not be looked up.
type receipts struct {
	salt seal.Hashes
	slow slowHash
}

// slowHash is what seal.Slow does; tests count how often.
type slowHash interface {
	Hash(ctx context.Context, org, text string, salt []byte) ([]byte, error)
}

func newReceipts(keys *seal.Keys) receipts {
	return receipts{salt: keys.Hashes("grievance receipt salt"), slow: keys.Slow("receipt")}
}

// hash is what is stored of a receipt, in hexadecimal.
func (r receipts) hash(ctx context.Context, org, typed string) (string, error) {
	text := Normal(typed)
	if len(text) > longest {
		text = text[:longest]
	}
	seed, err := r.salt.Of(ctx, org, "")
	if err != nil {
		return "", err
	}
	salt, _ := hex.DecodeString(seed[:32]) // a keyed hash is always hexadecimal
	sum, err := r.slow.Hash(ctx, org, text, salt)
	return hex.EncodeToString(sum), err
}
