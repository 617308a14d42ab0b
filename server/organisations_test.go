package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/founding"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/stage"
)

const newHost = "pipalbot.example"

// at asks for something at a host and gives status and body.
func at(t *testing.T, h *house, host, path, cookie string) (int, string) {
	t.Helper()
	req := httptest.NewRequest(http.MethodGet, "http://"+host+path, nil)
	req.Host = host
	if cookie != "" {
		req.Header.Set("Cookie", "__Host-s="+cookie)
	}
	res, err := h.app().Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// tell runs a command's work and gives what it printed.
func tell(t *testing.T, do func(io.Writer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := do(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var codeOnScreen = regexp.MustCompile(`[A-Z2-9]{4}(-[A-Z2-9]{4}){3}`)

func TestAnotherOrganisationIsFoundedBesideTheFirst(t *testing.T) {
	o := newOffice(t)
	h := o.open()
	defer o.close(h)
	if status, _ := at(t, h, newHost, "/api/organisation", ""); status != http.StatusNotFound {
		t.Errorf("before: %d", status)
	}
	create := createOrganisationCommand{Name: "पिपलबोट", Host: newHost, Language: "ne"}
	code := codeOnScreen.FindString(tell(t, func(out io.Writer) error { return create.create(t.Context(), h, out) }))
	if code == "" {
		t.Fatal("no code was printed")
	}
	if status, body := at(t, h, newHost, "/api/organisation", ""); status != 200 || !strings.Contains(body, `"foundingOpen":true`) || !strings.Contains(body, "पिपलबोट") {
		t.Errorf("waiting: %d %s", status, body)
	}
	if status, _ := at(t, h, newHost, "/begin", ""); status != 200 {
		t.Errorf("its page answers %d", status)
	}
	for path, want := range map[string]int{"/api/helplines": 200, "/api/session": 401} {
		if status, body := at(t, h, newHost, path, ""); status != want {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if status, _ := at(t, h, "elsewhere.example", "/api/organisation", ""); status != http.StatusNotFound {
		t.Errorf("at another host: %d", status)
	}
	in, err := h.nouns.Founders.Found(t.Context(), newHost, once.Key{}, founding.Founding{
		Code: code, OrganisationName: "पिपलबोट", GroupName: "सबै", Alias: "Kamala", Language: "ne",
		Passphrase: officePhrase, Consents: stage.Yes(consent.Membership),
	})
	if err != nil {
		t.Fatal(err)
	}
	org, err := h.nouns.Organisations.ByHost(t.Context(), newHost)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.nouns.Accounts.ActorOf(t.Context(), org, in.Account); err != nil {
		t.Error(err)
	}
	if status, body := at(t, h, "localhost", "/api/organisation", ""); status != 200 || strings.Contains(body, "पिपलबोट") {
		t.Errorf("the first one: %d %s", status, body)
	}
	if err := create.create(t.Context(), h, io.Discard); err == nil || !strings.Contains(err.Error(), newHost) {
		t.Errorf("once more at the same host: %v", err)
	}
}

func TestACodeForAnOrganisationCanBeTakenBack(t *testing.T) {
	o := newOffice(t)
	h := o.open()
	defer o.close(h)
	back := createOrganisationCommand{Host: newHost, Withdraw: true}
	if err := back.create(t.Context(), h, io.Discard); err == nil || !strings.Contains(err.Error(), newHost) {
		t.Errorf("none is out: %v", err)
	}
	create := createOrganisationCommand{Name: "पिपलबोट", Host: newHost, Language: "ne"}
	code := codeOnScreen.FindString(tell(t, func(out io.Writer) error { return create.create(t.Context(), h, out) }))
	tell(t, func(out io.Writer) error { return back.create(t.Context(), h, out) })
	if status, _ := at(t, h, newHost, "/api/organisation", ""); status != http.StatusNotFound {
		t.Errorf("the host name still answers: %d", status)
	}
	if _, err := h.nouns.Founders.Found(t.Context(), newHost, once.Key{}, founding.Founding{
		Code: code, OrganisationName: "पिपलबोट", GroupName: "सबै", Alias: "Kamala", Language: "ne",
		Passphrase: officePhrase, Consents: stage.Yes(consent.Membership),
	}); err == nil {
		t.Error("it was founded with a code that was taken back")
	}
}

func TestAnOrganisationIsNotProposedUnderANameThatItsPageRefuses(t *testing.T) {
	o := newOffice(t)
	h := o.open()
	defer o.close(h)
	for _, name := range []string{"", "  \t", "\u200b", strings.Repeat("न", organisation.LongestName+1)} {
		create := createOrganisationCommand{Name: name, Host: newHost, Language: "ne"}
		if err := create.create(t.Context(), h, io.Discard); err == nil || !strings.Contains(err.Error(), "name") {
			t.Errorf("%q: %v", name, err)
		}
	}
	if status, _ := at(t, h, newHost, "/api/organisation", ""); status != http.StatusNotFound {
		t.Errorf("a code is out: %d", status)
	}
	if err := (createOrganisationCommand{Name: strings.Repeat("न", organisation.LongestName), Host: newHost, Language: "ne"}).create(t.Context(), h, io.Discard); err != nil {
		t.Errorf("the longest: %v", err)
	}
}

func TestASignInEndsWithTheHostNameItWasMadeAt(t *testing.T) {
	o := newOffice(t)
	h := o.open()
	defer o.close(h)
	orgs := h.nouns.Organisations
	first, err := orgs.ByHost(t.Context(), "localhost")
	if err != nil {
		t.Fatal(err)
	}
	second, root, err := orgs.Found(t.Context(), organisation.Founding{
		Name: organisation.Name{EN: "Other"}, Group: organisation.Name{EN: "All"}, Hosts: []string{"other.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	put := func(org, group string, hosts ...string) {
		t.Helper()
		in, err := h.nouns.Members.Admit(t.Context(), org, group, member.Admission{
			Alias: "Kamala", Language: "ne", Consents: stage.Yes(consent.Membership), Roles: []access.Role{access.Administrator}, Waiting: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		a, err := h.nouns.Accounts.ActorOf(t.Context(), org, in.Account)
		if err != nil {
			t.Fatal(err)
		}
		a.Fresh = true
		now, err := orgs.ReadSettings(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := orgs.ChangeSettings(t.Context(), a, "", now.Version, organisation.SettingsChange{Hosts: hosts}); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := orgs.Tree(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	put(first, tree.Root().ID, "localhost", "127.0.0.1", "::1", newHost)
	token, _, err := h.nouns.Accounts.SignIn(t.Context(), first, newHost, o.handle, officePhrase)
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := at(t, h, newHost, "/api/session", token); status != 200 {
		t.Fatalf("signed in: %d", status)
	}
	put(first, tree.Root().ID, "localhost", "127.0.0.1", "::1")
	if status, body := at(t, h, newHost, "/api/session", token); status != http.StatusNotFound {
		t.Errorf("at a name that was removed: %d %s", status, body)
	}
	put(second, root, "other.example", newHost)
	if status, body := at(t, h, newHost, "/api/session", token); status != http.StatusUnauthorized {
		t.Errorf("at a name that is another organisation's now: %d %s", status, body)
	}
}

func TestAClosedOrganisationAnswersAsAbsentAndIsOpenedAgain(t *testing.T) {
	o := newOffice(t)
	h := o.open()
	defer o.close(h)
	org, err := h.nouns.Organisations.ByHost(t.Context(), "localhost")
	if err != nil {
		t.Fatal(err)
	}
	enter := func() string {
		t.Helper()
		token, _, err := h.nouns.Accounts.SignIn(t.Context(), org, "localhost", o.handle, officePhrase)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	token := enter()
	if status, _ := at(t, h, "localhost", "/api/session", token); status != 200 {
		t.Fatalf("signed in: %d", status)
	}
	if err := (closeOrganisationCommand{Host: "localhost"}).Run(t.Context()); err == nil || !strings.Contains(err.Error(), "--yes") {
		t.Errorf("without --yes: %v", err)
	}
	told := tell(t, func(out io.Writer) error {
		return closeOrganisationCommand{Host: "localhost", Yes: true}.close(t.Context(), h, out)
	})
	if !strings.Contains(told, "1 sign-ins") {
		t.Error(told)
	}
	other := o.again(h) // an instance that has nothing in memory
	for _, path := range []string{"/api/organisation", "/api/session", "/api/helplines"} {
		status, body := at(t, other, "localhost", path, token)
		absent, like := at(t, other, "elsewhere.example", path, token)
		if status != http.StatusNotFound || absent != status || len(body) != len(like) {
			t.Errorf("%s: %d %s, at no door %d %s", path, status, body, absent, like)
		}
	}
	if err := (closeOrganisationCommand{Host: "elsewhere.example", Yes: true}).close(t.Context(), h, io.Discard); err == nil {
		t.Error("one that isn't there was closed")
	}
	tell(t, func(out io.Writer) error {
		return closeOrganisationCommand{Host: "localhost", Open: true, Yes: true}.close(t.Context(), h, out)
	})
	again := o.again(h)
	if status, _ := at(t, again, "localhost", "/api/session", token); status != http.StatusUnauthorized {
		t.Errorf("an old sign-in: %d", status)
	}
	if status, _ := at(t, again, "localhost", "/api/session", enter()); status != 200 {
		t.Errorf("a new sign-in: %d", status)
	}
}

// again puts the nouns over the same stores once more, as another instance would.
func (o *office) again(h *house) *house {
	o.t.Helper()
	master, err := openKey(o.settings.KeyFile)
	if err != nil {
		o.t.Fatal(err)
	}
	other, err := assemble(o.t.Context(), o.settings, master, clock.System{}, slog.New(slog.DiscardHandler), h.data.Engine(), h.keys.Engine())
	if err != nil {
		o.t.Fatal(err)
	}
	return other
}

// Only the commands on the host make an administrator's code; nothing that the
// network reaches does.
func TestNoRouteMakesAnAdministrator(t *testing.T) {
	err := filepath.WalkDir("../routes", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		source, err := os.ReadFile(path)
		if strings.Contains(string(source), "InviteAdministrator") {
			err = errors.Join(err, errors.New(path+" makes one"))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
