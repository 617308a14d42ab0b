package register_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/register"
	"chautari/models/register/sheet"
	"chautari/models/stage"
	"chautari/models/store"
)

var ctx = context.Background()

// office is a stage with imports on it.
type office struct {
	*stage.Stage
	registers *register.Registers
}

func open(s *stage.Stage) *office {
	o := &office{Stage: s}
	o.restart()
	return o
}

// restart is what a server's stop and start leave of an import: what is stored.
func (o *office) restart() {
	o.registers = register.New(o.Store, o.Keys, o.Orgs, o.Accounts, o.Members, o.Clock, slog.New(slog.DiscardHandler))
}

// work does in the foreground what the server does in the background.
func (o *office) work() {
	o.TB.Helper()
	if err := o.registers.Work(ctx); err != nil {
		o.TB.Fatal(err)
	}
}

func each(t *testing.T, fn func(t *testing.T, o *office)) {
	stage.Each(t, stage.Specs(register.Specs()...), func(t *testing.T, s *stage.Stage) { fn(t, open(s)) })
}

func one(t *testing.T) *office { return open(stage.New(t, register.Specs()...)) }

func (o *office) begin(content string) *register.Import {
	o.TB.Helper()
	imp, err := o.registers.Begin(ctx, o.Coordinator, once.Key{}, "register.csv", []byte(content))
	if err != nil {
		o.TB.Fatal(err)
	}
	return imp
}

func (o *office) look(id string) *register.Report {
	o.TB.Helper()
	r, err := o.registers.Look(ctx, o.Coordinator, id)
	if err != nil {
		o.TB.Fatal(err)
	}
	return r
}

func (o *office) rows(id string, fate register.Fate) []register.RowReport {
	o.TB.Helper()
	var all []register.RowReport
	after := store.Cursor("")
	for {
		rows, next, err := o.registers.Rows(ctx, o.Coordinator, id, fate, 100, after)
		if err != nil {
			o.TB.Fatal(err)
		}
		all = append(all, rows...)
		if next == "" {
			return all
		}
		after = next
	}
}

func (o *office) commit(id string) register.Counts {
	o.TB.Helper()
	if _, err := o.registers.Commit(ctx, o.Coordinator, once.Key{}, id); err != nil {
		o.TB.Fatal(err)
	}
	o.work()
	r := o.look(id)
	if r.State != register.Committed {
		o.TB.Fatalf("the import is %s", r.State)
	}
	c := r.Counts
	if sum := c.Created + c.Updated + c.Held + c.Skipped + c.Failed; sum != r.Total {
		o.TB.Errorf("%d fates for %d rows", sum, r.Total)
	}
	return c
}

func (o *office) people(query string) []member.Row {
	o.TB.Helper()
	rows, _, err := o.Members.List(ctx, o.Coordinator, member.Filter{Query: query, Limit: 100})
	if err != nil {
		o.TB.Fatal(err)
	}
	return rows
}

// active counts the people that are there.
func (o *office) active() int {
	o.TB.Helper()
	n := 0
	counts, err := o.Members.Count(ctx, o.Coordinator, member.Active)
	if err != nil {
		o.TB.Fatal(err)
	}
	for _, c := range counts {
		n += c
	}
	return n - 2 // the two coordinators of the stage
}

const head = "full_name,phone,date_of_birth,date_calendar,district,consent\n"

func TestTheOldRegisterComesOutAsExpected(t *testing.T) {
	o := one(t)
	for i, name := range []string{"Kathmandu", "Banke", "Kailali", "Sindhupalchok", "Makwanpur", "Rautahat", "Nuwakot", "Dolakha"} {
		if _, err := o.Orgs.AddGroup(ctx, o.Org, o.Root, organisation.Name{EN: name}, 10+i); err != nil {
			t.Fatal(err)
		}
	}
	o.Coordinator = o.Admit(o.Root, "Saraswoti")
	content, err := os.ReadFile("sheet/testdata/old-register.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	var expected struct {
		People []struct {
			Line            int
			Name, Phone     string
			Birth, Group    string
			Fate            string
			DuplicateOfLine int
		}
	}
	text, err := os.ReadFile("sheet/testdata/old-register.expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &expected); err != nil {
		t.Fatal(err)
	}
	imp, err := o.registers.Begin(ctx, o.Coordinator, once.Key{}, "old.xlsx", content)
	if err != nil {
		t.Fatal(err)
	}
	before := o.active()
	if got := o.commit(imp.ID); got != (register.Counts{Created: 476, Held: 10, Failed: 34}) {
		t.Fatalf("%+v", got)
	}
	if got := o.active() - before; got != 476 {
		t.Errorf("%d people came in", got)
	}
	byLine := map[int]register.RowReport{}
	for _, r := range o.rows(imp.ID, "") {
		byLine[r.Line] = r
	}
	fates := map[string]register.Fate{"ok": register.Created, "fault": register.Failed, "duplicate": register.Held}
	for _, p := range expected.People {
		row := byLine[p.Line]
		if row.Fate != fates[p.Fate] || row.Name != p.Name || row.Phone != p.Phone || p.Group != "" && row.Group.Name.EN != p.Group {
			t.Errorf("line %d: %s %q %q %+v", p.Line, row.Fate, row.Name, row.Phone, row.Group)
		}
		if p.Fate != "ok" {
			continue
		}
		o.Clock.Advance(31 * time.Second) // more within an hour would not be opened
		read, err := o.Members.Read(ctx, o.Coordinator, row.Same.ID)
		if err != nil {
			t.Fatalf("line %d: %v", p.Line, err)
		}
		birth := read.Birth.String()
		if birth == "unknown" {
			birth = ""
		}
		if read.Name().Reveal() != p.Name || read.Phone.Reveal() != p.Phone || birth != p.Birth || read.CarriedOver == nil {
			t.Errorf("line %d was stored as %q %q %q", p.Line, read.Name().Reveal(), read.Phone.Reveal(), birth)
		}
	}
}

func TestADryRunChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,9841000001,1988-05-28,AD,Kaski,yes\n")
		r := o.look(imp.ID)
		if r.Counts.Created != 1 || r.State != register.Draft || len(o.people("sita")) != 0 {
			t.Errorf("%+v, and %d people", r.Counts, len(o.people("sita")))
		}
	})
}

func TestGoodRowsComeInBesideBadOnesAndAMendedFileAddsTheRest(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		file := func(second, fourth string) string {
			return head + "Row One,9841000051,1990-01-31,AD,Kaski,yes\nRow Two,9841000052," + second + ",AD,Kaski,yes\n" +
				"Row Three,9841000053,1990-03-31,AD,Kaski,yes\nRow Four," + fourth + ",1990-04-30,AD,Kaski,yes\nRow Five,9841000055,1990-05-31,AD,Kaski,yes\n"
		}
		imp := o.begin(file("1990-02-30", "not-a-phone"))
		if got := o.commit(imp.ID); got != (register.Counts{Created: 3, Failed: 2}) {
			t.Fatalf("%+v", got)
		}
		failed := o.rows(imp.ID, register.Failed)
		if len(failed) != 2 || failed[0].Line != 3 || failed[0].Faults[0].Code != "birth.no_such_day" || failed[1].Line != 5 || failed[1].Faults[0].Code != "phone.invalid" {
			t.Errorf("told %+v", failed)
		}
		again := o.begin(file("1990-02-28", "9841000054"))
		if got := o.commit(again.ID); got != (register.Counts{Created: 2, Skipped: 3}) {
			t.Errorf("%+v", got)
		}
		if o.active() != 5 {
			t.Errorf("%d people", o.active())
		}
	})
}

func TestARowIsMendedInPlace(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,98410,2045-02-33,BS,Nowhere,yes\n")
		row := o.rows(imp.ID, register.Failed)[0]
		if len(row.Faults) != 3 {
			t.Fatalf("%+v", row.Faults)
		}
		imp, err := o.registers.Mend(ctx, o.Coordinator, imp.ID, imp.Version, row.Key, register.Mending{
			Cells: map[sheet.Field]string{sheet.Phone: "९८४१०००००१", sheet.Birth: "२०४५-०२-१५", sheet.District: "कास्की"},
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := o.registers.Row(ctx, o.Coordinator, imp.ID, row.Key)
		if err != nil || got.Fate != register.Created || got.Phone != "+9779841000001" || got.Birth.Day.String() != "1988-05-28" || !got.Mended {
			t.Fatalf("%+v %v", got, err)
		}
		_, err = o.registers.Mend(ctx, o.Coordinator, imp.ID, imp.Version-1, row.Key, register.Mending{})
		if !fault.Is(err, fault.Stale) {
			t.Errorf("an old version: %v", err)
		}
		for _, bad := range []register.Mending{{Cells: map[sheet.Field]string{"consent": "yes"}}, {Cells: map[sheet.Field]string{"role": "x"}}} {
			if _, err := o.registers.Mend(ctx, o.Coordinator, imp.ID, imp.Version, row.Key, bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%v: %v", bad, err)
			}
		}
		if _, err := o.registers.Mend(ctx, o.Coordinator, imp.ID, imp.Version, 999, register.Mending{}); !errors.Is(err, access.Refused) {
			t.Errorf("a row that isn't there: %v", err)
		}
	})
}

func TestFaultyCellsCanBeLeftOutButNotANameOrAGroup(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,98410,1988-05-28,AD,Kaski,yes\nGita Rai,9841000002,1988-05-28,AD,Nowhere,yes\n")
		drop := register.DropFaulty
		for _, row := range o.rows(imp.ID, register.Failed) {
			var err error
			if imp, err = o.registers.Mend(ctx, o.Coordinator, imp.ID, imp.Version, row.Key, register.Mending{Decision: &drop}); err != nil {
				t.Fatal(err)
			}
		}
		if got := o.commit(imp.ID); got != (register.Counts{Created: 1, Failed: 1}) {
			t.Errorf("%+v", got)
		}
	})
}

func TestAnUnknownGroupIsMappedOnceForAllItsRows(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,9841000001,,,Upper Village,yes\nGita Rai,9841000002,,,Upper  village,yes\n")
		r := o.look(imp.ID)
		if r.Counts.Failed != 2 || len(r.Reading.UnknownGroups) != 1 {
			t.Fatalf("%+v %+v", r.Counts, r.Reading.UnknownGroups)
		}
		choice := []register.GroupChoice{{Value: r.Reading.UnknownGroups[0].Value, Group: o.First}}
		if _, err := o.registers.Choose(ctx, o.Coordinator, imp.ID, imp.Version, register.Choosing{Groups: choice}); err != nil {
			t.Fatal(err)
		}
		if got := o.look(imp.ID).Counts; got.Created != 2 {
			t.Errorf("%+v", got)
		}
	})
}

func TestNobodyComesIntoAGroupThatIsNotTheCoordinators(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.Coordinator = o.OfFirst
		imp := o.begin(head + "Sita Tamang,9841000001,,,Jhapa,yes\nGita Rai,9841000002,,,Kaski,yes\n")
		if got := o.look(imp.ID).Counts; got.Failed != 1 || got.Created != 1 {
			t.Errorf("%+v", got)
		}
		_, err := o.registers.Choose(ctx, o.OfFirst, imp.ID, imp.Version, register.Choosing{Groups: []register.GroupChoice{{Value: "Jhapa", Group: o.Second}}})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("mapped to a foreign group: %v", err)
		}
	})
}

func TestAnImportIsItsOwnersAndLooksAbsentToOthers(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,9841000001,,,Kaski,yes\n")
		she := o.Register("Junkiri", o.First)
		for _, a := range []access.Actor{o.OfFirst, she} {
			_, look := o.registers.Look(ctx, a, imp.ID)
			_, _, rows := o.registers.Rows(ctx, a, imp.ID, "", 10, "")
			_, choose := o.registers.Choose(ctx, a, imp.ID, imp.Version, register.Choosing{})
			_, commit := o.registers.Commit(ctx, a, once.Key{}, imp.ID)
			_, undo := o.registers.Undo(ctx, a, once.Key{}, imp.ID)
			discard := o.registers.Discard(ctx, a, imp.ID)
			for _, err := range []error{look, rows, choose, commit, undo, discard} {
				if !errors.Is(err, access.Refused) {
					t.Errorf("got %v", err)
				}
			}
		}
		if _, err := o.registers.Begin(ctx, she, once.Key{}, "x.csv", []byte(head)); !errors.Is(err, access.Refused) {
			t.Errorf("a member brings a file: %v", err)
		}
	})
}

func TestUndoTakesBackWhatTheImportMadeAndLeavesWhatWasTouched(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,9841000001,,,Kaski,yes\nGita Rai,9841000002,,,Kaski,yes\n")
		o.commit(imp.ID)
		gita := o.people("gita")[0]
		name := "Geeta Rai"
		if _, err := o.Members.Correct(ctx, o.Coordinator, gita.ID, gita.Version, member.Correction{Name: &name}); err != nil {
			t.Fatal(err)
		}
		sita := o.people("sita")[0].ID
		if _, err := o.registers.Undo(ctx, o.Coordinator, once.Key{}, imp.ID); err != nil {
			t.Fatal(err)
		}
		o.work()
		r := o.look(imp.ID)
		left := o.people("")
		if r.State != register.Undone || r.Kept != 1 || o.active() != 1 || !slices.ContainsFunc(left, func(m member.Row) bool { return m.ID == gita.ID }) {
			t.Errorf("%s, kept %d, %d people left", r.State, r.Kept, o.active())
		}
		if _, err := o.Keys.Of(ctx, o.Org, sita); err == nil {
			t.Error("the key of somebody taken back is still there")
		}
		if len(o.Trail(sita, audit.Done)) != 2 { // she came in, and was taken back
			t.Errorf("%d entries", len(o.Trail(sita, audit.Done)))
		}
	})
}

func TestAnEmptyCellNeverWipesAndANameAloneNeverChangesAnybody(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		day, err := calendar.Parse("1990-01-31")
		if err != nil {
			t.Fatal(err)
		}
		known := o.Carry(o.First, member.Details{PaperName: "Sita Tamang", Phone: "+9779841000001", Birth: calendar.OnDay(day)})
		file := head + "Seeta Tamang,,1990-01-31,AD,Jhapa,yes\nसीता तामाङ,,,,Kaski,yes\n"
		imp := o.begin(file)
		if held := o.rows(imp.ID, register.Held); len(held) != 2 || *ptr(held[0].Reason) != register.ReasonSamePresent || held[1].Reason != register.ReasonSameName {
			t.Fatalf("%+v", held)
		}
		mode := register.Update
		if _, err := o.registers.Choose(ctx, o.Coordinator, imp.ID, imp.Version, register.Choosing{Mode: &mode}); err != nil {
			t.Fatal(err)
		}
		if got := o.commit(imp.ID); got != (register.Counts{Updated: 1, Held: 1}) {
			t.Fatalf("%+v", got)
		}
		read, err := o.Members.Read(ctx, o.Coordinator, known)
		if err != nil || read.Phone.Reveal() != "+9779841000001" || read.Member.Group != o.Second || read.District.Reveal() != "Jhapa" {
			t.Errorf("%v %v %v", read.Phone.Reveal(), read.District.Reveal(), err)
		}
		if got := o.rows(imp.ID, register.Updated)[0].Fields; !slices.Equal(got, []string{"district", "group"}) {
			t.Errorf("the report says that it changed %v", got)
		}
		if _, err := o.registers.Undo(ctx, o.Coordinator, once.Key{}, imp.ID); err != nil {
			t.Fatal(err)
		}
		o.work()
		read, err = o.Members.Read(ctx, o.Coordinator, known)
		if err != nil || read.Member.Group != o.First {
			t.Errorf("the undo left her in %s (%v)", read.Member.Group, err)
		}
	})
}

func ptr[T any](v T) *T { return &v }

func TestAFilesYesMakesNoConsentAndWhoWithdrewStaysWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		she := o.Register("Withdrawn Test", o.First, stage.WithPhone("9841000071"))
		if _, err := o.Members.Approve(ctx, o.Coordinator, once.Key{}, she.Person, member.Approval{}); err != nil {
			t.Fatal(err)
		}
		o.withdraw(she, consent.Membership)
		for _, number := range []string{"9841000071", "9841000099", ""} {
			imp := o.begin(head + "Withdrawn Test," + number + ",1990-01-31,AD,Kaski,yes\n")
			row := o.rows(imp.ID, "")[0]
			if row.Fate != register.Held || row.Reason != register.ReasonAside || row.Same != nil || !slices.Contains(row.Hints, sheet.HintConsentIgnored) {
				t.Fatalf("with the number %q: %+v", number, row)
			}
			if got := o.commit(imp.ID); got != (register.Counts{Held: 1}) {
				t.Errorf("%+v", got)
			}
		}
		if again, err := o.Members.Mine(ctx, she); err != nil || again.State != member.Ended || again.Consents[0].Withdrawn == nil {
			t.Errorf("%v %v", again.State, err)
		}
	})
}

func TestTheSameFileAgainMakesNobodyTwice(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		file := head + "Sita Tamang,9841000001,1988-05-28,AD,Kaski,yes\nLaxmi,,1990-01-31,AD,Kaski,yes\nMaya Rai,,,,Kaski,yes\n"
		o.commit(o.begin(file).ID)
		again := o.begin(file)
		if got := o.look(again.ID).Counts; got != (register.Counts{Skipped: 2, Held: 1}) {
			t.Errorf("%+v", got)
		}
	})
}

// A commit that is cut short anywhere goes on where its last transaction
// ended: nobody is lost, nobody comes in twice.
func TestACommitThatIsCutShortGoesOnAfterARestart(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		var file strings.Builder
		file.WriteString(head)
		for i := range 450 {
			fmt.Fprintf(&file, "Person %c%c%c,98410%05d,,,Kaski,yes\n", 'a'+i/100, 'a'+i/10%10, 'a'+i%10, i)
		}
		imp := o.begin(file.String())
		if _, err := o.registers.Commit(ctx, o.Coordinator, once.Key{}, imp.ID); err != nil {
			t.Fatal(err)
		}
		for cut := 0; o.look(imp.ID).State == register.Committing; cut++ {
			if cut > 50 {
				t.Fatal("it never ends")
			}
			short, stop := context.WithCancel(ctx)
			o.registers.StopAfterBatch(stop)
			_ = o.registers.Work(short)
			stop()
			o.restart()
		}
		if got := o.look(imp.ID).Counts; got.Created != 450 || o.active() != 450 {
			t.Errorf("%+v, and %d people", got, o.active())
		}
	})
}

func TestARightTakenAwayStopsTheCommit(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,9841000001,,,Kaski,yes\n")
		if _, err := o.registers.Commit(ctx, o.Coordinator, once.Key{}, imp.ID); err != nil {
			t.Fatal(err)
		}
		o.TakeRole(o.Coordinator, access.Coordinator)
		o.work()
		if o.active() != 0 {
			t.Errorf("%d people came in", o.active())
		}
	})
}

func TestARightTakenAwayStopsTheUndo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,9841000001,,,Kaski,yes\n")
		o.commit(imp.ID)
		if _, err := o.registers.Undo(ctx, o.Coordinator, once.Key{}, imp.ID); err != nil {
			t.Fatal(err)
		}
		o.TakeRole(o.Coordinator, access.Coordinator)
		o.work()
		rows, _, err := o.Members.List(ctx, o.OfFirst, member.Filter{Query: "sita", Limit: 10})
		if err != nil || len(rows) != 1 {
			t.Errorf("%d people are left (%v)", len(rows), err)
		}
	})
}

func TestWhatAFileSaidLiesSealedAndGoesWithTheDraft(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Marker Tamang,9841777777,1988-05-28,AD,Kaski,yes\n")
		if _, err := o.registers.Choose(ctx, o.Coordinator, imp.ID, imp.Version, register.Choosing{Groups: []register.GroupChoice{{Value: "Marker Village", Group: o.First}}}); err != nil {
			t.Fatal(err)
		}
		for _, marker := range []string{"Marker", "9841777777"} {
			o.WantsNowhere(marker, register.Specs()...)
		}
		if err := o.registers.Discard(ctx, o.Coordinator, imp.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := o.registers.Look(ctx, o.Coordinator, imp.ID); !errors.Is(err, access.Refused) {
			t.Errorf("%v", err)
		}
		if _, err := o.Keys.Of(ctx, o.Org, imp.ID); err == nil {
			t.Error("its key is still there")
		}
		// Had the server stopped in between, the sweep would have done it.
		if n, err := o.Keys.DestroyDoomed(ctx, o.Store.Org(o.Org), 100); err != nil || n != 1 {
			t.Errorf("%d keys were noted with the removal, %v", n, err)
		}
	})
}

func TestADraftThatNobodyTouchesGoesAfterAWeek(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,9841000001,,,Kaski,yes\n")
		o.Clock.Advance(8 * 24 * time.Hour)
		if err := o.registers.Expire(ctx, o.Org); err != nil {
			t.Fatal(err)
		}
		if _, err := o.registers.Look(ctx, o.Coordinator, imp.ID); !errors.Is(err, access.Refused) {
			t.Errorf("%v", err)
		}
	})
}

func TestACommittedImportCannotBeChangedOrCommittedAgain(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,9841000001,,,Kaski,yes\n")
		if _, err := o.registers.Undo(ctx, o.Coordinator, once.Key{}, imp.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("undo of a draft: %v", err)
		}
		o.commit(imp.ID)
		now := o.look(imp.ID)
		if _, err := o.registers.Choose(ctx, o.Coordinator, imp.ID, now.Version, register.Choosing{}); !fault.Is(err, fault.Conflict) {
			t.Errorf("choose: %v", err)
		}
		if _, err := o.registers.Commit(ctx, o.Coordinator, once.Key{}, imp.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("commit: %v", err)
		}
		if err := o.registers.Discard(ctx, o.Coordinator, imp.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("discard: %v", err)
		}
	})
}

func TestAResentCommitIsOneCommit(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,9841000001,,,Kaski,yes\n")
		k := once.Key{Value: "0123456789abcdef", Digest: "d"}
		for range 3 {
			if _, err := o.registers.Commit(ctx, o.Coordinator, k, imp.ID); err != nil {
				t.Fatal(err)
			}
			o.work()
		}
		if o.active() != 1 {
			t.Errorf("%d people", o.active())
		}
	})
}

func (o *office) withdraw(she access.Actor, p consent.Purpose) {
	o.TB.Helper()
	mine, err := o.Members.Mine(ctx, she)
	if err != nil {
		o.TB.Fatal(err)
	}
	for _, c := range mine.Consents {
		if c.Purpose != p {
			continue
		}
		if _, err := o.Members.WithdrawConsent(ctx, she, once.Key{}, c.ID); err != nil {
			o.TB.Fatal(err)
		}
	}
}

func TestANumberThatMayNotBeSeenIsNotFoundOutByTrying(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		she := o.Register("Junkiri Tamang", o.First, stage.WithPhone("9841000071"))
		o.withdraw(she, consent.CoordinatorPhone)
		imp := o.begin(head + "Junkiri Tamang,9841000071,,,Kaski,yes\nJunkeeri Tamang,9841000072,,,Kaski,yes\n")
		rows := o.rows(imp.ID, "")
		if rows[0].Fate != rows[1].Fate || rows[0].Reason != rows[1].Reason {
			t.Errorf("the right number gives %s %s, a wrong one %s %s", rows[0].Fate, rows[0].Reason, rows[1].Fate, rows[1].Reason)
		}
		if mine, err := o.Members.Mine(ctx, she); err != nil || !mine.Phone.Empty() {
			t.Errorf("the number she took back is still kept (%v)", err)
		}
	})
}

func TestAChoiceUnderWhichNothingCanBeReadIsToldAndNotKept(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		imp := o.begin(head + "Sita Tamang,9841000001,,,Kaski,yes\n")
		wrong := "utf-16le"
		if _, err := o.registers.Choose(ctx, o.Coordinator, imp.ID, imp.Version, register.Choosing{Encoding: &wrong}); err == nil {
			t.Fatal("it was kept")
		}
		if got := o.commit(imp.ID); got.Created != 1 {
			t.Errorf("%+v", got)
		}
	})
}

func TestAnImportThatCannotGoOnKeepsNoOtherWaiting(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bad, good := o.begin(head+"Sita Tamang,9841000001,,,Kaski,yes\n"), o.begin(head+"Gita Rai,9841000002,,,Kaski,yes\n")
		for _, imp := range []*register.Import{bad, good} {
			if _, err := o.registers.Commit(ctx, o.Coordinator, once.Key{}, imp.ID); err != nil {
				t.Fatal(err)
			}
		}
		o.registers.Spoil(ctx, o.TB, o.Org, bad.ID)
		o.restart()
		if err := o.registers.Work(ctx); err == nil {
			t.Error("nobody is told that one could not go on")
		}
		if got := o.look(good.ID); got.State != register.Committed || len(o.people("gita")) != 1 {
			t.Errorf("the other import is %s", got.State)
		}
	})
}

func TestACommitChangesNobodyWhoWasMovedOutOfReach(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		known := o.Carry(o.First, member.Details{PaperName: "Sita Tamang", Phone: "+9779841000001"})
		everywhere := o.Coordinator
		o.Coordinator = o.OfFirst
		imp := o.begin(head + "Sita Tamang,9841000001,1988-05-28,AD,Kaski,yes\n")
		mode := register.Update
		if _, err := o.registers.Choose(ctx, o.Coordinator, imp.ID, imp.Version, register.Choosing{Mode: &mode}); err != nil {
			t.Fatal(err)
		}
		o.registers.BeforeBatch(func() {
			_, err := o.Members.Correct(ctx, everywhere, known, 1, member.Correction{Group: &o.Second})
			if err != nil {
				t.Error(err)
			}
		})
		if got := o.commit(imp.ID); got.Updated != 0 {
			t.Errorf("%+v", got)
		}
		read, err := o.Members.Read(ctx, everywhere, known)
		if err != nil || !read.Birth.IsZero() {
			t.Errorf("her birth is %v now (%v)", read.Birth, err)
		}
	})
}

func TestAForeignImportAskedForIsInTheTrail(t *testing.T) {
	o := one(t)
	imp := o.begin(head + "Sita Tamang,9841000001,,,Kaski,yes\n")
	_, _ = o.registers.Look(ctx, o.OfFirst, imp.ID)
	_, _ = o.registers.Commit(ctx, o.OfFirst, once.Key{}, imp.ID)
	if n := len(o.Trail(imp.ID, audit.Refused)); n != 2 {
		t.Errorf("%d refusals are noted", n)
	}
}

func TestTheSameFileSentTwiceAtOnceIsOneImport(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		k := once.Key{Value: "0123456789abcdef", Digest: "d"}
		var wg sync.WaitGroup
		ids := make([]string, 4)
		for i := range ids {
			wg.Go(func() {
				imp, err := o.registers.Begin(ctx, o.Coordinator, k, "x.csv", []byte(head+"Sita Tamang,9841000001,,,Kaski,yes\n"))
				if err != nil {
					t.Error(err)
					return
				}
				ids[i] = imp.ID
			})
		}
		wg.Wait()
		if slices.Sort(ids); ids[0] != ids[3] {
			t.Errorf("%v", ids)
		}
	})
}
