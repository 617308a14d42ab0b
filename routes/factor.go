package routes

import (
	"context"
	"net/http"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/factor"
)

// entering may call what lets a sign-in go on; of the rest only these answer to
// whoever is halfway in.
var (
	entering   = []access.Role{access.Halfway}
	orEntering = append(slices.Clone(SignedIn), access.Halfway)
	// withFactors are the roles that are asked for more than words.
	withFactors = slices.DeleteFunc(slices.Clone(SignedIn), func(r access.Role) bool {
		return account.Demanded([]access.Role{r}) == account.WordsAlone
	})
	mayEnrol = append(slices.Clone(withFactors), access.Halfway)
)

type needsOut struct {
	Kind factor.Kind      `json:"kind" enum:"factor,enrol"`
	Ways []account.Factor `json:"ways" enum:"passkey,totp,code"`
}

type typedCode struct {
	Code string `json:"code" validate:"required,max=60"`
}

type shownPasskey struct {
	Credential factor.Shown `json:"credential"`
}

type namedPasskey struct {
	Credential factor.Created `json:"credential"`
	Name       string         `json:"name" validate:"required,max=120"`
}

type namedCode struct {
	Code string `json:"code" validate:"required,max=60"`
	Name string `json:"name" validate:"required,max=120"`
}

// proving is her passphrase, and of whoever signs in with more also that.
type proving struct {
	Passphrase string        `json:"passphrase" validate:"required,max=1024"`
	Code       string        `json:"code,omitempty" validate:"max=60"`
	Credential *factor.Shown `json:"credential,omitempty"`
}

type creatingOut struct {
	Options factor.Creating `json:"options"`
}

type requestingOut struct {
	Options factor.Requesting `json:"options"`
}

type appSecretOut struct {
	Secret string `json:"secret"`
	URI    string `json:"uri"`
}

type factorOut struct {
	ID   string         `json:"id"`
	Kind account.Factor `json:"kind" enum:"passkey,totp"`
	Name string         `json:"name"`
	Day  calendar.Date  `json:"day"`
}

type factorsOut struct {
	Items     []factorOut `json:"items"`
	CodesLeft int         `json:"codesLeft"`
}

type codesOut struct {
	Codes []string `json:"codes"`
}

type factorID struct {
	ID string `path:"id" json:"-" validate:"id=fac"`
}

type signInOut struct {
	Ref   string    `json:"ref"`
	Began time.Time `json:"began"`
	Seen  time.Time `json:"seen"`
	Here  bool      `json:"here"`
}

type signInsOut struct {
	Items []signInOut `json:"items"`
}

type signInRef struct {
	Ref string `path:"ref" json:"-" validate:"len=32"`
}

const (
	exampleFactor    = "fac_b7k2m9x4q8w3e6r5t2y7u4n8pa"
	exampleChallenge = "q1vJ0w8cF3mY5kT7hN2bX9sD4gL6pR8zA1eU3iO5yW0"
	exampleRef       = "3f1d0a9b7c5e48216a0f9d8c7b6a5e4d"
)

var (
	exampleKeyShown = factor.Shown{ID: "AQIDBA", ClientData: "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0", AuthenticatorData: "SZYN5Q", Signature: "MEUCIQ"}
	exampleKeyMade  = factor.Created{ID: "AQIDBA", ClientData: "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0", Attestation: "o2NmbXQ"}
)

// factorProblems may come of whatever is given beside words.
var factorProblems = []string{"factor.wrong", "session.slow_down"}

func also(codes []string, more ...string) []string { return append(slices.Clone(codes), more...) }

func factorRoutes(n Nouns) []Endpoint {
	// on answers with a sign-in that goes on under a new value.
	on := func(ctx context.Context, call *Call, token string, in *account.SignedIn, err error) (sessionOut, error) {
		if err != nil {
			return sessionOut{}, err
		}
		call.SetSession(token)
		return n.session(ctx, in)
	}
	return []Endpoint{
		Route[typedCode, sessionOut]{
			Method: http.MethodPost, Path: "/api/session/factor/totp", ID: "giveTotp", Tag: "session",
			Summary: "Go on signing in with the six digits of an app.",
			Roles:   entering, NoKey: true,
			ExampleIn: typedCode{"123456"}, Example: exampleSession, Problems: factorProblems, Pace: wordsPace(), PaceAt: ofAccount[typedCode],
			Do: func(ctx context.Context, call *Call, in typedCode) (sessionOut, error) {
				token, signed, err := n.Factors.GiveApp(ctx, call.Actor, call.Host, in.Code)
				return on(ctx, call, token, signed, err)
			},
		},
		Route[typedCode, sessionOut]{
			Method: http.MethodPost, Path: "/api/session/factor/code", ID: "givePrintedCode", Tag: "session",
			Summary: "Go on signing in with one of the codes on paper. It is used up.",
			Roles:   entering, NoKey: true,
			ExampleIn: typedCode{"K7QM-2XPA-9RTC-WZ4H"}, Example: exampleSession, Problems: factorProblems, Pace: wordsPace(), PaceAt: ofAccount[typedCode],
			Do: func(ctx context.Context, call *Call, in typedCode) (sessionOut, error) {
				token, signed, err := n.Factors.GivePaper(ctx, call.Actor, call.Host, in.Code)
				return on(ctx, call, token, signed, err)
			},
		},
		Route[Nothing, requestingOut]{
			Method: http.MethodPost, Path: "/api/session/factor/passkey/begin", ID: "beginPasskey", Tag: "session",
			Summary: "What to ask a passkey for: to go on signing in, or to prove once more who one is.",
			Roles:   mayEnrol, NoKey: true,
			Example: requestingOut{factor.Requesting{
				Challenge: exampleChallenge, RPID: "sathi.example", Timeout: 300000,
				Allow: []factor.Descriptor{{Type: "public-key", ID: "AQIDBA"}}, UserVerification: "required",
			}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (requestingOut, error) {
				options, err := n.Factors.BeginShowing(ctx, call.Actor, call.Host)
				if err != nil {
					return requestingOut{}, err
				}
				return requestingOut{*options}, nil
			},
		},
		Route[shownPasskey, sessionOut]{
			Method: http.MethodPost, Path: "/api/session/factor/passkey", ID: "givePasskey", Tag: "session",
			Summary: "Go on signing in with a passkey.",
			Roles:   entering, NoKey: true,
			ExampleIn: shownPasskey{exampleKeyShown}, Example: exampleSession,
			Problems: also(factorProblems, "factor.begin_again"), Pace: wordsPace(), PaceAt: ofAccount[shownPasskey],
			Do: func(ctx context.Context, call *Call, in shownPasskey) (sessionOut, error) {
				token, signed, err := n.Factors.GivePasskey(ctx, call.Actor, call.Host, in.Credential)
				return on(ctx, call, token, signed, err)
			},
		},
		Route[Nothing, factorsOut]{
			Method: http.MethodGet, Path: "/api/factors", ID: "listFactors", Tag: "session",
			Summary: "Her passkeys and apps, and how many codes are left on her paper.",
			Roles:   withFactors,
			Example: factorsOut{Items: []factorOut{{exampleFactor, account.Passkey, "Office laptop", calendar.Date{Year: 2026, Month: 11, Day: 26}}}, CodesLeft: 9},
			Do: func(ctx context.Context, call *Call, _ Nothing) (factorsOut, error) {
				items, left, err := n.Factors.List(ctx, call.Actor)
				out := factorsOut{Items: []factorOut{}, CodesLeft: left}
				for _, it := range items {
					out.Items = append(out.Items, factorOut{it.ID, it.Kind, it.Name.Reveal(), it.Day})
				}
				return out, err
			},
		},
		Route[Nothing, appSecretOut]{
			Method: http.MethodPost, Path: "/api/factors/totp", ID: "beginTotp", Tag: "session",
			Summary: "The secret of a new app, shown once. It counts after confirming.",
			Roles:   mayEnrol, NoKey: true,
			Example:  appSecretOut{"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "otpauth://totp/river-lamp-seven?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30"},
			Problems: []string{"session.factor_needed", "factor.too_many"},
			Do: func(ctx context.Context, call *Call, _ Nothing) (appSecretOut, error) {
				made, err := n.Factors.BeginApp(ctx, call.Actor)
				if err != nil {
					return appSecretOut{}, err
				}
				return appSecretOut{made.Base32, made.URI}, nil
			},
		},
		Route[namedCode, sessionOut]{
			Method: http.MethodPost, Path: "/api/factors/totp/confirm", ID: "confirmTotp", Tag: "session",
			Summary: "Enrol the app with six digits out of it. The sign-in goes on under a new value.",
			Roles:   mayEnrol, NoKey: true,
			ExampleIn: namedCode{"123456", "Phone in the office"}, Example: exampleSession,
			Problems: also(factorProblems, "session.factor_needed", "factor.too_many", "factor.name_missing", "field.too_long", "factor.begin_again"), Pace: wordsPace(), PaceAt: ofAccount[namedCode],
			Do: func(ctx context.Context, call *Call, in namedCode) (sessionOut, error) {
				token, signed, err := n.Factors.AddApp(ctx, call.Actor, call.Host, in.Code, in.Name)
				return on(ctx, call, token, signed, err)
			},
		},
		Route[Nothing, creatingOut]{
			Method: http.MethodPost, Path: "/api/factors/passkey/begin", ID: "beginNewPasskey", Tag: "session",
			Summary: "What to ask a device for, to make a new passkey.",
			Roles:   mayEnrol, NoKey: true,
			Example: creatingOut{factor.Creating{
				Challenge: exampleChallenge, RP: factor.RelyingParty{ID: "sathi.example", Name: "sathi.example"},
				User:       factor.User{ID: "AQIDBA", Name: "river-lamp-seven", DisplayName: "river-lamp-seven"},
				Parameters: []factor.Parameter{{Type: "public-key", Alg: -7}}, Timeout: 300000, Exclude: []factor.Descriptor{},
				Selection: factor.Selection{ResidentKey: "discouraged", UserVerification: "required"}, Attest: "none",
			}},
			Problems: []string{"session.factor_needed", "factor.too_many"},
			Do: func(ctx context.Context, call *Call, _ Nothing) (creatingOut, error) {
				options, err := n.Factors.BeginPasskey(ctx, call.Actor, call.Host)
				if err != nil {
					return creatingOut{}, err
				}
				return creatingOut{*options}, nil
			},
		},
		Route[namedPasskey, sessionOut]{
			Method: http.MethodPost, Path: "/api/factors/passkey", ID: "addPasskey", Tag: "session",
			Summary: "Enrol the new passkey. The sign-in goes on under a new value.",
			Roles:   mayEnrol, NoKey: true,
			ExampleIn: namedPasskey{exampleKeyMade, "Office laptop"}, Example: exampleSession,
			Problems: also(factorProblems, "session.factor_needed", "factor.too_many", "factor.name_missing", "field.too_long", "factor.begin_again"), Pace: wordsPace(), PaceAt: ofAccount[namedPasskey],
			Do: func(ctx context.Context, call *Call, in namedPasskey) (sessionOut, error) {
				token, signed, err := n.Factors.AddPasskey(ctx, call.Actor, call.Host, in.Credential, in.Name)
				return on(ctx, call, token, signed, err)
			},
		},
		Route[factorID, Nothing]{
			Method: http.MethodPost, Path: "/api/factors/:id/remove", ID: "removeFactor", Tag: "session",
			Summary:   "Take a passkey or an app away.",
			Roles:     withFactors,
			ExampleIn: factorID{exampleFactor},
			Problems:  []string{"factor.last_one"},
			Do: func(ctx context.Context, call *Call, in factorID) (Nothing, error) {
				return Nothing{}, n.Factors.Remove(ctx, call.Actor, call.Once, in.ID)
			},
		},
		Route[Nothing, codesOut]{
			Method: http.MethodPost, Path: "/api/factors/codes", ID: "printCodes", Tag: "session",
			Summary:  "Ten codes for her paper, shown once, in place of those before.",
			Roles:    withFactors,
			Example:  codesOut{[]string{"K7QM-2XPA-9RTC-WZ4H"}},
			Problems: []string{"factor.codes_replaced"}, Lane: true,
			Do: func(ctx context.Context, call *Call, _ Nothing) (codesOut, error) {
				codes, err := n.Factors.Print(ctx, call.Actor, call.Once)
				return codesOut{codes}, err
			},
		},
		Route[Nothing, signInsOut]{
			Method: http.MethodGet, Path: "/api/sessions", ID: "listSignIns", Tag: "session",
			Summary: "Where she is signed in.",
			Roles:   SignedIn,
			Example: signInsOut{[]signInOut{{exampleRef, time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC), time.Date(2026, 11, 26, 8, 4, 0, 0, time.UTC), true}}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (signInsOut, error) {
				list, err := n.Accounts.SignIns(ctx, call.Actor)
				out := signInsOut{Items: []signInOut{}}
				for _, s := range list {
					out.Items = append(out.Items, signInOut{s.Ref, s.Began, s.Seen, s.Here})
				}
				return out, err
			},
		},
		Route[signInRef, Nothing]{
			Method: http.MethodPost, Path: "/api/sessions/:ref/end", ID: "endSignIn", Tag: "session",
			Summary:   "End one of her sign-ins.",
			Roles:     SignedIn,
			ExampleIn: signInRef{exampleRef},
			Do: func(ctx context.Context, call *Call, in signInRef) (Nothing, error) {
				here, err := n.Accounts.EndSignIn(ctx, call.Actor, in.Ref)
				if here {
					call.ClearSession()
				}
				return Nothing{}, err
			},
		},
	}
}
