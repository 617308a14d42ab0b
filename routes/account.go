package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/organisation"
)

type organisationRef struct {
	ID   string            `json:"id"`
	Name organisation.Name `json:"name"`
}

type sessionOut struct {
	Organisation organisationRef `json:"organisation"`
	Roles        []access.Role   `json:"roles"`
	Handle       string          `json:"handle"`
	IdleMinutes  int             `json:"idleMinutes"` // how long the page may be left alone
}

func sessionOf(in *account.SignedIn) sessionOut {
	return sessionOut{
		Organisation: organisationRef{ID: in.Organisation.ID, Name: in.Organisation.Name},
		Roles:        in.Roles,
		Handle:       in.Handle.Reveal(),
		IdleMinutes:  int(in.Idle / time.Minute),
	}
}

type signIn struct {
	Handle     string `json:"handle" validate:"required,max=200"`
	Passphrase string `json:"passphrase" validate:"required,max=1024"`
	// Code is of a second factor, for accounts that have one.
	Code string `json:"code,omitempty" validate:"max=20"`
}

// secretWords is her passphrase, once more or a new one.
type secretWords struct {
	Passphrase string `json:"passphrase" validate:"required,max=1024"`
}

// wordsPace slows a network down that tries passphrases.
func wordsPace() *Pace {
	return &Pace{
		Code: "session.slow_down", Free: 30, First: time.Second, Most: time.Minute,
		Forget: 15 * time.Minute, OnlyFailures: true,
	}
}

var closers = []access.Role{access.FocalPoint, access.Deputy, access.Administrator}

var exampleSession = sessionOut{
	Organisation: organisationRef{ID: "org_b7k2m9x4q8w3e6r5t2y7u4n8pa", Name: exampleName},
	Roles:        []access.Role{access.Member},
	Handle:       "river-lamp-seven",
	IdleMinutes:  10,
}

func accountRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[Nothing, sessionOut]{
			Method: http.MethodGet, Path: "/api/session", ID: "readSession", Tag: "session",
			Summary: "Who is signed in.",
			Roles:   SignedIn,
			Example: exampleSession,
			Do: func(ctx context.Context, call *Call, _ Nothing) (sessionOut, error) {
				in, err := n.Accounts.Who(ctx, call.Actor)
				if err != nil {
					return sessionOut{}, err
				}
				return sessionOf(in), nil
			},
		},
		Route[signIn, sessionOut]{
			Method: http.MethodPost, Path: "/api/session", ID: "signIn", Tag: "session",
			Summary:   "Sign in with the three-word name and the passphrase.",
			Roles:     Everybody,
			NoKey:     true,
			ExampleIn: signIn{Handle: "river-lamp-seven", Passphrase: "river basket seven maize window"},
			Example:   exampleSession,
			Problems:  []string{"session.refused", "session.slow_down"},
			Pace:      wordsPace(),
			Do: func(ctx context.Context, call *Call, in signIn) (sessionOut, error) {
				token, signed, err := n.Accounts.SignIn(ctx, call.Tenant, call.Host, in.Handle, in.Passphrase)
				if err != nil {
					return sessionOut{}, err
				}
				// Whatever sign-in the browser had before ends with this one.
				if err := n.Accounts.SignOut(ctx, call.Actor); err != nil {
					return sessionOut{}, err
				}
				call.SetSession(token)
				return sessionOf(signed), nil
			},
		},
		Route[secretWords, sessionOut]{
			Method: http.MethodPost, Path: "/api/session/proof", ID: "proveSession", Tag: "session",
			Summary:   "Give the passphrase once more, before what reaches far. The sign-in goes on under a new value.",
			Roles:     SignedIn,
			NoKey:     true,
			ExampleIn: secretWords{"river basket seven maize window"},
			Example:   exampleSession,
			Problems:  []string{"session.proof_wrong", "session.slow_down"},
			Pace:      wordsPace(),
			Do: func(ctx context.Context, call *Call, in secretWords) (sessionOut, error) {
				token, signed, err := n.Accounts.Prove(ctx, call.Actor, call.Host, in.Passphrase)
				if err != nil {
					return sessionOut{}, err
				}
				call.SetSession(token)
				return sessionOf(signed), nil
			},
		},
		Route[secretWords, Nothing]{
			Method: http.MethodPost, Path: "/api/session/passphrase", ID: "changePassphrase", Tag: "session",
			Summary:   "Choose another passphrase. Every other sign-in of hers ends.",
			Roles:     SignedIn,
			ExampleIn: secretWords{"lamp river nine barley door"},
			Problems:  []string{"passphrase.too_short", "passphrase.too_long", "passphrase.too_common", "session.slow_down"},
			Pace:      &Pace{Code: "session.slow_down", Free: 30, First: time.Second, Most: time.Minute, Forget: 15 * time.Minute},
			Do: func(ctx context.Context, call *Call, in secretWords) (Nothing, error) {
				token, err := n.Members.ChangePassphrase(ctx, call.Actor, call.Once, call.Host, in.Passphrase)
				if err != nil {
					return Nothing{}, err
				}
				call.SetSession(token)
				return Nothing{}, nil
			},
		},
		Route[account.Closing, Nothing]{
			Method: http.MethodPost, Path: "/api/accounts/close", ID: "closeAccount", Tag: "session",
			Summary:   "Shut somebody's way in, by her sign-in name. Opening it again takes two people.",
			Roles:     closers,
			ExampleIn: account.Closing{Handle: "river-lamp-seven", Reason: "She has left the organisation."},
			Problems:  []string{"account.reason_missing", "account.unknown", "account.own", "account.last_one"},
			Do: func(ctx context.Context, call *Call, in account.Closing) (Nothing, error) {
				return Nothing{}, n.Accounts.Close(ctx, call.Actor, call.Once, in)
			},
		},
		Route[Nothing, Nothing]{
			Method: http.MethodDelete, Path: "/api/session", ID: "signOut", Tag: "session",
			Summary: "Sign out here.",
			Roles:   SignedIn,
			Do: func(ctx context.Context, call *Call, _ Nothing) (Nothing, error) {
				call.ClearSession()
				return Nothing{}, n.Accounts.SignOut(ctx, call.Actor)
			},
		},
		Route[Nothing, Nothing]{
			Method: http.MethodDelete, Path: "/api/sessions", ID: "signOutEverywhere", Tag: "session",
			Summary: "Sign out on every device.",
			Roles:   SignedIn,
			Do: func(ctx context.Context, call *Call, _ Nothing) (Nothing, error) {
				call.ClearSession()
				return Nothing{}, n.Accounts.SignOutEverywhere(ctx, call.Actor)
			},
		},
	}
}
