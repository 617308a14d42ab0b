package factor

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/paper"
	"chautari/models/seal"
	"chautari/models/store"
)

// app is an application that reckons six digits from a secret and the time.
type app struct {
	ID     string        `bson:"id"`
	Name   seal.Sealed   `bson:"name"`
	Day    calendar.Date `bson:"day"`
	Secret seal.Sealed   `bson:"secret"`
	// Used is the step of the latest digits that were taken: neither these nor
	// earlier ones are taken again, whatever the clock says (RFC 6238, 5.2).
	Used int64 `bson:"used"`
}

// RFC 6238 as every app has it: SHA-1, six digits, steps of half a minute; one
// step earlier or later is taken, for clocks that are a little wrong.
const (
	step        = 30 * time.Second
	steps       = 1
	secretBytes = 20
	digits      = 6
)

var base = base32.StdEncoding.WithPadding(base32.NoPadding)

// Secret is what an app is given, once.
type Secret struct {
	Base32 string
	URI    string // the same, to be drawn as a picture that the app reads
}

// BeginApp makes the secret of a new app. It counts once digits out of it were
// confirmed. Faults: as BeginPasskey.
func (f *Factors) BeginApp(ctx context.Context, a access.Actor) (*Secret, error) {
	raw := make([]byte, secretBytes)
	_, _ = rand.Read(raw)
	out := &Secret{Base32: base.EncodeToString(raw)}
	err := f.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		who, _, key, err := f.mayEnrol(ctx, tx, a)
		if err != nil {
			return err
		}
		handle, err := f.accounts.HandleOf(ctx, a.Org, who)
		if err != nil {
			return err
		}
		out.URI = "otpauth://totp/" + url.PathEscape(handle.Reveal()) + "?secret=" + out.Base32 + "&algorithm=SHA1&digits=6&period=30"
		id := ceremonyID(a, enrolApp)
		sealed, err := key.Seal(id, "secret", out.Base32)
		if err != nil {
			return err
		}
		return f.begin(ctx, tx, a, enrolApp, ceremony{Secret: sealed})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// AddApp enrols the app whose secret was made in this sign-in, when the digits
// are right. The sign-in goes on under a new token. Faults: factor.name_missing,
// factor.wrong, factor.begin_again, and those of BeginPasskey.
func (f *Factors) AddApp(ctx context.Context, a access.Actor, host, code, name string) (token string, in *account.SignedIn, err error) {
	name, err = named(name)
	if err != nil {
		return "", nil, err
	}
	return f.enrol(ctx, a, host, account.TOTP, func(ctx context.Context, tx *store.Tx, key *seal.Key, s *set) error {
		c, err := f.end(ctx, tx, a, enrolApp)
		if err != nil {
			return err
		}
		secret, err := key.Open(c.ID, "secret", c.Secret)
		if err != nil {
			return err
		}
		at, ok := f.stepOf(code, secret.Reveal(), 0)
		if !ok {
			return errWrong
		}
		n := app{ID: newID(), Day: f.today(), Used: at}
		if n.Secret, err = key.Seal(s.ID, "secret/"+n.ID, secret.Reveal()); err != nil {
			return err
		}
		if n.Name, err = key.Seal(s.ID, "name/"+n.ID, name); err != nil {
			return err
		}
		s.Apps = append(s.Apps, n)
		return nil
	})
}

// stepOf finds the step that the digits are of, if it is near enough and later
// than the one used last. Each step that is looked at takes the same work.
func (f *Factors) stepOf(code, secret string, used int64) (at int64, ok bool) {
	code = paper.Fold(code)
	if len(code) != digits || strings.Trim(code, "0123456789") != "" {
		return 0, false
	}
	now := f.clock.Now().Unix() / int64(step/time.Second)
	for s := now - steps; s <= now+steps; s++ {
		//nolint:gosec // no clock stands before 1970
		right, err := hotp.ValidateCustom(code, uint64(s), secret, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && right && s > used {
			at, ok = s, true
		}
	}
	return at, ok
}

// useApp takes six digits, once, in the transaction they are good for.
func (f *Factors) useApp(ctx context.Context, tx *store.Tx, a access.Actor, code string) error {
	s, there, err := of(ctx, tx, a.Account, a.Person)
	if err != nil {
		return err
	}
	if !there || len(s.Apps) == 0 {
		return errWrong
	}
	key, err := f.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return err
	}
	right := false
	for i := range s.Apps {
		p := &s.Apps[i]
		secret, err := key.Open(s.ID, "secret/"+p.ID, p.Secret)
		if err != nil {
			return err
		}
		if at, ok := f.stepOf(code, secret.Reveal(), p.Used); ok {
			p.Used, right = at, true
		}
	}
	if !right {
		return errWrong
	}
	return sets.Replace(ctx, tx, s)
}
