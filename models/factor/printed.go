package factor

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"slices"
	"strconv"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/paper"
	"chautari/models/seal"
	"chautari/models/store"
)

// printed is one code on her paper, as a slow hash under the salt of its sheet:
// argon2id of an HMAC under the organisation's secret, as of a passphrase.
type printed struct {
	ID   string `bson:"id"`
	Hash []byte `bson:"hash"`
}

// onPaper is how many codes there are on a sheet.
const onPaper = 10

const saltLen = 16

// errReplaced: a resend of what another sheet took the place of meanwhile.
var errReplaced = fault.New(fault.Conflict, "factor.codes_replaced")

// Print makes ten codes for the actor's paper, in place of those before. They
// are shown once; sent again with the same key they are the same. Fault:
// session.proof_needed, factor.codes_replaced.
func (f *Factors) Print(ctx context.Context, a access.Actor, k once.Key) ([]string, error) {
	if err := access.Decide(a, access.ManageFactors, own(a)); err != nil {
		return nil, f.audit.Refusal(ctx, f.store.Org(a.Org), a, access.ManageFactors, a.Person, err)
	}
	clear, err := f.drawSheet(ctx, a, k)
	if err != nil {
		return nil, err
	}
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt)
	fresh := make([]printed, len(clear))
	for i, code := range clear {
		hash, err := f.codes.Hash(ctx, a.Org, code, salt)
		if err != nil {
			return nil, err
		}
		fresh[i] = printed{ID: newID(), Hash: hash}
	}
	err = f.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		s, there, err := of(ctx, tx, a.Account, a.Person)
		if err != nil {
			return err
		}
		if done {
			if len(refs) != 1 || refs[0] != s.Paper {
				return errReplaced
			}
			return nil
		}
		if len(s.Passkeys)+len(s.Apps) == 0 {
			return access.Refused // paper is for the day on which something else is lost
		}
		if err := seal.Retract(ctx, tx, s.sheet()...); err != nil {
			return err
		}
		s.Paper, s.Salt, s.Codes = id.New("ppr"), salt, fresh
		if err := s.save(ctx, tx, there); err != nil {
			return err
		}
		if err := f.audit.Did(ctx, tx, a, access.ManageFactors, []string{a.Person}, "codes"); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, f.clock.Now(), s.Paper)
	})
	if err != nil {
		return nil, err
	}
	for i := range clear {
		clear[i] = paper.Spelt(clear[i])
	}
	return clear, nil
}

// drawSheet draws the codes: out of nothing, or out of the sender's random key
// and a secret of the organisation, so that a lost answer can be given again
// though no code is stored.
func (f *Factors) drawSheet(ctx context.Context, a access.Actor, k once.Key) ([]string, error) {
	clear := make([]string, onPaper)
	for i := range clear {
		if k.Value == "" {
			clear[i] = paper.Draw()
			continue
		}
		hash, err := f.drawn.Of(ctx, a.Org, a.Account+"\x00"+k.Value+"\x00"+strconv.Itoa(i))
		if err != nil {
			return nil, err
		}
		raw, err := hex.DecodeString(hash)
		if err != nil {
			return nil, err
		}
		clear[i] = paper.Of(raw)
	}
	return clear, nil
}

// onSheet is a typed code after its slow hash, which takes too long for a
// transaction.
type onSheet struct{ sheet, hash []byte }

// hashed makes the slow hash of a typed code under the salt of the account's
// sheet. Without a sheet it takes the same work.
func (f *Factors) hashed(ctx context.Context, a access.Actor, code string) (onSheet, error) {
	s, _, err := of(ctx, f.store.Org(a.Org), a.Account, a.Person)
	if err != nil {
		return onSheet{}, err
	}
	salt := s.Salt
	if len(salt) == 0 {
		salt = make([]byte, saltLen)
	}
	hash, err := f.codes.Hash(ctx, a.Org, paper.Fold(code), salt)
	return onSheet{salt, hash}, err
}

// usePaper takes one code off the sheet, in the transaction it is good for.
func (f *Factors) usePaper(ctx context.Context, tx *store.Tx, a access.Actor, typed onSheet) error {
	s, there, err := of(ctx, tx, a.Account, a.Person)
	if err != nil {
		return err
	}
	if !there || subtle.ConstantTimeCompare(typed.sheet, s.Salt) != 1 {
		return errWrong
	}
	at := -1
	for i, c := range s.Codes {
		if subtle.ConstantTimeCompare(typed.hash, c.Hash) == 1 {
			at = i
		}
	}
	if at < 0 {
		return errWrong
	}
	if err := seal.Retract(ctx, tx, paperThing(s.ID, s.Codes[at].ID)); err != nil {
		return err
	}
	s.Codes = slices.Delete(s.Codes, at, at+1)
	if err := sets.Replace(ctx, tx, s); err != nil {
		return err
	}
	return f.audit.Did(ctx, tx, a, access.GiveFactor, []string{a.Person}, "code")
}
