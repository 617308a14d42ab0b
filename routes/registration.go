package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/consent"
	"chautari/models/member"
)

type membershipState struct {
	State member.State `json:"state" enum:"applied,active,declined,paused,ended"`
}

type registeredOut struct {
	Handle     string          `json:"handle"`
	Membership membershipState `json:"membership"`
}

func registeredOf(r *member.Registered) registeredOut {
	return registeredOut{Handle: r.Handle.Reveal(), Membership: membershipState{State: r.State}}
}

var exampleConsents = []consent.Given{{Purpose: consent.Membership, Version: "1", Language: "en"}}

func registrationRoutes(n Nouns) []Endpoint {
	group := exampleGroup.ID
	return []Endpoint{
		Route[member.Registration, registeredOut]{
			Method: http.MethodPost, Path: "/api/registrations", ID: "register", Tag: "members",
			Summary:   "Apply to become a member: an alias, a group or none, a passphrase and her consent.",
			Roles:     Anyone,
			Status:    http.StatusCreated,
			ExampleIn: member.Registration{Alias: "Junkiri", Group: &group, Language: "en", Passphrase: "river basket seven maize window", Consents: exampleConsents},
			Example:   registeredOut{Handle: "river-lamp-seven", Membership: membershipState{State: member.Applied}},
			Problems: []string{
				"registration.alias_missing", "registration.group_unknown", "registration.consent_missing",
				"registration.phone_consent_missing", "phone.invalid", "phone.several", "phone.digits_lost",
				"consent.text_unknown", "consent.text_old", "consent.twice", "passphrase.too_short", "passphrase.too_long", "passphrase.too_common", "passphrase.same",
				"registration.slow_down",
			},
			// A whole meeting may register behind one address.
			Pace: &Pace{Code: "registration.slow_down", Free: 200, First: time.Second, Most: 10 * time.Second, Forget: 10 * time.Minute},
			Do: func(ctx context.Context, call *Call, in member.Registration) (registeredOut, error) {
				r, err := n.Members.Register(ctx, call.Actor, call.Once, in)
				if err != nil {
					return registeredOut{}, err
				}
				return registeredOf(r), nil
			},
		},
	}
}
