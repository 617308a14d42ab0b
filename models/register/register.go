// Package register moves an organisation's old register in: a spreadsheet is
// read, every row's fate is shown before anything changes, rows are mended in
// place, the import is committed in the background and can be undone whole.
//
// People come in as carried over, never with a consent: a file's "yes" is
// nobody's yes. What a file holds lies sealed with a key of the import's own
// and goes with that key. Reading spreadsheets is the package sheet's work.
package register

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"golang.org/x/sync/semaphore"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/register/sheet"
	"chautari/models/seal"
	"chautari/models/store"
)

// State is where an import stands.
type State string

// The states: draft until it is committed; the two in the middle run in the background.
const (
	Draft      State = "draft"
	Committing State = "committing"
	Committed  State = "committed"
	Stopped    State = "stopped" // who committed it may no longer; what came in can be undone
	Undoing    State = "undoing"
	Undone     State = "undone"
)

// Mode is what becomes of rows that are somebody already carried over.
type Mode string

// The modes.
const (
	Add    Mode = "add"    // she stays as she is, the row is held
	Update Mode = "update" // what the file says of her and is not empty replaces what is kept
)

// Fate is what becomes of a row.
type Fate string

// The fates; every row has exactly one.
const (
	Created Fate = "created"
	Updated Fate = "updated"
	Held    Fate = "held" // waits for somebody to say whether she is the same person
	Skipped Fate = "skipped"
	Failed  Fate = "failed"
)

// Decision is what the coordinator says of one row.
type Decision string

// The decisions.
const (
	Auto       Decision = "auto"
	Skip       Decision = "skip"
	Create     Decision = "create"      // she is another person
	UpdateHer  Decision = "update"      // she is the same person: take over what is new
	DropFaulty Decision = "drop_faulty" // take her in without the cells that are wrong
)

// Counts is how many rows have each fate.
type Counts struct {
	Created int `json:"created" bson:"created"`
	Updated int `json:"updated" bson:"updated"`
	Held    int `json:"held" bson:"held"`
	Skipped int `json:"skipped" bson:"skipped"`
	Failed  int `json:"failed" bson:"failed"`
}

func (c *Counts) add(f Fate) {
	switch f {
	case Created:
		c.Created++
	case Updated:
		c.Updated++
	case Held:
		c.Held++
	case Skipped:
		c.Skipped++
	case Failed:
		c.Failed++
	}
}

// Import is one file on its way in.
type Import struct {
	store.Meta `bson:",inline"`
	By         string      `bson:"by"` // account of the coordinator who brought it
	State      State       `bson:"state"`
	Created    time.Time   `bson:"created"`
	Since      time.Time   `bson:"since"` // of the state
	Kind       string      `bson:"kind"`  // csv or xlsx
	Chunks     int         `bson:"chunks"`
	Rows       int         `bson:"rows"`
	Settled    seal.Sealed `bson:"settled,omitempty"` // her choices, mendings and decisions
	Done       int         `bson:"done"`              // rows committed, or undone
	Counts     Counts      `bson:"counts"`            // of rows committed
	Kept       int         `bson:"kept"`              // people an undo left, since somebody had touched them
}

// settlement is what she said of an import, sealed as JSON.
type settlement struct {
	Encoding  string                         `json:"encoding,omitempty"`
	Choices   sheet.Choices                  `json:"choices"`
	Mode      Mode                           `json:"mode"`
	Mended    map[int]map[sheet.Field]string `json:"mended,omitempty"` // by row key
	Decisions map[int]Decision               `json:"decisions,omitempty"`
}

// chunk is a sealed piece of the file.
type chunk struct {
	store.Meta `bson:",inline"`
	Import     string      `bson:"import"`
	Place      int         `bson:"place"`
	Data       seal.Sealed `bson:"data"`
}

// batch is what became of some rows, written with them.
type batch struct {
	store.Meta `bson:",inline"`
	Import     string    `bson:"import"`
	Start      int       `bson:"start"` // place of its first row
	Outcomes   []outcome `bson:"outcomes"`
	Undone     bool      `bson:"undone,omitempty"`
}

type outcome struct {
	Key    int         `bson:"key"`
	Fate   Fate        `bson:"fate"`
	Reason string      `bson:"reason,omitempty"`
	Person string      `bson:"person,omitempty"`
	Fields []string    `bson:"fields,omitempty"` // names of what an update changed
	Before seal.Sealed `bson:"before,omitempty"` // what an updated person was, under her key
}

var (
	imports = store.Declare[Import]("register_imports",
		store.Index{Name: "by", Fields: []string{"by", "created"}},
		store.Index{Name: "state", Fields: []string{"state", "since"}},
	)
	chunks  = store.Declare[chunk]("register_chunks", store.Index{Name: "import", Fields: []string{"import", "place"}})
	batches = store.Declare[batch]("register_batches", store.Index{Name: "import", Fields: []string{"import", "start"}})
)

// Specs are the collections of this package.
func Specs() []*store.Spec {
	return []*store.Spec{imports.Spec(), chunks.Spec(), batches.Spec()}
}

// Registers are the use cases around old registers.
type Registers struct {
	// Sample is a register of invented people that a demo offers to try; nil anywhere else.
	Sample []byte

	store    *store.Store
	keys     *seal.Keys
	orgs     *organisation.Organisations
	accounts *account.Accounts
	members  *member.Members
	audit    audit.Log
	clock    clock.Clock
	log      *slog.Logger
	readings readings
	wake     chan struct{}
	turns    *semaphore.Weighted // files that are read at once
	alone    Alone
	// Tests step in between and after the batches of a commit.
	beforeBatch, afterBatch func()
}

// New serves the imports of a store.
func New(s *store.Store, keys *seal.Keys, orgs *organisation.Organisations, accounts *account.Accounts, members *member.Members, c clock.Clock, log *slog.Logger) *Registers {
	return &Registers{
		store: s, keys: keys, orgs: orgs, accounts: accounts, members: members,
		audit: orgs.Log(), clock: c, log: log,
		readings: readings{kept: map[string]*reading{}}, wake: make(chan struct{}, 1), turns: semaphore.NewWeighted(2), beforeBatch: func() {}, afterBatch: func() {},
		alone: func(ctx context.Context, _ string, work func(context.Context) error) error { return work(ctx) },
	}
}

// Alone runs work on an organisation's imports unless another instance is at it.
type Alone func(ctx context.Context, org string, work func(context.Context) error) error

// WorkAlone says how instances keep out of each other's way. Without it nothing
// is done twice either, but two may do the same for nothing.
func (r *Registers) WorkAlone(alone Alone) { r.alone = alone }

// enter puts an import into a state.
func (i *Import) enter(s State, now time.Time) { i.State, i.Since = s, now }

func (r *Registers) today() calendar.Date { return calendar.Of(r.clock.Now()) }

var (
	errNotDraft     = fault.New(fault.Conflict, "import.not_a_draft")
	errNotCommitted = fault.New(fault.Conflict, "import.not_committed")
)

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (r *Registers) refuse(ctx context.Context, a access.Actor, act access.Action, importID string, err error) error {
	return r.audit.Refusal(ctx, r.store.Org(a.Org), a, act, importID, err)
}

// find is get outside a transaction; a refusal is noted.
func (r *Registers) find(ctx context.Context, a access.Actor, importID string) (*Import, error) {
	imp, err := r.get(ctx, r.store.Org(a.Org), a, importID)
	return imp, r.refuse(ctx, a, access.ReadRegister, importID, err)
}

// get finds an import that this actor brought; anybody else's looks absent.
func (r *Registers) get(ctx context.Context, v store.View, a access.Actor, importID string) (*Import, error) {
	imp, err := imports.Get(ctx, v, importID)
	if err != nil {
		return nil, notFound(err)
	}
	facts := access.Facts{Org: a.Org, Own: imp.By == a.Account}
	return imp, access.Decide(a, access.ReadRegister, facts)
}

// settled opens what was said of an import.
func (r *Registers) settled(ctx context.Context, org string, imp *Import) (settlement, *seal.Key, error) {
	s := settlement{Mode: Add}
	key, err := r.keys.Of(ctx, org, imp.ID)
	if err != nil {
		return s, nil, err
	}
	clear, err := key.Open(imp.ID, "settled", imp.Settled)
	if err != nil || clear.Empty() {
		return s, key, err
	}
	return s, key, json.Unmarshal([]byte(clear.Reveal()), &s)
}

func (s settlement) seal(key *seal.Key, importID string) (seal.Sealed, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return key.Seal(importID, "settled", string(text))
}
