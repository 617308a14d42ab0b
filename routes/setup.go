package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/access"
	"chautari/models/founding"
)

type seatOut struct {
	Role  access.Role    `json:"role"`
	State founding.State `json:"state" enum:"none,waiting,taken"`
	Until *time.Time     `json:"until"` // how long the code that waits works
}

type setupOut struct {
	Open        bool      `json:"open"`
	Invitations []seatOut `json:"invitations"`
}

type inviteIn struct {
	Role access.Role `json:"role" validate:"required,oneof=board focalPoint coordinator"`
}

type invitationOut struct {
	Role  access.Role `json:"role"`
	Code  string      `json:"code"` // shown this once
	Until time.Time   `json:"until"`
}

type arrivedOut struct {
	Handle string      `json:"handle"`
	Role   access.Role `json:"role"`
}

func setupRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[Nothing, setupOut]{
			Method: http.MethodGet, Path: "/api/setup", ID: "readSetup", Tag: "organisation",
			Summary: "Who has been invited to run the organisation, while it is being set up; absent afterwards.",
			Roles:   administrators,
			Example: setupOut{Open: true, Invitations: []seatOut{
				{Role: access.Board, State: founding.Waiting, Until: &exampleInstant},
				{Role: access.FocalPoint, State: founding.Taken},
				{Role: access.Coordinator, State: founding.None},
			}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (setupOut, error) {
				seats, err := n.Founders.Setup(ctx, call.Actor)
				if err != nil {
					return setupOut{}, err
				}
				out := setupOut{Open: true}
				for _, s := range seats {
					seat := seatOut{Role: s.Role, State: s.State}
					if !s.Until.IsZero() {
						seat.Until = &s.Until
					}
					out.Invitations = append(out.Invitations, seat)
				}
				return out, nil
			},
		},
		Route[inviteIn, invitationOut]{
			Method: http.MethodPost, Path: "/api/setup/invitations", ID: "invite", Tag: "organisation",
			Summary:   "Make the code for one of the people who will run the organisation, in place of one that waits.",
			Roles:     administrators,
			ExampleIn: inviteIn{Role: access.Board},
			Example:   invitationOut{Role: access.Board, Code: "K7QM-2XPA-9RTC-WZ4H", Until: exampleInstant},
			Problems:  []string{"setup.role_taken", "setup.invitation_over"},
			Do: func(ctx context.Context, call *Call, in inviteIn) (invitationOut, error) {
				made, err := n.Founders.Invite(ctx, call.Actor, call.Once, in.Role)
				if err != nil {
					return invitationOut{}, err
				}
				return invitationOut(*made), nil
			},
		},
		Route[Nothing, Nothing]{
			Method: http.MethodPost, Path: "/api/setup/close", ID: "closeSetup", Tag: "organisation",
			Summary: "End setting up, for good.",
			Roles:   administrators,
			Do: func(ctx context.Context, call *Call, _ Nothing) (Nothing, error) {
				return Nothing{}, n.Founders.Close(ctx, call.Actor, call.Once)
			},
		},
		Route[founding.Taking, arrivedOut]{
			Method: http.MethodPost, Path: "/api/invitations/take", ID: "takeInvitation", Tag: "organisation",
			Summary: "Come in with the code that one was given, as what it is for.",
			Roles:   Anyone,
			Status:  http.StatusCreated,
			ExampleIn: founding.Taking{
				Code: "K7QM-2XPA-9RTC-WZ4H", Alias: "Asha", Language: "en", Passphrase: "river basket seven maize window", Consents: exampleConsents,
			},
			Example: arrivedOut{Handle: "river-lamp-seven", Role: access.Board},
			Problems: []string{
				"setup.code_refused", "registration.alias_missing", "registration.consent_missing",
				"consent.text_unknown", "consent.text_old", "consent.twice", "passphrase.too_short", "passphrase.too_long", "passphrase.too_common", "passphrase.same", "setup.slow_down",
			},
			Pace: &Pace{Code: "setup.slow_down", Free: 10, First: time.Second, Most: time.Minute, Forget: 15 * time.Minute},
			Lane: true,
			Do: func(ctx context.Context, call *Call, in founding.Taking) (arrivedOut, error) {
				if call.Tenant == "" {
					return arrivedOut{}, errAbsent
				}
				arrived, err := n.Founders.Take(ctx, call.Tenant, call.Once, in)
				if err != nil {
					return arrivedOut{}, err
				}
				return arrivedOut{Handle: arrived.Handle.Reveal(), Role: arrived.Role}, nil
			},
		},
	}
}
