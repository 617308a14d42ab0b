package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"chautari/models/archive"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/sqlite"
)

// handing is what is to be handed out of the stores, and to whom it is encrypted.
type handing struct {
	what       archive.What
	host       string // of the organisation, where one is handed out
	recipients []string
}

// fetch hands it out of the stores, or has the server do it that has them open.
func (h handing) fetch(ctx context.Context, s settings, to io.Writer) error {
	data, keys, err := openStores(ctx, s, true)
	if errors.Is(err, sqlite.ErrInUse) {
		return h.ask(ctx, s, to)
	}
	if err != nil {
		return err
	}
	var seals *seal.Keys
	if h.what == archive.Organisation {
		var master *seal.Master
		if master, err = s.openKey(ctx); err == nil {
			seals = seal.NewKeys(store.New(keys, clock.System{}), master)
			err = seals.Verify(ctx)
		}
	}
	if err == nil {
		err = h.out(ctx, store.New(data, clock.System{}), store.New(keys, clock.System{}), seals, clock.System{}, to)
	}
	return errors.Join(err, data.Close(), keys.Close())
}

// errOutlived is what to do where a file takes longer than MongoDB keeps the moment.
var errOutlived = errors.New("this takes longer than the database keeps a moment: raise its parameter minSnapshotHistoryWindowInSeconds (300 unless set) and try again")

// out writes it. Nothing is handed out of stores that a restore has not finished, or
// that lack keys of what is handed out: a file would be taken for a backup that is none.
func (h handing) out(ctx context.Context, data, keys *store.Store, seals *seal.Keys, c clock.Clock, to io.Writer) error {
	err := h.write(ctx, data, keys, seals, c, to)
	if errors.Is(err, store.ErrOutlived) {
		err = errOutlived
	}
	return err
}

func (h handing) write(ctx context.Context, data, keys *store.Store, seals *seal.Keys, c clock.Clock, to io.Writer) error {
	if err := archive.Finished(ctx, data); err != nil {
		return err
	}
	recipients, err := archive.Recipients(h.recipients)
	if err != nil {
		return err
	}
	order := archive.Order{To: to, Recipients: recipients, Day: calendar.Of(c.Now()).String()}
	from := archive.Source{Engine: data.Engine(), Specs: specs()}
	switch h.what {
	case archive.Data:
		if err := belong(ctx, data, keys); err != nil {
			return err
		}
		return archive.Save(ctx, order, archive.Data, from)
	case archive.Keys:
		if err := belong(ctx, data, keys); err != nil {
			return err
		}
		return archive.Save(ctx, order, archive.Keys, archive.Source{Engine: keys.Engine(), Specs: seal.KeySpecs()})
	case archive.Organisation:
		org, err := organisation.New(data, c).AtHost(ctx, h.host)
		if errors.Is(err, organisation.ErrNone) {
			return fmt.Errorf("no organisation here is reached as %s", h.host)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", h.host, err)
		}
		// Where the keys of others are lost for good, this one can still leave.
		if err := belong(ctx, data, keys, org); err != nil {
			return err
		}
		return archive.SaveOrganisation(ctx, order, org, from, seals)
	}
	return fmt.Errorf("there is no %q to hand out", h.what)
}
