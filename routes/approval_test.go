package routes_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/audit"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/routes/routestest"
)

// ward is a town with everybody who asks and decides.
type ward struct {
	*town
	people map[access.Role]access.Actor
	she    access.Actor
}

func newWard(t *testing.T) *ward {
	w := &ward{town: newTown(t), people: map[access.Role]access.Actor{}}
	for _, r := range access.Roles[2:] { // from members on
		w.people[r] = w.Person(r, w.First, "Marker"+string(r))
	}
	w.she = w.Register("Markerjunkiri", w.First, stage.WithPhone("9841777777"))
	return w
}

func (w *ward) by(r access.Role) *routestest.Caller { return w.As(w.people[r]) }

// stale is the same caller when her last proof is too long ago.
func (w *ward) stale(r access.Role) *routestest.Caller { return w.As(w.Stale(w.people[r])) }

func (w *ward) name(a access.Actor) string {
	w.TB.Helper()
	in, err := w.Accounts.Who(w.TB.Context(), a)
	if err != nil {
		w.TB.Fatal(err)
	}
	return in.Handle.Reveal()
}

// asked asks as a role and returns the id.
func (w *ward) asked(r access.Role, body string) string {
	w.TB.Helper()
	var made struct{ ID string }
	w.by(r).Post("/api/requests", body).Wants(201).Into(&made)
	return made.ID
}

func (w *ward) bodies() map[string]string {
	name := w.name(w.she)
	return map[string]string{
		"role":      fmt.Sprintf(`{"kind":"role","handle":%q,"role":"trainer","give":true,"reason":"Markerreason"}`, w.name(w.people[access.Member])),
		"emergency": fmt.Sprintf(`{"kind":"emergency","handle":%q,"hours":2,"reason":"Markerreason"}`, name),
		"export":    fmt.Sprintf(`{"kind":"export","group":%q,"reason":"Markerreason"}`, w.First),
	}
}

// Requirement 52 over HTTP, for each kind and each role: who asks, who decides,
// and that nothing of a request is shown to anybody else.
func TestEachKindOfRequestIsForItsRolesAlone(t *testing.T) {
	w := newWard(t)
	askers := map[string]access.Role{"role": access.FocalPoint, "emergency": access.FocalPoint, "export": access.Coordinator}
	deciders := map[string]string{
		"role": "board", "emergency": "deputy board", "export": "focalPoint deputy",
	}
	for kind, body := range w.bodies() {
		id := w.asked(askers[kind], body)
		w.by(askers[kind]).Get("/api/requests").Wants(200).Contains(id, `"mine":true`, `"mayWithdraw":true`, `"mayDecide":false`)
		w.by(askers[kind]).Post("/api/requests/"+id+"/approve", `{}`).Refused(404, "request.absent").Lacks("Marker")
		for role := range w.people {
			caller := w.by(role)
			if role == askers[kind] {
				continue
			}
			may := strings.Contains(" "+deciders[kind]+" ", " "+string(role)+" ")
			list := caller.Get("/api/requests")
			switch {
			case list.Status == http.StatusNotFound:
				list.Refused(404, "request.absent").Lacks("Marker", id)
			case may:
				list.Wants(200).Contains(id, "Markerreason", `"mayDecide":true`)
				w.stale(role).Post("/api/requests/"+id+"/approve", `{}`).Refused(403, "session.proof_needed")
				w.stale(role).Post("/api/requests/"+id+"/refuse", `{}`).Refused(403, "session.proof_needed")
			default:
				list.Wants(200).Lacks("Marker", id, w.name(w.she))
			}
			caller.Post("/api/requests/"+id+"/withdraw", `{}`).Refused(404, "request.absent").Lacks("Marker")
			if !may {
				caller.Post("/api/requests/"+id+"/approve", `{}`).Refused(404, "request.absent").Lacks("Marker")
				caller.Post("/api/requests/"+id+"/refuse", `{}`).Refused(404, "request.absent").Lacks("Marker")
			}
		}
		w.by(askers[kind]).Post("/api/requests/"+id+"/withdraw", `{}`).Wants(200).Contains(`"withdrawn"`)
		w.by(askers[kind]).Post("/api/requests/"+id+"/withdraw", `{}`).Refused(409, "approval.over")
	}
	w.stale(access.FocalPoint).Post("/api/requests", w.bodies()["role"]).Refused(403, "session.proof_needed")
	w.by(access.FocalPoint).Post("/api/requests", strings.Replace(w.bodies()["role"], w.name(w.people[access.Member]), w.name(w.people[access.FocalPoint]), 1)).
		Refused(422, "request.invalid").Field("handle", "approval.own")
	w.by(access.FocalPoint).Post("/api/requests", strings.Replace(w.bodies()["role"], "trainer", "member", 1)).
		Refused(422, "request.invalid").Field("role", "field.not_one_of")
}

// Requirement 31: a role that is given acts at her next request, under a new sign-in.
func TestARoleGivenByTwoActsAtOnce(t *testing.T) {
	w := newWard(t)
	if _, err := w.Members.Approve(t.Context(), w.Coordinator, once.Key{}, w.she.Person, member.Approval{}); err != nil {
		t.Fatal(err)
	}
	signedIn := w.as(w.she)
	id := w.asked(access.FocalPoint, fmt.Sprintf(`{"kind":"role","handle":%q,"role":"coordinator","group":%q,"give":true,"reason":"x"}`, w.name(w.she), w.First))
	w.by(access.Board).Get("/api/desk").Wants(200).Contains(`"requests":1`)
	w.by(access.Board).Post("/api/requests/"+id+"/approve", `{}`).Wants(200).Contains(`"approved"`, `"role":"coordinator"`, `"Kaski"`)
	w.by(access.Board).Get("/api/desk").Wants(200).Contains(`"requests":0`)
	w.by(access.Board).Get("/api/requests?state=decided").Wants(200).Contains(id)
	signedIn.Get("/api/session").Refused(401, "session.absent")
	w.as(w.she).Get("/api/members").Wants(200)
}

// Requirement 51 over HTTP: one person, after the time, an old proof, another reader.
func TestARecordOpenedInAnEmergency(t *testing.T) {
	w := newWard(t)
	id := w.asked(access.FocalPoint, w.bodies()["emergency"])
	path := "/api/emergencies/" + id
	w.by(access.FocalPoint).Get(path).Refused(404, "request.absent").Lacks("Marker")
	w.by(access.Deputy).Post("/api/requests/"+id+"/approve", `{}`).Wants(200).Contains(`"ends":"2026-11-26T10:00:00Z"`)
	w.stale(access.FocalPoint).Get(path).Refused(403, "session.proof_needed").Lacks("Marker")
	w.by(access.FocalPoint).Get(path).Wants(200).Contains("Markerjunkiri", "+9779841777777", `"paperName":null`, `"until":"2026-11-26T10:00:00Z"`)
	for role := range w.people {
		if role != access.FocalPoint {
			w.by(role).Get(path).Refused(404, "request.absent").Lacks("Marker")
		}
	}
	if opened := w.Trail(w.she.Person, audit.Read); len(opened) == 0 || len(w.Trail(id, audit.Refused)) == 0 {
		t.Error("the trail lacks it")
	}
	w.Stage.Clock.Advance(2 * time.Hour)
	w.by(access.FocalPoint).Get(path).Refused(404, "request.absent").Lacks("Marker")
}

// Requirement 99 over HTTP.
func TestAFileOfPeopleOverHTTP(t *testing.T) {
	w := newWard(t)
	if _, err := w.Members.Approve(t.Context(), w.Coordinator, once.Key{}, w.she.Person, member.Approval{}); err != nil {
		t.Fatal(err)
	}
	w.Person(access.Member, w.First, "=cmd|' /C calc'!A0")
	id := w.asked(access.Coordinator, w.bodies()["export"])
	path := "/api/exports/" + id + "/file"
	w.by(access.Coordinator).Get(path).Refused(404, "request.absent").Lacks("Marker")
	w.by(access.Deputy).Post("/api/requests/"+id+"/approve", `{}`).Wants(200)
	w.stale(access.Coordinator).Get(path).Refused(403, "session.proof_needed").Lacks("Marker")
	file := w.by(access.Coordinator).Get(path).Wants(200).Contains("Markerjunkiri,'+9779841777777,", "'=cmd|")
	for language, want := range map[string]string{"ne": "नाम,फोन,समूह\r\n", "en": "Name,Phone,Group\r\n", "nb": "Navn,Telefon,Gruppe\r\n", "": "नाम,फोन,समूह\r\n"} {
		at := path
		if language != "" {
			at += "?language=" + language
		}
		w.by(access.Coordinator).Get(at).Wants(200).Contains("\uFEFF" + want)
	}
	w.by(access.Coordinator).Get(path+"?language=xx").Refused(422, "request.invalid")
	for name, want := range map[string]string{
		"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="list.csv"`,
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; sandbox",
	} {
		if got := file.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	for role := range w.people {
		if role != access.Coordinator {
			w.by(role).Get(path).Refused(404, "request.absent").Lacks("Marker")
		}
	}
	w.As(w.OfFirst).Get(path).Refused(404, "request.absent").Lacks("Marker")
	w.Stage.Clock.Advance(24 * time.Hour)
	w.by(access.Coordinator).Get(path).Refused(404, "request.absent").Lacks("Marker")
}

// Requirement 40: ids of another organisation are nobody's.
func TestRequestsOfAnotherOrganisationAreAbsent(t *testing.T) {
	here, abroad := newWard(t), newWard(t)
	for kind, asker := range map[string]access.Role{"role": access.FocalPoint, "emergency": access.FocalPoint, "export": access.Coordinator} {
		id := here.asked(asker, here.bodies()[kind])
		for role := range abroad.people {
			for _, move := range []string{"approve", "refuse", "withdraw"} {
				abroad.by(role).Post("/api/requests/"+id+"/"+move, `{}`).Refused(404, "request.absent").Lacks("Marker")
			}
		}
		abroad.by(access.FocalPoint).Get("/api/emergencies/"+id).Refused(404, "request.absent")
		abroad.by(access.Coordinator).Get("/api/exports/"+id+"/file").Refused(404, "request.absent")
	}
	abroad.by(access.FocalPoint).Post("/api/requests", here.bodies()["emergency"]).Refused(422, "request.invalid").Field("handle", "account.unknown")
}
