package account

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/paper"
	"chautari/models/seal"
	"chautari/models/store"
)

// CodeHashes are what lets somebody choose new words: the code that she printed, one
// for each of the two spaces, and the one that two others gave her. They stand
// under the salt of her words, so that a try at all three costs one slow hash.
// Where there is none, random bytes stand.
type CodeHashes struct {
	FirstCode  []byte     `bson:"first_code,omitempty"` // empty in a store from before there were codes
	SecondCode []byte     `bson:"second_code,omitempty"`
	StaffCode  []byte     `bson:"staff_code,omitempty"`
	StaffUntil *time.Time `bson:"staff_until,omitempty"` // while the one of two others counts
	StaffFor   string     `bson:"staff_for,omitempty"`   // the request on which they gave it
}

// by is which of the codes somebody brought.
type by int

const (
	byFirst by = iota
	bySecond
	byStaff
)

// bySlot is the code that she printed in a space.
func bySlot(s slot) by {
	if s == second {
		return bySecond
	}
	return byFirst
}

// slot is where the words go that are chosen with it.
func (b by) slot() slot {
	if b == bySecond {
		return second
	}
	return first
}

func (c *CodeHashes) of(b by) *[]byte {
	switch b {
	case bySecond:
		return &c.SecondCode
	case byStaff:
		return &c.StaffCode
	}
	return &c.FirstCode
}

// fill puts random bytes where nothing stands, and tells whether anything was empty.
func (c *CodeHashes) fill() (filled bool) {
	for _, b := range []by{byFirst, bySecond, byStaff} {
		if at := c.of(b); len(*at) == 0 {
			*at, filled = random(seal.SlowLen), true
		}
	}
	return filled
}

// drop makes a code count no more.
func (c *CodeHashes) drop(b by) {
	*c.of(b) = random(seal.SlowLen)
	if b == byStaff {
		c.StaffUntil, c.StaffFor = nil, ""
	}
}

// which tells the code that a hash is of, and whether it is of any that counts at
// an instant, in the same steps whatever the answer.
func (c *CodeHashes) which(hash []byte, now time.Time) (is by, ok bool) {
	one := subtle.ConstantTimeCompare(hash, c.FirstCode)
	two := subtle.ConstantTimeCompare(hash, c.SecondCode)
	three := subtle.ConstantTimeCompare(hash, c.StaffCode)
	if c.StaffUntil == nil || !now.Before(*c.StaffUntil) {
		three = 0
	}
	is = by(subtle.ConstantTimeSelect(three, int(byStaff), subtle.ConstantTimeSelect(two, int(bySecond), int(byFirst))))
	return is, one|two|three == 1
}

// thing is how the keys store is told of a code that counts no more: by what no
// code can be found from.
func (c *credentials) thing(b by) string {
	sum := sha256.Sum256(*c.of(b))
	return "code/" + c.ID + "/" + hex.EncodeToString(sum[:16])
}

var (
	// ErrCode is the same for an unknown name, a wrong code, one that was used, one
	// that is too old, and one that she said beforehand must not count.
	ErrCode = fault.New(fault.Unauthenticated, "recovery.wrong")
	// ErrCodeReplaced: a resend of what another code took the place of meanwhile, or
	// that was used.
	ErrCodeReplaced = fault.New(fault.Conflict, "recovery.code_replaced")
)

// Typed is a code after its slow hash, which takes too long for a transaction.
type Typed struct{ account, salt, hash string }

func (s *Accounts) codeHash(ctx context.Context, org, code string, c *credentials) ([]byte, error) {
	return s.codes.Hash(ctx, organisation.Shown(org), paper.Fold(code), c.Salt)
}

// TypeCode makes the slow hash of a code for an account.
func (s *Accounts) TypeCode(ctx context.Context, org, account, code string) (*Typed, error) {
	c, err := credentialsOf(ctx, s.store.Org(organisation.Shown(org)), account)
	if err != nil {
		return nil, err
	}
	hash, err := s.codeHash(ctx, org, code, c)
	return &Typed{account, string(c.Salt), string(hash)}, err
}

// is tells whether a typed code is one of the credentials' codes.
func (t *Typed) is(c *credentials, b by) bool {
	return string(c.Salt) == t.salt && subtle.ConstantTimeCompare([]byte(t.hash), *c.of(b)) == 1
}

// changeCodes changes the credentials of an account in a transaction of either space.
func changeCodes(ctx context.Context, tx *store.Tx, account string, change func(*credentials) error) error {
	_, err := keyring.Update(ctx, tx.Beside(organisation.Shown(tx.Org())), account, func(c *credentials) error {
		c.fill()
		return change(c)
	})
	return err
}

// KeepCode makes a typed code the one that lets her back into the transaction's
// space, in place of the one before.
func KeepCode(ctx context.Context, tx *store.Tx, t *Typed, day calendar.Date) error {
	mine, gone := bySlot(slotOf(tx.Org())), ""
	err := changeCodes(ctx, tx, t.account, func(c *credentials) error {
		if string(c.Salt) != t.salt {
			return store.ErrConflict
		}
		gone = c.thing(mine)
		*c.of(mine) = []byte(t.hash)
		return nil
	})
	if err != nil {
		return err
	}
	if err := seal.Retract(ctx, tx, gone); err != nil {
		return err
	}
	_, err = accounts.Update(ctx, tx, t.account, func(a *Account) error {
		a.CodeDay = day
		return nil
	})
	return err
}

// StillCode is ErrCodeReplaced when a typed code isn't the one that lets her back
// into the view's space.
func StillCode(ctx context.Context, tx *store.Tx, t *Typed) error {
	c, err := keyring.Get(ctx, tx.Beside(organisation.Shown(tx.Org())), t.account)
	if errors.Is(err, store.ErrAbsent) || err == nil && !t.is(c, bySlot(slotOf(tx.Org()))) {
		return ErrCodeReplaced
	}
	return err
}

// OpenHeld uses the code of the transaction's space up and opens what is closed to
// her there. Where nothing is closed the code stays. Fault: ErrCode.
func OpenHeld(ctx context.Context, tx *store.Tx, t *Typed, now time.Time) error {
	mine, gone := bySlot(slotOf(tx.Org())), ""
	her, err := accounts.Get(ctx, tx, t.account)
	if err != nil {
		return err
	}
	held := her.Held(now) != (access.Hold{})
	err = changeCodes(ctx, tx, t.account, func(c *credentials) error {
		if !t.is(c, mine) {
			return ErrCode
		}
		if held {
			gone = c.thing(mine)
			c.drop(mine)
		}
		return nil
	})
	if err != nil || !held {
		return err
	}
	if err := seal.Retract(ctx, tx, gone); err != nil {
		return err
	}
	her.HeldSince, her.HeldUntil, her.CodeDay = nil, nil, calendar.Date{}
	return accounts.Replace(ctx, tx, her)
}

// Held is since when others have let her in again and until when what she had before
// is closed to her; zero when it isn't. A clock that was set back keeps it closed.
func (a *Account) Held(now time.Time) access.Hold {
	if a.HeldSince == nil || a.HeldUntil == nil || !now.Before(*a.HeldUntil) {
		return access.Hold{}
	}
	return access.Hold{Since: *a.HeldSince, Until: *a.HeldUntil}
}

// Works tells whether any of the roles works with other people's matters.
func Works(roles []access.Role) bool { return staff(roles) }

// ChooseRecovery says in the transaction that read her account whether two others
// may let her in again.
func ChooseRecovery(ctx context.Context, tx *store.Tx, a *Account, byOthers bool) error {
	a.ByHerOwn = !byOthers
	return accounts.Replace(ctx, tx, a)
}
