package approval_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/approval"
	"chautari/models/consent"
	"chautari/models/once"
	"chautari/models/stage"
)

func (o *office) went(a access.Actor) []*consent.Sharing {
	o.TB.Helper()
	all, err := o.Members.Sharings(ctx, a)
	if err != nil {
		o.TB.Fatal(err)
	}
	return all
}

// Requirement 60.
func TestWhoIsInAFileReadsWhatWentOutAndOnWhichYes(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		kopila := o.member("Kopila", o.First, stage.WithPhone("9841000001"))
		silent := o.member("Maina", o.First)
		elsewhere := o.member("Elsewhere", o.Second)
		id := o.exported(o.OfFirst, o.First)
		for range 2 { // of one day the same is one line
			o.file(o.OfFirst, id)
		}
		var got []string
		for _, s := range o.went(kopila) {
			if s.To != consent.ToFile {
				t.Errorf("%+v", s)
			}
			got = append(got, string(s.Purpose)+": "+strings.Join(s.What, ","))
		}
		slices.Sort(got)
		if want := []string{"coordinator_phone: phone", "membership: alias,group"}; !slices.Equal(got, want) {
			t.Errorf("she reads %v", got)
		}
		if n := len(o.went(silent)); n != 1 {
			t.Errorf("who has no phone in it reads %d", n)
		}
		if n := len(o.went(elsewhere)); n != 0 {
			t.Errorf("who isn't in it reads %d", n)
		}
		// Share, withdraw, share again: she isn't in it, and there is no line.
		o.withdraw(kopila, consent.Membership)
		o.Clock.Advance(20 * time.Hour) // the next day in Nepal
		if strings.Contains(o.file(o.OfFirst, id), "Kopila") || len(o.went(kopila)) != 2 {
			t.Error("she is in it after she took her yes back")
		}
	})
}

func TestWhoseRecordWasOpenedInAnEmergencyReadsALineOfIt(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.ask(o.focal, approval.Asking{Kind: approval.Emergency, Handle: o.handle(o.she), Reason: "She does not answer"})
		o.approve(o.board, id)
		if len(o.went(o.she)) != 0 {
			t.Error("a line before anything was opened")
		}
		for range 2 {
			if _, err := o.requests.Open(ctx, o.focal, id); err != nil {
				t.Fatal(err)
			}
		}
		all := o.went(o.she)
		if len(all) != 1 || all[0].To != consent.ToEmergency || all[0].Purpose != "" || !slices.Contains(all[0].What, "alias") {
			t.Errorf("%+v", all)
		}
	})
}

// Whatever meets: a file that was begun after her withdrawal was acknowledged is
// without her.
func TestNoFileHasWhoTookHerYesBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		kopila := o.member("Kopila", o.First)
		id := o.exported(o.OfFirst, o.First)
		sheet, err := consent.Of(ctx, o.Store.Org(o.Org), kopila.Person)
		if err != nil {
			t.Fatal(err)
		}
		var withdrawn atomic.Bool
		var wg sync.WaitGroup
		for i := range 12 {
			wg.Go(func() {
				if i == 6 {
					if _, err := o.Members.WithdrawConsent(ctx, kopila, once.Key{}, sheet.Consents[0].ID); err != nil {
						t.Error(err)
					}
					withdrawn.Store(true)
					return
				}
				before := withdrawn.Load()
				file, err := o.requests.File(ctx, o.OfFirst, id, "")
				if err != nil {
					t.Error(err)
				}
				if before && strings.Contains(string(file), "Kopila") {
					t.Error("she is in a file after she took her yes back")
				}
			})
		}
		wg.Wait()
	})
}
