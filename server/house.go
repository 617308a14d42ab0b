package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/gofiber/fiber/v2"

	"chautari/frontend"
	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/desk"
	"chautari/models/fault"
	"chautari/models/founding"
	"chautari/models/grievance"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/register"
	"chautari/models/report"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/sqlite"
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
	nouns    routes.Nouns
}

// specs are all collections of the data store.
func specs() []*store.Spec {
	var all []*store.Spec
	for _, of := range []func() []*store.Spec{
		once.Specs, audit.Specs, organisation.Specs, account.Specs, consent.Specs,
		member.Specs, founding.Specs, register.Specs, peersupport.Specs, training.Specs, grievance.Specs, report.Specs,
	} {
		all = append(all, of()...)
	}
	return all
}

// build opens the stores in a folder and puts the nouns over them.
func build(ctx context.Context, s settings, master *seal.Master, c clock.Clock, log *slog.Logger) (*house, error) {
	if err := os.MkdirAll(s.DataDir, 0o700); err != nil {
		return nil, err
	}
	dataFile, err := sqlite.Open(ctx, filepath.Join(s.DataDir, "data.db"), sqlite.Options{}, specs()...)
	if err != nil {
		return nil, err
	}
	keyFile, err := sqlite.Open(ctx, filepath.Join(s.DataDir, "keys.db"), sqlite.Options{SecureDelete: true}, seal.KeySpecs()...)
	if err != nil {
		return nil, errors.Join(err, dataFile.Close())
	}
	h := &house{settings: s, clock: c, log: log, data: store.New(dataFile, c), keys: store.New(keyFile, c)}
	h.seals = seal.NewKeys(h.keys, master)
	if err := h.seals.Check(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	orgs := organisation.New(h.data, c)
	accounts := account.New(h.data, h.seals, master, orgs, c)
	members := member.New(h.data, h.seals, master, orgs, accounts, c)
	h.nouns = routes.Nouns{
		Organisations: orgs,
		Accounts:      accounts,
		Members:       members,
		Founders:      founding.New(h.data, master, orgs, members, c),
		Registers:     register.New(h.data, h.seals, orgs, accounts, members, c, log),
		Support:       peersupport.New(h.data, orgs, members, c),
		Courses:       training.New(h.data, h.seals, orgs, members, c),
		Grievances:    grievance.New(h.data, h.seals, master, orgs, members, c),
	}
	members.WhenLeaving(h.nouns.Support.Leave, h.nouns.Courses.Leave)
	h.nouns.Reports = report.New(h.data, orgs, report.SourcesOf(h.nouns.Support, h.nouns.Courses, c), c)
	h.nouns.Desk = desk.Desk{
		Organisations: orgs, Members: members, Registers: h.nouns.Registers,
		Support: h.nouns.Support, Courses: h.nouns.Courses, Grievances: h.nouns.Grievances,
	}
	return h, nil
}

// app mounts the routes.
func (h *house) app() *fiber.App {
	return routes.New(routes.Deps{
		Tenant: h.tenant,
		Authenticate: func(ctx context.Context, _, host, token string) (access.Actor, error) {
			return h.nouns.Accounts.Authenticate(ctx, host, token)
		},
		EndSession: func(ctx context.Context, _, host, token string) error {
			a, err := h.nouns.Accounts.Authenticate(ctx, host, token)
			if fault.Is(err, fault.Unauthenticated) {
				return nil
			}
			if err != nil {
				return err
			}
			return h.nouns.Accounts.SignOut(ctx, a)
		},
		Refused: func(ctx context.Context, a access.Actor, operation string) error {
			return audit.Log{Clock: h.clock}.WasRefused(ctx, h.data.Org(a.Org), a, access.Action(operation), "")
		},
		Grievances: h.nouns.Grievances,
		Ready:      h.ready,
		Frontend:   frontend.Files(),
		Proxy:      h.settings.Proxy,
		ExitTo:     h.settings.ExitTo,
		Clock:      h.clock,
		Log:        h.log,
	}, routes.Table(h.nouns))
}

// tenant finds the organisation of a host. A server that has none yet answers
// everywhere, so that it can be set up.
func (h *house) tenant(ctx context.Context, host string) (string, error) {
	org, err := h.nouns.Organisations.ByHost(ctx, host)
	if !errors.Is(err, organisation.ErrNone) {
		return org, err
	}
	founded, err := h.nouns.Organisations.Founded(ctx)
	if err != nil {
		return "", err
	}
	if founded {
		return "", access.Refused
	}
	return "", nil
}

func (h *house) ready(ctx context.Context) error {
	return errors.Join(h.data.Engine().Ready(ctx), h.keys.Engine().Ready(ctx))
}

// close ends the jobs' stores after the last request.
func (h *house) close() error {
	return errors.Join(h.data.Engine().Close(), h.keys.Engine().Close())
}
