package organisation

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"chautari/models/store"
)

// host says which organisation a host name serves. Its id is the host name.
type host struct {
	store.Meta   `bson:",inline"`
	Organisation string `bson:"organisation"`
}

var hosts = store.Declare[host]("hosts")

// LocalHosts are the names by which a machine calls itself; the first
// organisation answers to them.
func LocalHosts() []string { return []string{"localhost", "127.0.0.1", "::1"} }

// ErrNone: no organisation answers to this host name.
var ErrNone = errors.New("organisation: none here")

// ByHost finds the organisation that answers to a host name, with or without a
// port; ErrNone where there is none, or its door is shut.
func (o *Organisations) ByHost(ctx context.Context, hostPort string) (string, error) {
	name := HostName(hostPort)
	return o.served.get(name, func() (string, error) {
		h, err := hostNamed(ctx, o.store.System(), name)
		if err != nil {
			return "", err
		}
		about, err := o.Get(ctx, h.Organisation)
		if err == nil && about.Closed {
			err = ErrNone
		}
		return h.Organisation, err
	})
}

// hostNamed is who answers to a host name, seen from the server's own space.
func hostNamed(ctx context.Context, system store.View, name string) (*host, error) {
	h, err := hosts.Get(ctx, system, name)
	if errors.Is(err, store.ErrAbsent) {
		return nil, ErrNone
	}
	return h, err
}

// HostName is a host name as it is stored: lower case, without its port.
func HostName(hostPort string) string {
	name := strings.ToLower(hostPort)
	if h, _, err := net.SplitHostPort(name); err == nil {
		name = h
	}
	return strings.Trim(name, "[]")
}

// label is one part of a host name (RFC 1123, section 2.1). Underscores are of
// DNS, not of hosts; other letters than these come as "xn--…".
var label = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// longestName is how many characters a host name may have (RFC 1123).
const longestName = 253

// IsHostName tells whether a browser could ask for a name as it is stored: a name
// of DNS, or the number of a machine on an office's own network.
func IsHostName(name string) bool {
	if addr, err := netip.ParseAddr(name); err == nil {
		return addr.Zone() == "" && addr.String() == name
	}
	labels := strings.Split(name, ".")
	last := labels[len(labels)-1]
	return len(name) <= longestName && !slices.ContainsFunc(labels, func(part string) bool { return !label.MatchString(part) }) &&
		strings.Trim(last, "0123456789") != "" // else it would be read as a broken number
}

// Hosts lists the names under which an organisation is reached, in their order.
func (o *Organisations) Hosts(ctx context.Context, org string) ([]string, error) {
	all, err := addresses(ctx, o.store.System())
	return all[org], err
}

// addresses lists the host names of every organisation on this server.
func addresses(ctx context.Context, system store.View) (map[string][]string, error) {
	all := map[string][]string{}
	err := hosts.Each(ctx, system, store.Query{Index: store.ChangedIndex}, func(h *host) error {
		if !slices.Contains(all[h.Organisation], h.ID) { // one that was written while we read may come twice
			all[h.Organisation] = append(all[h.Organisation], h.ID)
		}
		return nil
	})
	for _, names := range all {
		slices.Sort(names)
	}
	return all, err
}
