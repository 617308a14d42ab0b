//go:build !production

package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"chautari/models/access"
	"chautari/models/account/words"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/place"
)

// demoPlace is one invented survivor-led organisation with its people.
type demoPlace struct {
	org, root string
	name      organisation.Name
	address   string
	groups    []string

	coordinator, board, focal, deputy access.Actor
	trainer                           access.Actor
	coordinators                      []access.Actor // all of them
	members, supporters               []access.Actor
}

// demoDistricts are those that the sample register knows, in English.
var demoDistricts = []string{
	"Kathmandu", "Kaski", "Jhapa", "Banke", "Kailali",
	"Sindhupalchok", "Makwanpur", "Rautahat", "Nuwakot", "Dolakha",
}

const (
	demoMembers    = 500 // of the first organisation, everybody counted
	demoSupporters = 14
	demoSmall      = 24 // of the second one
	demoAtOnce     = 8  // people taken in at once: the store writes them together
)

// Chosen names are made of two words, as invented women might put them together.
var (
	demoFirst = []string{
		"लालीगुराँस", "Junkiri", "बिहानी", "Sayapatri", "छहारी", "Indreni", "पालुवा", "Kopila", "सुनाखरी", "Danfe",
		"मकै", "Shital", "चाँदनी", "Himali", "कोसेली", "Sunaulo", "बेली", "Makhamali", "सिरिस", "Jureli",
		"पारिजात", "Munal", "आशा", "Purnima", "बादल", "Tara", "गोधूलि", "Phulmaya", "सिमसिमे", "Nauli",
		"धूपी", "Bhangeri", "चमेली", "Kande", "झरना", "Resham", "कुसुम", "Sarangi", "हिउँ", "Lahana",
	}
	demoSecond = []string{"", " दिदी", " bahini", " माया", " K", " फूल", " S", " आमा", " M", " घाम", " R", " खोला", " T"}
)

// organisations founds the supporting body and the two organisations.
func (d *demo) organisations(ctx context.Context) error {
	support, supportRoot := organisation.NewIDs()
	d.support = support
	name := organisation.Name{NE: "सहयोगी संस्था", EN: "Redd Barna", NB: "Redd Barna"}
	hosts := []string{"partner.localhost"}
	err := d.nouns.Organisations.FoundAs(ctx, d.support, supportRoot, organisation.Founding{
		Name: name, Hosts: hosts, Demo: true, Kind: organisation.Supporting,
		Group: organisation.Name{NE: "सबै", EN: "All", NB: "Alle"},
	})
	if err != nil {
		return err
	}
	partner := &demoPlace{org: d.support, root: supportRoot, name: name, address: d.at(hosts[0])}
	if _, err := d.signIn(ctx, partner, partner.root, "Liaison Ingrid", "nb", "", access.Liaison); err != nil {
		return err
	}
	if d.main, err = d.found(ctx, organisation.Name{NE: "पिपलबोट संस्था", EN: "Pipalbot", NB: "Pipalbot"}, nil, demoDistricts); err != nil {
		return err
	}
	if d.small, err = d.found(ctx, organisation.Name{NE: "नदी किनार संस्था", EN: "Nadi Kinar", NB: "Nadi Kinar"}, []string{"nadi.localhost"}, []string{"Morang", "Sunsari"}); err != nil {
		return err
	}
	if err := d.staff(ctx, d.main); err != nil {
		return err
	}
	if err := d.smallStaff(ctx, d.small); err != nil {
		return err
	}
	if err := d.joinAll(ctx, d.main, demoMembers*3/4, access.Member); err != nil {
		return err
	}
	return d.joinAll(ctx, d.small, demoSmall/2, access.Member)
}

// at is the address of a host on this server.
func (d *demo) at(host string) string {
	return strings.Replace(d.settings.url(), "localhost", host, 1)
}

func (d *demo) found(ctx context.Context, name organisation.Name, hosts, districts []string) (*demoPlace, error) {
	p := &demoPlace{name: name, address: d.settings.url()}
	if len(hosts) > 0 {
		p.address = d.at(hosts[0])
	}
	var err error
	p.org, p.root, err = d.nouns.Organisations.Found(ctx, organisation.Founding{
		Name: name, Hosts: hosts, Demo: true, Supporters: []string{d.support},
		Group: organisation.Name{NE: "सबै समूह", EN: "All groups", NB: "Alle grupper"},
	})
	if err != nil {
		return nil, err
	}
	for i, name := range districts {
		district, ok := place.FindDistrict(name)
		if !ok {
			return nil, fmt.Errorf("demo: no district %q", name)
		}
		g, err := d.nouns.Organisations.AddGroup(ctx, p.org, p.root, organisation.Name{NE: district.NE, EN: district.EN, NB: district.EN}, i)
		if err != nil {
			return nil, err
		}
		p.groups = append(p.groups, g)
	}
	return p, nil
}

// staff are the people of the first organisation who can sign in, and its supporters.
func (d *demo) staff(ctx context.Context, p *demoPlace) error {
	for _, s := range []struct {
		role  access.Role
		group string
		alias string
		of    string
		into  *access.Actor
	}{
		{access.Coordinator, p.root, "सगुन", "all groups", &p.coordinator},
		{access.Coordinator, p.groups[1], "माया", demoDistricts[1], nil},
		{access.FocalPoint, p.root, "सरिता", "", &p.focal},
		{access.Deputy, p.root, "उर्मि", "", &p.deputy},
		{access.Board, p.root, "निर्मला", "", &p.board},
		{access.Trainer, p.groups[0], "कल्पना", "", &p.trainer},
		{access.Administrator, p.root, "कमला", "", nil},
	} {
		a, err := d.signIn(ctx, p, s.group, s.alias, "ne", s.of, access.Member, s.role)
		if err != nil {
			return err
		}
		if s.role == access.Coordinator {
			p.coordinators = append(p.coordinators, a)
		}
		if s.into != nil {
			*s.into = a
		}
	}
	she, err := d.signIn(ctx, p, p.groups[1], "लालीगुराँस", "ne", "", access.Member)
	if err != nil {
		return err
	}
	p.members = append(p.members, she)
	supporter, err := d.signIn(ctx, p, p.groups[1], "मैना", "ne", "", access.Member, access.PeerSupporter)
	if err != nil {
		return err
	}
	p.supporters = append(p.supporters, supporter)
	return d.joinAll(ctx, p, demoSupporters-1, access.Member, access.PeerSupporter)
}

// smallStaff are those of the second organisation.
func (d *demo) smallStaff(ctx context.Context, p *demoPlace) error {
	var err error
	if p.coordinator, err = d.signIn(ctx, p, p.root, "जुनु", "ne", "all groups", access.Member, access.Coordinator); err != nil {
		return err
	}
	p.coordinators = []access.Actor{p.coordinator}
	if p.board, err = d.signIn(ctx, p, p.root, "गंगा", "ne", "", access.Member, access.Board); err != nil {
		return err
	}
	she, err := d.signIn(ctx, p, p.groups[0], "कोसी", "ne", "", access.Member)
	if err != nil {
		return err
	}
	p.members = append(p.members, she)
	return d.joinAll(ctx, p, 2, access.Member, access.PeerSupporter)
}

// signIn takes somebody in who can sign in, with a passphrase that is printed.
func (d *demo) signIn(ctx context.Context, p *demoPlace, group, alias, language, of string, roles ...access.Role) (access.Actor, error) {
	phrase := newPhrase()
	in, err := d.nouns.Members.Admit(ctx, p.org, group, member.Admission{
		Alias: alias, Language: language, Passphrase: phrase, Consents: demoConsents(language), Roles: roles,
	})
	if err != nil {
		return access.Actor{}, err
	}
	d.signIns = append(d.signIns, demoSignIn{
		Role: roles[len(roles)-1], Of: of, Handle: in.Handle.Reveal(), Passphrase: phrase, Organisation: p.name.EN, Address: p.address,
	})
	return d.as(ctx, p, in.Account)
}

// as is somebody who has just given her passphrase.
func (d *demo) as(ctx context.Context, p *demoPlace, account string) (access.Actor, error) {
	a, err := d.nouns.Accounts.ActorOf(ctx, p.org, account)
	a.Fresh = true
	return a, err
}

// admit takes somebody in who has no passphrase: nobody signs in as her.
func (d *demo) admit(ctx context.Context, p *demoPlace, group, alias string, roles ...access.Role) (access.Actor, error) {
	in, err := d.nouns.Members.Admit(ctx, p.org, group, member.Admission{
		Alias: alias, Language: "ne", Consents: demoConsents("ne"), Roles: roles, Waiting: true,
	})
	if err != nil {
		return access.Actor{}, err
	}
	return d.as(ctx, p, in.Account)
}

// joinAll takes many in, spread over the groups, and files them by what they are.
func (d *demo) joinAll(ctx context.Context, p *demoPlace, count int, roles ...access.Role) error {
	taken := make([]access.Actor, count)
	together, ctx := errgroup.WithContext(ctx)
	together.SetLimit(demoAtOnce)
	for i := range taken {
		n := len(p.members) + i
		alias := demoFirst[n%len(demoFirst)] + demoSecond[n/len(demoFirst)%len(demoSecond)]
		together.Go(func() (err error) {
			taken[i], err = d.admit(ctx, p, p.groups[n%len(p.groups)], alias, roles...)
			return err
		})
	}
	if err := together.Wait(); err != nil {
		return err
	}
	if roles[len(roles)-1] == access.PeerSupporter {
		p.supporters = append(p.supporters, taken...)
	} else {
		p.members = append(p.members, taken...)
	}
	return nil
}

// everybody counts the people of an organisation.
func (p *demoPlace) everybody() int {
	return len(p.members) + len(p.supporters) + len(p.coordinators) + 5 // focal point, deputy, board, trainer, administrator
}

// demoApplicants have registered these last days; the district is by its place
// in the list, -1 where she did not know her group.
var demoApplicants = []struct {
	alias    string
	district int
	declined bool
	age      member.Said
}{
	{"चौतारी दिदी", 0, false, ""},
	{"Asha", 1, false, member.Older},
	{"जून", 3, false, member.Unsaid},
	{"Pari", -1, false, ""},
	{"रातो टीका", 2, true, ""},
	{"कोपिला", 1, false, member.Younger}, // whom the focal point and the deputy alone find
}

// applicants register by their own hand; the first one is printed.
func (d *demo) applicants(ctx context.Context) error {
	p := d.main
	for i, who := range demoApplicants {
		phrase := newPhrase()
		in := member.Registration{Alias: who.alias, Language: "ne", Passphrase: phrase, Consents: demoConsents("ne"), Age: who.age}
		if who.district >= 0 {
			in.Group = &p.groups[who.district]
		}
		registered, err := d.nouns.Members.Register(ctx, access.AnonymousIn(p.org), once.Key{}, in)
		if err != nil {
			return err
		}
		if i == 0 {
			d.signIns = append(d.signIns, demoSignIn{
				Role: access.Applicant, Handle: registered.Handle.Reveal(), Passphrase: phrase, Organisation: p.name.EN, Address: p.address,
			})
		}
		if !who.declined {
			continue
		}
		she, err := d.nouns.Accounts.ActorOf(ctx, p.org, registered.Account)
		if err != nil {
			return err
		}
		_, err = d.nouns.Members.Decline(ctx, p.coordinator, once.Key{}, she.Person, member.Declining{
			Reason: member.TalkFirst, Words: "आउने शनिबार समूहमा भेटेर कुरा गरौं।",
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// newPhrase is five words in Latin letters, easy to type on any keyboard.
func newPhrase() string { return strings.Join(words.Phrase("en", rand.Reader), " ") }

func demoConsents(language string, more ...consent.Purpose) []consent.Given {
	var given []consent.Given
	for _, t := range consent.Shipped(language) {
		wanted := !t.Optional
		for _, p := range more {
			wanted = wanted || t.Purpose == p
		}
		if wanted {
			given = append(given, consent.Given{Purpose: t.Purpose, Version: t.Version, Language: language})
		}
	}
	return given
}
