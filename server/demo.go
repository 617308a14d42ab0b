package main

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"

	"chautari/models/access"
	"chautari/models/account/words"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/place"
	"chautari/models/seal"
)

// sampleRegister is an old register of invented people, as messy as real ones.
//
//go:embed sample/old-register.xlsx
var sampleRegister []byte

type demoCommand struct{}

// Run fills a fresh store and serves it. Without DATA_DIR everything lies in a
// temporary folder that goes when the server stops.
func (demoCommand) Run(ctx context.Context) (err error) {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if s.DataDir == "" {
		if s.DataDir, err = os.MkdirTemp("", "chautari-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(s.DataDir)) }()
	}
	if _, err := os.Stat(filepath.Join(s.DataDir, "data.db")); err == nil {
		return fmt.Errorf("%s holds data already; the demo wants an empty folder", s.DataDir)
	}
	// The demo's key lives in memory only: what it sealed is gone with it.
	content, err := seal.NewKeyFile()
	if err != nil {
		return err
	}
	master, err := seal.OpenMaster(content)
	if err != nil {
		return err
	}
	h, err := build(ctx, s, master, clock.System{}, newLog())
	if err != nil {
		return err
	}
	listener, err := h.listen()
	if err != nil {
		return errors.Join(err, h.close())
	}
	h.nouns.Registers.Sample = sampleRegister
	signIns, err := h.fill(ctx)
	if err != nil {
		return errors.Join(err, h.close())
	}
	if err := printSignIns(os.Stdout, signIns); err != nil {
		return errors.Join(err, h.close())
	}
	if s.Credentials != "" {
		if err := writeSignIns(s.Credentials, signIns); err != nil {
			return errors.Join(err, h.close())
		}
	}
	return h.serve(ctx, listener)
}

// demoSignIn is one printed way in. Nobody else in the demo can sign in.
type demoSignIn struct {
	Role         access.Role `json:"role"`
	Of           string      `json:"of,omitempty"` // the groups a coordinator looks after
	Handle       string      `json:"handle"`
	Passphrase   string      `json:"passphrase"`
	TotpSecret   string      `json:"totpSecret,omitempty"`
	Organisation string      `json:"organisation"`
	Address      string      `json:"address"`
}

func printSignIns(w io.Writer, list []demoSignIn) error {
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintln(t, "\nThese people are invented. Sign in with:\n\nrole\tof\tname\tpassphrase\taddress")
	for _, s := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", s.Role, s.Of, s.Handle, s.Passphrase, s.Address)
	}
	fmt.Fprintln(t)
	return t.Flush()
}

func writeSignIns(path string, list []demoSignIn) error {
	content, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o600)
}

// demoDistricts are those that the sample register knows, in English.
var demoDistricts = []string{
	"Kathmandu", "Kaski", "Jhapa", "Banke", "Kailali",
	"Sindhupalchok", "Makwanpur", "Rautahat", "Nuwakot", "Dolakha",
}

// demoAliases are the names that invented women chose; the district is by its place in the list above.
var demoAliases = []struct {
	alias    string
	district int // -1 where she did not know her group
	answer   member.State
}{
	{"लालीगुराँस", 1, member.Active},
	{"Junkiri", 0, member.Active},
	{"बिहानी", 0, member.Active},
	{"Sayapatri", 2, member.Active},
	{"छहारी", 3, member.Active},
	{"Indreni", 4, member.Active},
	{"पालुवा", 5, member.Active},
	{"Kopila", 1, member.Active},
	{"सुनाखरी", 6, member.Active},
	{"Danfe", 7, member.Active},
	{"मकै", 8, member.Active},
	{"Shital", 9, member.Active},
	{"चौतारी दिदी", 0, member.Applied},
	{"Asha", 1, member.Applied},
	{"जून", 3, member.Applied},
	{"Pari", -1, member.Applied},
	{"रातो टीका", 2, member.Declined},
}

// fill makes the invented organisation and returns who can sign in.
func (h *house) fill(ctx context.Context) ([]demoSignIn, error) {
	name := organisation.Name{NE: "पिपलबोट संस्था", EN: "Pipalbot", NB: "Pipalbot"}
	org, root, err := h.nouns.Organisations.Found(ctx, organisation.Founding{
		Name: name, Group: organisation.Name{NE: "सबै समूह", EN: "All groups", NB: "Alle grupper"}, Demo: true,
	})
	if err != nil {
		return nil, err
	}
	groups := make([]string, len(demoDistricts))
	for i, d := range demoDistricts {
		district, ok := place.FindDistrict(d)
		if !ok {
			return nil, fmt.Errorf("demo: no district %q", d)
		}
		groups[i], err = h.nouns.Organisations.AddGroup(ctx, org, root, organisation.Name{NE: district.NE, EN: district.EN, NB: district.EN}, i)
		if err != nil {
			return nil, err
		}
	}
	var signIns []demoSignIn
	admit := func(role access.Role, group, of, alias string) (access.Actor, error) {
		phrase := newPhrase()
		in, err := h.nouns.Members.Admit(ctx, org, group, member.Admission{
			Alias: alias, Language: "ne", Passphrase: phrase, Consents: demoConsents("ne"),
		})
		if err != nil {
			return access.Actor{}, err
		}
		signIns = append(signIns, demoSignIn{
			Role: role, Of: of, Handle: in.Handle.Reveal(), Passphrase: phrase, Organisation: name.EN, Address: h.settings.url(),
		})
		return h.actor(ctx, in.Handle.Reveal(), phrase)
	}
	coordinator, err := admit(access.Coordinator, root, "all groups", "संयोजक सगुन")
	if err != nil {
		return nil, err
	}
	if _, err := admit(access.Coordinator, groups[1], demoDistricts[1], "Kaski ko Maya"); err != nil {
		return nil, err
	}
	for _, d := range demoAliases {
		if err := h.demoMember(ctx, coordinator, groups, d.alias, d.district, d.answer, &signIns); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(signIns, func(a, b demoSignIn) int {
		return slices.Index(access.Roles, a.Role) - slices.Index(access.Roles, b.Role)
	})
	return signIns, nil
}

// demoMember registers one woman and answers her. The first active one is printed.
func (h *house) demoMember(ctx context.Context, coordinator access.Actor, groups []string, alias string, district int, answer member.State, signIns *[]demoSignIn) error {
	phrase := newPhrase()
	in := member.Registration{Alias: alias, Language: "ne", Passphrase: phrase, Consents: demoConsents("ne")}
	if district >= 0 {
		in.Group = &groups[district]
	}
	registered, err := h.nouns.Members.Register(ctx, access.AnonymousIn(coordinator.Org), once.Key{}, in)
	if err != nil {
		return err
	}
	she, err := h.actor(ctx, registered.Handle.Reveal(), phrase)
	if err != nil {
		return err
	}
	role := access.Applicant
	switch answer {
	case member.Active:
		role = access.Member
		_, err = h.nouns.Members.Approve(ctx, coordinator, once.Key{}, she.Person, member.Approval{})
	case member.Declined:
		_, err = h.nouns.Members.Decline(ctx, coordinator, once.Key{}, she.Person, member.Declining{
			Reason: member.TalkFirst, Words: "आउने शनिबार समूहमा भेटेर कुरा गरौं।",
		})
	}
	if err != nil {
		return err
	}
	printed := slices.ContainsFunc(*signIns, func(s demoSignIn) bool { return s.Role == role })
	if !printed && answer != member.Declined {
		*signIns = append(*signIns, demoSignIn{
			Role: role, Handle: registered.Handle.Reveal(), Passphrase: phrase, Organisation: (*signIns)[0].Organisation, Address: h.settings.url(),
		})
	}
	return h.nouns.Accounts.SignOutEverywhere(ctx, she)
}

// actor signs in once, to act as this person while filling.
func (h *house) actor(ctx context.Context, handle, phrase string) (access.Actor, error) {
	org, err := h.nouns.Organisations.ByHost(ctx, "localhost")
	if err != nil {
		return access.Actor{}, err
	}
	token, _, err := h.nouns.Accounts.SignIn(ctx, org, "localhost", handle, phrase)
	if err != nil {
		return access.Actor{}, err
	}
	return h.nouns.Accounts.Authenticate(ctx, "localhost", token)
}

// newPhrase is five words in Latin letters, easy to type on any keyboard.
func newPhrase() string {
	list := words.Phrase("en", rand.Reader)
	out := list[0]
	for _, w := range list[1:] {
		out += " " + w
	}
	return out
}

func demoConsents(language string) []consent.Given {
	var given []consent.Given
	for _, t := range consent.Texts(language) {
		if !t.Optional {
			given = append(given, consent.Given{Purpose: t.Purpose, Version: t.Version, Language: language})
		}
	}
	return given
}
