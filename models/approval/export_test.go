package approval_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/register"
	"chautari/models/stage"
	"chautari/models/store"
)

func withRegister(t *testing.T) *office {
	return open(t, stage.New(t, append(approval.Specs(), register.Specs()...)...))
}

// member lets somebody register and takes her in.
func (o *office) member(alias, group string, more ...func(*member.Registration)) access.Actor {
	o.TB.Helper()
	a := o.Register(alias, group, more...)
	if _, err := o.Members.Approve(ctx, o.Coordinator, once.Key{}, a.Person, member.Approval{}); err != nil {
		o.TB.Fatal(err)
	}
	return o.now(a)
}

// exported asks for the file of a group and has it approved.
func (o *office) exported(a access.Actor, group string) string {
	o.TB.Helper()
	id := o.ask(a, approval.Asking{Kind: approval.Export, Group: &group, Reason: "For the meeting"})
	o.approve(o.focal, id)
	return id
}

func (o *office) file(a access.Actor, id string) string {
	o.TB.Helper()
	f, err := o.requests.File(ctx, a, id, "")
	if err != nil {
		o.TB.Fatal(err)
	}
	return string(f)
}

func (o *office) withdraw(a access.Actor, p consent.Purpose) {
	o.TB.Helper()
	sheet, err := consent.Of(ctx, o.Store.Org(o.Org), a.Person)
	if err != nil {
		o.TB.Fatal(err)
	}
	for _, c := range sheet.Consents {
		if c.Purpose == p {
			if _, err := o.Members.WithdrawConsent(ctx, a, once.Key{}, c.ID); err != nil {
				o.TB.Fatal(err)
			}
		}
	}
}

// Requirement 99.
func TestAFileOfPeopleTakesTwoAndEndsByItself(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		kopila := o.member("कोपिला", o.First, stage.WithPhone("9841000001"))
		silent := o.member("Maina", o.First)
		o.member("Elsewhere", o.Second)
		o.Carry(o.First, member.Details{PaperName: "Paperperson", Phone: "+9779841777777"})
		id := o.ask(o.OfFirst, approval.Asking{Kind: approval.Export, Group: &o.First, Reason: "For the meeting"})
		_, err := o.requests.File(ctx, o.OfFirst, id, "")
		o.refuses(err)
		_, err = o.requests.Approve(ctx, o.OfFirst, once.Key{}, id)
		o.refuses(err)
		for _, a := range []access.Actor{o.board, o.admin, o.she, o.Person(access.Coordinator, o.Second, "Other")} {
			_, err = o.requests.Approve(ctx, a, once.Key{}, id)
			o.refuses(err)
		}
		o.approve(o.Coordinator, id) // another one over the same group
		file := o.file(o.OfFirst, id)
		for _, want := range []string{"\uFEFF", "नाम,फोन,समूह\r\n", "कोपिला,'+9779841000001,", "Maina,,"} {
			if !strings.Contains(file, want) {
				t.Errorf("it lacks %q: %s", want, file)
			}
		}
		for _, never := range []string{"Elsewhere", "Paperperson", "9841777777"} {
			if strings.Contains(file, never) {
				t.Errorf("it has %q", never)
			}
		}
		seen := o.Trail(id, audit.Read)
		if len(seen) == 0 || len(o.Trail(kopila.Person, audit.Read)) == 0 {
			t.Error("the trail doesn't say that it was taken")
		}
		for _, a := range []access.Actor{o.Coordinator, o.focal} { // who approved gets nothing
			_, err = o.requests.File(ctx, a, id, "")
			o.refuses(err)
		}
		if _, err = o.requests.File(ctx, o.Stale(o.OfFirst), id, ""); !strings.Contains(fmt.Sprint(err), "proof_needed") {
			t.Errorf("an old proof: %v", err)
		}
		// What was withdrawn since isn't in it any more.
		o.withdraw(kopila, consent.CoordinatorPhone)
		o.withdraw(silent, consent.Membership)
		if file = o.file(o.OfFirst, id); strings.Contains(file, "9841000001") || strings.Contains(file, "Maina") || !strings.Contains(file, "कोपिला") {
			t.Errorf("it is %s", file)
		}
		o.Clock.Advance(24 * time.Hour)
		_, err = o.requests.File(ctx, o.OfFirst, id, "")
		o.refuses(err)
	})
}

// A yes that ended by itself since the approval is no yes.
func TestAConsentThatRanOutIsInNoFile(t *testing.T) {
	o := one(t)
	kopila := o.member("Kopila", o.First, stage.WithPhone("9841000001"))
	sheet, err := consent.Of(ctx, o.Store.Org(o.Org), kopila.Person)
	if err != nil {
		t.Fatal(err)
	}
	until := map[consent.Purpose]time.Time{}
	for _, c := range sheet.Consents {
		until[c.Purpose] = c.Until
	}
	for _, c := range []struct {
		purpose       consent.Purpose
		before, after string
	}{
		{consent.CoordinatorPhone, "Kopila,'+9779841000001,", "Kopila,,"},
		{consent.Membership, "Kopila,,", "\uFEFF"},
	} {
		o.Clock.Set(until[c.purpose].Add(-time.Hour))
		id := o.exported(o.OfFirst, o.First)
		if file := o.file(o.OfFirst, id); !strings.Contains(file, c.before) {
			t.Errorf("before: %s", file)
		}
		o.Clock.Set(until[c.purpose])
		if file := o.file(o.OfFirst, id); strings.Contains(file, c.before) || !strings.Contains(file, c.after) {
			t.Errorf("after: %s", file)
		}
	}
}

func TestAGroupThatIsTakenAwayTakesTheFileWithIt(t *testing.T) {
	o := one(t)
	id := o.exported(o.OfFirst, o.First)
	o.approve(o.board, o.ask(o.focal, o.role(o.OfFirst, access.Coordinator, false)))
	_, err := o.requests.File(ctx, o.OfFirst, id, "")
	o.refuses(err)
}

// Cases EXP-01, EXP-02, EXP-04: formulas, the plus of a number, and back again.
func TestAFileComesBackUnchanged(t *testing.T) {
	o := withRegister(t)
	names := []string{"=1+1", "+SUM(A1)", "-2+3 Rai", "@SUM(A1)", `=HYPERLINK("http://example.invalid","x")`, "'=already", "''@twice", "-Anita", "सीता तामाङ", "A, B", `The "blue" one`}
	for i, n := range names {
		o.member(n, o.First, stage.WithPhone(fmt.Sprintf("98410001%02d", i)))
	}
	o.member("Junkiri without a number", o.First)
	file := o.file(o.Coordinator, o.exported(o.Coordinator, o.Root))
	for line := range strings.SplitSeq(file, "\r\n") {
		for cell := range strings.SplitSeq(line, ",") {
			if cell = strings.Trim(cell, `"`); cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%q would run", cell)
			}
		}
	}
	registers := register.New(o.Store, o.Keys, o.Orgs, o.Accounts, o.Members, o.Clock, slog.New(slog.DiscardHandler))
	imp, err := registers.Begin(ctx, o.Coordinator, once.Key{}, "list.csv", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	look, err := registers.Look(ctx, o.Coordinator, imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	if c := look.Counts; c.Created != 0 || c.Updated != 0 || c.Failed != 0 {
		t.Errorf("it isn't as it was: %+v", c)
	}
	rows, _, err := registers.Rows(ctx, o.Coordinator, imp.ID, "", 100, store.Cursor(""))
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]string{}
	for _, r := range rows {
		read[r.Name] = r.Phone
	}
	for i, n := range names {
		if want := fmt.Sprintf("+97798410001%02d", i); read[n] != want {
			t.Errorf("%q came back with %q; there are %v", n, read[n], read)
		}
	}
	if _, err := registers.Commit(ctx, o.Coordinator, once.Key{}, imp.ID); err != nil {
		t.Fatal(err)
	}
	unchanged := 0
	for _, r := range rows {
		if r.Reason == register.ReasonUnchanged {
			unchanged++
		}
	}
	if unchanged != len(names) {
		t.Errorf("%d of %d are unchanged", unchanged, len(names))
	}
}

// A page of a hundred is one entry in the trail.
func TestALongFileIsNotedByTheHundred(t *testing.T) {
	o := one(t)
	for i := range 120 {
		o.Person(access.Member, o.First, fmt.Sprintf("Junkiri %d", i))
	}
	id := o.exported(o.OfFirst, o.First)
	file := o.file(o.OfFirst, id)
	if n := strings.Count(file, "Junkiri"); n != 121 {
		t.Errorf("%d are in it", n)
	}
	pages := 0
	for _, e := range o.Trail(id, audit.Read) {
		if e.Action == access.TakeExport {
			pages++
		}
	}
	if pages != 2 {
		t.Errorf("%d entries", pages)
	}
}
