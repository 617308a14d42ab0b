package routes

import (
	"context"
	"net/http"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/consent/sound"
)

var (
	textWriters   = []access.Role{access.FocalPoint, access.Administrator}
	textReleasers = []access.Role{access.FocalPoint, access.Board}
	textReaders   = []access.Role{access.FocalPoint, access.Board, access.Administrator}
)

type recordingOut struct {
	Language string `json:"language" enum:"ne,en,nb"`
	Seconds  int    `json:"seconds"`
	Bytes    int    `json:"bytes"`
}

type draftTextOut struct {
	ID         string          `json:"id"`
	Version    string          `json:"version"` // what a yes to it would name
	Texts      consent.Wording `json:"texts"`
	Recordings []recordingOut  `json:"recordings"`
	DraftedBy  access.Role     `json:"draftedBy"`
	ChangedBy  access.Role     `json:"changedBy"`
	Day        calendar.Date   `json:"day"`        // on which it was begun
	MayRelease bool            `json:"mayRelease"` // she had no hand in it
	Revision   int64           `json:"revision"`   // what a change and a release must name
}

// ETag is the version that a change must name.
func (o draftTextOut) ETag() int64 { return o.Revision }

type releasedOut struct {
	Day calendar.Date `json:"day"`
	By  access.Role   `json:"by"`
}

type textSidesOut struct {
	Purpose    consent.Purpose   `json:"purpose"`
	Recipient  consent.Recipient `json:"recipient"`
	Asked      consent.Asked     `json:"asked" enum:"joining,meeting,hours,own,messages,story"`
	Optional   bool              `json:"optional"`
	OptOut     bool              `json:"optOut"`
	Months     int               `json:"validMonths"`
	Version    string            `json:"version"` // the one in force
	Texts      consent.Wording   `json:"texts"`
	Recordings []recordingOut    `json:"recordings"`
	Released   *releasedOut      `json:"released"` // null for the text that comes with the product
	Draft      *draftTextOut     `json:"draft"`
}

type textSidesListOut struct {
	Items []textSidesOut `json:"items"`
}

func recordingsOf(v *consent.Version) []recordingOut {
	out := []recordingOut{}
	if v != nil {
		for _, r := range v.Recordings {
			out = append(out, recordingOut{r.Language, r.Seconds, r.Bytes})
		}
	}
	return out
}

func draftTextOf(v *consent.Version, mayRelease bool) *draftTextOut {
	return &draftTextOut{
		ID: v.ID, Version: v.Name(), Texts: v.Words, Recordings: recordingsOf(v), DraftedBy: v.Drafted.Role, ChangedBy: v.Last.Role,
		Day: v.On, MayRelease: mayRelease, Revision: v.Revision(),
	}
}

func textSidesOf(s consent.Side) textSidesOut {
	out := textSidesOut{
		Purpose: s.Purpose, Recipient: s.Recipient, Asked: s.Asked, Optional: s.Optional, OptOut: s.OptOut, Months: s.Months,
		Version: s.Version, Texts: s.Words, Recordings: recordingsOf(s.Since),
	}
	if s.Since != nil {
		out.Released = &releasedOut{s.Since.On, s.Since.Released.Role}
	}
	if s.Draft != nil {
		out.Draft = draftTextOf(s.Draft, s.MayRelease)
	}
	return out
}

type textID struct {
	ID string `path:"id" json:"-" validate:"max=60"`
}

type changeTextIn struct {
	textID
	Texts consent.Wording `json:"texts" validate:"required"`
}

type releaseTextIn struct {
	textID
	Revision int64 `json:"revision" validate:"min=1"`
}

type draftRecordingIn struct {
	textID
	Language string `path:"language" json:"-" validate:"oneof=ne en nb"`
}

type recordTextIn struct {
	draftRecordingIn
	File Upload `form:"file" json:"-"`
}

var (
	exampleTextID  = textID{"membership.1.1"}
	exampleWording = consent.Wording{
		NE: consent.Words(consent.Membership, "1", "ne"), EN: consent.Words(consent.Membership, "1", "en"), NB: consent.Words(consent.Membership, "1", "nb"),
	}
	exampleDraftText = draftTextOut{
		ID: exampleTextID.ID, Version: "1.1", Texts: exampleWording, Recordings: []recordingOut{{"ne", 14, 61_000}},
		DraftedBy: access.Administrator, ChangedBy: access.Administrator, Day: exampleDay, Revision: 2,
	}
	exampleTextSides = textSidesOut{
		Purpose: consent.Membership, Recipient: consent.Organisation, Asked: consent.Joining, Months: 36, Version: "1",
		Texts: exampleWording, Recordings: []recordingOut{}, Draft: &exampleDraftText,
	}
	wordingProblems = []string{"text.not_plain", "text.other_script", "text.same_twice"}
)

// textRoutes are for those who look after what women are asked, and in which words.
func textRoutes(n Nouns) []Endpoint {
	draft := func(v *consent.Version, err error) (draftTextOut, error) {
		if err != nil {
			return draftTextOut{}, err
		}
		return *draftTextOf(v, false), nil // she changed it last
	}
	id, inNepali := exampleTextID, draftRecordingIn{exampleTextID, "ne"}
	return []Endpoint{
		Route[Nothing, textSidesListOut]{
			Method: http.MethodGet, Path: "/api/texts", ID: "listTexts", Tag: "texts",
			Summary: "Every purpose that is asked: the text in force, and the draft beside it.",
			Roles:   textReaders,
			Example: textSidesListOut{Items: []textSidesOut{exampleTextSides}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (textSidesListOut, error) {
				sides, err := n.Texts.List(ctx, call.Actor)
				out := textSidesListOut{Items: []textSidesOut{}}
				for _, s := range sides {
					out.Items = append(out.Items, textSidesOf(s))
				}
				return out, err
			},
		},
		Route[consent.Drafting, draftTextOut]{
			Method: http.MethodPost, Path: "/api/texts", ID: "draftText", Tag: "texts",
			Summary:   "Write a new text for a purpose, in all languages. Nobody is asked with it before somebody else releases it.",
			Roles:     textWriters,
			Status:    http.StatusCreated,
			ExampleIn: consent.Drafting{Purpose: consent.Membership, Texts: exampleWording},
			Example:   exampleDraftText,
			Problems:  append([]string{"consent.text_unknown", "text.draft_there", "text.not_draft"}, wordingProblems...),
			Do: func(ctx context.Context, call *Call, in consent.Drafting) (draftTextOut, error) {
				return draft(n.Texts.Draft(ctx, call.Actor, call.Once, in))
			},
		},
		Route[changeTextIn, draftTextOut]{
			Method: http.MethodPatch, Path: "/api/texts/:id", ID: "changeText", Tag: "texts",
			Summary:   "Give a draft other words. A recording in a language whose words changed goes.",
			Roles:     textWriters,
			ExampleIn: changeTextIn{id, exampleWording},
			Example:   exampleDraftText,
			Problems:  append([]string{"text.not_draft"}, wordingProblems...),
			Do: func(ctx context.Context, call *Call, in changeTextIn) (draftTextOut, error) {
				return draft(n.Texts.Change(ctx, call.Actor, in.ID, call.IfMatch, in.Texts))
			},
		},
		Route[releaseTextIn, Nothing]{
			Method: http.MethodPost, Path: "/api/texts/:id/release", ID: "releaseText", Tag: "texts",
			Summary:   "Put a draft in force, as it stands at this revision; for somebody who had no hand in it.",
			Roles:     textReleasers,
			Status:    http.StatusNoContent,
			ExampleIn: releaseTextIn{id, 2},
			Problems:  []string{"text.not_draft", "request.stale"},
			Do: func(ctx context.Context, call *Call, in releaseTextIn) (Nothing, error) {
				_, err := n.Texts.Release(ctx, call.Actor, call.Once, in.ID, in.Revision)
				return Nothing{}, err
			},
		},
		Route[textID, Nothing]{
			Method: http.MethodPost, Path: "/api/texts/:id/drop", ID: "dropText", Tag: "texts",
			Summary:   "Give a draft up; its words and recordings go.",
			Roles:     textReaders,
			Status:    http.StatusNoContent,
			ExampleIn: id,
			Problems:  []string{"text.not_draft"},
			Do: func(ctx context.Context, call *Call, in textID) (Nothing, error) {
				_, err := n.Texts.Drop(ctx, call.Actor, call.Once, in.ID)
				return Nothing{}, err
			},
		},
		Route[recordTextIn, draftTextOut]{
			Method: http.MethodPost, Path: "/api/texts/:id/recordings/:language", ID: "recordText", Tag: "texts",
			Summary: "Lay a recording of its words beside a draft. Nothing but the sound is kept of the file.",
			Roles:   textWriters,
			MaxBody: sound.Most + 4<<10, ExampleIn: recordTextIn{draftRecordingIn: inNepali},
			Example:  exampleDraftText,
			Problems: []string{"text.not_draft", "recording.unreadable", "recording.too_large"},
			Do: func(ctx context.Context, call *Call, in recordTextIn) (draftTextOut, error) {
				return draft(n.Texts.Record(ctx, call.Actor, call.Once, in.ID, in.Language, in.File.Content))
			},
		},
		Route[draftRecordingIn, draftTextOut]{
			Method: http.MethodPost, Path: "/api/texts/:id/recordings/:language/remove", ID: "removeRecordingOfText", Tag: "texts",
			Summary:   "Take a recording from a draft.",
			Roles:     textWriters,
			ExampleIn: inNepali,
			Example:   exampleDraftText,
			Problems:  []string{"text.not_draft"},
			Do: func(ctx context.Context, call *Call, in draftRecordingIn) (draftTextOut, error) {
				return draft(n.Texts.Unrecord(ctx, call.Actor, call.Once, in.ID, in.Language))
			},
		},
		Route[draftRecordingIn, File]{
			Method: http.MethodGet, Path: "/api/texts/:id/recordings/:language", ID: "hearDraftText", Tag: "texts",
			Summary:   "The recording of a draft, to hear it before it is released.",
			Roles:     textReaders,
			ExampleIn: inNepali,
			Example:   exampleRecording,
			Do: func(ctx context.Context, call *Call, in draftRecordingIn) (File, error) {
				return recordingFile(n.Texts.HearDraft(ctx, call.Actor, in.ID, in.Language))
			},
		},
	}
}
