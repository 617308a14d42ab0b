package audit

import (
	"context"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	keys "chautari/models/seal"
	"chautari/models/store"
)

// Kept answers for the trail before her rights: what of it she takes away, and
// that it stays.
type Kept struct {
	Now func() time.Time
}

// Hers is who opened what is hers, by their roles.
type Hers struct {
	Opened []HersOpening `json:"opened"`
}

// HersOpening is one time that somebody else opened something of hers, and the
// role in which she did.
type HersOpening struct {
	Day    calendar.Date `json:"day"`
	Roles  []access.Role `json:"roles"`
	Action access.Action `json:"action"`
}

// Told are the actions by which what is hers is opened. Anything else that reads
// is not told of, so that nothing about a grievance ever is, nor that two people
// speak of her account.
var Told = []access.Action{
	access.ListMembers, access.ReadMember, access.ReadContact, access.ReadHandle, access.CorrectMember, access.DecideOnApplying,
	access.ImportRegister, access.ReadRegister, access.ReadDesk, access.ListSessions, access.ReadOwnSessions, access.ListIntakes,
	access.ReadIntake, access.UseEmergency, access.TakeExport, access.BookSession, access.CancelSession,
	access.AskYoung,
}

// TellsHer tells whether an entry is of what she reads on her own page: somebody else
// opened what is hers, or had a part in letting her in again. her is her account.
func (e *Entry) TellsHer(her string) bool {
	return e.Account != her &&
		(e.Result == Read && slices.Contains(Told, e.Action) || e.Result == Done && e.Action == access.LetBackIn)
}

// Holds names the collections it answers for.
func (Kept) Holds() []string { return []string{Entries.Spec().Name} }

// Hers is a *Hers. What was opened in an emergency is told a day later.
func (k Kept) Hers(ctx context.Context, v store.View, _ *keys.Key, a access.Actor) (any, error) {
	h := &Hers{Opened: []HersOpening{}}
	yesterday := calendar.Of(k.Now()).AddDays(-1)
	return h, Entries.Each(ctx, v, store.Query{Index: "subject", Equal: []any{a.Person}}, func(e *Entry) error {
		early := e.Action == access.UseEmergency && !e.Day.Before(yesterday)
		if early || !e.TellsHer(a.Account) {
			return nil
		}
		h.Opened = append(h.Opened, HersOpening{Day: e.Day, Roles: []access.Role{e.Leading()}, Action: e.Action})
		return nil
	})
}

// Leave has nothing to give back.
func (Kept) Leave(context.Context, *store.Tx, access.Actor) error { return nil }

// Erase removes nothing: entries hold ids alone, and whose they are goes with her.
func (Kept) Erase(context.Context, *store.Tx, access.Actor, int) (int, error) { return 0, nil }

// Stays tells that the trail stays.
func (Kept) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return map[string]calendar.Date{"audit": {}}, nil
}
