package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chautari/models/clock"
	"chautari/routes"
)

// newHouse is an empty installation, with its key file beside it.
func newHouse(t *testing.T, log io.Writer, change func(*settings)) *house {
	t.Helper()
	s := settings{DataDir: t.TempDir(), KeyFile: filepath.Join(t.TempDir(), "master.key"), Port: 8080, Address: "127.0.0.1"}
	if change != nil {
		change(&s)
	}
	if _, err := os.Stat(s.KeyFile); err != nil {
		if err := makeKey(s.KeyFile); err != nil {
			t.Fatal(err)
		}
	}
	master, err := openKey(s.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	h, err := build(context.Background(), s, master, clock.System{}, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func ending(t *testing.T, h *house) {
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
}

var sample = regexp.MustCompile(`^([a-z_0-9]+)(?:\{(.*)\})? \S+$`)

// Whatever somebody puts into a request, no count and no line of the log has it.
func TestNothingOfARequestReachesMetricsOrLog(t *testing.T) {
	var log bytes.Buffer
	h := newHouse(t, &log, nil)
	ending(t, h)
	app := h.app()
	const marker = "Junkiri"
	for _, method := range []string{"GET", "HEAD", "POST", "PATCH", "DELETE", "PUT", "JUNKIRI"} {
		for _, path := range []string{"/", "/in", "/api/session", "/api/members/" + marker, "/api/talk", "/api/" + marker, "/" + marker, "/say", "/back?n=" + marker, "/readyz", "/exit"} {
			req := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(`{"handle":"`+marker+`","passphrase":"`+marker+`"}`))
			for name, value := range map[string]string{
				"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "Idempotency-Key": marker + "-0123456789",
				"Cookie": "__Host-s=" + marker, "User-Agent": marker, "Referer": "https://" + marker + ".example/", "X-Forwarded-For": "203.0.113.77",
				"X-Request-Id": marker, "Accept-Language": marker,
			} {
				req.Header.Set(name, value)
			}
			res, err := app.Test(req, -1)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
		}
	}
	answer := httptest.NewRecorder()
	h.metrics.handler().ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	text := answer.Body.String()
	for _, secret := range []string{marker, strings.ToLower(marker), strings.ToUpper(marker), "203.0.113", "0.0.0.0"} {
		if strings.Contains(text, secret) {
			t.Errorf("the metrics hold %q", secret)
		}
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q: %s", secret, &log)
		}
	}
	if !strings.Contains(log.String(), `"route":"/api/session"`) || strings.Contains(log.String(), "/api/talk") || strings.Contains(log.String(), "/say") {
		t.Errorf("the log says %s", &log)
	}
	if !strings.Contains(text, `route="apart"`) || regexp.MustCompile(`request_seconds[a-z_]*\{[^}]*route="apart"`).MatchString(text) {
		t.Error("how long it takes tells a slow hash, so that somebody spoke up, from a glance")
	}
	heldToFixedWords(t, text)
}

// heldToFixedWords reads an exposition and checks every label that is ours.
func heldToFixedWords(t *testing.T, text string) {
	t.Helper()
	known := []string{"apart", "pages", "health", "nowhere"}
	for _, op := range routes.Operations(routes.Table(routes.Nouns{})) {
		known = append(known, op.Path)
	}
	allowed := map[string]func(string) bool{
		"method": func(v string) bool {
			return slices.Contains([]string{"GET", "POST", "PATCH", "DELETE", "any", "other"}, v)
		},
		"route":  func(v string) bool { return slices.Contains(known, v) },
		"status": regexp.MustCompile(`^[1-5]xx$`).MatchString,
		"le":     regexp.MustCompile(`^(\+Inf|[0-9.e-]+)$`).MatchString,
	}
	counted := 0
	for line := range strings.Lines(text) {
		m := sample.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil || !strings.HasPrefix(m[1], "chautari_") {
			continue
		}
		for _, pair := range regexp.MustCompile(`([a-z]+)="([^"]*)"`).FindAllStringSubmatch(m[2], -1) {
			if fits := allowed[pair[1]]; fits == nil || !fits(pair[2]) {
				t.Errorf("label %s is %q: %s", pair[1], pair[2], line)
			}
			counted++
		}
	}
	if counted < 50 {
		t.Errorf("only %d labels were looked at", counted)
	}
	for _, name := range []string{"chautari_requests_total", "chautari_request_seconds_bucket", "chautari_requests_running 0", "go_goroutines"} {
		if !strings.Contains(text, name) {
			t.Errorf("there is no %s", name)
		}
	}
}

func TestMetricsAreToldOnAPortOfTheirOwnAndOffByDefault(t *testing.T) {
	h := newHouse(t, io.Discard, nil)
	ending(t, h)
	res, err := h.app().Test(httptest.NewRequest("GET", "http://localhost/metrics", nil), -1)
	if err != nil || res.StatusCode != http.StatusNotFound {
		t.Errorf("the server's own port tells them: %v %v", res, err)
	}
	if s, err := readSettings(); err != nil || s.MetricsPort != 0 || s.MetricsAddress != "127.0.0.1" {
		t.Errorf("by default: %v (%v)", s, err)
	}
	h.settings.MetricsAddress, h.settings.MetricsPort = "127.0.0.1", freePort(t)
	stop, err := h.metrics.tell(h.settings, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	res, err = http.Get("http://" + net.JoinHostPort("127.0.0.1", fmt.Sprint(h.settings.MetricsPort)) + "/metrics")
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%v %v", res, err)
	}
	res.Body.Close()
	if _, err := h.metrics.tell(h.settings, nil); err == nil || !strings.Contains(err.Error(), "METRICS_PORT") {
		t.Errorf("on a port that is taken: %v", err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// freePort is one that nothing listens on at this moment.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// pairOfFiles writes a certificate that signs itself, and its key.
func pairOfFiles(t *testing.T, folder string, names []string, from, until time.Time) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(from.UnixNano()), Subject: pkix.Name{CommonName: "office"}, DNSNames: names,
		NotBefore: from, NotAfter: until, KeyUsage: x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

const tryToSignIn = `{"handle":"river-lamp-seven","passphrase":"river basket seven maize window"}`

func TestAnOfficeLaptopSpeaksTLSItself(t *testing.T) {
	now := time.Now()
	h := newHouse(t, io.Discard, func(s *settings) {
		s.TLSCert, s.TLSKey = pairOfFiles(t, t.TempDir(), []string{"office.local"}, now.Add(-time.Hour), now.Add(time.Hour))
		s.Port, s.Address = freePort(t), "127.0.0.1"
	})
	listener, err := h.listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.serve(ctx, listener) }()
	if trail, err := askReady(ctx, h.settings); err != nil || trail == "" {
		t.Error(err)
	}
	client, err := h.settings.neighbour()
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest("POST", h.settings.url()+"/api/session", strings.NewReader(tryToSignIn))
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "office.local"
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", "https://office.local")
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if strings.Contains(string(body), "needs_https") || strings.Contains(string(body), "foreign") {
		t.Errorf("over TLS: %s", body)
	}
	if !strings.Contains(res.Header.Get("Strict-Transport-Security"), "max-age=63072000") {
		t.Error("it doesn't ask for TLS from now on")
	}
	client.CloseIdleConnections()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := askReady(context.Background(), h.settings); err == nil {
		t.Error("a server that has ended is ready")
	}
}

func TestPlainHTTPFromAnotherDeviceIsToldToUseTLS(t *testing.T) {
	ask := func(h *house, host string) string {
		req := httptest.NewRequest("POST", "http://"+host+"/api/session", strings.NewReader(tryToSignIn))
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Origin", "http://"+host)
		res, err := h.app().Test(req, -1)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		return string(body)
	}
	open := newHouse(t, io.Discard, func(s *settings) { s.Address = "0.0.0.0" })
	ending(t, open)
	if got := ask(open, "192.168.1.20:8080"); !strings.Contains(got, "session.needs_https") {
		t.Errorf("from another device: %s", got)
	}
	if page := look(t, open, "http://192.168.1.20:8080/say"); !strings.Contains(page, "https://") || strings.Contains(page, "<textarea") {
		t.Errorf("the page for speaking up over plain http: %s", page)
	}
	for _, host := range []string{"localhost:8080", "127.0.0.1:8080", "nadi.localhost:8080"} {
		if got := ask(open, host); strings.Contains(got, "session.needs_https") {
			t.Errorf("on %s: %s", host, got)
		}
	}
	for name, s := range map[string]settings{"a proxy": {Proxy: "172.30.10.2"}, "TLS": {TLSCert: "c", TLSKey: "k"}} {
		if s.exposed() {
			t.Errorf("behind %s it is exposed", name)
		}
	}
	for address, only := range map[string]bool{"127.0.0.1": true, "::1": true, "localhost": true, "0.0.0.0": false, "192.168.1.20": false, "": false} {
		if (settings{Address: address}).loopback() != only {
			t.Errorf("%q: only this machine is %v", address, !only)
		}
	}
}

// look opens a page.
func look(t *testing.T, h *house, address string) string {
	t.Helper()
	res, err := h.app().Test(httptest.NewRequest("GET", address, nil), -1)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestARenewedCertificateIsTakenWithoutAStart(t *testing.T) {
	folder, now := t.TempDir(), time.Now()
	cert, key := pairOfFiles(t, folder, []string{"office.local"}, now.Add(-time.Hour), now.Add(time.Hour))
	c := &certificate{cert: cert, key: key}
	first, err := c.current(nil)
	if err != nil {
		t.Fatal(err)
	}
	pairOfFiles(t, folder, []string{"office.local"}, now.Add(-time.Minute), now.Add(2*time.Hour))
	if err := os.Chtimes(cert, now, now.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	second, err := c.current(nil)
	if err != nil || bytes.Equal(first.Certificate[0], second.Certificate[0]) {
		t.Errorf("still the old one (%v)", err)
	}
	if err := os.WriteFile(cert, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(cert, now, now.Add(2*time.Second)); err != nil {
		t.Fatal(err)
	}
	if third, err := c.current(nil); err != nil || !bytes.Equal(third.Certificate[0], second.Certificate[0]) {
		t.Errorf("a half renewed one: %v", err)
	}
	if _, err := (settings{TLSCert: cert, TLSKey: key}).secured(nil); err == nil {
		t.Error("it started with a broken certificate")
	}
	t.Setenv("TLS_CERT", cert)
	if _, err := readSettings(); err == nil {
		t.Error("a certificate without its key was accepted")
	}
}
