package story

import (
	"context"
	"errors"
	"strconv"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/script"
	"chautari/models/seal"
	"chautari/models/store"
)

// Telling is what she gives: the words, and whether the name she goes by stands
// under them.
type Telling struct {
	Language string `json:"language" validate:"required,oneof=ne en nb"`
	Title    string `json:"title" validate:"required,max=400"`
	Text     string `json:"text" validate:"required,max=24000"`
	Named    bool   `json:"named,omitempty"`
}

// Most characters of a title and a text, and most stories of one woman.
const (
	MaxTitle = 100
	MaxText  = 6000
	most     = 20
)

var (
	errNoYes   = fault.Of("request.invalid", fault.At("consent", "consent.needed"))
	errPurpose = fault.Of("request.invalid", fault.At("consent", "consent.text_unknown"))
	errFull    = fault.New(fault.Conflict, "story.full")
	errYoung   = fault.New(fault.Conflict, "story.too_young")
	errOver    = fault.New(fault.Conflict, "story.over")
)

func (in *Telling) clean() []fault.Field {
	in.Title, in.Text = script.Clean(in.Title), script.CleanLines(in.Text)
	var faults []fault.Field
	for _, f := range []struct {
		at, text string
		most     int
	}{{"title", in.Title, MaxTitle}, {"text", in.Text, MaxText}} {
		switch {
		case f.text == "":
			faults = append(faults, fault.At(f.at, "field.required"))
		case utf8.RuneCountInString(f.text) > f.most:
			faults = append(faults, fault.At(f.at, "field.too_long", "max", strconv.Itoa(f.most)))
		}
	}
	return faults
}

// Offer gives a story for reading, with her yes to showing this one. Nothing of
// whoever is known to be under 18 is shown, whoever agrees (Individual Privacy
// Act 2075, s. 33, asks for more than this house can look into). Faults:
// field.required, field.too_long, consent.text_unknown, story.full,
// story.too_young.
func (s *Stories) Offer(ctx context.Context, a access.Actor, k once.Key, in Telling, yes consent.Given) (*Read, error) {
	if err := fault.Of("request.invalid", in.clean()...); err != nil {
		return nil, err
	}
	if yes.Purpose != consent.Story {
		return nil, errPurpose
	}
	return s.hers(ctx, a, k, access.OfferStory, "", func(ctx context.Context, tx *store.Tx, key *seal.Key, _ *Story) (*Story, error) {
		n, err := stories.Count(ctx, tx, store.Query{Index: "person", Equal: []any{a.Person}}, most)
		if err != nil {
			return nil, err
		}
		if n >= most {
			return nil, errFull
		}
		if err := s.grown(ctx, tx, a.Org, a.Person); err != nil {
			return nil, err
		}
		doc := &Story{Meta: store.Meta{ID: id.New("sto")}, Person: a.Person}
		if doc.Consent, err = consent.GiveFor(ctx, tx, a.Person, consent.BySelf, yes, s.clock.Now()); err != nil {
			return nil, err
		}
		if err := s.tell(ctx, tx, key, doc, in); err != nil {
			return nil, err
		}
		return doc, stories.Insert(ctx, tx, doc)
	})
}

// MayTell tells whether the actor may give a story of hers at all, or is under 18.
func (s *Stories) MayTell(ctx context.Context, a access.Actor) (bool, error) {
	if err := access.Decide(a, access.ReadOwn, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return false, s.refuse(ctx, a, access.ReadOwn, "", err)
	}
	err := s.grown(ctx, s.store.Org(a.Org), a.Org, a.Person)
	if errors.Is(err, errYoung) {
		return false, nil
	}
	return err == nil, err
}

// grown refuses who is under 18.
func (s *Stories) grown(ctx context.Context, v store.View, org, person string) error {
	young, _, err := s.members.Young(ctx, v, org, person)
	if err == nil && young {
		err = errYoung
	}
	return err
}

// Change gives other words to a story of hers that is at this version. It is
// read anew by two before it shows; her yes to it still holds. Faults as Offer;
// request.stale; consent.needed where her yes to it ended.
func (s *Stories) Change(ctx context.Context, a access.Actor, story string, version int64, in Telling) (*Read, error) {
	if err := fault.Of("request.invalid", in.clean()...); err != nil {
		return nil, err
	}
	return s.hers(ctx, a, once.Key{}, access.OfferStory, story, func(ctx context.Context, tx *store.Tx, key *seal.Key, doc *Story) (*Story, error) {
		if doc.Version != version {
			return nil, fault.StaleAt(doc.Version)
		}
		err := consent.ProveOne(ctx, tx, a.Person, doc.Consent, s.clock.Now())
		if errors.Is(err, consent.ErrNone) {
			return nil, errNoYes
		}
		if err != nil {
			return nil, err
		}
		if err := s.tell(ctx, tx, key, doc, in); err != nil {
			return nil, err
		}
		return doc, stories.Replace(ctx, tx, doc)
	})
}

// tell seals the words into a story, which begins its way with them. The name is
// the one she goes by then: another that she takes later isn't read by anybody.
func (s *Stories) tell(ctx context.Context, tx *store.Tx, key *seal.Key, doc *Story, in Telling) error {
	var err error
	if doc.Title, err = key.Seal(doc.ID, "title", in.Title); err != nil {
		return err
	}
	if doc.Text, err = key.Seal(doc.ID, "text", in.Text); err != nil {
		return err
	}
	doc.Language, doc.By = in.Language, nil
	if in.Named {
		names, err := s.members.Names(ctx, tx, tx.Org(), []string{doc.Person})
		if err != nil {
			return err
		}
		if doc.By, err = key.Seal(doc.ID, "by", names[doc.Person].Reveal()); err != nil {
			return err
		}
	}
	s.again(doc)
	return nil
}

// again puts a story that is another than those who read it accepted at the
// beginning of its way.
func (s *Stories) again(doc *Story) {
	doc.State, doc.On, doc.Accepted, doc.Note = Offered, s.today(), nil, nil
}

// Withdraw takes a story of hers back, wherever it stands: its words and picture
// are destroyed, and her yeses to them end.
func (s *Stories) Withdraw(ctx context.Context, a access.Actor, k once.Key, story string) error {
	_, err := s.hers(ctx, a, k, access.WithdrawStory, story, func(ctx context.Context, tx *store.Tx, _ *seal.Key, doc *Story) (*Story, error) {
		for _, c := range []string{doc.Consent, doc.PictureConsent} {
			if c == "" {
				continue
			}
			if _, err := consent.Withdraw(ctx, tx, a.Person, c, s.clock.Now()); err != nil && !errors.Is(err, store.ErrAbsent) {
				return nil, err
			}
		}
		return nil, remove(ctx, tx, doc)
	})
	return err
}

// remove destroys a story with its picture.
func remove(ctx context.Context, tx *store.Tx, doc *Story) error {
	if err := removePicture(ctx, tx, doc.ID); err != nil {
		return err
	}
	return stories.Delete(ctx, tx, doc)
}

// hers runs one act of the actor on a story of her own, on none for a new one,
// and answers with it; with nil where it is gone.
func (s *Stories) hers(ctx context.Context, a access.Actor, k once.Key, act access.Action, story string, do func(context.Context, *store.Tx, *seal.Key, *Story) (*Story, error)) (*Read, error) {
	if err := access.Decide(a, act, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, s.refuse(ctx, a, act, story, err)
	}
	key, err := s.keys.Of(ctx, a.Org, a.Person)
	if errors.Is(err, seal.ErrNoKey) { // she is being erased
		err = access.Refused
	}
	if err != nil {
		return nil, err
	}
	var r *Read
	err = s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		r = nil
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if err != nil {
			return err
		}
		if done {
			r, err = s.answer(ctx, tx, key, a, refs)
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		var doc *Story
		if story != "" {
			if doc, err = own(ctx, tx, a, story); err != nil {
				return err
			}
		}
		if doc, err = do(ctx, tx, key, doc); err != nil {
			return err
		}
		subject := story
		if doc != nil {
			subject = doc.ID
			if r, err = opened(key, doc); err != nil {
				return err
			}
		}
		if err := s.audit.Did(ctx, tx, a, act, []string{subject}); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, s.clock.Now(), subject)
	})
	if err != nil {
		return nil, s.refuse(ctx, a, act, story, err)
	}
	return s.mine(r), nil
}

// answer is what an act that was done before left, as it is now.
func (s *Stories) answer(ctx context.Context, v store.View, key *seal.Key, a access.Actor, refs []string) (*Read, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	doc, err := own(ctx, v, a, refs[0])
	if fault.Is(err, fault.Absent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return opened(key, doc)
}

func (s *Stories) mine(r *Read) *Read {
	if r != nil {
		r.Mine, r.Picture = true, r.HasPicture
	}
	return r
}

// own finds a story of the actor's; anybody else's is as if absent.
func own(ctx context.Context, v store.View, a access.Actor, story string) (*Story, error) {
	doc, err := stories.Get(ctx, v, story)
	if errors.Is(err, store.ErrAbsent) || err == nil && doc.Person != a.Person {
		return nil, access.Refused
	}
	return doc, err
}
