package grievance

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/seal"
)

// A form carries a token: random bits and the instant of its making, closed to
// whoever carries it. Everything that must be the same when a form is sent
// again (the grievance's id, its receipt) is derived from those bits, so that a
// resend finds its grievance and nothing is stored that would tell when.

const (
	youngest = 5 * time.Second // faster is no hand
	oldest   = 24 * time.Hour
)

// WaitSeconds is how long a form waits before it can be sent.
const WaitSeconds = int(youngest / time.Second)

var (
	errFormOld = fault.New(fault.Conflict, "grievance.form_old")
	errUsed    = fault.New(fault.Conflict, "grievance.form_used")
)

type forms struct {
	box     seal.Box
	ids     seal.Hashes
	digits  seal.Hashes
	replies seal.Hashes
}

func newForms(master *seal.Master, keys *seal.Keys) forms {
	return forms{
		box: master.Box("grievance form"), ids: keys.Hashes("grievance id"),
		digits: keys.Hashes("grievance receipt digits"), replies: keys.Hashes("grievance reply"),
	}
}

// issue makes a token.
func (f forms) issue(org string, now time.Time) (string, error) {
	return f.box.Close(org, rand.Text()+" "+strconv.FormatInt(now.UnixMilli(), 10))
}

// form is an opened token.
type form struct{ secret string }

// open reads a token that is old enough to have been filled in by hand, and
// not older than a day.
func (f forms) open(org, token string, now time.Time) (form, error) {
	secret, made, ok := f.read(org, token)
	age := now.Sub(made)
	switch {
	case !ok || age < 0 || age > oldest:
		return form{}, errFormOld
	case age < youngest:
		return form{}, &fault.Error{Kind: fault.TooMany, Code: "grievance.form_too_fast", Retry: youngest - age}
	}
	return form{secret}, nil
}

func (f forms) read(org, token string) (secret string, made time.Time, ok bool) {
	text, ok := f.box.Open(org, token)
	secret, at, _ := strings.Cut(text, " ")
	ms, err := strconv.ParseInt(at, 10, 64)
	return secret, time.UnixMilli(ms), ok && err == nil && secret != ""
}

// Token makes the token of a form that changes nothing by itself, as the one for
// coming back with a receipt.
func (g *Grievances) Token(a access.Actor) (string, error) {
	return g.forms.issue(a.Org, g.clock.Now())
}

// Genuine tells whether a token is one of ours and of today, or else
// grievance.form_old.
func (g *Grievances) Genuine(a access.Actor, token string) error {
	_, made, ok := g.forms.read(a.Org, token)
	if age := g.clock.Now().Sub(made); !ok || age < 0 || age > oldest {
		return errFormOld
	}
	return nil
}

// id is the name of the grievance that comes of a form.
func (f forms) id(ctx context.Context, org string, of form) (string, error) {
	hash, err := f.ids.Of(ctx, org, of.secret)
	return name("grv", hash), err
}

// reply is the name of the entry that comes of a reply's key.
func (f forms) reply(ctx context.Context, org, grievance, key string) (string, error) {
	hash, err := f.replies.Of(ctx, org, grievance+"\x00"+key)
	return name("ent", hash), err
}

// receipt is the one that belongs to a form.
func (f forms) receipt(ctx context.Context, org string, of form) (string, error) {
	hash, err := f.digits.Of(ctx, org, of.secret)
	if err != nil {
		return "", err
	}
	return digitsOf(hash), nil
}

// digest tells what was sent from other words under the same form. It is keyed
// with the form's secret, which is not stored, so it can't be guessed against.
func (of form) digest(in Sending) (string, error) {
	in.Token = ""
	words, err := json.Marshal(in)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, []byte(of.secret))
	mac.Write(words)
	return hex.EncodeToString(mac.Sum(nil)), nil
}

// ids is the alphabet of models/id, in which these names are written too.
var ids = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// name writes the first 128 bits of a keyed hash as an identifier.
func name(prefix, hash string) string {
	bits, _ := hex.DecodeString(hash[:min(32, len(hash))]) // a keyed hash is always hexadecimal
	return prefix + "_" + ids.EncodeToString(bits)
}
