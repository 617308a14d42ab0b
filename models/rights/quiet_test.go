package rights_test

import (
	"encoding/json"
	"slices"
	"testing"

	"chautari/models/access"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/once"
	"chautari/models/store"
)

// While others speak of her account, or read anything about her that she isn't
// told of in the application, what she takes away is the same as before.
func TestWhatSheTakesAwayDoesNotTellThatOthersSpeakOfHer(t *testing.T) {
	each(t, func(t *testing.T, w *town) { quiet(t, w) })
}

func quiet(t *testing.T, w *town) {
	she := w.Person(access.Coordinator, w.First, "Junkiri")
	focal, board := w.Person(access.FocalPoint, w.Root, "Sarita"), w.Person(access.Board, w.Root, "Nirmala")
	taken := func() string { return string(value(json.Marshal(value(w.Everything(ctx, she))(t)))(t)) }
	before := taken()
	requests := approval.New(w.Store, w.Keys, w.Orgs, w.Accounts, w.Members, w.Clock)
	no, hours := false, 2
	for _, in := range []approval.Asking{
		{Kind: approval.Role, Role: access.Coordinator, Give: &no, Group: &w.First},
		{Kind: approval.Emergency, Hours: &hours},
	} {
		in.Handle, in.Reason = w.Handle(she), "x"
		asked := value(requests.Ask(ctx, focal, once.Key{}, in))(t)
		value(requests.Read(ctx, board, asked.ID))(t)
		if got := taken(); got != before {
			t.Errorf("%s waits, and she has\n%s\nbefore it was\n%s", in.Kind, got, before)
		}
		value(requests.Refuse(ctx, board, once.Key{}, asked.ID))(t)
		if got := taken(); got != before {
			t.Errorf("%s was refused, and she has\n%s", in.Kind, got)
		}
	}
	for _, act := range access.Actions {
		err := w.Store.Org(w.Org).Tx(ctx, func(tx *store.Tx) error {
			return audit.Log{Clock: w.Clock}.Saw(ctx, tx, focal, act, []string{she.Person})
		})
		if err != nil {
			t.Fatal(err)
		}
		got := taken()
		if told := slices.Contains(audit.Told, act) && act != access.UseEmergency; (got != before) != told {
			t.Errorf("%s is told of: %v, want %v", act, !told, told)
		}
		before = got
	}
}
