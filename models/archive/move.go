package archive

import (
	"context"
	"errors"
	"fmt"

	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

var (
	// ErrThere: the organisation is on this server already.
	ErrThere = errors.New("this organisation is on this server already")
	// ErrHost: another organisation answers at one of its host names.
	ErrHost = errors.New("another organisation here answers at one of its host names")
	// ErrNoHost: the organisation would answer nowhere.
	ErrNoHost = errors.New("the organisation has no host name: name at least one")
)

// Import brings one organisation in beside those that are there, with its own
// host names or with others. The organisation and its host names come last, so
// nobody meets half of it. An import that was cut short is begun anew by
// importing again.
func Import(ctx context.Context, t Target, m *Moving, hosts []string, clock store.Clock) error {
	answers := m.hosts
	if len(hosts) > 0 {
		answers = nil
	}
	for _, name := range hosts {
		h, err := organisation.HostDocument(name, m.org, clock.Now())
		if err != nil {
			return err
		}
		answers = append(answers, h)
	}
	if err := t.free(ctx, m.org, answers); err != nil {
		return err
	}
	if err := begin(ctx, t.Data, m.org); err != nil {
		return err
	}
	if err := t.clearArrival(ctx, m.org); err != nil {
		return err
	}
	if err := t.bringIn(ctx, m); err != nil {
		return err
	}
	if err := t.settle(ctx, m, answers); err != nil {
		return err
	}
	return end(ctx, t.Data, m.org)
}

// Moving is what reading an organisation's file to its end tells.
type Moving struct {
	file  File
	org   string
	about []store.Record // the organisation itself, one
	hosts []store.Record
}

// Names are the host names that the organisation had.
func (m *Moving) Names() []string {
	var all []string
	for _, h := range m.hosts {
		all = append(all, h.ID)
	}
	return all
}

// ExamineOrganisation reads an organisation's file to its end and writes
// nothing. It refuses a file that holds a document of anybody else.
func ExamineOrganisation(ctx context.Context, k Known, f File) (*Moving, error) {
	m := &Moving{file: f}
	l := newLoader(nil, k.DataSpecs, nil)
	secrets := 0
	foreign := false
	h, err := f.each(ctx, Organisation, func(e Entry) error {
		if e.Kind == Secret {
			secrets++
		}
		if e.Kind != Document {
			return nil
		}
		if err := l.knows(e); err != nil {
			return err
		}
		if e.Org != store.SystemSpace {
			org := organisation.Shown(e.Org)
			foreign = foreign || m.org != "" && m.org != org
			m.org = org
			return nil
		}
		switch e.Collection {
		case organisation.Collection:
			m.about = append(m.about, e.Record)
		case organisation.HostsCollection:
			m.hosts = append(m.hosts, e.Record)
		default:
			foreign = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if m.org == "" {
		m.org = h.Organisation
	}
	foreign = foreign || m.org != h.Organisation || m.org == "" || m.org == whole || m.org == store.SystemSpace
	for _, r := range m.about {
		foreign = foreign || !belongs(organisation.Collection, r, m.org)
	}
	for _, r := range m.hosts {
		foreign = foreign || !belongs(organisation.HostsCollection, r, m.org)
	}
	// A file from before there were decoy tenants has the one secret alone.
	if foreign || len(m.about) != 1 || secrets != 1 && secrets != 2 {
		return nil, ErrDamaged
	}
	return m, nil
}

// free refuses an organisation or a host name that is here already.
func (t Target) free(ctx context.Context, org string, hosts []store.Record) error {
	under, err := underWay(ctx, t.Data, org)
	if err != nil {
		return err
	}
	if len(hosts) == 0 {
		return ErrNoHost
	}
	r := t.Data.Engine().Reader()
	for _, spec := range t.DataSpecs {
		if spec.Passing {
			continue
		}
		n, err := r.Count(ctx, spec, org, store.Query{Index: store.ChangedIndex}, 1)
		if err != nil {
			return err
		}
		if n > 0 && !under {
			return ErrThere
		}
	}
	about, err := named(t.DataSpecs, organisation.Collection)
	if err != nil {
		return err
	}
	if _, err := r.Get(ctx, about, store.SystemSpace, org); !errors.Is(err, store.ErrAbsent) && !under {
		return errors.Join(err, ErrThere)
	}
	spec, err := named(t.DataSpecs, organisation.HostsCollection)
	if err != nil {
		return err
	}
	for _, h := range hosts {
		has, err := r.Get(ctx, spec, store.SystemSpace, h.ID)
		if errors.Is(err, store.ErrAbsent) {
			continue
		}
		if err != nil {
			return err
		}
		if organisation.Serves(has.Body) != org {
			return fmt.Errorf("%w: %s", ErrHost, h.ID)
		}
	}
	return nil
}

// clearArrival removes what an earlier attempt left of the organisation. Its
// keys may stay: they are the same.
func (t Target) clearArrival(ctx context.Context, org string) error {
	err := t.Data.System().Tx(ctx, func(tx *store.Tx) error { return organisation.Forget(ctx, tx, org) })
	if err != nil {
		return err
	}
	for _, space := range bothOf(org) {
		err = errors.Join(err, clearSpace(ctx, t.Data, t.DataSpecs, space))
	}
	return err
}

// bringIn writes everything but the organisation itself and its host names. Each
// secret begins what the keys store has of a space: the organisation's own first.
func (t Target) bringIn(ctx context.Context, m *Moving) error {
	space, secrets := m.org, 0
	l := newLoader(t.Data, t.DataSpecs, t.Step)
	var keys []seal.RawKey
	adopt := func() error {
		_, err := t.Seals.AdoptKeys(ctx, space, keys)
		for _, k := range keys {
			clear(k.Raw)
		}
		keys = keys[:0]
		return err
	}
	var buried []string
	bury := func() error {
		defer func() { buried = buried[:0] }()
		return t.Seals.Bury(ctx, space, buried...)
	}
	var retracted [][]byte
	retract := func() error {
		defer func() { retracted = nil }()
		return t.Seals.MergeRetractions(ctx, space, retracted...)
	}
	_, err := m.file.each(ctx, Organisation, func(e Entry) error {
		switch e.Kind {
		case Secret:
			defer clear(e.Raw)
			if secrets > 0 {
				if err := errors.Join(bury(), retract(), adopt()); err != nil {
					return err
				}
			}
			space, secrets = bothOf(m.org)[secrets], secrets+1
			return t.Seals.Adopt(ctx, space, e.Raw, e.ID == guardedSecret)
		case Tombstone:
			if buried = append(buried, e.ID); len(buried) == store.MaxIDs {
				return bury()
			}
			return nil
		case Retracted:
			if retracted = append(retracted, e.Raw); len(retracted) == store.MaxIDs {
				return retract()
			}
			return nil
		case Key:
			if keys = append(keys, seal.RawKey{ID: e.ID, Raw: e.Raw}); len(keys) == store.MaxIDs {
				return adopt()
			}
			return nil
		}
		if e.Org == store.SystemSpace {
			return nil
		}
		return l.put(ctx, e)
	})
	if err != nil {
		return err
	}
	return errors.Join(l.flush(ctx), bury(), retract(), adopt())
}

// settle writes the organisation, and then the names it answers at.
func (t Target) settle(ctx context.Context, m *Moving, hosts []store.Record) error {
	here, err := organisationsIn(ctx, t.Data, t.DataSpecs)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, org := range here {
		there[org] = true
	}
	about, err := organisation.SupportedBy(m.about[0], func(org string) bool { return there[org] })
	if err != nil {
		return err
	}
	for _, part := range []struct {
		collection string
		records    []store.Record
	}{{organisation.Collection, []store.Record{about}}, {organisation.HostsCollection, hosts}} {
		spec, err := named(t.DataSpecs, part.collection)
		if err != nil {
			return err
		}
		if _, err := t.Data.Load(ctx, spec, store.SystemSpace, part.records); err != nil {
			return err
		}
	}
	return nil
}
