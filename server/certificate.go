package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net"
	"net/url"
	"os"
	"time"
)

// certificateSoon is when a certificate wants renewing.
const certificateSoon = 14 * 24 * time.Hour

// lookAtCertificate looks at the certificate that browsers are shown.
func lookAtCertificate(ctx context.Context, s settings, now time.Time) (all []finding) {
	if s.speaksTLS() {
		text, err := os.ReadFile(s.TLSCert)
		if err == nil {
			var leaf *x509.Certificate
			if leaf, err = firstCertificate(text); err == nil {
				all = append(all, judgeCertificate(s.TLSCert, leaf, now))
			}
		}
		if err != nil {
			all = append(all, isWrong("certificate", "%s can't be read: %v", s.TLSCert, err))
		}
		if f, ok := readableByOthers("TLS key", s.TLSKey); ok {
			all = append(all, f)
		}
	}
	public, err := url.Parse(s.PublicURL)
	switch {
	case s.PublicURL == "":
		return all
	case err != nil || public.Scheme != "https" || public.Hostname() == "":
		return append(all, isWrong("certificate", "PUBLIC_URL is %q, which is no address that begins with https://", s.PublicURL))
	}
	return append(all, askCertificate(ctx, public, nil, now))
}

// askCertificate asks the public address, and nothing else, for its certificate.
// roots are the authorities that count; nil takes the machine's.
func askCertificate(ctx context.Context, public *url.URL, roots *x509.CertPool, now time.Time) finding {
	port := public.Port()
	if port == "" {
		port = "443"
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	dialer := tls.Dialer{Config: &tls.Config{ServerName: public.Hostname(), RootCAs: roots, MinVersion: tls.VersionTLS12, Time: func() time.Time { return now }}}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(public.Hostname(), port))
	var invalid *tls.CertificateVerificationError
	switch {
	case errors.As(err, &invalid):
		return isWrong("certificate", "browsers refuse the one of %s: %v", public.Host, invalid.Err)
	case err != nil:
		return isWrong("certificate", "%s does not answer: %v", public.Host, err)
	}
	defer conn.Close()
	return judgeCertificate(public.Host, conn.(*tls.Conn).ConnectionState().PeerCertificates[0], now)
}

// judgeCertificate says how long a certificate still holds.
func judgeCertificate(of string, c *x509.Certificate, now time.Time) finding {
	days := int(c.NotAfter.Sub(now).Hours() / 24)
	switch {
	case now.After(c.NotAfter):
		return isWrong("certificate", "the one of %s ran out on %s: renew it", of, c.NotAfter.Format(time.DateOnly))
	case now.Before(c.NotBefore):
		return isWrong("certificate", "the one of %s holds from %s only: is the clock right?", of, c.NotBefore.Format(time.DateOnly))
	case c.NotAfter.Sub(now) < certificateSoon && c.NotAfter.Sub(now) < c.NotAfter.Sub(c.NotBefore)/3:
		return toWatch("certificate", "the one of %s runs out in %d days: renew it", of, days)
	}
	return isWell("certificate", "the one of %s holds for %d days more", of, days)
}

// firstCertificate reads the first one of a PEM file: the server's own.
func firstCertificate(text []byte) (*x509.Certificate, error) {
	for {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			return nil, errors.New("there is no certificate in it")
		}
		if block.Type == "CERTIFICATE" {
			return x509.ParseCertificate(block.Bytes)
		}
	}
}
