package routes

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"

	"chautari/models/calendar"
	"chautari/models/rights"
	"chautari/routes/plain"
)

type everythingIn struct {
	As       string `query:"as" json:"-" validate:"omitempty,oneof=json page"`
	Language string `query:"language" json:"-" validate:"omitempty,oneof=ne en nb"` // of the page; her own where it isn't said
}

type stayOut struct {
	What  string        `json:"what"`
	Why   string        `json:"why"`
	Until calendar.Date `json:"until,omitzero"`
}

type erasureOut struct {
	Stays          []stayOut `json:"stays"`
	KeysBackupDays int       `json:"keysBackupDays"`
	MayErase       bool      `json:"mayErase"`
	Hinders        string    `json:"hinders,omitempty"` // a code: what stands in the way
}

type restrictIn struct {
	On bool `json:"on"`
}

var exampleEverything = File{
	Name: "mine.json", Type: "application/json",
	Body: []byte(`{"on":"2026-11-26","organisation":{"ne":"","en":"Pipal","nb":""},"person":{"chosenName":"Junkiri","groupUnsure":false,"membership":"active","since":"2026-11-26"}}`),
}

// everythingFile writes all that is hers as a file with a name that tells nothing.
func everythingFile(all *rights.Everything, page bool, language string) (File, error) {
	content, err := json.MarshalIndent(all, "", "  ")
	if err != nil || !page {
		return File{Name: "mine.json", Type: "application/json", Body: content}, err
	}
	content, err = plain.Own(cmp.Or(language, all.Language), content)
	return File{Name: "mine.html", Type: "text/html; charset=utf-8", Body: content}, err
}

func rightsRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[everythingIn, File]{
			Method: http.MethodGet, Path: "/api/me/everything", ID: "takeEverything", Tag: "mine",
			Summary: "All that is kept of her and nothing of others: JSON, or with as=page a page to read or print (text/html).",
			Roles:   SignedIn,
			Example: exampleEverything,
			Do: func(ctx context.Context, call *Call, in everythingIn) (File, error) {
				all, err := n.Rights.Everything(ctx, call.Actor)
				if err != nil {
					return File{}, err
				}
				return everythingFile(all, in.As == "page", in.Language)
			},
		},
		Route[Nothing, erasureOut]{
			Method: http.MethodGet, Path: "/api/me/erasure", ID: "readErasure", Tag: "mine",
			Summary: "What would stay if she were erased, and what stands in the way. Nothing is changed.",
			Roles:   SignedIn,
			Example: erasureOut{
				Stays:          []stayOut{{What: "audit", Why: "accountability"}, {What: "backups", Why: "unreadable", Until: exampleDay}},
				KeysBackupDays: 14, MayErase: true,
			},
			Do: func(ctx context.Context, call *Call, _ Nothing) (erasureOut, error) {
				ahead, err := n.Rights.Ahead(ctx, call.Actor)
				if err != nil {
					return erasureOut{}, err
				}
				out := erasureOut{Stays: []stayOut{}, KeysBackupDays: ahead.KeysBackupDays, MayErase: ahead.Hinders == "", Hinders: ahead.Hinders}
				for _, s := range ahead.Stays {
					out.Stays = append(out.Stays, stayOut{What: s.What, Why: s.Why, Until: s.Until})
				}
				return out, nil
			},
		},
		Route[Nothing, Nothing]{
			Method: http.MethodPost, Path: "/api/me/erasure", ID: "eraseMine", Tag: "mine",
			Summary:  "Erase everything of her, for good. It can't be undone.",
			Roles:    SignedIn,
			Problems: []string{"rights.last_one", "rights.matters_in_hand"},
			Do: func(ctx context.Context, call *Call, _ Nothing) (Nothing, error) {
				if err := n.Rights.Erase(ctx, call.Actor); err != nil {
					return Nothing{}, err
				}
				call.ClearSession()
				return Nothing{}, nil
			},
		},
		Route[restrictIn, mineOut]{
			Method: http.MethodPost, Path: "/api/me/restriction", ID: "restrictMine", Tag: "mine",
			Summary:   "Have all use of what is hers by others stand still, or go on again.",
			Roles:     SignedIn,
			ExampleIn: restrictIn{On: true},
			Example:   exampleMine,
			Do: func(ctx context.Context, call *Call, in restrictIn) (mineOut, error) {
				m, err := n.Members.RestrictOwn(ctx, call.Actor, call.Once, in.On)
				if err != nil {
					return mineOut{}, err
				}
				return mineOf(m), nil
			},
		},
	}
}
