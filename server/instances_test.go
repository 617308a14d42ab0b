package main

import (
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/grievance"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/store"
	"chautari/models/training"
)

// disable closes an account as it lies in the store.
func (w *twins) disable(id string) {
	w.Helper()
	spec := account.Specs()[0]
	w.must(w.data.Tx(ctx, func(tx store.Writer) error {
		r, err := tx.Get(ctx, spec, w.org, id)
		if err != nil {
			return err
		}
		var d bson.M
		if err := bson.Unmarshal(r.Body, &d); err != nil {
			return err
		}
		r.Version++
		d["closed"], d["version"] = true, r.Version
		if r.Body, err = bson.Marshal(ordered(d)); err != nil {
			return err
		}
		return tx.Replace(ctx, spec, w.org, r)
	}))
}

// ordered puts first what stands first in every document.
func ordered(d bson.M) bson.D {
	out := bson.D{{Key: "_id", Value: d["_id"]}, {Key: "version", Value: d["version"]}, {Key: "changed", Value: d["changed"]}}
	for k, v := range d {
		if k != "_id" && k != "version" && k != "changed" {
			out = append(out, bson.E{Key: k, Value: v})
		}
	}
	return out
}

func TestWhatEndsOrChangesARightOnOneInstanceActsAtTheNextRequestOnTheOther(t *testing.T) {
	t.Parallel()
	w := newTwins(t, clock.At(twinDay))
	handle := w.admit(access.Coordinator, w.root, "Sagun")
	people := "/api/members?limit=10"

	leaver := w.enter(handle)
	leaver.get(w.atB, people).wants(200)
	leaver.send(w.atA, leaver.request(http.MethodDelete, "/api/session", nil)).wants(204)
	leaver.get(w.atB, people).wantsCode(401, "session.absent")

	everywhere, kept := w.enter(handle), w.enter(handle)
	everywhere.get(w.atB, people).wants(200)
	kept.send(w.atA, kept.request(http.MethodDelete, "/api/sessions", nil)).wants(204)
	everywhere.get(w.atB, people).wantsCode(401, "session.absent")

	she := w.enter(handle)
	she.get(w.atB, people).wants(200)
	w.change(she.who.Person, "", access.Coordinator)
	if a := she.get(w.atB, people); a.status == 200 {
		t.Error("a role that was taken away is still good on the other instance")
	}

	disabled := w.enter(w.admit(access.Coordinator, w.root, "Maya"))
	disabled.get(w.atB, people).wants(200)
	w.disable(disabled.who.Account)
	disabled.get(w.atB, people).wantsCode(401, "session.absent")
	disabled.get(w.atA, people).wantsCode(401, "session.absent")
}

func TestThePeopleOfOneInstanceAreThoseOfTheOtherASecondLater(t *testing.T) {
	t.Parallel()
	w := newTwins(t, clock.At(twinDay))
	coordinator := w.enter(w.admit(access.Coordinator, w.root, "Sagun"))
	find := func(app *fiber.App, name string) answer {
		t.Helper()
		return coordinator.get(app, "/api/members?limit=50&q="+url.QueryEscape(name)).wants(200)
	}
	list := func(app *fiber.App) answer {
		t.Helper()
		return coordinator.get(app, "/api/members?limit=100").wants(200)
	}
	for _, app := range []*fiber.App{w.atA, w.atB} {
		list(app) // both have their index filled
	}

	nobody := &caller{TB: t}
	yes := []map[string]string{{"purpose": "membership", "version": "1", "language": "ne"}}
	made := nobody.post(w.atA, "/api/registrations", map[string]any{
		"alias": "Junkiri", "group": w.group, "language": "ne", "passphrase": twinPhrase, "consents": yes,
	}).wants(201)
	w.second()
	if !find(w.atB, "Junkiri").shows("Junkiri") || !list(w.atB).shows("Junkiri") {
		t.Error("who registered on one is not found on the other")
	}

	handle, _ := made.json["handle"].(string)
	she := w.enter(handle)
	rename := she.request(http.MethodPatch, "/api/me", map[string]any{"alias": "Sayapatri"})
	rename.Header.Set("If-Match", she.get(w.atB, "/api/me").wants(200).etag())
	she.send(w.atB, rename).wants(200)
	w.second()
	if find(w.atA, "Junkiri").shows(she.who.Person) || !find(w.atA, "Sayapatri").shows("Sayapatri") {
		t.Error("who took another name on one has the old one on the other")
	}

	coordinator.post(w.atA, "/api/members/"+she.who.Person+"/approve", map[string]any{}).wants(200)
	w.second()
	if !coordinator.get(w.atB, "/api/members?limit=50&state=active&q=Sayapatri").shows(she.who.Person) {
		t.Error("who was taken in on one still applies on the other")
	}

	// Somebody of the old register moves to another group, and is erased when her time is over.
	other, err := w.a.nouns.Organisations.AddGroup(ctx, w.org, w.root, organisation.Name{EN: "Jhapa"}, 2)
	w.must(err)
	w.second()
	carried := w.carry("Dhaulagiri Sherpa")
	w.second()
	read := coordinator.get(w.atB, "/api/members/"+carried).wants(200)
	if !find(w.atB, "Dhaulagiri").shows(carried) {
		t.Error("who was carried over on one is not found on the other")
	}
	move := coordinator.request(http.MethodPatch, "/api/members/"+carried, map[string]any{"group": other})
	move.Header.Set("If-Match", read.etag())
	coordinator.send(w.atA, move).wants(200)
	w.second()
	if coordinator.get(w.atB, "/api/members?limit=50&group="+w.group).shows(carried) || !coordinator.get(w.atB, "/api/members?limit=50&group="+other).shows(carried) {
		t.Error("who moved on one is in her old group on the other")
	}

	w.fake.Advance(400 * 24 * time.Hour)
	again := w.enter(w.admit(access.Coordinator, w.root, "Maya"))
	again.get(w.atB, "/api/members?limit=100").wants(200)
	if n, err := w.a.nouns.Members.ForgetOverdue(ctx, w.org, 100); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	w.second()
	for _, path := range []string{"/api/members?limit=100", "/api/members?limit=10&q=Dhaulagiri"} {
		if again.get(w.atB, path).wants(200).shows(carried) {
			t.Errorf("who was erased on one is found on the other by %s", path)
		}
	}
	again.get(w.atB, "/api/members/"+carried).wants(404)
	if _, err := w.b.seals.Of(ctx, w.org, carried); err == nil {
		t.Error("her key opens on the other instance")
	}
}

// carry makes somebody carried over on the first instance, as an import does.
func (w *twins) carry(name string) string {
	w.Helper()
	person := member.NewPerson()
	keys, err := w.a.seals.Create(ctx, w.org, person)
	w.must(err)
	m := w.a.nouns.Members
	doc, err := m.NewCarried(ctx, w.org, keys[0], person, "imp_twins", 1, member.Carried{Details: member.Details{PaperName: name}, Group: w.group})
	w.must(err)
	w.must(w.a.data.Org(w.org).Tx(ctx, func(tx *store.Tx) error { return m.InsertCarried(ctx, tx, doc) }))
	w.must(m.Listed(w.org, keys[0], doc))
	return person
}

// crowd has many callers do something at once, on the two instances in turn.
func (w *twins) crowd(all []*caller, do func(c *caller, app *fiber.App) answer) (statuses map[int]int) {
	var mu sync.Mutex
	statuses = map[int]int{}
	var running sync.WaitGroup
	for i, c := range all {
		running.Go(func() {
			a := do(c, []*fiber.App{w.atA, w.atB}[i%2])
			mu.Lock()
			defer mu.Unlock()
			statuses[a.status]++
		})
	}
	running.Wait()
	return statuses
}

func (w *twins) members(n int) []*caller {
	all := make([]*caller, n)
	for i := range all {
		all[i] = w.enter(w.admit(access.Member, w.group, "Friend "+string(rune('A'+i))))
	}
	return all
}

// supporter is somebody with hours on Sunday mornings.
func (w *twins) supporter(alias string) *caller {
	w.Helper()
	she := w.enter(w.admit(access.PeerSupporter, w.group, alias))
	set := she.request(http.MethodPatch, "/api/support/hours", map[string]any{
		"spans": []map[string]any{{"weekday": 0, "from": "10:00", "to": "13:00"}}, "length": 60, "cap": 5, "languages": []string{"ne"},
		"consents": []map[string]string{{"purpose": "supporter_name", "version": "1", "language": "ne"}},
	})
	set.Header.Set("If-Match", `"1"`)
	she.send(w.atA, set).wants(200)
	return she
}

// intake is one for everybody, that can be applied to now.
func (w *twins) intake(seats int) string {
	w.Helper()
	coordinator := w.enter(w.admit(access.Coordinator, w.root, "Sagun"))
	course := coordinator.post(w.atA, "/api/courses", map[string]any{"name": map[string]string{"en": "Sewing"}, "picture": "sewing"}).wants(201)
	id, _ := course.json["id"].(string)
	made := coordinator.post(w.atA, "/api/courses/"+id+"/intakes", map[string]any{
		"seats": seats, "opens": w.day(-2), "closes": w.day(5), "begins": w.day(10), "ends": w.day(90),
		"times": []map[string]any{{"weekday": 0, "from": "07:00", "to": "09:00"}},
	}).wants(201)
	id, _ = made.json["id"].(string)
	return id
}

func (w *twins) day(n int) string { return w.clock.Now().AddDate(0, 0, n).Format(time.DateOnly) }

func TestOneSlotOneSeatAndOneKeyOnTwoInstancesAtOnce(t *testing.T) {
	t.Parallel()
	w := newTwins(t, clock.At(twinDay))
	women := w.members(6)
	maina := w.supporter("Maina")
	w.second()

	sunday := time.Date(2026, 11, 29, 4, 15, 0, 0, time.UTC) // 10:00 in Nepal
	booked := w.crowd(women, func(c *caller, app *fiber.App) answer {
		return c.post(app, "/api/support/sessions", map[string]any{"start": sunday, "supporter": maina.who.Person})
	})
	if booked[201] != 1 || booked[409] != len(women)-1 {
		t.Errorf("a slot was booked with the answers %v", booked)
	}

	intake := w.intake(1)
	applied := w.crowd(women, func(c *caller, app *fiber.App) answer {
		return c.post(app, "/api/intakes/"+intake+"/apply", nil)
	})
	if applied[201] != len(women) {
		t.Errorf("applying was answered %v", applied)
	}
	standing := map[training.Standing]int{}
	for _, c := range women {
		own, err := w.b.nouns.Courses.Mine(ctx, c.who)
		w.must(err)
		for _, o := range own {
			standing[o.Standing]++
		}
	}
	if standing[training.Enrolled] != 1 || standing[training.Waiting] != len(women)-1 {
		t.Errorf("of one seat there are %v", standing)
	}

	// One woman sends one act to both, several times.
	before := w.done(access.BookSession, women[5].who.Account)
	copies := []*caller{women[5], women[5], women[5], women[5], women[5], women[5]}
	again := w.crowd(copies, func(c *caller, app *fiber.App) answer {
		r := c.request(http.MethodPost, "/api/support/sessions", map[string]any{"start": sunday.Add(time.Hour), "supporter": maina.who.Person})
		r.Header.Set("Idempotency-Key", "key_of_one_act_only")
		return c.send(app, r)
	})
	if n := w.done(access.BookSession, women[5].who.Account) - before; again[201] != len(copies) || n != 1 {
		t.Errorf("one key was answered %v and acted %d times", again, n)
	}
}

// done counts the acts of an account in the trail.
func (w *twins) done(act access.Action, accountID string) (n int) {
	w.Helper()
	w.must(audit.Entries.Each(ctx, w.a.data.Org(w.org), store.Query{Index: store.ChangedIndex}, func(e *audit.Entry) error {
		if e.Account == accountID && e.Action == act && e.Result == audit.Done {
			n++
		}
		return nil
	}))
	return n
}

func TestWhatIsLateClimbsOnceThoughTwoInstancesSweep(t *testing.T) {
	t.Parallel()
	w := newTwins(t, clock.At(twinDay))
	w.admit(access.FocalPoint, w.root, "Sarita")
	w.admit(access.Deputy, w.root, "Urmi")
	w.admit(access.Board, w.root, "Binu")
	nobody := access.AnonymousIn(w.org)
	form, err := w.a.nouns.Grievances.Form(ctx, nobody)
	w.must(err)
	w.fake.Advance(time.Minute)
	_, err = w.b.nouns.Grievances.Send(ctx, nobody, grievance.Sending{Token: form.Token, Category: grievance.Harm, Text: "पालो मिलाइदिए पुग्छ।"}, false)
	w.must(err)
	w.must(w.a.sweep(ctx))
	w.fake.Advance(60 * time.Hour) // nobody acknowledged it
	var sweeping sync.WaitGroup
	for _, h := range []*house{w.a, w.b, w.a, w.b} {
		sweeping.Go(func() {
			if err := h.sweep(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	sweeping.Wait()
	moves := 0
	today := calendar.Of(w.clock.Now())
	w.must(grievance.EachSent(ctx, w.a.data.Org(w.org), today.AddDays(-10), today.AddDays(1), func(g *grievance.Grievance) error {
		for _, e := range g.Entries {
			if e.By == grievance.ByMove {
				moves++
			}
		}
		return nil
	}))
	if moves != 1 {
		t.Errorf("it climbed %d times", moves)
	}
}

func TestOneInstanceSweepsAndAnotherGoesOnWhenItStops(t *testing.T) {
	t.Parallel()
	w := newTwins(t, clock.At(twinDay))
	first, err := w.a.leases.Take(ctx, sweepLease)
	w.must(err)
	if _, err := w.b.leases.Take(ctx, sweepLease); err == nil {
		t.Fatal("both sweep")
	}
	if p := w.b.working(ctx); p.Says != "last heard of 0 s ago" || p.Wrong != "" {
		t.Errorf("%+v", p)
	}
	w.must(first.Release(ctx))
	if p := w.b.working(ctx); p.Says != "nobody does them now" || p.Wrong != "" {
		t.Errorf("%+v", p)
	}
	if _, err := w.b.leases.Take(ctx, sweepLease); err != nil {
		t.Error(err)
	}
}
