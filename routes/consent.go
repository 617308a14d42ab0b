package routes

import (
	"context"
	"errors"
	"net/http"
	"path"

	"chautari/models/consent"
)

type consentTextOut struct {
	Purpose    consent.Purpose   `json:"purpose"`
	Recipient  consent.Recipient `json:"recipient"`
	Version    string            `json:"version"`
	Language   string            `json:"language"`
	Text       string            `json:"text"`
	Optional   bool              `json:"optional"`
	OptOut     bool              `json:"optOut"` // it is done unless she says no: the one answer is a no
	Months     int               `json:"validMonths"`
	Asked      consent.Asked     `json:"asked" enum:"joining,meeting,hours,own,messages,story"` // where she is asked
	Recordings []string          `json:"recordings"`                                            // the languages in which it can be heard
}

type consentTextsOut struct {
	Items []consentTextOut `json:"items"`
}

type hearTextIn struct {
	Purpose  string `path:"purpose" json:"-" validate:"max=40"`
	Version  string `path:"version" json:"-" validate:"max=10"`
	Language string `path:"language" json:"-" validate:"oneof=ne en nb"`
}

var exampleRecording = File{Name: "read-out.ogg", Type: "audio/ogg", Body: []byte("a recording"), InPieces: true}

// recordingFile is a recording as a player gets it.
func recordingFile(h *consent.Heard, err error) (File, error) {
	if err != nil {
		return File{}, err
	}
	return File{Name: "read-out." + path.Base(h.Type), Type: h.Type, Body: h.Sound, InPieces: true}, nil
}

func consentRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[languageIn, consentTextsOut]{
			Method: http.MethodGet, Path: "/api/consent-texts", ID: "readConsentTexts", Tag: "consent",
			Summary: "What is asked of her, one text for each purpose, in a language.",
			Roles:   Anyone, Before: true,
			ExampleIn: languageIn{Language: "en"},
			Example:   consentTextsOut{Items: textsOf(consent.Shipped("en"))},
			Do: func(ctx context.Context, call *Call, in languageIn) (consentTextsOut, error) {
				texts, err := n.Texts.AskedNow(ctx, call.Tenant, in.Language)
				if err == nil && len(texts) == 0 {
					err = errors.New("no consent texts in " + in.Language)
				}
				return consentTextsOut{Items: textsOf(texts)}, err
			},
		},
		Route[hearTextIn, File]{
			Method: http.MethodGet, Path: "/api/consent-texts/recordings/:purpose/:version/:language", ID: "hearConsentText", Tag: "consent",
			Summary:   "A text read out, for whoever is asked with it and would rather hear it.",
			Roles:     Anyone,
			ExampleIn: hearTextIn{"membership", "1.1", "ne"},
			Example:   exampleRecording,
			Do: func(ctx context.Context, call *Call, in hearTextIn) (File, error) {
				return recordingFile(n.Texts.Hear(ctx, call.Tenant, consent.Purpose(in.Purpose), in.Version, in.Language))
			},
		},
	}
}

func textsOf(texts []consent.Text) []consentTextOut {
	out := []consentTextOut{}
	for _, t := range texts {
		out = append(out, consentTextOut{
			Purpose: t.Purpose, Recipient: t.Recipient, Version: t.Version, Language: t.Language, Text: t.Text,
			Optional: t.Optional, OptOut: t.OptOut, Months: t.Months, Asked: t.Asked, Recordings: listed(t.Heard),
		})
	}
	return out
}
