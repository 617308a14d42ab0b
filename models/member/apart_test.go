package member_test

import (
	"errors"
	"testing"

	"chautari/models/access"
	"chautari/models/conflict"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/stage"
)

func TestNobodyDecidesOnSomebodyToWhomSheIsTooClose(t *testing.T) {
	each(t, func(t *testing.T, s *stage.Stage) {
		she := s.Register("जुनकीरी", s.First)
		id := s.Declare(s.OfFirst, conflict.Relative, she)
		if _, err := s.Members.Approve(ctx, s.OfFirst, once.Key{}, she.Person, member.Approval{}); !errors.Is(err, access.Refused) {
			t.Errorf("she approves her relative: %v", err)
		}
		if _, err := s.Members.Decline(ctx, s.OfFirst, once.Key{}, she.Person, member.Declining{Reason: member.TalkFirst}); !errors.Is(err, access.Refused) {
			t.Errorf("she declines her relative: %v", err)
		}
		if _, err := s.Conflicts.End(ctx, s.OfFirst, once.Key{}, id); err != nil {
			t.Fatal(err)
		}
		s.Declare(s.OfFirst, conflict.Business, s.Coordinator) // with somebody else it doesn't matter here
		if _, err := s.Members.Approve(ctx, s.Coordinator, once.Key{}, she.Person, member.Approval{}); err != nil {
			t.Errorf("another one doesn't approve her: %v", err)
		}
	})
}
