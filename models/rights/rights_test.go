package rights_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/grievance"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/register"
	"chautari/models/report"
	"chautari/models/rights"
	"chautari/models/seal"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/training"
)

var ctx = context.Background()

func specs() []*store.Spec {
	return stage.Specs(slices.Concat(
		peersupport.Specs(), training.Specs(), grievance.Specs(), register.Specs(), approval.Specs(), report.Specs(), rights.Specs(),
	)...)
}

// nouns are all that hold something, over any two stores.
type nouns struct {
	*rights.Rights
	keys       *seal.Keys
	accounts   *account.Accounts
	members    *member.Members
	support    *peersupport.Support
	courses    *training.Courses
	grievances *grievance.Grievances
	conflicts  *conflict.Conflicts
}

func over(s *stage.Stage, data, keyStore *store.Store) *nouns {
	keys := seal.NewKeys(keyStore, s.Master)
	data = data.GuardedBy(keys.Guard(organisation.Shown, nil))
	orgs := organisation.New(data, s.Clock)
	accounts := account.New(data, keys, s.Master, orgs, s.Clock)
	accounts.ApartBy(conflict.StillApartByOwn)
	members := member.New(data, keys, s.Master, orgs, accounts, s.Clock)
	conflicts := conflict.New(data, keys, accounts, s.Clock)
	conflicts.NamesBy(members.Names)
	n := &nouns{
		keys: keys, accounts: accounts, members: members, conflicts: conflicts,
		support:    peersupport.New(data, orgs, members, s.Clock),
		courses:    training.New(data, keys, orgs, members, s.Clock),
		grievances: grievance.New(data, keys, s.Master, orgs, accounts, members, s.Clock),
	}
	reports := report.New(data, orgs, report.SourcesOf(s.Members, n.support, n.courses, s.Clock), s.Clock)
	n.Rights = rights.New(
		data, keys, orgs, members, s.Clock,
		rights.Part{Name: "trail", Holder: audit.Kept{Now: s.Clock.Now}},
		rights.Part{Name: "oldLists", Holder: register.New(data, keys, orgs, accounts, members, s.Clock, slog.New(slog.DiscardHandler))},
		rights.Part{Name: "requests", Holder: approval.New(data, keys, orgs, accounts, members, s.Clock)},
		rights.Part{Name: "meetings", Holder: n.support},
		rights.Part{Name: "training", Holder: n.courses},
		rights.Part{Name: "grievances", Holder: n.grievances},
		rights.Part{Name: "figures", Holder: reports},
		rights.Part{Name: "account", Holder: accounts},
		rights.Part{Name: "declarations", Holder: conflicts}, // no sheet is made without an account
		rights.Part{Name: "consents", Holder: consent.Kept{Store: s.Store}},
		rights.Part{Name: "person", Holder: members},
	)
	n.PurgeBy(n.support, n.courses, n.grievances, reports, rights.Trail{Chain: audit.ChainOf(keys)})
	return n
}

type town struct {
	*stage.Stage
	*nouns
	maina, trainer access.Actor
	intake         string
}

func open(t *testing.T, s *stage.Stage) *town {
	t.Helper()
	s.TB = t
	w := &town{Stage: s, nouns: over(s, s.Store, s.KeyStore)}
	w.maina = s.Person(access.PeerSupporter, s.First, "Maina")
	w.trainer = s.Person(access.Trainer, s.First, "Bela")
	hours := peersupport.HoursChange{Length: ptr(45), Cap: ptr(10), Languages: []string{"ne"}, Consents: stage.Yes(consent.SupporterName)}
	for day := range 7 {
		hours.Spans = append(hours.Spans, peersupport.SpanInput{Weekday: &day, From: "07:00", To: "19:00"})
	}
	must(t)(w.support.SetHours(ctx, w.maina, 1, hours))
	course := value(w.courses.CreateCourse(ctx, s.Coordinator, once.Key{}, training.NewCourse{Name: organisation.Name{EN: "Sewing"}, Picture: training.Sewing}))(t)
	zero := 0
	w.intake = value(w.courses.CreateIntake(ctx, s.Coordinator, once.Key{}, course.ID, training.NewIntake{
		Seats: 1, Opens: "2026-11-20", Closes: "2026-11-30", Begins: "2026-12-06", Ends: "2027-02-28",
		Times: []training.TimeInput{{Weekday: &zero, From: "07:00", To: "09:00"}},
	}))(t).ID
	return w
}

func each(t *testing.T, fn func(t *testing.T, w *town)) {
	stage.Each(t, specs(), func(t *testing.T, s *stage.Stage) { fn(t, open(t, s)) })
}

func ptr[T any](v T) *T { return &v }

func must(t testing.TB) func(v any, err error) {
	return func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

func value[T any](v T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (w *town) fresh(a access.Actor) access.Actor { a.Fresh = true; return a }

// woman is a member with everything that a member can have: a meeting, a place
// in the line or a seat, a phone, papers and a declaration.
func (w *town) woman(t *testing.T, n int) access.Actor {
	t.Helper()
	she := w.fresh(w.Person(access.Member, w.First, "Markeralias"))
	mine := value(w.members.Mine(ctx, she))(t)
	must(t)(w.members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{
		PaperName: ptr("Sita Markername"), Phone: ptr("+9779841000005"), District: ptr("Kaski"),
	}))
	start := time.Date(2026, 11, 29, 2, 0, 0, 0, time.UTC).AddDate(0, 0, n%10).Add(time.Duration(n/10) * 45 * time.Minute)
	must(t)(w.support.Book(ctx, she, once.Key{}, peersupport.Booking{Start: start, Supporter: w.maina.Person, Consents: stage.Yes(consent.PeerName)}))
	must(t)(w.courses.Apply(ctx, she, once.Key{}, w.intake, training.Application{Needs: []training.Need{training.Travel}, Note: "Markernote"}))
	return she
}

// lies lists the collections in which an id still stands, but for those in which
// it may.
func (w *town) lies(t *testing.T, ids ...string) (in []string) {
	t.Helper()
	may := []string{"audit", "audit_unsealed", "departures", "once"}
	must(t)(nil, w.Store.Engine().Snapshot(ctx, func(r store.Reader) error {
		for _, spec := range specs() {
			if slices.Contains(may, spec.Name) || strings.HasPrefix(spec.Name, "audit") {
				continue
			}
			q := store.Query{Index: store.ChangedIndex, Limit: store.MaxLimit}
			for {
				page, err := r.Find(ctx, spec, w.Org, q)
				if err != nil {
					return err
				}
				for _, rec := range page.Records {
					for _, id := range ids {
						if rec.ID == id || strings.Contains(string(rec.Body), id) {
							in = append(in, spec.Name)
						}
					}
				}
				if page.Next == "" {
					break
				}
				q.After = page.Next
			}
		}
		return nil
	}))
	return in
}

// cut stops the server after some commits, of whichever store.
type cut struct {
	mu   sync.Mutex
	left int
}

var errCut = errors.New("the server stopped")

func (c *cut) over() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.left == 0
}

func (c *cut) committed() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left--
}

type cutting struct {
	store.Engine
	*cut
}

type noting struct {
	store.Writer
	did bool
}

func (w *noting) Insert(ctx context.Context, c *store.Spec, org string, r store.Record) error {
	w.did = true
	return w.Writer.Insert(ctx, c, org, r)
}

func (w *noting) Replace(ctx context.Context, c *store.Spec, org string, r store.Record) error {
	w.did = true
	return w.Writer.Replace(ctx, c, org, r)
}

func (w *noting) Delete(ctx context.Context, c *store.Spec, org, id string, version int64) error {
	w.did = true
	return w.Writer.Delete(ctx, c, org, id, version)
}

func (w *noting) DeleteRange(ctx context.Context, c *store.Spec, org string, q store.Query, limit int) (int, error) {
	w.did = true
	return w.Writer.DeleteRange(ctx, c, org, q, limit)
}

func (e cutting) Tx(ctx context.Context, body func(store.Writer) error) error {
	wrote := false
	err := e.Engine.Tx(ctx, func(w store.Writer) error {
		noted := &noting{Writer: w}
		err := body(noted)
		if wrote = noted.did; err == nil && wrote && e.over() {
			return errCut
		}
		return err
	})
	if err == nil && wrote {
		e.committed()
	}
	return err
}

// stays is an engine that lets one document not be removed.
type stays struct {
	store.Engine
	id string
}

func (e stays) Tx(ctx context.Context, body func(store.Writer) error) error {
	return e.Engine.Tx(ctx, func(w store.Writer) error { return body(keeping{w, e.id}) })
}

type keeping struct {
	store.Writer
	id string
}

func (w keeping) Delete(ctx context.Context, c *store.Spec, org, id string, version int64) error {
	if id == w.id {
		return errCut
	}
	return w.Writer.Delete(ctx, c, org, id, version)
}

// Wherever the server stops, either nothing has begun, or she is seen by nobody
// any more and the next sweep takes the rest.
func TestAnErasureThatIsCutShortAnywhereIsBroughtToItsEnd(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for n := 0; ; n++ {
			she := w.woman(t, n)
			acc := value(account.OfPerson(ctx, w.Store.Org(w.Org), she.Person))(t)
			stop := &cut{left: n}
			broken := over(w.Stage, store.New(cutting{w.Store.Engine(), stop}, w.Clock), store.New(cutting{w.KeyStore.Engine(), stop}, w.Clock))
			err := broken.Erase(ctx, she)
			if err != nil && !errors.Is(err, errCut) {
				t.Fatalf("cut after %d: %v", n, err)
			}
			if n == 0 {
				if _, err := w.members.Mine(ctx, she); err != nil {
					t.Fatalf("nothing was done, and she is not herself: %v", err)
				}
				must(t)(nil, w.Erase(ctx, she))
				continue
			}
			for _, who := range []access.Actor{w.Coordinator, w.OfFirst} {
				rows, _, lost := w.members.List(ctx, w.fresh(who), member.Filter{Limit: 100})
				if lost != nil || slices.ContainsFunc(rows, func(r member.Row) bool { return r.ID == she.Person }) {
					t.Fatalf("cut after %d she is seen (%v)", n, lost)
				}
			}
			if _, err := w.accounts.ActorOf(ctx, w.Org, she.Account); !errors.Is(err, account.ErrAbsent) {
				t.Fatalf("cut after %d her account is open: %v", n, err)
			}
			// Another server goes on.
			next := over(w.Stage, w.Store, w.KeyStore)
			must(t)(next.Resume(ctx, w.Org, 100))
			if in := w.lies(t, she.Person, acc.ID, acc.HandleKey); len(in) > 0 {
				t.Fatalf("cut after %d she still stands in %v", n, in)
			}
			if _, err := next.keys.Of(ctx, w.Org, she.Person); !errors.Is(err, seal.ErrNoKey) {
				t.Fatalf("cut after %d her key is there: %v", n, err)
			}
			if were := value(next.members.WereErased(ctx, w.Org, [][]string{
				member.Likeness([]string{"Sita Markername"}, "+9779841000005", calendar.Birth{}), member.Likeness([]string{"Sita Other"}, "+9779841000005", calendar.Birth{}),
			}))(t); !were[0] || were[1] {
				t.Fatalf("cut after %d she is known again: %v", n, were)
			}
			if err == nil {
				if n < 6 {
					t.Fatalf("an erasure of %d commits was not cut at all", n)
				}
				return
			}
		}
	})
}

// What can't be read any more can still be taken away, and keeps nobody else here.
func TestWhoseTextsDoNotOpenIsErasedAllTheSame(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var women []access.Actor
		for n := range 3 {
			women = append(women, w.woman(t, n))
		}
		w.Damage(member.Specs(), "members", women[0].Person, "alias")
		w.Damage(member.Specs(), "members", women[1].Person, "phone")
		must(t)(nil, w.Erase(ctx, women[0]))
		// Of the others the server stops when they have begun.
		for _, she := range women[1:] {
			stop := &cut{left: 1}
			broken := over(w.Stage, store.New(cutting{w.Store.Engine(), stop}, w.Clock), store.New(cutting{w.KeyStore.Engine(), stop}, w.Clock))
			if err := broken.Erase(ctx, she); !errors.Is(err, errCut) {
				t.Fatal(err)
			}
		}
		if n := value(w.Resume(ctx, w.Org, 100))(t); n != 2 {
			t.Errorf("%d erasures came to their end", n)
		}
		for i, she := range women {
			if _, err := w.keys.Of(ctx, w.Org, she.Person); !errors.Is(err, seal.ErrNoKey) {
				t.Errorf("the key of woman %d: %v", i, err)
			}
		}
		// By what could be read she is known again.
		if were := value(w.members.WereErased(ctx, w.Org, [][]string{member.Likeness([]string{"Sita Markername"}, "+9779841000005", calendar.Birth{})}))(t); !were[0] {
			t.Error("she isn't known again")
		}
	})
}

// What counts for nothing because it was damaged goes with her too.
func TestWhatCountsForNothingIsErasedAllTheSame(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for n, damaged := range []struct{ collection, field string }{{"accounts", "handle"}, {"accounts", "mark"}, {"credentials", "first"}, {"credentials", "mark"}} {
			she := w.woman(t, n)
			stop := &cut{left: 1} // when it has begun
			broken := over(w.Stage, store.New(cutting{w.Store.Engine(), stop}, w.Clock), store.New(cutting{w.KeyStore.Engine(), stop}, w.Clock))
			if err := broken.Erase(ctx, she); !errors.Is(err, errCut) {
				t.Fatal(err)
			}
			w.Damage(account.Specs(), damaged.collection, she.Account, damaged.field)
			value(w.Resume(ctx, w.Org, 100))(t)
			value(w.Resume(ctx, organisation.Decoy(w.Org), 100))(t)
			if in := w.lies(t, she.Person, she.Account); in != nil {
				t.Errorf("%s.%s was damaged, and she still stands in %v", damaged.collection, damaged.field, in)
			}
		}
	})
}

// One erasure that can't be brought to its end keeps no other from it.
func TestAnErasureThatFailsKeepsNobodyElseHere(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		women := []access.Actor{w.woman(t, 0), w.woman(t, 1), w.woman(t, 2)}
		for _, she := range women {
			stop := &cut{left: 1}
			broken := over(w.Stage, store.New(cutting{w.Store.Engine(), stop}, w.Clock), store.New(cutting{w.KeyStore.Engine(), stop}, w.Clock))
			if err := broken.Erase(ctx, she); !errors.Is(err, errCut) {
				t.Fatal(err)
			}
		}
		stuck := women[1]
		failing := over(w.Stage, store.New(stays{w.Store.Engine(), stuck.Person}, w.Clock), w.KeyStore)
		if n, err := failing.Resume(ctx, w.Org, 100); n != 2 || !errors.Is(err, errCut) {
			t.Errorf("%d came to their end, and of the one that didn't is told: %v", n, err)
		}
		for i, she := range women {
			_, err := failing.keys.Of(ctx, w.Org, she.Person)
			if gone := errors.Is(err, seal.ErrNoKey); gone != (i != 1) {
				t.Errorf("woman %d is gone: %v", i, gone)
			}
		}
	})
}

func TestWhatSheGivesUpIsThereForOthers(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		she, next := w.woman(t, 1), w.woman(t, 2)
		must(t)(nil, w.Erase(ctx, she))
		own := value(w.courses.Mine(ctx, next))(t)
		if len(own) != 1 || own[0].Standing != training.Enrolled {
			t.Errorf("the first in the line has %+v", own)
		}
		meetings, _, err := w.support.Sessions(ctx, w.maina, peersupport.SessionQuery{Limit: 10})
		if err != nil || len(meetings) != 2 {
			t.Fatalf("the supporter has %d meetings (%v)", len(meetings), err)
		}
		gone := slices.IndexFunc(meetings, func(m peersupport.OwnSession) bool { return m.Member() == "" })
		if gone < 0 || meetings[gone].State != peersupport.Cancelled || !meetings[gone].With.Empty() {
			t.Errorf("of the meeting with her is left %+v", meetings)
		}
		w.WantsNowhere("Markername", specs()...)
	})
}

// PRV-03: by no name and no number is she found afterwards; of what was done with
// her record the trail keeps ids, and what somebody sent without a name stays whole.
func TestAfterAnErasureNoSearchFindsHerAndWhatWasSentWithoutANameStays(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.Person(access.FocalPoint, w.Root, "Sarita")
		form := value(w.grievances.Form(ctx, access.AnonymousIn(w.Org)))(t)
		w.Clock.Advance(time.Minute)
		must(t)(w.grievances.Send(ctx, access.AnonymousIn(w.Org), grievance.Sending{Token: form.Token, Category: grievance.Idea, Text: "Markeridea"}, false))
		she := w.woman(t, 1)
		coordinator := w.fresh(w.Coordinator)
		found := func(query string) int {
			rows, _, err := w.members.List(ctx, coordinator, member.Filter{Query: query, Limit: 100})
			must(t)(nil, err)
			return len(rows)
		}
		queries := []string{"Markeralias", "9841000005"}
		if found(queries[0]) != 1 {
			t.Fatal("she isn't found while she is there")
		}
		must(t)(w.members.Read(ctx, coordinator, she.Person))
		must(t)(nil, w.Erase(ctx, she))
		for _, query := range append(queries, "Sita Markername") {
			if n := found(query); n != 0 {
				t.Errorf("%q finds %d", query, n)
			}
		}
		if in := w.lies(t, she.Person); len(in) > 0 {
			t.Errorf("she still stands in %v", in)
		}
		if len(w.Trail(she.Person, audit.Read)) == 0 {
			t.Error("that her record was opened is no longer in the trail")
		}
		list, _, err := w.grievances.List(ctx, w.Coordinator, 10, "")
		if err != nil || len(list) != 1 {
			t.Fatalf("%d grievances (%v)", len(list), err)
		}
		if whole := value(w.grievances.Read(ctx, w.Coordinator, list[0].ID))(t); !strings.Contains(whole.Text.Reveal(), "Markeridea") {
			t.Error("what was sent without a name isn't whole")
		}
	})
}

func TestNobodyGoesWhoIsNeededByOthersFirst(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		board := w.fresh(w.Person(access.Board, w.Root, "Nirmala"))
		hinders := func(want string) {
			t.Helper()
			ahead := value(w.Ahead(ctx, board))(t)
			if ahead.Hinders != want {
				t.Errorf("it says %q, want %q", ahead.Hinders, want)
			}
			if _, err := w.members.Mine(ctx, board); err != nil {
				t.Fatalf("looking changed something: %v", err)
			}
		}
		refused := func(code string) {
			t.Helper()
			if f, ok := fault.As(w.Erase(ctx, board)); !ok || f.Code != code {
				t.Errorf("got %v, want %s", f, code)
			}
		}
		hinders("rights.last_one")
		refused("rights.last_one")
		second := w.fresh(w.Person(access.Board, w.Root, "Gita"))
		hinders("")

		form := value(w.grievances.Form(ctx, access.AnonymousIn(w.Org)))(t)
		w.Clock.Advance(time.Minute)
		must(t)(w.grievances.Send(ctx, access.AnonymousIn(w.Org), grievance.Sending{Token: form.Token, Category: grievance.Money, Text: "Money is missing"}, false))
		if list, _, _ := w.grievances.List(ctx, second, 10, ""); len(list) > 0 {
			board, second = second, board
		}
		hinders("rights.matters_in_hand")
		refused("rights.matters_in_hand")
		list, _, err := w.grievances.List(ctx, board, 10, "")
		if err != nil || len(list) != 1 {
			t.Fatal(len(list), err)
		}
		must(t)(nil, w.grievances.PassOn(ctx, board, once.Key{}, list[0].ID, grievance.NotMine))
		hinders("")
		must(t)(nil, w.Erase(ctx, board))
		if f, ok := fault.As(w.Erase(ctx, second)); !ok || f.Code != "rights.last_one" && f.Code != "rights.matters_in_hand" {
			t.Errorf("the last one goes: %v", f)
		}
	})
}

func TestOfTwoWhoLeaveAtOnceOneStays(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		both := []access.Actor{w.fresh(w.Person(access.Board, w.Root, "Nirmala")), w.fresh(w.Person(access.Board, w.Root, "Gita"))}
		var wg sync.WaitGroup
		for _, a := range both {
			wg.Go(func() { _ = w.Erase(ctx, a) })
		}
		wg.Wait()
		left := value(account.WithRole(ctx, w.Store.Org(w.Org), access.Board))(t)
		if len(left) != 1 {
			t.Errorf("%d of the board are left", len(left))
		}
	})
}

// What is said to stay never depends on whether somebody spoke up about her.
func TestWhatStaysTellsNothingOfWhatOthersSaid(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		focal := w.fresh(w.Person(access.FocalPoint, w.Root, "Sarita"))
		w.Person(access.Board, w.Root, "Nirmala")
		before, err := json.Marshal(value(w.Ahead(ctx, focal))(t))
		must(t)(nil, err)
		form := value(w.grievances.Form(ctx, access.AnonymousIn(w.Org)))(t)
		w.Clock.Advance(time.Minute)
		must(t)(w.grievances.Send(ctx, access.AnonymousIn(w.Org), grievance.Sending{
			Token: form.Token, Category: grievance.Harm, Text: "Markertext", About: []string{focal.Person},
		}, false))
		after, err := json.Marshal(value(w.Ahead(ctx, focal))(t))
		must(t)(nil, err)
		if string(before) != string(after) {
			t.Errorf("it was %s, and is %s", before, after)
		}
		if !strings.Contains(string(after), `"grievances"`) {
			t.Error("that grievances stay is not told")
		}
	})
}

func TestWithoutAFreshProofNothingIsTakenAwayOrErased(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		she := w.woman(t, 1)
		she.Fresh = false
		if _, err := w.Everything(ctx, she); !errors.Is(err, access.Unproved) {
			t.Errorf("got %v", err)
		}
		if err := w.Erase(ctx, she); !errors.Is(err, access.Unproved) {
			t.Errorf("got %v", err)
		}
		if _, err := w.Everything(ctx, access.AnonymousIn(w.Org)); !errors.Is(err, access.Refused) {
			t.Errorf("got %v", err)
		}
	})
}

// Whoever came back with an older backup is erased again: her key is destroyed,
// and nothing of her opens, but her documents are there.
func TestWhoeverCameBackWithABackupIsErasedAgain(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		she, other := w.woman(t, 1), w.woman(t, 2)
		must(t)(nil, w.keys.Destroy(ctx, w.Org, she.Person))
		must(t)(nil, over(w.Stage, w.Store, w.KeyStore).Purge(ctx, w.Org))
		if in := w.lies(t, she.Person); len(in) > 0 {
			t.Errorf("she still stands in %v", in)
		}
		must(t)(w.members.Mine(ctx, other))
	})
}

// Whatever has an end goes when it has come and no day before, and what the
// organisation chose counts.
func TestWhatIsOverGoesByItself(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		stays, left, works := w.woman(t, 1), w.woman(t, 2), w.fresh(w.Person(access.Trainer, w.First, "Kopila"))
		declined := w.fresh(w.Register("Markerdeclined", w.First))
		must(t)(w.members.Decline(ctx, w.Coordinator, once.Key{}, declined.Person, member.Declining{Reason: member.OtherReason}))
		for _, a := range []access.Actor{left, works} {
			sheet := value(consent.Of(ctx, w.Store.Org(w.Org), a.Person))(t)
			must(t)(w.members.WithdrawConsent(ctx, a, once.Key{}, sheet.Consents[0].ID))
		}
		form := value(w.grievances.Form(ctx, access.AnonymousIn(w.Org)))(t)
		w.Clock.Advance(time.Minute)
		focal := w.fresh(w.Person(access.FocalPoint, w.Root, "Sarita"))
		must(t)(w.grievances.Send(ctx, access.AnonymousIn(w.Org), grievance.Sending{Token: form.Token, Category: grievance.Idea, Text: "Markeridea"}, false))
		reader := w.Coordinator
		list, _, err := w.grievances.List(ctx, reader, 10, "")
		if err != nil || len(list) != 1 {
			t.Fatal(len(list), err, focal)
		}
		must(t)(w.grievances.Answer(ctx, reader, once.Key{}, list[0].ID, grievance.Answer{Text: "Thank you"}))
		must(t)(w.grievances.Close(ctx, reader, once.Key{}, list[0].ID, grievance.Closing{Outcome: "Done", Wishes: grievance.Met, Told: true}))

		purged := func(at time.Time) {
			t.Helper()
			w.Clock.Set(at)
			w.nouns = over(w.Stage, w.Store, w.KeyStore)
			must(t)(nil, w.Purge(ctx, w.Org))
		}
		there := func(who string, a access.Actor, want bool) {
			t.Helper()
			present := value(w.members.Present(ctx, w.Org, []string{a.Person}))(t)
			if (len(present) == 1) != want {
				t.Errorf("at %v %s is there: %v", w.Clock.Now(), who, !want)
			}
		}
		at := func(year int, month time.Month, day int) time.Time {
			return time.Date(year, month, day, 8, 0, 0, 0, time.UTC)
		}
		purged(at(2027, time.February, 26))
		there("the declined one", declined, true)
		purged(at(2027, time.February, 27))
		there("the declined one", declined, false)
		there("who left", left, true)
		own := func() []*training.Own { return value(w.courses.Mine(ctx, stays))(t) }
		purged(at(2027, time.May, 28))
		if o := own(); len(o) != 1 || o[0].Note.Empty() || len(o[0].Needs) == 0 {
			t.Errorf("what she needs went too soon: %+v", o)
		}
		purged(at(2027, time.June, 1))
		if o := own(); len(o) != 1 || !o[0].Note.Empty() || len(o[0].Needs) != 0 {
			t.Errorf("what she needed is still there: %+v", o)
		}
		meetings := func() int {
			list, _, err := w.support.Sessions(ctx, stays, peersupport.SessionQuery{Past: true, Limit: 10})
			must(t)(nil, err)
			return len(list)
		}
		purged(at(2027, time.November, 26))
		there("who left", left, true)
		if n := meetings(); n != 1 {
			t.Errorf("of her meetings %d are left", n)
		}
		if _, err := w.keys.Of(ctx, w.Org, list[0].ID); err != nil {
			t.Errorf("the grievance went too soon: %v", err)
		}
		purged(at(2027, time.November, 27))
		there("who left", left, false)
		there("who works here", works, true)
		there("who stays", stays, true)
		must(t)(w.keys.DestroyDoomed(ctx, w.Store.Org(w.Org), 100))
		if _, err := w.keys.Of(ctx, w.Org, list[0].ID); !errors.Is(err, seal.ErrNoKey) {
			t.Errorf("the grievance's key is there: %v", err)
		}
		purged(at(2027, time.December, 1))
		if n := meetings(); n != 0 {
			t.Errorf("of her meetings %d are left", n)
		}
		purged(at(2029, time.March, 1))
		if o := own(); len(o) != 0 {
			t.Errorf("her enrolments are still there: %+v", o)
		}
		must(t)(w.Everything(ctx, w.fresh(value(w.accounts.ActorOf(ctx, w.Org, stays.Account))(t))))
	})
}
