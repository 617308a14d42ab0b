package conflict

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Declaring is what she says: how she stands to somebody, whom she names by her
// sign-in name, or in words where she doesn't know it. Reader is one of those who
// are named to everybody as reading grievances, by person id: a declaration about
// one of them is never in her hands, not even for as long as it is in words only.
type Declaring struct {
	Kind   Kind   `json:"kind" validate:"required,oneof=named line relative household business"`
	Handle string `json:"handle,omitempty" validate:"max=400"`
	Reader string `json:"reader,omitempty" validate:"omitempty,id=mem"`
	Words  string `json:"words,omitempty" validate:"max=600"`
}

const (
	maxWords = 600
	most     = 100 // declarations on one sheet, ended ones too
)

var (
	errNobody  = fault.Of("request.invalid", fault.At("words", "conflict.who_missing"))
	errUnknown = fault.Of("request.invalid", fault.At("handle", "account.unknown"))
	errReader  = fault.Of("request.invalid", fault.At("reader", "account.unknown"))
	errOne     = fault.Of("request.invalid", fault.At("reader", "conflict.one_person"))
	errSelf    = fault.Of("request.invalid", fault.At("handle", "conflict.self"))
	errFull    = fault.New(fault.Conflict, "conflict.full")
	errEnded   = fault.New(fault.Conflict, "conflict.ended")
	errSettled = fault.New(fault.Conflict, "conflict.settled")

	// ErrFirst: she hasn't said lately to whom she stands too close.
	ErrFirst = fault.New(fault.Conflict, "conflict.declare_first")
)

// Declare adds a declaration of the actor's. Faults: conflict.who_missing,
// conflict.one_person, account.unknown, conflict.self, field.too_long, conflict.full.
func (c *Conflicts) Declare(ctx context.Context, a access.Actor, k once.Key, in Declaring) (*Read, error) {
	in.Handle, in.Words = script.Clean(in.Handle), script.Clean(in.Words)
	switch {
	case utf8.RuneCountInString(in.Words) > maxWords:
		return nil, fault.Of("request.invalid", fault.At("words", "field.too_long", "max", strconv.Itoa(maxWords)))
	case in.Handle == "" && in.Words == "" && in.Reader == "":
		return nil, errNobody
	case in.Handle != "" && in.Reader != "":
		return nil, errOne
	}
	return c.change(ctx, a, k, "", func(ctx context.Context, tx *store.Tx, key *seal.Key, sheet *Sheet) (*Declaration, error) {
		if len(sheet.Declared) >= most {
			return nil, errFull
		}
		d := Declaration{ID: id.New("tie"), Kind: in.Kind, Since: c.today()}
		var err error
		if d.About, err = c.whom(ctx, tx, a, in); err != nil {
			return nil, err
		}
		d.Picked = in.Reader != ""
		if d.About != "" {
			if err := mirror(ctx, tx, d.About, Mirror{d.ID, a.Person}); err != nil {
				return nil, err
			}
		}
		if d.Handle, err = key.Seal(sheet.ID, d.field("handle"), in.Handle); err != nil {
			return nil, err
		}
		if d.Words, err = key.Seal(sheet.ID, d.field("words"), in.Words); err != nil {
			return nil, err
		}
		if sheet.First.IsZero() {
			sheet.First = d.Since
		}
		sheet.Asked = d.Since
		sheet.Declared = append(sheet.Declared, d)
		return &sheet.Declared[len(sheet.Declared)-1], nil
	})
}

// SayNone notes that the actor has nothing to declare beside what she did.
func (c *Conflicts) SayNone(ctx context.Context, a access.Actor, k once.Key) error {
	_, err := c.change(ctx, a, k, "", func(_ context.Context, _ *store.Tx, _ *seal.Key, sheet *Sheet) (*Declaration, error) {
		today := c.today()
		if !slices.Contains(sheet.None, today) {
			sheet.None = append(sheet.None, today)
		}
		sheet.Asked = today
		return nil, nil
	})
	return err
}

// End takes a declaration of the actor's back; it stays on her sheet and counts
// no more. Faults: conflict.ended, access.Refused.
func (c *Conflicts) End(ctx context.Context, a access.Actor, k once.Key, declaration string) (*Read, error) {
	return c.change(ctx, a, k, declaration, func(ctx context.Context, tx *store.Tx, _ *seal.Key, sheet *Sheet) (*Declaration, error) {
		d := sheet.find(declaration)
		switch {
		case d == nil:
			return nil, access.Refused
		case !d.Ended.IsZero():
			return nil, errEnded
		}
		d.Ended = c.today()
		return d, unmirror(ctx, tx, d.About, d.ID)
	})
}

// change runs one act of the actor on her own sheet and answers with the
// declaration that it was about, if it was about one.
func (c *Conflicts) change(ctx context.Context, a access.Actor, k once.Key, about string, do func(context.Context, *store.Tx, *seal.Key, *Sheet) (*Declaration, error)) (*Read, error) {
	if err := own(a); err != nil {
		return nil, c.refuse(ctx, a, access.DeclareConflict, about, err)
	}
	key, err := c.keys.Of(ctx, a.Org, a.Person)
	if errors.Is(err, seal.ErrNoKey) { // she is being erased
		err = access.Refused
	}
	if err != nil {
		return nil, err
	}
	var r *Read
	err = c.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		r = nil
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		sheet, err := sheetOf(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		if done {
			for _, ref := range refs {
				r = opened(key, sheet.ID, *sheet.find(ref))
			}
			return nil
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		d, err := do(ctx, tx, key, sheet)
		if err != nil {
			return err
		}
		if err := save(ctx, tx, sheet); err != nil {
			return err
		}
		var subjects []string
		field := "none"
		if d != nil {
			subjects, field = []string{d.ID}, "declared"
			r = opened(key, sheet.ID, *d)
		}
		// Whom it is about doesn't stand in the trail: she finds what is about her there.
		if err := c.audit.Did(ctx, tx, a, access.DeclareConflict, subjects, field); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, c.clock.Now(), subjects...)
	})
	if err != nil {
		return nil, c.refuse(ctx, a, access.DeclareConflict, about, err)
	}
	return r, nil
}

// whom finds whom a declaration is about; empty while it is in words only.
func (c *Conflicts) whom(ctx context.Context, tx *store.Tx, a access.Actor, in Declaring) (about string, err error) {
	switch {
	case in.Reader != "":
		about, err = reader(ctx, tx, in.Reader)
	case in.Handle != "":
		about, err = c.person(ctx, tx, in.Handle)
	}
	if err == nil && about == a.Person {
		return "", errSelf
	}
	return about, err
}

// reader finds one of those who are named to everybody: of nobody else does an id
// tell whether she is here.
func reader(ctx context.Context, tx *store.Tx, person string) (string, error) {
	named, err := account.WithRole(ctx, tx, access.FocalPoint, access.Deputy, access.Board)
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(named, func(a *account.Account) bool { return a.Person == person }) {
		return "", errReader
	}
	return person, nil
}

// person finds whose a sign-in name is.
func (c *Conflicts) person(ctx context.Context, tx *store.Tx, handle string) (string, error) {
	found, err := c.accounts.ByHandle(ctx, tx, handle)
	if errors.Is(err, store.ErrAbsent) {
		return "", errUnknown
	}
	if err != nil {
		return "", err
	}
	return found.Person, nil
}

// mirror notes a declaration on the sheet of the person it is about.
func mirror(ctx context.Context, tx *store.Tx, about string, m Mirror) error {
	sheet, err := sheetOf(ctx, tx, about)
	if err != nil {
		return err
	}
	sheet.By = append(sheet.By, m)
	err = save(ctx, tx, sheet)
	if errors.Is(err, errGone) {
		return errUnknown
	}
	return err
}

// unmirror takes it off again; of one that is about nobody there is none.
func unmirror(ctx context.Context, tx *store.Tx, about, declaration string) error {
	if about == "" {
		return nil
	}
	sheet, err := sheetOf(ctx, tx, about)
	if err != nil {
		return err
	}
	sheet.By = slices.DeleteFunc(sheet.By, func(m Mirror) bool { return m.Declaration == declaration })
	return save(ctx, tx, sheet)
}

// field is what a text of a declaration is bound to within its sheet.
func (d Declaration) field(name string) string { return "declared." + d.ID + "." + name }

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (c *Conflicts) refuse(ctx context.Context, a access.Actor, act access.Action, about string, err error) error {
	return c.audit.Refusal(ctx, c.store.Org(a.Org), a, act, about, err)
}
