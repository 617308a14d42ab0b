package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/access"
	"chautari/models/account/words"
	"chautari/models/approval"
	"chautari/models/calendar"
	"chautari/models/recovery"
)

var (
	recoverers    = []access.Role{access.Coordinator, access.FocalPoint, access.Deputy, access.Board}
	handleTellers = []access.Role{access.Coordinator, access.FocalPoint, access.Deputy}
)

type recoveryOut struct {
	CodeMade calendar.Date `json:"codeMade,omitzero"` // absent where no code counts
	ByStaff  bool          `json:"byStaff"`           // two others may let her in again
	Version  int64         `json:"-"`
}

// ETag is the version that a change must name.
func (o recoveryOut) ETag() int64 { return o.Version }

func recoveryOf(o *recovery.Own, err error) (recoveryOut, error) {
	if err != nil {
		return recoveryOut{}, err
	}
	return recoveryOut{o.CodeMade, o.ByStaff, o.Version}, nil
}

type chooseRecoveryIn struct {
	ByStaff *bool `json:"byStaff" validate:"required"`
}

type codeOut struct {
	Code string `json:"code"`
}

type handleOut struct {
	Handle string `json:"handle"`
}

// handOverOut is what is handed to somebody in person.
type handOverOut struct {
	Code  string    `json:"code"`
	Until time.Time `json:"until"`
}

func handOverOf(s *approval.Shown) *handOverOut {
	if s.Code.Empty() || s.Ends == nil {
		return nil
	}
	return &handOverOut{s.Code.Reveal(), *s.Ends}
}

const exampleCode = "K7QM-2XPA-9RTC-WZ4H"

var (
	exampleRecovery   = recoveryOut{CodeMade: exampleDay, ByStaff: true, Version: 3}
	exampleRecovering = requestOut{
		ID: exampleAsked.ID, Kind: approval.Recovery, State: approval.Waiting, AskedBy: askedByOut{access.FocalPoint}, Mine: true,
		Day: exampleDay, Until: exampleDay, Handle: pointer("river-lamp-seven"), MayWithdraw: true,
	}
)

func recoveryRoutes(n Nouns) []Endpoint {
	return []Endpoint{
		Route[Nothing, recoveryOut]{
			Method: http.MethodGet, Path: "/api/me/recovery", ID: "readRecovery", Tag: "recovery",
			Summary: "What she has made ready for the day on which she loses her words.",
			Roles:   SignedIn,
			Example: exampleRecovery,
			Do: func(ctx context.Context, call *Call, _ Nothing) (recoveryOut, error) {
				return recoveryOf(n.Recoveries.Read(ctx, call.Actor))
			},
		},
		Route[chooseRecoveryIn, recoveryOut]{
			Method: http.MethodPatch, Path: "/api/me/recovery", ID: "chooseRecovery", Tag: "recovery",
			Summary:   "Say whether two others may let her in again.",
			Roles:     SignedIn,
			ExampleIn: chooseRecoveryIn{pointer(true)},
			Example:   exampleRecovery,
			Do: func(ctx context.Context, call *Call, in chooseRecoveryIn) (recoveryOut, error) {
				return recoveryOf(n.Recoveries.Choose(ctx, call.Actor, call.IfMatch, *in.ByStaff))
			},
		},
		Route[Nothing, codeOut]{
			Method: http.MethodPost, Path: "/api/me/recovery-code", ID: "makeRecoveryCode", Tag: "recovery",
			Summary:  "A code for her to keep, shown once, in place of the one before. It works once.",
			Roles:    SignedIn,
			Example:  codeOut{exampleCode},
			Problems: []string{"recovery.code_replaced"}, Lane: true,
			Do: func(ctx context.Context, call *Call, _ Nothing) (codeOut, error) {
				code, err := n.Recoveries.MakeCode(ctx, call.Actor, call.Once)
				return codeOut{code.Reveal()}, err
			},
		},
		Route[typedCode, Nothing]{
			Method: http.MethodPost, Path: "/api/me/recovery/open", ID: "openHeld", Tag: "recovery",
			Summary:   "Open with her code what is closed to her since others let her in. It is used up.",
			Roles:     SignedIn,
			ExampleIn: typedCode{exampleCode},
			Problems:  []string{"recovery.wrong", "session.slow_down"}, Lane: true,
			Pace: wordsPace(), PaceAt: ofAccount[typedCode],
			Do: func(ctx context.Context, call *Call, in typedCode) (Nothing, error) {
				return Nothing{}, n.Recoveries.Open(ctx, call.Actor, call.Once, in.Code)
			},
		},
		Route[recovery.Coming, Nothing]{
			Method: http.MethodPost, Path: "/api/recovery", ID: "comeBack", Tag: "recovery",
			Summary:   "Choose new words with a code: her own, or the one that two people gave her. She signs in with them afterwards.",
			Roles:     Anyone,
			NoKey:     true,
			ExampleIn: recovery.Coming{Handle: "river-lamp-seven", Code: exampleCode, Passphrase: "lamp river nine barley door"},
			Problems: []string{
				"recovery.wrong", "session.slow_down",
				"passphrase.too_short", "passphrase.too_long", "passphrase.too_common", "passphrase.same",
			},
			Pace: wordsPace(),
			PaceAt: func(_ *Call, in recovery.Coming) string {
				name, _ := words.FoldHandle(in.Handle)
				return name
			},
			Lane: true,
			Do: func(ctx context.Context, call *Call, in recovery.Coming) (Nothing, error) {
				return Nothing{}, n.Recoveries.ComeBack(ctx, call.Tenant, in)
			},
		},
		Route[approval.Recovering, requestOut]{
			Method: http.MethodPost, Path: "/api/recoveries", ID: "askForRecovery", Tag: "recovery", Status: http.StatusCreated,
			Summary:   "Ask a second person to let somebody in again who stands there and has lost her words.",
			Roles:     recoverers,
			ExampleIn: approval.Recovering{Handle: "river-lamp-seven"},
			Example:   exampleRecovering,
			Problems:  []string{"account.unknown", "approval.own", "approval.waiting", "recovery.refused_by_her"},
			Do: func(ctx context.Context, call *Call, in approval.Recovering) (requestOut, error) {
				return shownRequest(n.Approvals.AskRecovery(ctx, call.Actor, call.Once, in))
			},
		},
		Route[memberID, handleOut]{
			Method: http.MethodGet, Path: "/api/members/:id/handle", ID: "readHandle", Tag: "recovery",
			Summary:   "Her sign-in name, to tell her in person who forgot it.",
			Roles:     handleTellers,
			ExampleIn: memberID{ID: "mem_b7k2m9x4q8w3e6r5t2y7u4n8pa"},
			Example:   handleOut{"river-lamp-seven"},
			Do: func(ctx context.Context, call *Call, in memberID) (handleOut, error) {
				handle, err := n.Members.Handle(ctx, call.Actor, in.ID)
				return handleOut{handle.Reveal()}, err
			},
		},
	}
}
