package organisation

import (
	"context"

	"chautari/models/access"
	"chautari/models/store"
)

// SetClosed shuts an organisation's door or opens it again. Behind a shut door
// nothing is deleted; within a second every instance answers at it as if nobody
// were there, and no sign-in works any more. It belongs to the commands on the
// host, so the trail has the day and nobody.
func (o *Organisations) SetClosed(ctx context.Context, org string, closed bool) error {
	err := o.store.System().TxWith(ctx, o.store.Org(org), func(system, tx *store.Tx) error {
		about, err := organisations.Get(ctx, system, org)
		if err != nil || about.Closed == closed {
			return err
		}
		about.Closed = closed
		if err := organisations.Replace(ctx, system, about); err != nil {
			return err
		}
		field := "opened"
		if closed {
			field = "closed"
		}
		return o.audit.Did(ctx, tx, access.HostIn(org), access.ManageSetup, []string{org}, field)
	})
	o.settings.forget(org)
	return err
}

// AtHost finds the organisation of a host name, be its door open or shut;
// ErrNone where there is none. It is for the commands on the host.
func (o *Organisations) AtHost(ctx context.Context, hostPort string) (string, error) {
	h, err := hostNamed(ctx, o.store.System(), HostName(hostPort))
	if err != nil {
		return "", err
	}
	return h.Organisation, nil
}
