package organisation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"chautari/models/fault"
	"chautari/models/store"
)

// Body is a supporting body that receives an organisation's released figures.
type Body struct {
	ID    string
	Name  Name
	Hosts []string // where it is reached
}

// String is a line of a body, for the history.
func (b Body) String() string {
	return strings.Join(append([]string{b.Name.String()}, b.Hosts...), " · ")
}

// Bodies lists who receives an organisation's released figures, in the order in
// which they were added.
func (o *Organisations) Bodies(ctx context.Context, about *Organisation) ([]Body, error) {
	return bodiesOf(ctx, o.store.System(), about.Supporters)
}

func bodiesOf(ctx context.Context, system store.View, ids []string) ([]Body, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	where, err := addresses(ctx, system)
	if err != nil {
		return nil, err
	}
	list := make([]Body, 0, len(ids))
	for _, id := range ids {
		about, err := organisations.Get(ctx, system, id)
		if errors.Is(err, store.ErrAbsent) {
			continue // it has left this server
		}
		if err != nil {
			return nil, err
		}
		list = append(list, Body{ID: id, Name: about.Name, Hosts: where[id]})
	}
	return list, nil
}

// reportTo makes these bodies receive what is released from now on, and tells
// what moved and what is wrong. One that is named by its id must receive it
// already; one that is named by a host name must answer there as a supporting body.
func reportTo(ctx context.Context, system store.View, about *Organisation, want []BodyInput) (moves []move, wrong []fault.Field, err error) {
	var next []string
	for i, b := range want {
		id := b.ID
		if b.Host != "" {
			if id, err = supportingAt(ctx, system, about.ID, b.Host); err != nil {
				return nil, nil, err
			}
		} else if !slices.Contains(about.Supporters, id) {
			id = ""
		}
		if id == "" {
			wrong = append(wrong, fault.At(fmt.Sprintf("bodies.%d", i), "settings.body_unknown"))
		} else if !slices.Contains(next, id) {
			next = append(next, id)
		}
	}
	was, err := bodiesOf(ctx, system, about.Supporters)
	if err != nil {
		return nil, nil, err
	}
	is, err := bodiesOf(ctx, system, next)
	if err != nil {
		return nil, nil, err
	}
	for _, b := range was {
		if !slices.Contains(next, b.ID) {
			moves = append(moves, move{"bodies", b.String(), ""})
		}
	}
	for _, b := range is {
		if !slices.Contains(about.Supporters, b.ID) {
			moves = append(moves, move{"bodies", "", b.String()})
		}
	}
	if len(moves) > 0 {
		about.Supporters = next
	}
	return moves, wrong, nil
}

// supportingAt is the supporting body, other than the one that asks, that answers
// to a host name; "" where there is none.
func supportingAt(ctx context.Context, system store.View, asking, hostPort string) (string, error) {
	h, err := hostNamed(ctx, system, HostName(hostPort))
	if errors.Is(err, ErrNone) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	body, err := organisations.Get(ctx, system, h.Organisation)
	if err != nil || body.Kind != Supporting || body.Closed || body.ID == asking {
		return "", err
	}
	return body.ID, nil
}

// ErrMoved: the settings were changed since they were read.
var ErrMoved = errors.New("organisation: the settings were changed meanwhile")

// Receivers are the bodies to which an organisation's figures go, as they stood
// at one version of its settings.
type Receivers struct {
	Of      Name // what the organisation is called
	Bodies  []string
	version int64
}

// Receivers reads who receives an organisation's released figures now.
func (o *Organisations) Receivers(ctx context.Context, org string) (*Receivers, error) {
	s, err := o.readSettings(ctx, org)
	if err != nil {
		return nil, err
	}
	return &Receivers{Of: s.Organisation.Name, Bodies: s.Organisation.Supporters, version: s.Version}, nil
}

// Still makes a transaction of the organisation depend on its settings being
// those with which the receivers were read; else ErrMoved: read them anew. What
// isn't there can't be held on to, so settings in which nothing was ever chosen
// are written down first.
func (r *Receivers) Still(ctx context.Context, tx *store.Tx) error {
	doc, err := choicesOf(ctx, tx)
	if err != nil {
		return err
	}
	if doc.Version+1 != r.version {
		return ErrMoved
	}
	if doc.Version == 0 {
		return doc.save(ctx, tx)
	}
	return chosen.Require(ctx, tx, doc)
}
