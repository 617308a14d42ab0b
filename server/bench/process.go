package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that this run started and will stop.
type process struct {
	cmd     *exec.Cmd
	address string        // host and port
	startUp time.Duration // until it said that it is ready
}

// startTime bounds how long a server may take to be ready, stopTime to end.
const (
	startTime = time.Minute
	stopTime  = 20 * time.Second
)

// start runs a program that prints a line "ready …" when it answers.
func start(ctx context.Context, name, argument string, environment ...string) (*process, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, name, argument)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = stopTime
	cmd.Env = append(os.Environ(), append(environment, "PORT="+strconv.Itoa(port), "ADDRESS=127.0.0.1", "PROXY=")...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, address: net.JoinHostPort("127.0.0.1", strconv.Itoa(port))}
	ready := make(chan time.Duration)
	go func() {
		defer close(ready)
		said := false
		// Read on after it, or the server would one day wait for its reader.
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if !said && strings.HasPrefix(lines.Text(), "ready ") {
				said = true
				ready <- time.Since(began)
			}
		}
	}()
	select {
	case took, ok := <-ready:
		if !ok {
			return nil, fmt.Errorf("%s ended before it was ready: %w", filepath.Base(name), cmd.Wait())
		}
		p.startUp = took
		return p, nil
	case <-time.After(startTime):
		return nil, errors.Join(fmt.Errorf("%s was not ready after %s", filepath.Base(name), startTime), p.stop())
	}
}

// stop asks it to end and waits until it did.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	killer := time.AfterFunc(stopTime, func() { _ = p.cmd.Process.Kill() })
	defer killer.Stop()
	return p.cmd.Wait()
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// resident is memory that a process holds, in bytes (proc(5), status).
type resident struct {
	all  int64
	own  int64 // without pages of files, such as the program itself and what it maps of the store
	peak int64 // the most there ever was of all, since forgetPeak
}

// held is how much memory the process holds now.
func (p *process) held() (resident, error) {
	var r resident
	text, err := os.ReadFile(p.proc("status"))
	if err != nil {
		return r, err
	}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		kb, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
		switch name {
		case "VmRSS":
			r.all = kb << 10
		case "RssAnon":
			r.own = kb << 10
		case "VmHWM":
			r.peak = kb << 10
		}
	}
	return r, nil
}

// tick is the unit of processor time in /proc on every usual Linux.
const tick = 10 * time.Millisecond

// cpu is the processor time that the process has used (proc(5), stat).
func (p *process) cpu() (time.Duration, error) {
	text, err := os.ReadFile(p.proc("stat"))
	if err != nil {
		return 0, err
	}
	// The name in brackets may hold anything; after it come the state and 10 other fields.
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("/proc/…/stat is cut short")
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * tick, errors.Join(err1, err2)
}

// forgetPeak makes the peak begin anew at what is held now (proc(5), clear_refs).
func (p *process) forgetPeak() error {
	return os.WriteFile(p.proc("clear_refs"), []byte("5"), 0)
}

func (p *process) proc(name string) string {
	return filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), name)
}
