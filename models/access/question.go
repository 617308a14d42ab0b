package access

import (
	"slices"
	"sync"

	"github.com/cedar-policy/cedar-go"
)

// question is all that the policies look at. What they are asked is made from it
// and from nothing else, so equal questions have equal answers as long as the
// program runs.
type question struct {
	act   Action
	roles uint16 // a bit for each of asking
	facts uint16 // a bit for each of looksAt
}

// asking are the roles that somebody may have who asks. Any other one is none.
var asking = append(slices.Clone(Roles), Halfway, Host)

// looksAt are the names by which the policies know the facts.
var looksAt = [...]cedar.String{
	"sameOrganisation", "own", "group", "consent", "apart", "listed", "assigned", "granted", "stead", "fresh", "held",
}

func questionOf(a Actor, act Action, f Facts) question {
	q := question{act: act}
	for i, r := range asking {
		if a.Has(r) {
			q.roles |= 1 << i
		}
	}
	for i, is := range [len(looksAt)]bool{
		f.Org != "" && f.Org == a.Org, f.Own, f.Group, f.Consent, f.Apart, f.Listed, f.Assigned, f.Granted, f.Stead, a.Fresh, a.IsHeld(),
	} {
		if is {
			q.facts |= 1 << i
		}
	}
	return q
}

// answered are the latest answers. A house asks a few hundred questions again and
// again; asking the engine takes a hundred times as long as finding an answer.
var answered = struct {
	sync.RWMutex
	by map[question]bool
}{by: map[question]bool{}}

// mostAnswered bounds what is kept; then it begins anew.
const mostAnswered = 1 << 13

// allowed is the answer of the policies.
func (q question) allowed() bool {
	answered.RLock()
	yes, known := answered.by[q]
	answered.RUnlock()
	if known {
		return yes
	}
	yes = q.ask()
	answered.Lock()
	defer answered.Unlock()
	if len(answered.by) >= mostAnswered {
		clear(answered.by)
	}
	answered.by[q] = yes
	return yes
}

// ask asks the engine.
func (q question) ask() bool {
	decision, notes := cedar.Authorize(policies, q.principal(), q.request())
	// A forbid that errs is skipped by the engine, so any error denies.
	return decision == cedar.Allow && len(notes.Errors) == 0
}

// resource is the same for all: what matters of the thing stands in the facts.
var resource = cedar.NewEntityUID("Thing", "it")

// principalID is the one principal of a request; her roles are its parents.
var principalID = cedar.NewEntityUID("Person", "she")

func (q question) request() cedar.Request {
	facts := make(cedar.RecordMap, len(looksAt))
	for i, name := range looksAt {
		facts[name] = cedar.Boolean(q.facts&(1<<i) != 0)
	}
	return cedar.Request{
		Principal: principalID,
		Action:    cedar.NewEntityUID("Action", cedar.String(q.act)),
		Resource:  resource,
		Context:   cedar.NewRecord(facts),
	}
}

// she answers for the one entity of a request.
type she struct{ entity cedar.Entity }

func (s she) Get(uid cedar.EntityUID) (cedar.Entity, bool) { return s.entity, uid == principalID }

func (q question) principal() she {
	var roles []cedar.EntityUID
	for i, r := range asking {
		if q.roles&(1<<i) != 0 {
			roles = append(roles, cedar.NewEntityUID("Role", cedar.String(r)))
		}
	}
	return she{cedar.Entity{UID: principalID, Parents: cedar.NewEntityUIDSet(roles...)}}
}
