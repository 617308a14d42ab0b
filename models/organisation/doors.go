package organisation

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"chautari/models/fault"
	"chautari/models/store"
)

// answerAt makes an organisation answer at these host names and no others, and
// tells what moved and what is wrong. At is the name at which she who wants it
// is: it stays, so that she can see what became of it. A name is taken whether
// another organisation answers to it or one is to be founded there; which of the
// two isn't told. Whoever may change the settings of one organisation at a time
// is settled by the version of its settings, which every such change raises.
func (o *Organisations) answerAt(ctx context.Context, system *store.Tx, org, at string, want []string) (moves []move, wrong []fault.Field, err error) {
	var own []*host
	err = hosts.Each(ctx, system, store.Query{Index: store.ChangedIndex}, func(h *host) error {
		if h.Organisation == org {
			own = append(own, h)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	for _, h := range own {
		if slices.Contains(want, h.ID) {
			continue
		}
		if h.ID == HostName(at) {
			wrong = append(wrong, fault.At("hosts", "settings.host_in_use"))
			continue
		}
		if err := hosts.Delete(ctx, system, h); err != nil {
			return nil, nil, err
		}
		moves = append(moves, move{"hosts", h.ID, ""})
	}
	for i, name := range want {
		if slices.Contains(want[:i], name) || slices.ContainsFunc(own, func(h *host) bool { return h.ID == name }) {
			continue
		}
		field := fmt.Sprintf("hosts.%d", i)
		if !IsHostName(name) {
			wrong = append(wrong, fault.At(field, "settings.host_name"))
			continue
		}
		free, err := o.isFree(ctx, system, name)
		if err != nil {
			return nil, nil, err
		}
		if !free {
			wrong = append(wrong, fault.At(field, "settings.host_taken"))
			continue
		}
		err = hosts.Insert(ctx, system, &host{Meta: store.Meta{ID: name}, Organisation: org})
		if store.IsDuplicate(err, "id") {
			return nil, nil, store.ErrConflict // somebody was quicker: look again
		}
		if err != nil {
			return nil, nil, err
		}
		moves = append(moves, move{"hosts", "", name})
	}
	return moves, wrong, nil
}

func (o *Organisations) isFree(ctx context.Context, system store.View, name string) (bool, error) {
	_, err := hostNamed(ctx, system, name)
	if !errors.Is(err, ErrNone) {
		return false, err
	}
	waits, err := o.waits(ctx, system, name)
	return !waits, err
}
