package routes_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"chautari/models/access"
	"chautari/models/organisation"
)

type shownRow struct {
	Line  int
	Hints []string
}

// broughtIn imports a file of the field's cases, all of it, with rows that name no
// group in the first one. It returns the rows as they were shown before.
func (w *ward) broughtIn(t *testing.T, name string) []shownRow {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "models", "register", "sheet", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	coordinator := w.as(w.Coordinator)
	var imp struct {
		ID     string
		Counts map[string]int
	}
	begun := coordinator.Upload("/api/register-imports", name, content).Wants(201).Into(&imp)
	path := "/api/register-imports/" + imp.ID
	coordinator.Patch(path, begun.Version(), fmt.Sprintf(`{"groups":[{"value":"","group":%q}]}`, w.First)).Wants(200).Into(&imp)
	if imp.Counts["failed"] != 0 || imp.Counts["held"] != 0 {
		t.Fatalf("%s: %v", name, imp.Counts)
	}
	var rows struct{ Items []shownRow }
	coordinator.Get(path + "/rows?limit=100").Wants(200).Into(&rows)
	coordinator.Post(path+"/commit", `{}`).Wants(202)
	w.settled(coordinator, imp.ID, "committed")
	return rows.Items
}

// found are the names that a search finds.
func (w *ward) found(query string) []string {
	w.TB.Helper()
	var list struct{ Items []struct{ Name string } }
	w.as(w.Coordinator).Get("/api/members?limit=100&q=" + url.QueryEscape(query)).Wants(200).Into(&list)
	names := []string{}
	for _, one := range list.Items {
		names = append(names, one.Name)
	}
	return names
}

// TXT-01: one name is a name, whichever column it stands in. It comes in, is
// listed, found and goes out in a file with nothing put beside it.
func TestWhoHasOneNameIsListedFoundAndTakenOutWithItAlone(t *testing.T) {
	w := newWard(t)
	w.broughtIn(t, "C08_single_name.csv")
	w.Nobody().Post("/api/registrations", registration("सुनिता", `"`+w.First+`"`)).Wants(201)
	list := w.as(w.Coordinator).Get("/api/members?limit=100").Wants(200)
	lone := w.Person(access.Member, w.First, "कोपिला")
	w.As(lone).Get("/api/me").Wants(200).Contains(`"कोपिला"`)
	id := w.asked(access.Coordinator, w.bodies()["export"])
	w.by(access.Deputy).Post("/api/requests/"+id+"/approve", `{}`).Wants(200)
	file := w.by(access.Coordinator).Get("/api/exports/" + id + "/file").Wants(200)
	for query, want := range map[string]string{"सुनिता": "सुनिता", "Sunita": "Sunita", "Tamang": "Tamang", "Maria José": "Maria José de la Test"} {
		list.Contains(`"name":"` + want + `"`)
		if got := w.found(query); !strings.Contains("|"+strings.Join(got, "|")+"|", "|"+want+"|") {
			t.Errorf("%q finds %q", query, got)
		}
	}
	// Who was brought in and hasn't been asked is in no file that leaves.
	if !regexp.MustCompile(`(?m)^कोपिला,`).MatchString(file.Body) || strings.Contains(file.Body, "Sunita") {
		t.Errorf("the file is\n%s", file.Body)
	}
	for _, what := range []string{list.Body, file.Body} {
		for _, not := range []string{"undefined", "null null", "- ", ` -"`, "Tamang -", "Sunita -"} {
			if strings.Contains(what, not) {
				t.Errorf("%q stands in\n%s", not, what)
			}
		}
	}
}

// TXT-02: composed and decomposed are one name to whoever searches, are stored as
// one form, and the second of a pair is shown as perhaps the same person.
func TestANameInEitherFormIsOneNameFromTheListToTheSearch(t *testing.T) {
	w := newWard(t)
	if _, err := w.Orgs.AddGroup(t.Context(), w.Org, w.Root, organisation.Name{NE: "काठमाडौं", EN: "Kathmandu"}, 3); err != nil {
		t.Fatal(err)
	}
	coordinator, err := w.Accounts.ActorOf(t.Context(), w.Org, w.Coordinator.Account) // who has the new group too
	if err != nil {
		t.Fatal(err)
	}
	w.Coordinator = coordinator
	rows := w.broughtIn(t, "C07_unicode_forms.csv")
	if len(rows) != 9 {
		t.Fatalf("%d rows are shown", len(rows))
	}
	for _, row := range rows {
		if (row.Line == 3 || row.Line == 5) && !slices.Contains(row.Hints, "same_name") {
			t.Errorf("the second of a pair is not shown as perhaps the same person: %+v", row)
		}
	}
	w.Register("A\u030ana Ny", w.First)
	for query, want := range map[string]string{
		"Åse Prøve": "Åse Prøve|Åse Prøve", "A\u030ase Prøve": "Åse Prøve|Åse Prøve",
		"\u095cाकिया": "ड\u093cाकिया|ड\u093cाकिया", "ड\u093cाकिया": "ड\u093cाकिया|ड\u093cाकिया",
		"Åna Ny": "Åna Ny", "A\u030ana Ny": "Åna Ny",
	} {
		got := w.found(query)
		exact := []string{}
		for _, name := range got {
			if norm.NFC.String(name) == norm.NFC.String(query) {
				exact = append(exact, name)
			}
			if !norm.NFC.IsNormalString(name) {
				t.Errorf("%+q is not stored in one form", name)
			}
		}
		if strings.Join(exact, "|") != norm.NFC.String(want) {
			t.Errorf("%+q finds %+q, want %+q", query, got, want)
		}
	}
}
