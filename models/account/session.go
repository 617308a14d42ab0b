package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/store"
)

// session is one sign-in. Its id is the SHA-256 of the value in her cookie, so
// that a dump of the store signs nobody in.
type session struct {
	store.Meta `bson:",inline"`
	Account    string    `bson:"account"`
	Began      time.Time `bson:"began"`
	Seen       time.Time `bson:"seen"`
	Proved     time.Time `bson:"proved"` // when she last gave her passphrase
	Staff      bool      `bson:"staff"`
	Factor     Factor    `bson:"factor,omitempty"`   // what she gave beside her words
	Replaced   bool      `bson:"replaced,omitempty"` // nobody's any more: another value took its place when it was last seen
}

var sessions = store.Declare[session]("sessions",
	store.Index{Name: "account", Fields: []string{"account"}},
	store.Index{Name: "seen", Fields: []string{"seen"}},
).Passing().Guarded()

// How long a sign-in lives without being used, and at most: within what OWASP's
// session sheet and NIST 800-63B (30 minutes, 12 hours) allow.
var (
	memberIdle    = organisation.Declare(organisation.Number{Key: "memberIdle", Unit: organisation.Minutes, Usual: 10, Least: 2, Most: 30})
	memberLongest = organisation.Declare(organisation.Number{Key: "memberLongest", Unit: organisation.Hours, Usual: 12, Least: 1, Most: 12})
	staffIdle     = organisation.Declare(organisation.Number{Key: "staffIdle", Unit: organisation.Minutes, Usual: 15, Least: 2, Most: 30})
	staffLongest  = organisation.Declare(organisation.Number{Key: "staffLongest", Unit: organisation.Hours, Usual: 8, Least: 1, Most: 12})
	// proofLasts is for how long a passphrase proves that it is she.
	proofLasts = organisation.Declare(organisation.Number{Key: "proofLasts", Unit: organisation.Minutes, Usual: 10, Least: 1, Most: 15})
)

const (
	// mostIdle and longest are what no organisation can choose more than.
	mostIdle = 30 * time.Minute
	longest  = 12 * time.Hour
	// seenEvery bounds how often a read writes that she was here.
	seenEvery = time.Minute
	// renewing is how long a page may still bring the value that another has
	// replaced, in what it asked for before it knew.
	renewing = 30 * time.Second
)

// over also holds where the clock was set back since she was last seen: for how
// long she was away can't be told, and a sign-in mustn't live longer by it.
func (s *session) over(now time.Time, by *organisation.Settings) bool {
	if now.Before(s.Seen.Add(-seenEvery)) {
		return true
	}
	most := memberLongest
	if s.Staff {
		most = staffLongest
	}
	return now.Sub(s.Seen) >= idleOf(s.Staff, by) || now.Sub(s.Began) >= time.Duration(most.Of(by))*time.Hour
}

// lives tells whether somebody could use it.
func (s *session) lives(now time.Time, by *organisation.Settings) bool {
	return !s.Replaced && !s.over(now, by)
}

// fresh tells whether she proved a short while ago that it is she. A proof from
// a time that is still to come is none: the clock was set back.
func (s *session) fresh(now time.Time, by *organisation.Settings) bool {
	age := now.Sub(s.Proved)
	return age >= -seenEvery && age < time.Duration(proofLasts.Of(by))*time.Minute
}

// idleOf is how long a sign-in may be left alone.
func idleOf(staff bool, by *organisation.Settings) time.Duration {
	idle := memberIdle
	if staff {
		idle = staffIdle
	}
	return time.Duration(idle.Of(by)) * time.Minute
}

var (
	// errRefused is the same for an unknown name and a wrong passphrase.
	errRefused = fault.New(fault.Unauthenticated, "session.refused")
	// ErrAbsent: nobody is signed in, or no longer.
	ErrAbsent = fault.New(fault.Unauthenticated, "session.absent")
	// ErrRenewed: the sign-in has another value since a moment, which the browser
	// has or is about to get. This one is dead like any other.
	ErrRenewed = fault.New(fault.Unauthenticated, "session.renewed")
)

// nobody stands in for an account that does not exist, so that a try against
// it takes the same work as against one that does.
var nobody = &Account{Meta: store.Meta{ID: "acc_nobody"}}

// SignIn checks a sign-in name and passphrase and begins a session, whose
// token goes into a cookie for this host. Where the session lies follows from
// which of her passphrases it was; all else is the same for both: what is asked
// of the store, the slow hash, the length of the token.
func (s *Accounts) SignIn(ctx context.Context, org, host, handle, passphrase string) (token string, in *SignedIn, err error) {
	name, err := s.handleKey(ctx, org, handle)
	if err != nil {
		return "", nil, err
	}
	space := s.store.Org(org)
	failed, err := s.guesses.try(ctx, name, s.clock.Now())
	if err != nil {
		return "", nil, err
	}
	found, err := accounts.First(ctx, space, store.Query{Index: "handle_key", Equal: []any{name}})
	if errors.Is(err, store.ErrAbsent) {
		found, err = nobody, nil
	}
	if err != nil {
		return "", nil, err
	}
	if len(found.Hash) > 0 {
		if err := s.upgrade(ctx, org, found.ID); err != nil {
			return "", nil, err
		}
	}
	opens, err := credentialsOf(ctx, space, found.ID)
	if err != nil {
		return "", nil, err
	}
	which, ok, err := s.which(ctx, org, passphrase, opens)
	if err != nil {
		return "", nil, err
	}
	if !ok || found == nobody || found.Closed {
		if err := s.guessed(ctx, org, found, failed); err != nil {
			return "", nil, err
		}
		return "", nil, errRefused
	}
	s.guesses.succeeded(ctx, name)
	lies, now := which.space(org), s.clock.Now()
	secret, her, err := s.begin(ctx, lies, opens, now)
	if err != nil {
		return "", nil, err
	}
	// What the organisation has chosen counts at each request, not now.
	if token, err = s.tokens.make(host, secret, now.Add(longest)); err != nil {
		return "", nil, err
	}
	in, err = s.describe(ctx, lies, her, sessionID(secret))
	return token, in, err
}

// begin stores a session in a space for whoever had the words that lead there.
// An account that was closed or erased meanwhile, or has other words now, gets none.
func (s *Accounts) begin(ctx context.Context, org string, opens *credentials, now time.Time) (secret []byte, her *Account, err error) {
	which := slotOf(org)
	secret = s.tokens.newSecret(which)
	err = s.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		current, err := s.unchanged(ctx, tx, opens, which)
		if err != nil {
			return err
		}
		her = current
		return sessions.Insert(ctx, tx, &session{
			Meta: store.Meta{ID: sessionID(secret)}, Account: her.ID,
			Began: now, Seen: now, Proved: now, Staff: staff(her.Roles),
		})
	})
	return secret, her, err
}

// unchanged is the account in the transaction's space if it is open and the slot
// still takes what it took, which the transaction depends on; else errRefused.
func (s *Accounts) unchanged(ctx context.Context, tx *store.Tx, opens *credentials, which slot) (*Account, error) {
	beside := tx.Beside(organisation.Shown(tx.Org()))
	now, err := keyring.Get(ctx, beside, opens.ID)
	if errors.Is(err, store.ErrAbsent) || err == nil && !now.same(opens, which) {
		return nil, errRefused
	}
	if err != nil {
		return nil, err
	}
	her, err := accounts.Get(ctx, tx, opens.ID)
	if errors.Is(err, store.ErrAbsent) || err == nil && her.Closed {
		return nil, errRefused
	}
	if err != nil {
		return nil, err
	}
	if err := keyring.Require(ctx, beside, now); err != nil {
		return nil, err
	}
	return her, accounts.Require(ctx, tx, her)
}

// Authenticate finds who brings a token to a host and the organisation that it
// serves. ErrAbsent when the token is broken, of another host or of whom the
// host served before, over, or its account or organisation closed;
// ErrRenewed when another one took its place just now.
func (s *Accounts) Authenticate(ctx context.Context, served, host, token string) (access.Actor, error) {
	secret, ok := s.tokens.read(host, token)
	if !ok {
		return access.Actor{}, ErrAbsent
	}
	org := s.tokens.slot(secret).space(served)
	by, err := s.orgs.Settings(ctx, org)
	if errors.Is(err, store.ErrAbsent) || err == nil && by.Organisation.Closed {
		return access.Actor{}, ErrAbsent
	}
	if err != nil {
		return access.Actor{}, err
	}
	space := s.store.Org(org)
	now := s.clock.Now()
	doc, err := sessions.Get(ctx, space, sessionID(secret))
	if errors.Is(err, store.ErrAbsent) || err == nil && doc.over(now, by) {
		return access.Actor{}, ErrAbsent
	}
	if err != nil {
		return access.Actor{}, err
	}
	if doc.Replaced {
		return access.Actor{}, doc.replaced(now)
	}
	found, err := accounts.Get(ctx, space, doc.Account)
	if errors.Is(err, store.ErrAbsent) || err == nil && found.Closed {
		return access.Actor{}, ErrAbsent
	}
	if err != nil {
		return access.Actor{}, err
	}
	if now.Sub(doc.Seen) >= seenEvery {
		if err := s.see(ctx, space, doc.ID, now); err != nil {
			return access.Actor{}, err
		}
	}
	a, err := s.actor(ctx, org, found)
	a.Session, a.Fresh = doc.ID, doc.fresh(now, by)
	return halfway(a, doc.Factor, by), err
}

// actor is what an account may act as at this moment.
func (s *Accounts) actor(ctx context.Context, org string, found *Account) (access.Actor, error) {
	a := access.Actor{
		Org: org, Account: found.ID, Person: found.Person, Roles: found.Roles, Assigned: found.Groups, Hold: found.Held(s.clock.Now()),
	}
	if len(found.Groups) > 0 {
		tree, err := s.orgs.Tree(ctx, org)
		if err != nil {
			return access.Actor{}, err
		}
		a.Groups = tree.Below(found.Groups...)
	}
	return a, nil
}

// ActorOf is for work that goes on in the background for somebody: what her
// account may do now, which is nothing that needs a fresh proof. ErrAbsent when
// it is closed or gone.
func (s *Accounts) ActorOf(ctx context.Context, org, account string) (access.Actor, error) {
	found, err := accounts.Get(ctx, s.store.Org(org), account)
	if errors.Is(err, store.ErrAbsent) || err == nil && found.Closed {
		return access.Actor{}, ErrAbsent
	}
	if err != nil {
		return access.Actor{}, err
	}
	return s.actor(ctx, org, found)
}

// see notes that she was here. A session that ended meanwhile stays ended.
func (s *Accounts) see(ctx context.Context, space *store.Space, sid string, now time.Time) error {
	err := space.Tx(ctx, func(tx *store.Tx) error {
		_, err := sessions.Update(ctx, tx, sid, func(d *session) error {
			if d.Replaced {
				return d.replaced(now)
			}
			d.Seen = now
			return nil
		})
		return err
	})
	if errors.Is(err, store.ErrAbsent) {
		return ErrAbsent
	}
	return err
}

// SignOut ends the actor's own session. Ending an ended one is no fault.
func (s *Accounts) SignOut(ctx context.Context, a access.Actor) error {
	if a.Session == "" {
		return nil
	}
	return s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		doc, err := sessions.Get(ctx, tx, a.Session)
		if errors.Is(err, store.ErrAbsent) {
			return nil
		}
		if err != nil {
			return err
		}
		return sessions.Delete(ctx, tx, doc)
	})
}

// SignOutEverywhere ends every session of the actor's account.
func (s *Accounts) SignOutEverywhere(ctx context.Context, a access.Actor) error {
	if a.Account == "" {
		return ErrAbsent
	}
	return s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		return endAll(ctx, tx, a.Account)
	})
}

func endAll(ctx context.Context, tx *store.Tx, account string) error {
	for {
		n, err := sessions.DeleteRange(ctx, tx, store.Query{Index: "account", Equal: []any{account}}, store.MaxLimit)
		if err != nil || n < store.MaxLimit {
			return err
		}
	}
}

// SweepSessions removes at most limit sessions that nobody can use any more.
func SweepSessions(ctx context.Context, tx *store.Tx, now time.Time, limit int) (int, error) {
	return sessions.DeleteRange(ctx, tx, store.Query{Index: "seen", Until: now.Add(-mostIdle)}, limit)
}

// EndSessions removes at most limit sessions of an organisation, whoever's they
// are, and says how many: its door is being shut.
func EndSessions(ctx context.Context, tx *store.Tx, limit int) (int, error) {
	return sessions.DeleteRange(ctx, tx, store.Query{Index: "seen"}, limit)
}

func sessionID(secret []byte) string {
	sum := sha256.Sum256(secret)
	return hex.EncodeToString(sum[:])
}

func encodeSecret(secret []byte) string { return base64.RawURLEncoding.EncodeToString(secret) }
