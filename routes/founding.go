package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/founding"
	"chautari/models/member"
)

func foundingRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[founding.Founding, registeredOut]{
			Method: http.MethodPost, Path: "/api/set-up", ID: "setUp", Tag: "organisation",
			Summary: "Found the organisation of this host with its group and its first administrator, for the code that the server printed.",
			Roles:   Anyone, Before: true,
			Status: http.StatusCreated,
			ExampleIn: founding.Founding{
				Code: "K7QM-2XPA-9RTC-WZ4H", OrganisationName: "Pipal", GroupName: "All groups", Alias: "Asha",
				Language: "en", Passphrase: "river basket seven maize window", Consents: exampleConsents,
			},
			Example: registeredOut{Handle: "river-lamp-seven", Membership: membershipState{State: member.Active}},
			Problems: []string{
				"setup.code_refused", "setup.name_missing", "registration.alias_missing", "registration.consent_missing",
				"consent.text_unknown", "consent.text_old", "consent.twice", "passphrase.too_short", "passphrase.too_long", "passphrase.too_common", "passphrase.same", "setup.slow_down",
			},
			Pace: &Pace{Code: "setup.slow_down", Free: 10, First: time.Second, Most: time.Minute, Forget: 15 * time.Minute},
			Do: func(ctx context.Context, call *Call, in founding.Founding) (registeredOut, error) {
				r, err := n.Founders.Found(ctx, call.Host, call.Once, in)
				if err != nil {
					return registeredOut{}, err
				}
				return registeredOf(r), nil
			},
		},
	}
}
