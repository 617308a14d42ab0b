package gateway

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// aakash is Aakash SMS, version 3 of its interface, as public code that uses it
// describes it; the company's own manual is for customers. Nobody has tried it
// with a real account.
var aakash = description{
	name: "Aakash",
	url:  "https://sms.aakashsms.com/sms/v3/send",
	form: func(c Config, to, text string) url.Values {
		return url.Values{"auth_token": {c.Token}, "to": {to}, "text": {text}}
	},
	read: func(status int, body []byte) Answer {
		var said struct {
			Error   *bool           `json:"error"`
			Message string          `json:"message"`
			Data    json.RawMessage `json:"data"` // a list where it is an error
		}
		if json.Unmarshal(body, &said) != nil || said.Error == nil {
			if status == http.StatusTooManyRequests {
				return Answer{NotSent, Busy}
			}
			return Answer{Unknown, Unclear}
		}
		if *said.Error {
			return aakashError(said.Message)
		}
		var data struct {
			Valid   []json.RawMessage `json:"valid"`
			Invalid []json.RawMessage `json:"invalid"`
		}
		switch err := json.Unmarshal(said.Data, &data); {
		case err == nil && len(data.Valid) > 0:
			return Answer{Outcome: Accepted}
		case err == nil && len(data.Invalid) > 0:
			return Answer{Refused, Receiver}
		}
		return Answer{Unknown, Unclear}
	},
}

// aakashError reads what the company says in words only. Words that nobody has
// described leave it open whether something was sent.
func aakashError(message string) Answer {
	message = strings.ToLower(message)
	switch {
	case strings.Contains(message, "auth token"):
		return Answer{NotSent, Account}
	case strings.Contains(message, "balance"):
		return Answer{NotSent, Credit}
	case strings.Contains(message, "field is required"):
		return Answer{NotSent, Form}
	}
	return Answer{Unknown, Unclear}
}
