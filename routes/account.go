package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/account/words"
	"chautari/models/factor"
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
	// Needs is what is still missing in the sign-in: until then it opens nothing.
	Needs    *needsOut `json:"needs,omitempty"`
	Demo     bool      `json:"demo"`     // all is invented here, and words alone are enough
	Others   int       `json:"others"`   // sign-ins of hers elsewhere
	NewSince int       `json:"newSince"` // of these, those that began after this one
}

// session shows a sign-in with what is still missing in it, and how many others
// there are.
func (n Nouns) session(ctx context.Context, in *account.SignedIn) (sessionOut, error) {
	needs, err := n.Factors.Needs(ctx, in)
	if err != nil {
		return sessionOut{}, err
	}
	out := sessionOut{
		Organisation: organisationRef{ID: in.Organisation.ID, Name: in.Organisation.Name},
		Roles:        in.Roles,
		Handle:       in.Handle.Reveal(),
		IdleMinutes:  int(in.Idle / time.Minute),
		Demo:         in.Organisation.Demo,
	}
	if needs != nil {
		out.Needs = &needsOut{needs.Kind, needs.Ways}
		return out, nil // of the rest nothing is told to whoever is halfway in
	}
	out.Others, out.NewSince = in.Others, in.NewSince
	return out, nil
}

type signIn struct {
	Handle     string `json:"handle" validate:"required,max=200"`
	Passphrase string `json:"passphrase" validate:"required,max=1024"`
}

// secretWords is her passphrase, once more or a new one.
type secretWords struct {
	Passphrase string `json:"passphrase" validate:"required,max=1024"`
}

// ofAccount is for tries at the account that one is signed in to.
func ofAccount[In any](call *Call, _ In) string { return call.Actor.Account }

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
			Summary: "Who is signed in, and what is still missing in the sign-in.",
			Roles:   orEntering,
			Example: exampleSession,
			Do: func(ctx context.Context, call *Call, _ Nothing) (sessionOut, error) {
				in, err := n.Accounts.Who(ctx, call.Actor)
				if err != nil {
					return sessionOut{}, err
				}
				return n.session(ctx, in)
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
			PaceAt: func(_ *Call, in signIn) string {
				name, _ := words.FoldHandle(in.Handle)
				return name
			},
			Lane: true,
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
				return n.session(ctx, signed)
			},
		},
		Route[proving, sessionOut]{
			Method: http.MethodPost, Path: "/api/session/proof", ID: "proveSession", Tag: "session",
			Summary:   "Give the passphrase once more, and a second factor where one is needed, before what reaches far. The sign-in goes on under a new value.",
			Roles:     SignedIn,
			NoKey:     true,
			ExampleIn: proving{Passphrase: "river basket seven maize window", Code: "123456"},
			Example:   exampleSession,
			Problems:  []string{"session.proof_wrong", "session.factor_needed", "session.slow_down", "factor.wrong", "factor.begin_again"},
			Pace:      wordsPace(),
			PaceAt:    ofAccount[proving],
			Do: func(ctx context.Context, call *Call, in proving) (sessionOut, error) {
				token, signed, err := n.Factors.Prove(ctx, call.Actor, call.Host, in.Passphrase, factor.Second{Code: in.Code, Shown: in.Credential})
				if err != nil {
					return sessionOut{}, err
				}
				call.SetSession(token)
				return n.session(ctx, signed)
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
			Roles:   orEntering,
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
