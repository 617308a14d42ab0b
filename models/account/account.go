// Package account is how a person comes in: a sign-in name of three neutral
// words that the server proposes, a passphrase, and a sign-in that ends by
// itself. It knows roles and assigned groups, but nothing of what anybody
// wrote. Accounts need no legal name, phone or e-mail.
package account

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/account/words"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Account is one person's way in. Nothing in it says who she is.
type Account struct {
	store.Meta `bson:",inline"`
	Person     string        `bson:"person"`
	HandleKey  string        `bson:"handle_key"` // keyed hash of the sign-in name
	Handle     seal.Sealed   `bson:"handle"`     // the name itself, to show it to her
	Language   string        `bson:"language"`
	Roles      []access.Role `bson:"roles"`
	Groups     []string      `bson:"groups,omitempty"` // those she coordinates
	Closed     bool          `bson:"closed,omitempty"`
	ClosedFor  seal.Sealed   `bson:"closed_for,omitempty"`
	Losses     int64         `bson:"losses,omitempty"` // how often she lost a role, a group or her way in

	CodeDay  calendar.Date `bson:"code_day,omitempty"`   // when her printed code was made; zero where none counts
	ByHerOwn bool          `bson:"by_her_own,omitempty"` // two others can't let her in again: she said so beforehand
	Wordless bool          `bson:"wordless,omitempty"`   // nobody ever chose words for it
	// When others let her in again, and until when what she had before is closed.
	HeldSince *time.Time `bson:"held_since,omitempty"`
	HeldUntil *time.Time `bson:"held_until,omitempty"`

	// What opened it in a store from before there were credentials, until Upgrade
	// moves it there.
	Salt []byte `bson:"salt,omitempty"`
	Hash []byte `bson:"hash,omitempty"`
}

var accounts = store.Declare[Account]("accounts",
	store.Index{Name: "handle_key", Fields: []string{"handle_key"}, Unique: true},
	store.Index{Name: "person", Fields: []string{"person"}, Unique: true},
	store.Index{Name: "role", Fields: []string{"roles"}},
).Guarded()

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{accounts.Spec(), keyring.Spec(), sessions.Spec()} }

// staffRoles need a longer passphrase and get shorter sign-ins.
var staffRoles = []access.Role{
	access.Trainer, access.Coordinator, access.FocalPoint, access.Deputy,
	access.Board, access.Liaison, access.Administrator,
}

// staff tells whether any of the roles works with other people's matters.
func staff(roles []access.Role) bool {
	return slices.ContainsFunc(roles, func(r access.Role) bool { return slices.Contains(staffRoles, r) })
}

// Fewest characters of a passphrase of her own, by whom it is for.
const (
	MinOwn   = 12
	MinStaff = 15
)

// Least is the fewest characters that a passphrase for these roles has.
func Least(roles []access.Role) int {
	if staff(roles) {
		return MinStaff
	}
	return MinOwn
}

// CheckPassphrase tells what is wrong with a passphrase, as faults of the field
// "passphrase". own is what others know her by, which counts for nothing in it.
func CheckPassphrase(passphrase string, least int, own ...string) []fault.Field {
	err := words.Check(passphrase, least, own...)
	if err == nil {
		return nil
	}
	e, ok := fault.As(err)
	if !ok || len(e.Fields) == 0 {
		return []fault.Field{fault.At("passphrase", "passphrase.too_common")}
	}
	return e.Fields
}

// Accounts opens, finds and closes the ways in.
type Accounts struct {
	store   *store.Store
	keys    *seal.Keys
	orgs    *organisation.Organisations
	clock   clock.Clock
	handles seal.Hashes
	hasher  *seal.Slow
	codes   *seal.Slow // hashes what lets somebody back in
	guesses *guesses
	tokens  tokens
	audit   audit.Log
	apart   Apart
}

// New serves the accounts of a store.
func New(s *store.Store, keys *seal.Keys, master *seal.Master, orgs *organisation.Organisations, c clock.Clock) *Accounts {
	orgs.StillBy(Still)
	return &Accounts{
		store: s, keys: keys, orgs: orgs, clock: c,
		handles: keys.Hashes("sign-in name"),
		hasher:  keys.Passphrases(),
		codes:   keys.Slow("recovery code"),
		guesses: &guesses{},
		tokens:  tokens{key: master.TokenKey(), spaces: master.Lookup("space of a sign-in"), clock: c, known: &knownTokens{}},
		audit:   audit.Log{Clock: c},
	}
}

// Opening is an account about to be: prepared outside the transaction, since
// the passphrase takes its slow hash there. In a decoy tenant it has neither
// credentials nor a twin.
type Opening struct {
	Account *Account
	Handle  seal.Clear
	Twin    *Twin

	opens *credentials
}

// Prepare proposes a sign-in name and hashes the words that a person chose, whose
// key is at hand. What is wrong with them is an Invalid fault as Chosen.Check has it.
func (s *Accounts) Prepare(ctx context.Context, org, person string, key *seal.Key, chosen Chosen, language string, roles []access.Role, groups ...string) (*Opening, error) {
	if err := fault.Of("request.invalid", chosen.Check(Least(roles))...); err != nil {
		return nil, err
	}
	return s.prepare(ctx, org, person, key, chosen, language, roles, groups)
}

// PrepareWaiting is Prepare for somebody who has no passphrase yet: she is known
// and can be given her roles, and nobody can sign in as her.
func (s *Accounts) PrepareWaiting(ctx context.Context, org, person string, key *seal.Key, language string, roles []access.Role, groups ...string) (*Opening, error) {
	o, err := s.prepare(ctx, org, person, key, Chosen{}, language, roles, groups)
	if err == nil {
		o.Account.Wordless = true
	}
	return o, err
}

func (s *Accounts) prepare(ctx context.Context, org, person string, key *seal.Key, chosen Chosen, language string, roles []access.Role, groups []string) (o *Opening, err error) {
	a := &Account{Meta: store.Meta{ID: id.New("acc")}, Person: person, Language: language, Roles: roles, Groups: groups}
	o = &Opening{Account: a}
	if !organisation.IsDecoy(org) {
		o.opens = newCredentials(a.ID)
		if err := s.put(ctx, org, o.opens, chosen); err != nil {
			return nil, err
		}
		if o.Twin, err = s.twinOf(ctx, org, a); err != nil {
			return nil, err
		}
	}
	return o, s.propose(ctx, org, key, o)
}

// propose gives the opening a new sign-in name.
func (s *Accounts) propose(ctx context.Context, org string, key *seal.Key, o *Opening) error {
	handle := words.Handle(rand.Reader)
	sealed, err := key.Seal(o.Account.ID, "handle", handle)
	if err != nil {
		return err
	}
	o.Account.Handle, o.Handle = sealed, seal.Open(handle)
	if o.Account.HandleKey, err = s.handleKey(ctx, org, handle); err != nil || o.Twin == nil {
		return err
	}
	return o.Twin.named(o.Account, handle)
}

// handleKey is what a sign-in name is found by, in an organisation's own space
// and in its decoy tenant's alike.
func (s *Accounts) handleKey(ctx context.Context, org, typed string) (string, error) {
	folded, _ := words.FoldHandle(typed)
	return s.handles.Of(ctx, organisation.Shown(org), folded)
}

// Open stores a prepared account, and its twin with it. When its sign-in name is
// somebody's already, another is proposed first.
func (s *Accounts) Open(ctx context.Context, tx *store.Tx, key *seal.Key, o *Opening) error {
	for {
		taken, err := handleTaken(ctx, tx, o.Account.HandleKey)
		if err != nil {
			return err
		}
		if !taken {
			break
		}
		if err := s.propose(ctx, tx.Org(), key, o); err != nil {
			return err
		}
	}
	if err := accounts.Insert(ctx, tx, o.Account); err != nil || o.Twin == nil {
		return err
	}
	if err := keyring.Insert(ctx, tx, o.opens); err != nil {
		return err
	}
	return OpenTwin(ctx, tx, o.Twin)
}

// handleTaken looks in both spaces, since a sign-in name stands for one person
// in either of them.
func handleTaken(ctx context.Context, tx *store.Tx, key string) (bool, error) {
	org := organisation.Shown(tx.Org())
	for _, space := range []string{org, organisation.Decoy(org)} {
		n, err := accounts.Count(ctx, tx.Beside(space), store.Query{Index: "handle_key", Equal: []any{key}}, 1)
		if n > 0 || err != nil {
			return true, err
		}
	}
	return false, nil
}

// OfPerson finds the account of a person, or store.ErrAbsent.
func OfPerson(ctx context.Context, v store.View, person string) (*Account, error) {
	return accounts.First(ctx, v, store.Query{Index: "person", Equal: []any{person}})
}

// HandleOf opens the sign-in name of an account for its owner.
func (s *Accounts) HandleOf(ctx context.Context, org string, a *Account) (seal.Clear, error) {
	key, err := s.keys.Of(ctx, org, a.Person)
	if err != nil {
		return seal.Clear{}, err
	}
	return key.Open(a.ID, "handle", a.Handle)
}

// Get returns an account, or store.ErrAbsent.
func Get(ctx context.Context, v store.View, account string) (*Account, error) {
	return accounts.Get(ctx, v, account)
}

// SetLanguage changes the language she reads in.
func SetLanguage(ctx context.Context, tx *store.Tx, account, language string) error {
	_, err := accounts.Update(ctx, tx, account, func(a *Account) error {
		a.Language = language
		return nil
	})
	return err
}
