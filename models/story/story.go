// Package story keeps what a woman wants others to read of her life, and the
// picture she gives with it.
//
// Nothing of it is shown without her own yes to exactly this story, and a yes of
// its own to the picture; two people read it before, neither of them herself nor
// too close to her; and it is gone for everybody at the next reading once she
// takes it back (Crime Victim Protection Act 2075, s. 6). No name stands under
// it unless she chooses that the one she goes by does. What belongs here: the
// stories, who may show them and when. What doesn't: the yeses, which are
// consent's.
package story

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/member"
	"chautari/models/seal"
	"chautari/models/store"
)

// State is where a story stands.
type State string

// The states, in the order of its way.
const (
	Offered  State = "offered"  // nobody has read it yet
	Accepted State = "accepted" // one has, and somebody else must
	Returned State = "returned" // somebody asks her to change it
	Shown    State = "shown"    // whoever opens the page may read it, while her yes holds
)

// Acceptance is one reader's word that it may be shown.
type Acceptance struct {
	Account string        `bson:"account"`
	Person  string        `bson:"person"`
	On      calendar.Date `bson:"on"`
}

// Story is one, sealed with her key also when it is shown: what destroys the key
// takes it from everywhere.
type Story struct {
	store.Meta `bson:",inline"`
	Person     string        `bson:"person"`
	Language   string        `bson:"language"`
	Title      seal.Sealed   `bson:"title"`
	Text       seal.Sealed   `bson:"text"`
	By         seal.Sealed   `bson:"by,omitempty"` // the name that stands under it; none unless she chose so
	State      State         `bson:"state"`
	On         calendar.Date `bson:"on"` // day on which it came to its state
	Consent    string        `bson:"consent"`
	Accepted   []Acceptance  `bson:"accepted,omitempty"`
	Note       seal.Sealed   `bson:"note,omitempty"` // what a reader asks her to change

	// HasPicture: one lies beside it; it shows while PictureConsent holds.
	HasPicture     bool   `bson:"has_picture,omitempty"`
	PictureConsent string `bson:"picture_consent,omitempty"`
}

// Picture is the one that goes with a story, whose id it has.
type Picture struct {
	store.Meta `bson:",inline"`
	Person     string      `bson:"person"`
	Image      seal.Sealed `bson:"image"` // JPEG, drawn anew
}

var (
	stories = store.Declare[Story]("stories",
		store.Index{Name: "state", Fields: []string{"state", "on"}},
		store.Index{Name: "person", Fields: []string{"person", "on"}},
	)
	pictures = store.Declare[Picture]("story_pictures",
		store.Index{Name: "person", Fields: []string{"person"}},
	)
)

// Specs are the collections of this package.
func Specs() []*store.Spec { return []*store.Spec{stories.Spec(), pictures.Spec()} }

// Stories are the use cases.
type Stories struct {
	store   *store.Store
	keys    *seal.Keys
	members *member.Members
	audit   audit.Log
	clock   clock.Clock
}

// New serves the stories of a store.
func New(s *store.Store, keys *seal.Keys, members *member.Members, c clock.Clock) *Stories {
	return &Stories{store: s, keys: keys, members: members, audit: audit.Log{Clock: c}, clock: c}
}

func (s *Stories) today() calendar.Date { return calendar.Of(s.clock.Now()) }

// Read is a story with its texts opened.
type Read struct {
	Story
	Title, Text, Note seal.Clear
	By                seal.Clear // the name that stands under it
	Picture           bool       // a picture shows with it
	PictureGiven      bool       // in her own ones: her yes to the picture holds
	Mine              bool       // the actor wrote it
	MayAccept         bool       // the actor may, and hasn't
}

func opened(key *seal.Key, doc *Story) (*Read, error) {
	r := &Read{Story: *doc}
	var err error
	if r.Title, err = key.Open(doc.ID, "title", doc.Title); err != nil {
		return nil, err
	}
	if r.Text, err = key.Open(doc.ID, "text", doc.Text); err != nil {
		return nil, err
	}
	if r.By, err = key.Open(doc.ID, "by", doc.By); err != nil {
		return nil, err
	}
	r.Note, err = key.Open(doc.ID, "note", doc.Note)
	return r, err
}

// Named tells whether a name stands under it.
func (d *Story) Named() bool { return len(d.By) > 0 }

// acceptedBy tells whether an account or its person is among those who accepted it.
func (d *Story) acceptedBy(a access.Actor) bool {
	return slices.ContainsFunc(d.Accepted, func(x Acceptance) bool { return x.Account == a.Account || x.Person == a.Person })
}

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (s *Stories) refuse(ctx context.Context, a access.Actor, act access.Action, about string, err error) error {
	return s.audit.Refusal(ctx, s.store.Org(a.Org), a, act, about, err)
}
