package organisation

import (
	"context"
	"strings"
)

// decoyMark stands before the id of an organisation in that of its decoy tenant.
const decoyMark = "decoy_"

// Decoy is the space of an organisation's decoy tenant, into which the second
// passphrase of its people leads. It has people and what they do, and nothing
// else of its own: it stands in no list of organisations and answers at no host
// name, and name, settings and groups are read from the organisation it belongs
// to, so that what is asked of the store is the same in both.
func Decoy(org string) string { return decoyMark + Shown(org) }

// IsDecoy tells whether a space is that of a decoy tenant.
func IsDecoy(org string) bool { return strings.HasPrefix(org, decoyMark) }

// Shown is the organisation to which a space belongs: of its own space it is
// itself. No answer holds another id than this one.
func Shown(org string) string { return strings.TrimPrefix(org, decoyMark) }

// Spaces lists the spaces of every organisation, each followed by its decoy
// tenant's, for the timed jobs that keep a space in order whosever it is.
func (o *Organisations) Spaces(ctx context.Context) ([]string, error) {
	orgs, err := o.All(ctx)
	spaces := make([]string, 0, 2*len(orgs))
	for _, org := range orgs {
		spaces = append(spaces, org, Decoy(org))
	}
	return spaces, err
}
