package stage

import (
	"context"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/conflict"
	"chautari/models/once"
)

// Handle is the sign-in name of somebody, as she would say it to another.
func (s *Stage) Handle(a access.Actor) string {
	s.TB.Helper()
	ctx := context.Background()
	acc, err := account.Get(ctx, s.Store.Org(a.Org), a.Account)
	must(s.TB, err)
	handle, err := s.Accounts.HandleOf(ctx, a.Org, acc)
	must(s.TB, err)
	return handle.Reveal()
}

// Declare has somebody declare how she stands to another, and returns the id.
func (s *Stage) Declare(a access.Actor, kind conflict.Kind, about access.Actor) string {
	s.TB.Helper()
	r, err := s.Conflicts.Declare(context.Background(), a, once.Key{}, conflict.Declaring{Kind: kind, Handle: s.Handle(about)})
	must(s.TB, err)
	return r.ID
}
