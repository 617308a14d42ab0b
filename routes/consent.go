package routes

import (
	"context"
	"errors"
	"net/http"

	"chautari/models/consent"
)

type consentTextOut struct {
	Purpose   consent.Purpose   `json:"purpose"`
	Recipient consent.Recipient `json:"recipient"`
	Version   string            `json:"version"`
	Language  string            `json:"language"`
	Text      string            `json:"text"`
	Optional  bool              `json:"optional"`
	OptOut    bool              `json:"optOut"` // it is done unless she says no: the one answer is a no
	Months    int               `json:"validMonths"`
	Asked     consent.Asked     `json:"asked" enum:"joining,meeting,hours,own,messages,story"` // where she is asked
}

type consentTextsOut struct {
	Items []consentTextOut `json:"items"`
}

func consentRoutes() []Endpoint {
	return []Endpoint{
		Route[languageIn, consentTextsOut]{
			Method: http.MethodGet, Path: "/api/consent-texts", ID: "readConsentTexts", Tag: "consent",
			Summary: "What is asked of her, one text for each purpose, in a language.",
			Roles:   Anyone, Before: true,
			ExampleIn: languageIn{Language: "en"},
			Example:   consentTexts("en"),
			Do: func(_ context.Context, _ *Call, in languageIn) (consentTextsOut, error) {
				out := consentTexts(in.Language)
				if len(out.Items) == 0 {
					return out, errors.New("no consent texts in " + in.Language)
				}
				return out, nil
			},
		},
	}
}

func consentTexts(language string) consentTextsOut {
	return consentTextsOut{Items: textsOf(consent.Texts(language))}
}

func textsOf(texts []consent.Text) []consentTextOut {
	out := []consentTextOut{}
	for _, t := range texts {
		out = append(out, consentTextOut{
			Purpose: t.Purpose, Recipient: t.Recipient, Version: t.Version, Language: t.Language,
			Text: t.Text, Optional: t.Optional, OptOut: t.OptOut, Months: t.Months, Asked: t.Asked,
		})
	}
	return out
}
