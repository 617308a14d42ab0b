package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"chautari/models/archive"
)

// The embedded store can be read by the process alone that has it open. Beside a
// running server, commands have that one hand out what they want, through a
// socket in the data folder: whoever may open it may read the files as well, and
// what comes out is encrypted.
const doorName = "door.sock"

func (s settings) door() string { return filepath.Join(s.DataDir, doorName) }

// stalled is how long somebody who takes nothing more is waited for.
const stalled = time.Minute

// openDoor listens at the socket, until it is closed. Where there can't be one,
// the server runs without it.
func (h *house) openDoor() (shut func() error) {
	nothing := func() error { return nil }
	if h.settings.onMongo() {
		return nothing
	}
	at := h.settings.door()
	// A killed server leaves its socket; the store's lock says that none runs.
	err := os.Remove(at)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	var l net.Listener
	if err == nil {
		l, err = listenAlone(at)
	}
	if err == nil {
		err = os.Chmod(at, 0o600)
	}
	if err != nil {
		h.log.Warn("no socket: backups need the server to be stopped", "err", err)
		return nothing
	}
	server := &http.Server{Handler: http.HandlerFunc(h.handOut), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(l) }()
	return server.Close
}

// handOut streams what is asked for. A stream that ends early is told by its
// missing end.
func (h *house) handOut(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == verifyAt {
		h.verifyHere(w, r)
		return
	}
	q := r.URL.Query()
	asked := handing{what: archive.What(q.Get("what")), host: q.Get("host"), recipients: q["for"]}
	to := &unhurried{ResponseWriter: w, control: http.NewResponseController(w)}
	err := asked.out(r.Context(), h.data, h.keys, h.seals, h.clock, to)
	switch {
	case err == nil:
		h.log.Info("handed out", "what", asked.what)
	case !to.begun:
		http.Error(w, err.Error(), http.StatusBadRequest)
	default:
		h.log.Error("handing out", "what", asked.what, "err", err)
		panic(http.ErrAbortHandler)
	}
}

// unhurried gives whoever reads a minute for each piece.
type unhurried struct {
	http.ResponseWriter
	control *http.ResponseController
	begun   bool
}

func (u *unhurried) Write(p []byte) (int, error) {
	u.begun = true
	if err := u.control.SetWriteDeadline(time.Now().Add(stalled)); err != nil {
		return 0, err
	}
	return u.ResponseWriter.Write(p)
}

// ask has the running server hand it out.
func (h handing) ask(ctx context.Context, s settings, to io.Writer) error {
	client := &http.Client{Transport: &http.Transport{
		DisableCompression: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", s.door())
		},
	}}
	defer client.CloseIdleConnections()
	q := url.Values{"what": {string(h.what)}, "host": {h.host}, "for": h.recipients}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://server/?"+q.Encode(), nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("the store in %s is in use, and the server that uses it does not answer: stop it first (%w)", s.DataDir, err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		words, err := io.ReadAll(io.LimitReader(answer.Body, 4096))
		return errors.Join(fmt.Errorf("the running server says: %s", words), err)
	}
	if _, err := io.Copy(to, answer.Body); err != nil {
		return fmt.Errorf("the running server stopped before the end; its log tells why: %w", err)
	}
	return nil
}
