package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"chautari/models/account"
	"chautari/models/archive"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// errNoKeys: a server that began on this would make new keys, and nothing that was
// sealed before would ever fit them.
var errNoKeys = errors.New("data is here without its keys: bring the store of keys (keys.db), as new as the data, back to where it was, or restore data and keys together into an empty installation")

// belong errs with errNoKeys where organisations have data and no keys, and says
// which; with some named it looks at those alone. Keys are nil where there is no
// store of them.
func belong(ctx context.Context, data, keys *store.Store, only ...string) error {
	orgs := organisation.New(data, clock.System{})
	// First the data: keys are made before what they seal, so that what is founded
	// meanwhile is never missed among them.
	spaces, err := needKeys(ctx, data, orgs)
	if err != nil {
		return err
	}
	var keyed []string
	if keys != nil {
		if keyed, err = seal.Organisations(ctx, keys); err != nil {
			return err
		}
	}
	var lacking []string
	for _, space := range spaces {
		org := organisation.Shown(space)
		if slices.Contains(keyed, space) || len(only) > 0 && !slices.Contains(only, org) {
			continue
		}
		name, err := callable(ctx, orgs, org)
		if err != nil {
			return err
		}
		lacking = append(lacking, name)
	}
	if len(lacking) == 0 {
		return nil
	}
	return fmt.Errorf("%w; missing are those of %s", errNoKeys, strings.Join(slices.Compact(lacking), ", "))
}

// needKeys lists the spaces that can't be without keys: that of every organisation,
// be its door open or shut, and its decoy tenant's once somebody is there.
func needKeys(ctx context.Context, data *store.Store, orgs *organisation.Organisations) ([]string, error) {
	spaces, err := orgs.Spaces(ctx)
	if err != nil {
		return nil, err
	}
	var need []string
	for _, space := range spaces {
		if organisation.IsDecoy(space) {
			people, err := account.CountMembers(ctx, data.Org(space), 1)
			if err != nil {
				return nil, err
			}
			if people == 0 {
				continue
			}
		}
		need = append(need, space)
	}
	return need, nil
}

// callable is what an operator knows an organisation by: a host name of its own, or
// else the id.
func callable(ctx context.Context, orgs *organisation.Organisations, org string) (string, error) {
	hosts, err := orgs.Hosts(ctx, org)
	for _, name := range hosts {
		if !slices.Contains(organisation.LocalHosts(), name) {
			return name, err
		}
	}
	return org, err
}

// fit tells what keeps a server from beginning on what the stores hold: a restore
// that was cut short, data without its keys.
func fit(ctx context.Context, data, keys *store.Store) error {
	if err := archive.Finished(ctx, data); err != nil {
		return err
	}
	return belong(ctx, data, keys)
}
