package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"

	"chautari/frontend"
	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/approval"
	"chautari/models/archive"
	"chautari/models/audit"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/decoy"
	"chautari/models/desk"
	"chautari/models/factor"
	"chautari/models/fault"
	"chautari/models/founding"
	"chautari/models/grievance"
	"chautari/models/lease"
	"chautari/models/member"
	"chautari/models/notice"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/recovery"
	"chautari/models/register"
	"chautari/models/report"
	"chautari/models/rights"
	"chautari/models/seal"
	"chautari/models/steady"
	"chautari/models/store"
	"chautari/models/story"
	"chautari/models/trail"
	"chautari/models/training"
	"chautari/routes"
)

// house is everything that runs: two stores, the nouns over them, and the jobs.
type house struct {
	settings settings
	clock    clock.Clock
	log      *slog.Logger
	data     *store.Store
	keys     *store.Store
	seals    *seal.Keys
	metrics  *metrics
	leases   *lease.Keeper
	nouns    routes.Nouns
	decoys   *decoy.Decoys
	sealer   *sealer
	copying  func() error // closes the copy of the trail
	stopping atomic.Bool
	passedBy atomic.Bool // the keys were rotated, and the key file is from before
}

// specs are all collections of the data store.
func specs() []*store.Spec {
	var all []*store.Spec
	for _, of := range []func() []*store.Spec{
		archive.Specs, lease.Specs, steady.Specs, seal.Specs, once.Specs, audit.Specs, organisation.Specs, account.Specs, factor.Specs, consent.Specs, conflict.Specs,
		member.Specs, notice.Specs, founding.Specs, register.Specs, approval.Specs, peersupport.Specs, training.Specs, grievance.Specs, story.Specs, report.Specs, rights.Specs,
	} {
		all = append(all, of()...)
	}
	return all
}

// build opens the stores in a folder and puts the nouns over them.
func build(ctx context.Context, s settings, master *seal.Master, c clock.Clock, log *slog.Logger) (*house, error) {
	data, keys, err := openStores(ctx, s, false)
	if err != nil {
		return nil, err
	}
	return assemble(ctx, s, master, c, log, data, keys)
}

// assemble puts the nouns over two opened stores, which are closed if it fails.
func assemble(ctx context.Context, s settings, master *seal.Master, c clock.Clock, log *slog.Logger, data, keys store.Engine) (*house, error) {
	h := &house{settings: s, clock: c, log: log, metrics: newMetrics(), keys: store.New(keys, c)}
	h.seals = seal.NewKeys(h.keys, master)
	h.data = h.guarded(data)
	h.leases = lease.New(h.data, c)
	h.copying = func() error { return nil }
	if err := fit(ctx, h.data, h.keys); err != nil {
		return nil, errors.Join(err, h.close())
	}
	to, closing, err := s.openAuditCopy(ctx, h.data)
	h.copying = closing
	if err != nil {
		return nil, errors.Join(fmt.Errorf("AUDIT_COPY: %w", err), h.close())
	}
	h.sealer = &sealer{house: h, blocks: audit.NewSealer(audit.ChainOf(h.seals), c), forked: map[string]calendar.Date{}}
	if to != nil {
		h.sealer.copier = audit.NewCopier(to)
	}
	if err := h.seals.Check(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	out, err := s.outside()
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	out.Told = h.carried
	orgs := organisation.New(h.data, c)
	accounts := account.New(h.data, h.seals, master, orgs, c)
	accounts.ApartBy(conflict.StillApartByOwn)
	conflicts := conflict.New(h.data, h.seals, accounts, c)
	members := member.New(h.data, h.seals, master, orgs, accounts, c)
	conflicts.NamesBy(members.Names)
	h.nouns = routes.Nouns{
		Organisations: orgs,
		Accounts:      accounts,
		Factors:       factor.New(h.data, h.seals, orgs, accounts, c),
		Conflicts:     conflicts,
		Members:       members,
		Texts:         consent.New(h.data, c, orgs.Log()),
		Notices:       notice.New(h.data, h.seals, orgs, accounts, members, out, c),
		Founders:      founding.New(h.data, master, orgs, members, c),
		Registers:     register.New(h.data, h.seals, orgs, accounts, members, c, log),
		Approvals:     approval.New(h.data, h.seals, orgs, accounts, members, c),
		Support:       peersupport.New(h.data, orgs, members, c),
		Courses:       training.New(h.data, h.seals, orgs, members, c),
		Stories:       story.New(h.data, h.seals, members, c),
		Grievances:    grievance.New(h.data, h.seals, master, orgs, accounts, members, c),
	}
	h.nouns.Recoveries = recovery.New(h.data, h.seals, orgs, accounts, members, h.nouns.Approvals, c)
	h.nouns.Support.WhenCalledOff(h.nouns.Notices.CalledOff)
	h.nouns.Courses.WhenPlacesChange(h.nouns.Notices.GotPlaces, h.nouns.Notices.LostPlaces)
	h.nouns.Notices.MeetingsFrom(h.nouns.Support)
	h.nouns.Notices.LooksBy(h.waits)
	members.WhenLeaving(h.nouns.Support.Leave, h.nouns.Courses.Leave, h.nouns.Notices.EndSMS)
	members.WhenYoung(h.nouns.Support.NoLongerGives)
	members.WhenTakenBack(consent.MessagesSMS, h.nouns.Notices.EndSMS)
	h.nouns.Registers.WorkAlone(h.importsAlone)
	h.nouns.Reports = report.New(h.data, orgs, report.SourcesOf(members, h.nouns.Support, h.nouns.Courses, c), c)
	h.nouns.Rights = rights.New(h.data, h.seals, orgs, members, c,
		rights.Part{Name: "trail", Holder: audit.Kept{Now: c.Now}},
		rights.Part{Name: "oldLists", Holder: h.nouns.Registers},
		rights.Part{Name: "requests", Holder: h.nouns.Approvals},
		rights.Part{Name: "meetings", Holder: h.nouns.Support},
		rights.Part{Name: "messages", Holder: h.nouns.Notices},
		rights.Part{Name: "training", Holder: h.nouns.Courses},
		rights.Part{Name: "stories", Holder: h.nouns.Stories},
		rights.Part{Name: "grievances", Holder: h.nouns.Grievances},
		rights.Part{Name: "figures", Holder: h.nouns.Reports},
		rights.Part{Name: "factors", Holder: h.nouns.Factors},
		rights.Part{Name: "account", Holder: accounts},
		rights.Part{Name: "declarations", Holder: conflicts}, // no sheet is made without an account
		rights.Part{Name: "consents", Holder: consent.Kept{Store: h.data}},
		rights.Part{Name: "person", Holder: members},
	)
	h.nouns.Rights.PurgeBy(h.nouns.Support, h.nouns.Courses, h.nouns.Grievances, h.nouns.Stories, h.nouns.Notices, h.nouns.Reports, rights.Trail{Chain: audit.ChainOf(h.seals)})
	h.decoys = decoy.New(h.data, orgs, accounts, members, h.nouns.Support, h.nouns.Courses, h.nouns.Rights, c)
	h.nouns.Trails = trail.New(h.data, master, orgs, h.nouns.Grievances, c)
	h.nouns.Desk = desk.Desk{
		Organisations: orgs, Members: members, Registers: h.nouns.Registers,
		Support: h.nouns.Support, Courses: h.nouns.Courses, Grievances: h.nouns.Grievances,
		Approvals: h.nouns.Approvals, Trails: h.nouns.Trails,
	}
	return h, nil
}

// app mounts the routes.
func (h *house) app() *fiber.App {
	return routes.New(routes.Deps{
		Tenant: h.tenant,
		Authenticate: func(ctx context.Context, tenant, host, token string) (access.Actor, error) {
			return h.nouns.Accounts.Authenticate(ctx, tenant, host, token)
		},
		EndSession: func(ctx context.Context, tenant, host, token string) error {
			a, err := h.nouns.Accounts.Authenticate(ctx, tenant, host, token)
			if fault.Is(err, fault.Unauthenticated) {
				return nil
			}
			if err != nil {
				return err
			}
			return h.nouns.Accounts.SignOut(ctx, a)
		},
		Refused: func(ctx context.Context, a access.Actor, operation, subject string) error {
			return h.nouns.Organisations.Log().WasRefused(ctx, h.data.Org(a.Org), a, access.Action(operation), subject)
		},
		Grievances: h.nouns.Grievances,
		Helplines:  h.nouns.Organisations.Helplines,
		Ready:      h.ready,
		Frontend:   frontend.Files(),
		Proxy:      h.settings.Proxy,
		Exposed:    h.settings.exposed(),
		Watch:      h.metrics,
		ExitTo:     h.settings.ExitTo,
		WorkerOff:  h.settings.Worker == "off",
		Clock:      h.clock,
		Log:        h.log,
	}, routes.Table(h.nouns))
}

// tenant finds the organisation of a host. Where one may be founded, on a server
// that has none or at a host that waits for its own, it is nobody's.
func (h *house) tenant(ctx context.Context, host string) (string, error) {
	org, err := h.nouns.Organisations.ByHost(ctx, host)
	if !errors.Is(err, organisation.ErrNone) {
		return org, err
	}
	at, err := h.nouns.Founders.Open(ctx, host)
	if err == nil && !at.Open {
		err = access.Refused
	}
	return "", err
}

// close ends the jobs' stores after the last request.
func (h *house) close() error {
	return errors.Join(h.copying(), h.data.Engine().Close(), h.keys.Engine().Close())
}
