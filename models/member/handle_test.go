package member_test

import (
	"testing"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/conflict"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/stage"
)

// Who forgot her sign-in name is told it by who sees her, in person, and reads later
// that it was opened.
func TestASignInNameIsToldByWhoSeesHerAlone(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		o := newOffice(t, s)
		she := s.Register("Junkiri", s.First)
		tells := func(a access.Actor) error {
			t.Helper()
			handle, err := s.Members.Handle(ctx, a, she.Person)
			if err == nil && handle.Reveal() != s.Handle(she) {
				t.Errorf("it is %q", handle.Reveal())
			}
			return err
		}
		for _, a := range []access.Actor{o.focal, o.deputy, fresh(s.OfFirst), fresh(s.Coordinator)} {
			o.must(tells(a))
		}
		if seen := s.Trail(she.Person, audit.Read); len(seen) != 4 || seen[0].Action != access.ReadHandle || !seen[0].TellsHer(she.Account) {
			t.Errorf("%d entries", len(seen))
		}
		if err := tells(s.Stale(o.focal)); err == nil || err.Error() != access.Unproved.Error() {
			t.Errorf("without a proof: %v", err)
		}
		for role, a := range o.others {
			if role != access.Coordinator {
				o.refused(string(role), tells(a))
			}
		}
		o.refused("a coordinator of others", tells(fresh(s.Admit(s.Second, "Tara"))))
		o.refused("herself", tells(fresh(she)))
		s.Declare(o.deputy, conflict.Relative, she)
		o.refused("who is close to her", tells(o.deputy))
		_, err := s.Members.RestrictOwn(ctx, she, once.Key{}, true)
		o.must(err)
		o.refused("a coordinator, who doesn't see her any more", tells(fresh(s.OfFirst)))
		o.must(tells(o.focal))
		_, err = s.Members.Handle(ctx, o.focal, s.Carry(s.First, member.Details{PaperName: "Maili Tamang"}))
		o.refused("who has no way in", err)
	})
}
