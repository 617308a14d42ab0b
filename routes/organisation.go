package routes

import (
	"context"
	"net/http"

	"chautari/models/account/words"
	"chautari/models/organisation"
)

type groupOut struct {
	ID     string            `json:"id"`
	Name   organisation.Name `json:"name"`
	Parent *string           `json:"parent"`
}

type organisationOut struct {
	Name      organisation.Name `json:"name"`
	Languages []string          `json:"languages"`
	Groups    []groupOut        `json:"groups"`
	Demo      bool              `json:"demo"`
	Kind      organisation.Kind `json:"kind" enum:"survivorLed,supporting"` // a supporting body takes no members
	SetUp     bool              `json:"setUp"`
	// FoundingOpen tells that the host waits for the code of its first administrator.
	FoundingOpen bool `json:"foundingOpen"`
}

// groupRef names a group where it is only mentioned.
type groupRef struct {
	ID   string            `json:"id"`
	Name organisation.Name `json:"name"`
}

func refTo(g *organisation.Group) *groupRef {
	if g == nil {
		return nil
	}
	return &groupRef{ID: g.ID, Name: g.Name}
}

func parentOf(g *organisation.Group) *string {
	if g.Parent == "" {
		return nil
	}
	return &g.Parent
}

type languageIn struct {
	Language string `query:"language" json:"-" validate:"required,oneof=ne en nb"`
}

type wordsOut struct {
	Words     []string `json:"words"`
	Separator string   `json:"separator"`
}

var (
	exampleName  = organisation.Name{NE: "पिपल संस्था", EN: "Pipal"}
	exampleGroup = groupOut{ID: "grp_b7k2m9x4q8w3e6r5t2y7u4n8pa", Name: organisation.Name{NE: "कास्की", EN: "Kaski"}}
)

func organisationRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[Nothing, organisationOut]{
			Method: http.MethodGet, Path: "/api/organisation", ID: "readOrganisation", Tag: "organisation",
			Summary: "The organisation of this host: its name, languages and groups.",
			Roles:   Anyone, Before: true,
			Example: organisationOut{Name: exampleName, Languages: organisation.Languages, Groups: []groupOut{exampleGroup}, Kind: organisation.SurvivorLed, SetUp: true},
			Do: func(ctx context.Context, call *Call, _ Nothing) (organisationOut, error) {
				if call.Tenant == "" {
					open, err := n.Founders.Open(ctx, call.Host)
					return organisationOut{
						Name: open.Name, Languages: organisation.Languages, Groups: []groupOut{}, Kind: organisation.SurvivorLed, FoundingOpen: open.Open,
					}, err
				}
				front, err := n.Organisations.Front(ctx, call.Actor)
				if err != nil {
					return organisationOut{}, err
				}
				out := organisationOut{Name: front.Name, Languages: front.Languages, Demo: front.Demo, Kind: front.Kind, SetUp: true, Groups: []groupOut{}}
				for _, g := range front.Tree.Groups {
					out.Groups = append(out.Groups, groupOf(g))
				}
				return out, nil
			},
		},
		Route[languageIn, wordsOut]{
			Method: http.MethodGet, Path: "/api/passphrase-words", ID: "offerPassphraseWords", Tag: "organisation",
			Summary: "Five everyday words, drawn anew each time, that she may take as her passphrase.",
			Roles:   Anyone, Before: true,
			ExampleIn: languageIn{Language: "en"},
			Example:   wordsOut{Words: []string{"river", "basket", "seven", "maize", "window"}, Separator: " "},
			Do: func(_ context.Context, _ *Call, in languageIn) (wordsOut, error) {
				return wordsOut{Words: words.Phrase(in.Language, nil), Separator: " "}, nil
			},
		},
	}
}

func groupOf(g *organisation.Group) groupOut {
	return groupOut{ID: g.ID, Name: g.Name, Parent: parentOf(g)}
}
