package account

import (
	"context"
	"errors"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Hers is what is kept of her way in.
type Hers struct {
	SignInName string              `json:"signInName"`
	Language   string              `json:"language"`
	Roles      []access.Role       `json:"roles"`
	Groups     []organisation.Name `json:"groups"` // those she coordinates
	SignIns    []HersSignIn        `json:"signIns"`
	CodeMade   calendar.Date       `json:"recoveryCodeMade,omitzero"` // of the code that lets her back in
	ByOthers   bool                `json:"othersMayLetHerIn"`
}

// HersSignIn is one sign-in of hers that isn't over.
type HersSignIn struct {
	Began time.Time `json:"began"`
	Seen  time.Time `json:"seen"`
}

// Holds names the collections that accounts answer for before her rights.
func (s *Accounts) Holds() []string {
	return []string{accounts.Spec().Name, keyring.Spec().Name, sessions.Spec().Name}
}

// Hers is a *Hers, or nil for whoever has no account.
func (s *Accounts) Hers(ctx context.Context, v store.View, key *seal.Key, a access.Actor) (any, error) {
	found, err := OfPerson(ctx, v, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	handle, err := key.Open(found.ID, "handle", found.Handle)
	if err != nil {
		return nil, err
	}
	h := &Hers{
		SignInName: handle.Reveal(), Language: found.Language, Roles: found.Roles,
		Groups: []organisation.Name{}, SignIns: []HersSignIn{}, CodeMade: found.CodeDay, ByOthers: !found.ByHerOwn,
	}
	if len(found.Groups) > 0 {
		tree, err := s.orgs.Tree(ctx, a.Org)
		if err != nil {
			return nil, err
		}
		for _, id := range found.Groups {
			if g := tree.Get(id); g != nil {
				h.Groups = append(h.Groups, g.Name)
			}
		}
	}
	return h, sessions.Each(ctx, v, store.Query{Index: "account", Equal: []any{found.ID}}, func(d *session) error {
		h.SignIns = append(h.SignIns, HersSignIn{Began: d.Began, Seen: d.Seen})
		return nil
	})
}

// indispensable are the roles without which an organisation can't go on.
var indispensable = []access.Role{access.Board, access.Administrator}

// errLastOne: nobody else has a role of hers that somebody must have.
var errLastOne = fault.New(fault.Conflict, "rights.last_one")

// Leave shuts her account and ends her sign-ins. Her twin is let go by itself, so
// that asking what stands in the way takes the same for both. Fault: rights.last_one.
func (s *Accounts) Leave(ctx context.Context, tx *store.Tx, a access.Actor) error {
	found, err := OfPerson(ctx, tx, a.Person)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, role := range indispensable {
		if !(access.Actor{Roles: found.Roles}).Has(role) || found.Closed {
			continue
		}
		// Of two who leave at once, the later one finds herself the last.
		if _, err := Another(ctx, tx, found, role); errors.Is(err, store.ErrAbsent) {
			return errLastOne
		} else if err != nil {
			return err
		}
	}
	return shutOne(ctx, tx, found)
}

// Erase removes her sign-ins, what opens her account, and the account. A twin has
// nothing that opens it: that stays with the account whose twin it is. What was
// damaged goes too.
func (s *Accounts) Erase(ctx context.Context, tx *store.Tx, a access.Actor, limit int) (int, error) {
	id := a.Account
	switch found, err := OfPerson(ctx, tx, a.Person); {
	case err == nil:
		id = found.ID
	case !errors.Is(err, store.ErrAbsent):
		return 0, err
	case id == "":
		return 0, nil
	}
	n, err := sessions.DeleteRange(ctx, tx, store.Query{Index: "account", Equal: []any{id}}, limit)
	if err != nil || n > 0 {
		return n, err
	}
	opens, err := keyring.Wipe(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	was, err := accounts.Wipe(ctx, tx, id)
	if err != nil || !opens && !was {
		return 0, err
	}
	return 1, nil
}

// Stays: nothing does.
func (s *Accounts) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}
