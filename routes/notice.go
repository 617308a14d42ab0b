package routes

import (
	"context"
	"net/http"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/notice"
	"chautari/models/notice/sentence"
)

type smsOut struct {
	Here       bool          `json:"here"` // the organisation has somebody to carry SMS
	On         bool          `json:"on"`   // messages come
	Checked    bool          `json:"checked"`
	CodeLeft   bool          `json:"codeLeft"` // digits were sent to the number and still count
	NumberEnds string        `json:"numberEnds,omitempty"`
	Hours      *notice.Hours `json:"hours,omitempty"`
	AskAgain   calendar.Date `json:"askAgain,omitzero"` // she is asked again on that day
}

type mailOut struct {
	Here     bool `json:"here"`
	On       bool `json:"on"`
	CodeLeft bool `json:"codeLeft"`
}

type noticeOut struct {
	ID       string        `json:"id"`
	Day      calendar.Date `json:"day"`
	Sentence sentence.Key  `json:"sentence" enum:"tomorrow,off,settled,askAgain"`
}

type messagesOut struct {
	SMS   smsOut      `json:"sms"`
	Mail  mailOut     `json:"mail"` // of who works here
	InApp []noticeOut `json:"inApp"`
}

func messagesOf(o *notice.Own) messagesOut {
	out := messagesOut{
		SMS: smsOut{
			Here: o.SMS.Here, On: o.SMS.On, Checked: o.SMS.Checked, CodeLeft: o.SMS.CodeLeft, NumberEnds: o.SMS.Ends,
			Hours: o.SMS.Hours, AskAgain: o.SMS.AskAgain,
		},
		Mail:  mailOut{Here: o.Mail.Here, On: o.Mail.On, CodeLeft: o.Mail.CodeLeft},
		InApp: []noticeOut{},
	}
	for _, m := range o.InApp {
		out.InApp = append(out.InApp, noticeOut{ID: m.ID, Day: m.Day, Sentence: m.Sentence})
	}
	return out
}

type digitsIn struct {
	Code string `json:"code" validate:"required,max=20"`
}

type addressIn struct {
	Address string `json:"address" validate:"required,max=254"`
}

type noticeIn struct {
	ID string `path:"id" json:"-" validate:"required,max=40"`
}

type carriersOut struct {
	SMS  string `json:"sms"` // what the companies are called; empty where nothing leaves
	Mail bool   `json:"mail"`
}

var (
	mailReaders     = []access.Role{access.Trainer, access.Coordinator, access.FocalPoint, access.Deputy, access.Board, access.Liaison, access.Administrator}
	membersAlone    = []access.Role{access.Member}
	exampleMessages = messagesOut{
		SMS: smsOut{
			Here: true, On: true, Checked: true, NumberEnds: "05", AskAgain: exampleDay.AddMonths(6),
			Hours: &notice.Hours{Days: []int{0, 3}, From: "10:00", To: "15:00"},
		},
		InApp: []noticeOut{{ID: "msg_0123456789abcdef0123456789abcdef", Day: exampleDay, Sentence: sentence.Off}},
	}
	smsProblems = []string{
		"notice.not_here", "notice.not_mobile", "notice.hours_missing", "notice.hours_short", "notice.outside_hours", "notice.codes_too_often",
		"phone.digits_lost", "phone.several", "phone.invalid", "consent.text_unknown", "consent.text_old", "consent.not_an_answer",
	}
)

// noticeMove is one of the moves on her messages, which all answer with how they stand.
func noticeMove[In any](path, id, summary string, roles []access.Role, example In, problems []string, do func(context.Context, *Call, In) (*notice.Own, error)) Route[In, messagesOut] {
	return Route[In, messagesOut]{
		Method: http.MethodPost, Path: path, ID: id, Tag: "mine", Summary: summary, Roles: roles,
		ExampleIn: example, Example: exampleMessages, Problems: problems,
		Do: func(ctx context.Context, call *Call, in In) (messagesOut, error) {
			o, err := do(ctx, call, in)
			if err != nil {
				return messagesOut{}, err
			}
			return messagesOf(o), nil
		},
	}
}

func noticeRoutes(n Nouns) []Endpoint {
	check := func(c notice.Channel) func(context.Context, *Call, digitsIn) (*notice.Own, error) {
		return func(ctx context.Context, call *Call, in digitsIn) (*notice.Own, error) {
			return n.Notices.Check(ctx, call.Actor, call.Once, c, in.Code)
		}
	}
	stop := func(c notice.Channel) func(context.Context, *Call, Nothing) (*notice.Own, error) {
		return func(ctx context.Context, call *Call, _ Nothing) (*notice.Own, error) {
			return n.Notices.Stop(ctx, call.Actor, call.Once, c)
		}
	}
	wrong := []string{"notice.code_wrong"}
	return []Endpoint{
		Route[Nothing, messagesOut]{
			Method: http.MethodGet, Path: "/api/me/messages", ID: "readMessages", Tag: "mine",
			Summary: "How she is told that something changed, and what she hasn't seen of it.",
			Roles:   SignedIn,
			Example: exampleMessages,
			Do: func(ctx context.Context, call *Call, _ Nothing) (messagesOut, error) {
				o, err := n.Notices.Read(ctx, call.Actor)
				if err != nil {
					return messagesOut{}, err
				}
				return messagesOf(o), nil
			},
		},
		noticeMove("/api/me/messages/sms", "chooseSms", "Have six digits sent to a number of hers, within the hours in which it is safe; with a yes to it.",
			membersAlone, notice.Opting{
				Phone: "9841000005", Hours: notice.Hours{Days: []int{0, 3}, From: "10:00", To: "15:00"},
				Consent: consent.Given{Purpose: consent.MessagesSMS, Version: "1", Language: "en"},
			}, smsProblems,
			func(ctx context.Context, call *Call, in notice.Opting) (*notice.Own, error) {
				return n.Notices.BeginSMS(ctx, call.Actor, call.Once, in)
			}),
		noticeMove("/api/me/messages/sms/check", "checkSms", "Type the digits that came; from then on messages come.", SignedIn, digitsIn{Code: "012345"}, wrong, check(notice.SMS)),
		noticeMove("/api/me/messages/sms/stop", "stopSms", "No more messages: the number goes, and the yes is taken back.", SignedIn, Nothing{}, nil, stop(notice.SMS)),
		noticeMove("/api/me/messages/mail", "chooseMail", "Have six digits sent to an address, for who works here.",
			mailReaders, addressIn{Address: "sagun@mail.example"}, []string{"notice.not_here", "notice.not_address", "notice.codes_too_often"},
			func(ctx context.Context, call *Call, in addressIn) (*notice.Own, error) {
				return n.Notices.BeginMail(ctx, call.Actor, call.Once, in.Address)
			}),
		noticeMove("/api/me/messages/mail/check", "checkMail", "Type the digits that came by e-mail.", SignedIn, digitsIn{Code: "012345"}, wrong, check(notice.Mail)),
		noticeMove("/api/me/messages/mail/stop", "stopMail", "No more e-mail: the address goes.", SignedIn, Nothing{}, nil, stop(notice.Mail)),
		Route[noticeIn, Nothing]{
			Method: http.MethodPost, Path: "/api/me/messages/:id/seen", ID: "putMessageAway", Tag: "mine",
			Summary:   "Put away something that she was told inside the application.",
			Roles:     SignedIn,
			ExampleIn: noticeIn{ID: exampleMessages.InApp[0].ID},
			Do: func(ctx context.Context, call *Call, in noticeIn) (Nothing, error) {
				return Nothing{}, n.Notices.MarkSeen(ctx, call.Actor, in.ID)
			},
		},
		Route[Nothing, carriersOut]{
			Method: http.MethodGet, Path: "/api/settings/carriers", ID: "readCarriers", Tag: "settings",
			Summary: "Who carries messages out of the server, if anybody does.",
			Roles:   settingReaders,
			Example: carriersOut{SMS: "Sparrow", Mail: true},
			Do: func(ctx context.Context, call *Call, _ Nothing) (carriersOut, error) {
				s, err := n.Notices.ReadSetup(ctx, call.Actor)
				return carriersOut(s), err
			},
		},
	}
}
