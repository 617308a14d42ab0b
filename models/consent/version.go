package consent

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/store"
)

// Standing is where a text of an organisation's own stands.
type Standing string

// The standings.
const (
	Draft    Standing = "draft"    // one wrote it, and nobody is asked with it
	Released Standing = "released" // another released it: it was asked from then on, and never changes
	Dropped  Standing = "dropped"  // given up; its words are gone, and its number is never another's
)

// Version is a text that an organisation wrote for itself, in all languages.
// Purpose, recipient, end and place of asking are the product's (rules): a text
// can't change them. Its id is the purpose with the version that a yes names.
type Version struct {
	store.Meta `bson:",inline"`
	Purpose    Purpose       `bson:"purpose"`
	Number     int           `bson:"number"` // 1 for the first of its purpose
	Standing   Standing      `bson:"standing"`
	Words      Wording       `bson:"words"`
	Recordings []Recording   `bson:"recordings,omitempty"`
	Drafted    Hand          `bson:"drafted"`            // who began it
	Last       Hand          `bson:"last"`               // who changed it last
	Hands      []string      `bson:"hands,omitempty"`    // accounts of all who began, changed or recorded it: none of them releases it
	Released   Hand          `bson:"released,omitempty"` // who released it
	On         calendar.Date `bson:"on"`                 // day on which it came to its standing
}

// Hand is who did something to a text, and as what.
type Hand struct {
	Account string      `bson:"account"`
	Role    access.Role `bson:"role"`
}

// Recording is a text read out in one language, without anything beside the sound.
type Recording struct {
	ID       string `bson:"id"`
	Language string `bson:"language"`
	Type     string `bson:"type"`
	Bytes    int    `bson:"bytes"`
	Seconds  int    `bson:"seconds"`
}

var (
	versions = store.Declare[Version]("consent_texts",
		store.Index{Name: "number", Fields: []string{"purpose", "number"}, Unique: true},
		store.Index{Name: "standing", Fields: []string{"standing", "purpose"}},
	)
	asked  = store.Declare[inForce]("consent_texts_asked")
	pieces = store.Declare[piece]("consent_recordings")
)

// nameOf is what a yes calls an organisation's own text: the version that it
// took the place of, and its number.
func nameOf(number int) string { return shipped + "." + strconv.Itoa(number) }

// idOf is the id of an organisation's own text.
func idOf(p Purpose, name string) string { return string(p) + "." + name }

// isOwn tells whether a version is an organisation's own and not the product's.
func isOwn(name string) bool { return strings.HasPrefix(name, shipped+".") }

// Name is the version that a yes to it names.
func (v *Version) Name() string { return nameOf(v.Number) }

// Recorded finds the recording in a language.
func (v *Version) Recorded(language string) (Recording, bool) {
	i := slices.IndexFunc(v.Recordings, func(r Recording) bool { return r.Language == language })
	if i < 0 {
		return Recording{}, false
	}
	return v.Recordings[i], true
}

// Wordings are texts of an organisation's own, by their ids; what comes with the
// product is in each of them.
type Wordings map[string]*Version

// Words is the text that a version of a purpose has in a language, asked now or
// not; empty when there is none.
func (w Wordings) Words(p Purpose, version, language string) string {
	if v := w[idOf(p, version)]; v != nil && v.Standing == Released {
		return v.Words.In(language)
	}
	return Words(p, version, language)
}

// heard are the languages in which a version can be heard.
func (w Wordings) heard(p Purpose, version string) []string {
	var all []string
	if v := w[idOf(p, version)]; v != nil {
		for _, r := range v.Recordings {
			all = append(all, r.Language)
		}
	}
	return all
}

// WordingsOf reads the texts to which answers were given. The view is that of
// the organisation itself, also where they lie in its decoy tenant.
func WordingsOf(ctx context.Context, v store.View, answers []Consent) (Wordings, error) {
	var ids []string
	for _, c := range answers {
		if isOwn(c.Version) {
			ids = append(ids, idOf(c.Purpose, c.Version))
		}
	}
	return wordings(ctx, v, ids)
}

func wordings(ctx context.Context, v store.View, ids []string) (Wordings, error) {
	all := Wordings{}
	slices.Sort(ids)
	for some := range slices.Chunk(slices.Compact(ids), store.MaxIDs) {
		found, err := versions.GetMany(ctx, v, some)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			all[f.ID] = f
		}
	}
	return all, nil
}
