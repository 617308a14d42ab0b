package main

import (
	"context"
	"errors"

	"chautari/models/archive"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// errNoKeys: a server that began on this would make new keys, and nothing that was
// sealed before would ever fit them.
var errNoKeys = errors.New("the data of an installation is here, and none of its keys: bring the store of keys (keys.db) back to where it was, or restore data and keys together")

// belong errs with errNoKeys where organisations have data and none has keys.
func belong(ctx context.Context, data *store.Store, seals *seal.Keys) error {
	orgs, err := organisation.New(data, clock.System{}).Spaces(ctx)
	if err != nil || len(orgs) == 0 {
		return err
	}
	keyed, err := seals.Organisations(ctx)
	if err == nil && len(keyed) == 0 {
		err = errNoKeys
	}
	return err
}

// fit tells what keeps a server from beginning on what the stores hold: a restore
// that was cut short, data without its keys.
func fit(ctx context.Context, data *store.Store, seals *seal.Keys) error {
	if err := archive.Finished(ctx, data); err != nil {
		return err
	}
	return belong(ctx, data, seals)
}
