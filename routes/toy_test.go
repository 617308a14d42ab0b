package routes_test

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/store"
	"chautari/routes"
)

// notes is a noun for these tests: short texts that a coordinator keeps.
type notes struct {
	mu    sync.Mutex
	notes map[string]note
	calls []routes.Call
	files []routes.Upload
}

type note struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`
	State   string   `json:"state" enum:"open,done"`
	Phone   *string  `json:"phone"`
	Tags    []string `json:"tags"`
	Version int64    `json:"-"`
}

func (n note) ETag() int64      { return n.Version }
func (n note) Location() string { return "/api/notes/" + n.ID }

type addNote struct {
	Text     string      `json:"text" validate:"required,max=20"`
	State    string      `json:"state,omitempty" validate:"omitempty,oneof=open done"`
	Phone    *string     `json:"phone,omitempty" validate:"omitempty,min=4"`
	Tags     []string    `json:"tags,omitempty" validate:"max=2,unique,dive,required,max=5"`
	Consents []addAssent `json:"consents,omitempty" validate:"max=9,dive"`
	Urgent   bool        `json:"urgent,omitempty"`
}

type addAssent struct {
	Purpose string `json:"purpose" validate:"required,oneof=membership phone"`
	Day     string `json:"day,omitempty" validate:"omitempty,datetime=2006-01-02"`
}

type listNotes struct {
	routes.Page
	State string `query:"state" json:"-" validate:"omitempty,oneof=open done"`
}

type oneNote struct {
	ID string `path:"id" json:"-" validate:"max=40"`
}

type changeNote struct {
	ID   string  `path:"id" json:"-" validate:"max=40"`
	Text *string `json:"text,omitempty" validate:"omitempty,max=20"`
}

type addFile struct {
	File routes.Upload `form:"file" json:"-"`
}

type fileKept struct {
	Bytes int `json:"bytes"`
}

type signIn struct {
	Handle     string `json:"handle" validate:"required,max=64"`
	Passphrase string `json:"passphrase" validate:"required,max=200"`
}

type session struct {
	Handle string        `json:"handle"`
	Roles  []access.Role `json:"roles"`
}

var sample = note{ID: "nte_1", Text: "Tea at ten", State: "open", Tags: []string{}, Version: 1}

func newNotes() *notes { return &notes{notes: map[string]note{"nte_1": sample}} }

// writes counts what was ever written.
func (n *notes) writes() any {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.notes) + len(n.files)
}

func (n *notes) last() routes.Call {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.calls[len(n.calls)-1]
}

func (n *notes) met(call *routes.Call) func() {
	n.mu.Lock()
	n.calls = append(n.calls, *call)
	return n.mu.Unlock
}

func (n *notes) table() []routes.Endpoint {
	coordinators := []access.Role{access.Coordinator}
	return []routes.Endpoint{
		routes.Route[listNotes, routes.List[note]]{
			Method: http.MethodGet, Path: "/api/notes", ID: "listNotes", Tag: "note", Summary: "Notes, page by page",
			Roles: []access.Role{access.Coordinator, access.Member}, ExampleIn: listNotes{State: "open"}, Example: routes.NewList([]note{sample}, ""),
			Do: func(_ context.Context, call *routes.Call, in listNotes) (routes.List[note], error) {
				defer n.met(call)()
				if in.Cursor != "" {
					return routes.List[note]{}, store.ErrCursor
				}
				return routes.NewList([]note{n.notes["nte_1"]}, store.Cursor("next"+strconv.Itoa(in.Size()))), nil
			},
		},
		routes.Route[oneNote, note]{
			Method: http.MethodGet, Path: "/api/notes/:id", ID: "getNote", Tag: "note", Summary: "One note",
			Roles: coordinators, ExampleIn: oneNote{"nte_1"}, Example: sample,
			Do: func(_ context.Context, call *routes.Call, in oneNote) (note, error) {
				defer n.met(call)()
				got, ok := n.notes[in.ID]
				if !ok {
					return note{}, fault.New(fault.Absent, "note.absent")
				}
				return got, nil
			},
		},
		routes.Route[routes.Nothing, routes.List[note]]{
			Method: http.MethodGet, Path: "/api/notes/sample", ID: "sampleNotes", Tag: "note", Summary: "Notes to learn from",
			Roles: coordinators, Example: routes.NewList([]note{sample}, ""),
			Do: func(context.Context, *routes.Call, routes.Nothing) (routes.List[note], error) {
				return routes.NewList[note](nil, ""), nil
			},
		},
		routes.Route[addNote, note]{
			Method: http.MethodPost, Path: "/api/notes", ID: "addNote", Tag: "note", Summary: "Keep a note",
			Roles: coordinators, Status: http.StatusCreated, Problems: []string{"note.too_many"},
			ExampleIn: addNote{Text: "Tea at ten", Tags: []string{"tea"}, Consents: []addAssent{{Purpose: "phone"}}}, Example: sample,
			Do: func(_ context.Context, call *routes.Call, in addNote) (note, error) {
				defer n.met(call)()
				switch in.Text {
				case "panic":
					panic("Sita was here")
				case "busy":
					return note{}, store.ErrBusy
				case "unknown":
					return note{}, context.Canceled
				case "odd":
					return note{}, errOdd
				case "many":
					return note{}, fault.New(fault.Conflict, "note.too_many")
				}
				added := note{ID: "nte_" + strconv.Itoa(len(n.notes)+1), Text: in.Text, State: "open", Phone: in.Phone, Version: 1}
				n.notes[added.ID] = added
				return added, nil
			},
		},
		routes.Route[changeNote, note]{
			Method: http.MethodPatch, Path: "/api/notes/:id", ID: "changeNote", Tag: "note", Summary: "Change a note",
			Roles: coordinators, ExampleIn: changeNote{ID: "nte_1", Text: ptr("Tea at noon")}, Example: sample,
			Do: func(_ context.Context, call *routes.Call, in changeNote) (note, error) {
				defer n.met(call)()
				got := n.notes[in.ID]
				if got.Version != call.IfMatch {
					return note{}, fault.StaleAt(got.Version)
				}
				got.Version++
				n.notes[in.ID] = got
				return got, nil
			},
		},
		routes.Route[oneNote, routes.Nothing]{
			Method: http.MethodDelete, Path: "/api/notes/:id", ID: "removeNote", Tag: "note", Summary: "Throw a note away",
			Roles: coordinators, ExampleIn: oneNote{"nte_1"},
			Do: func(_ context.Context, call *routes.Call, in oneNote) (routes.Nothing, error) {
				defer n.met(call)()
				delete(n.notes, in.ID)
				return routes.Nothing{}, nil
			},
		},
		routes.Route[oneNote, note]{
			Method: http.MethodPost, Path: "/api/notes/:id/finish", ID: "finishNote", Tag: "note", Summary: "Say that it is done",
			Roles: coordinators, ExampleIn: oneNote{"nte_1"}, Example: sample,
			Do: func(_ context.Context, call *routes.Call, in oneNote) (note, error) {
				defer n.met(call)()
				return n.notes[in.ID], nil
			},
		},
		routes.Route[addFile, fileKept]{
			Method: http.MethodPost, Path: "/api/note-files", ID: "addNoteFile", Tag: "note", Summary: "Keep a file",
			Roles: coordinators, Status: http.StatusCreated, Example: fileKept{Bytes: 3},
			Do: func(_ context.Context, call *routes.Call, in addFile) (fileKept, error) {
				defer n.met(call)()
				n.files = append(n.files, in.File)
				return fileKept{len(in.File.Content)}, nil
			},
		},
		routes.Route[signIn, session]{
			Method: http.MethodPost, Path: "/api/session", ID: "signIn", Tag: "session", Summary: "Sign in",
			Roles: routes.Anyone, NoKey: true, Problems: []string{"session.refused"},
			Pace:      &routes.Pace{Code: "session.slow_down", Free: 2, First: time.Second, Most: time.Minute, Forget: time.Hour, OnlyFailures: true},
			ExampleIn: signIn{"river stone lamp", "five words in good order"}, Example: session{"river stone lamp", []access.Role{access.Member}},
			Do: func(_ context.Context, call *routes.Call, in signIn) (session, error) {
				defer n.met(call)()
				if in.Passphrase != "right" {
					return session{}, fault.New(fault.Unauthenticated, "session.refused")
				}
				call.SetSession("fresh")
				return session{Handle: in.Handle}, nil
			},
		},
		routes.Route[routes.Nothing, session]{
			Method: http.MethodGet, Path: "/api/session", ID: "getSession", Tag: "session", Summary: "Who is signed in",
			Roles: routes.SignedIn, Example: session{"river stone lamp", []access.Role{access.Member}},
			Do: func(_ context.Context, call *routes.Call, _ routes.Nothing) (session, error) {
				return session{Roles: slices.Clone(call.Actor.Roles)}, nil
			},
		},
		routes.Route[routes.Nothing, routes.Nothing]{
			Method: http.MethodDelete, Path: "/api/session", ID: "signOut", Tag: "session", Summary: "Sign out",
			Roles: routes.SignedIn,
			Do: func(_ context.Context, call *routes.Call, _ routes.Nothing) (routes.Nothing, error) {
				call.ClearSession()
				return routes.Nothing{}, nil
			},
		},
		routes.Route[routes.Nothing, session]{
			Method: http.MethodGet, Path: "/api/greeting", ID: "getGreeting", Tag: "session", Summary: "A greeting for everybody",
			Roles: routes.Everybody, Example: session{"", []access.Role{access.Anonymous}},
			Do: func(_ context.Context, call *routes.Call, _ routes.Nothing) (session, error) {
				return session{Roles: slices.Clone(call.Actor.Roles)}, nil
			},
		},
	}
}

func ptr[T any](v T) *T { return &v }
