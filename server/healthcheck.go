package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

type healthcheckCommand struct{}

// Help is shown by --help.
func (healthcheckCommand) Help() string {
	return `Asks /readyz on this machine, at PORT. Ends with 0 when all is well and with 1
when something is not, and says which part.

Example:
  PORT=8080 server healthcheck`
}

// Run asks the server on this machine whether it is ready.
func (healthcheckCommand) Run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if _, err := askReady(ctx, s); err != nil {
		return err
	}
	fmt.Println("ready")
	return nil
}

// askReady is nil when the server on this machine says that it is ready. It also
// brings what that says of the trail.
func askReady(ctx context.Context, s settings) (trail string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	client, err := s.neighbour()
	if err != nil {
		return "", err
	}
	scheme := "http"
	if s.speaksTLS() {
		scheme = "https"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s://127.0.0.1:%d/readyz", scheme, s.Port), nil)
	if err != nil {
		return "", err
	}
	answer, err := client.Do(request)
	if err != nil {
		return "", errors.New("no server answers on this machine's port " + fmt.Sprint(s.Port))
	}
	defer answer.Body.Close()
	var told struct {
		Ready bool              `json:"ready"`
		Parts map[string]string `json:"parts"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		return "", errors.New("what answers on this machine's port is another program")
	}
	if told.Ready {
		return told.Parts["trail"], nil
	}
	var wrong []string
	for part, words := range told.Parts {
		if words != "ok" {
			wrong = append(wrong, part+": "+words)
		}
	}
	slices.Sort(wrong)
	return told.Parts["trail"], errors.New("not ready: " + strings.Join(wrong, ", "))
}

// neighbour asks this machine and follows nothing. Over TLS it takes the very
// certificate that the server was given.
func (s settings) neighbour() (*http.Client, error) {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if !s.speaksTLS() {
		client.Transport = &http.Transport{}
		return client, nil
	}
	text, err := os.ReadFile(s.TLSCert)
	if err != nil {
		return nil, err
	}
	own := x509.NewCertPool()
	if !own.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s holds no certificate", s.TLSCert)
	}
	leaf, err := firstCertificate(text)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{RootCAs: own, MinVersion: tls.VersionTLS12}
	switch {
	case len(leaf.DNSNames) > 0:
		config.ServerName = strings.Replace(leaf.DNSNames[0], "*", "any", 1)
	case len(leaf.IPAddresses) > 0:
		config.ServerName = leaf.IPAddresses[0].String()
	}
	client.Transport = &http.Transport{TLSClientConfig: config}
	return client, nil
}
