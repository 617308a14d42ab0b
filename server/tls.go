package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"
)

// speaksTLS tells whether this server speaks TLS itself.
func (s settings) speaksTLS() bool { return s.TLSCert != "" }

// exposed tells that other devices may reach this server, and neither it nor a
// proxy speaks TLS.
func (s settings) exposed() bool { return !s.speaksTLS() && s.Proxy == "" }

// tlsPair demands both files or none.
func (s settings) tlsPair() error {
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return errors.New("TLS_CERT and TLS_KEY go together: set both, or neither")
	}
	return nil
}

// loopback tells whether only this machine reaches the address the server listens on.
func (s settings) loopback() bool {
	addr, err := netip.ParseAddr(s.Address)
	return s.Address == "localhost" || err == nil && addr.Unmap().IsLoopback()
}

// plainWarning is said at the start where other devices reach plain http.
const plainWarning = `Other devices reach this server over plain http, where a browser keeps no
sign-in and others on the network can listen. Nothing is taken from them so.
Set TLS_CERT and TLS_KEY, or put a TLS proxy in front and set PROXY: the runbook
tells how, in "A laptop that serves phones".
`

// secured puts TLS on a listener, where the settings ask for it.
func (s settings) secured(plain net.Listener) (net.Listener, error) {
	if !s.speaksTLS() {
		return plain, nil
	}
	pair := &certificate{cert: s.TLSCert, key: s.TLSKey}
	if _, err := pair.current(nil); err != nil {
		return nil, fmt.Errorf("the certificate can't be used: %w", err)
	}
	return tls.NewListener(plain, &tls.Config{
		MinVersion: tls.VersionTLS12, GetCertificate: pair.current, NextProtos: []string{"http/1.1"},
	}), nil
}

// certificate is a pair of files, read anew when they were renewed: one of a
// local authority may last for days only.
type certificate struct {
	cert, key string

	mu     sync.Mutex
	loaded *tls.Certificate
	from   time.Time
}

func (c *certificate) current(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	info, err := os.Stat(c.cert)
	if c.loaded != nil && (err != nil || info.ModTime().Equal(c.from)) {
		return c.loaded, nil
	}
	if err != nil {
		return nil, err
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil && c.loaded != nil {
		return c.loaded, nil // half renewed: the other file comes in a moment
	}
	if err != nil {
		return nil, err
	}
	c.loaded, c.from = &pair, info.ModTime()
	return c.loaded, nil
}
