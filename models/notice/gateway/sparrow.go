package gateway

import (
	"encoding/json"
	"net/url"
)

// sparrow is Sparrow SMS, version 2 of its interface, as published by the
// company (github.com/sparrowsms/apidocs, docs/outgoing_sendsms.md, 2020).
// Nobody has tried it with a real account.
var sparrow = description{
	name:   "Sparrow",
	url:    "https://api.sparrowsms.com/v2/sms/",
	sender: true,
	form: func(c Config, to, text string) url.Values {
		return url.Values{"token": {c.Token}, "from": {c.Sender}, "to": {to}, "text": {text}}
	},
	read: func(_ int, body []byte) Answer {
		var said struct {
			Code  int `json:"response_code"`
			Count int `json:"count"`
		}
		if json.Unmarshal(body, &said) != nil {
			return Answer{Unknown, Unclear}
		}
		switch said.Code {
		case 200:
			return Answer{Outcome: Accepted}
		case 1007, 1011:
			return Answer{Refused, Receiver}
		case 1001, 1002, 1003, 1004, 1005, 1006, 1008:
			return Answer{NotSent, Account}
		case 1012, 1013:
			return Answer{NotSent, Credit}
		case 1000, 1010:
			return Answer{NotSent, Form}
		}
		return Answer{Unknown, Unclear}
	},
}
