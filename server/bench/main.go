// Command bench prints tables of the server's speed and memory.
//
// It fills a store with invented people through the nouns themselves, starts
// the built server on it as a process of its own, and loads that over loopback
// with a few keep-alive connections, as a browser would: cookies, origin
// proof, audit, sealing and full fsync are all on. A thin handler over SQLite
// that checks nothing is measured in the same way in the same run; ratios to it
// hold on another machine, absolute figures don't.
//
// What belongs here: measuring. What doesn't: anything that the product needs,
// and any judgement of a figure; only a request that failed, or a race with a
// wrong end, makes it fail. It reads /proc and calls from many loopback
// addresses, so it wants Linux.
//
// Beside that, many clients run for few slots, and it fails unless each slot
// went to exactly one of them and each of the others was told that it is taken.
//
// Settings: SERVER (bin/server), SECONDS of each measurement (5), CLIENTS (16),
// WORKS, a piece of the names of the works to measure and nothing else, RACERS,
// ten for each slot (1000), SETTLE, the seconds of quiet before idle memory is
// read (15), GROWTH=1 for 50,000 members too, and BACKUP=1 for backing up and
// restoring, and nothing else.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/caarlos0/env/v11"
)

type settings struct {
	Server  string `env:"SERVER" envDefault:"bin/server"`
	Seconds int    `env:"SECONDS" envDefault:"5"` // of each measurement
	Settle  int    `env:"SETTLE" envDefault:"15"` // seconds of quiet before idle memory is read
	Growth  bool   `env:"GROWTH"`                 // 50,000 members too
	Clients int    `env:"CLIENTS" envDefault:"16"`
	Works   string `env:"WORKS"`                    // those alone whose name holds it, and nothing else
	Backup  bool   `env:"BACKUP"`                   // backup and restore, and nothing else
	Racers  int    `env:"RACERS" envDefault:"1000"` // that run for a tenth as many slots
}

func (s settings) length() time.Duration { return time.Duration(s.Seconds) * time.Second }

func (s settings) sizes() []int {
	if s.Growth {
		return []int{500, registerRows, 50_000}
	}
	return []int{500, registerRows}
}

// registerRows is how many people the generated register has, and the
// installation that it is brought into.
const registerRows = 5000

// warmUp is how long each measurement runs before it counts.
const warmUp = time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	do := run
	if len(os.Args) == 2 && os.Args[1] == thinArgument {
		do = serveThin
	}
	if err := do(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

// bench is one run: its settings, its folder, and what was measured.
type bench struct {
	settings
	folder  string
	parts   insides
	speeds  []speed
	memory  []memory
	imports []brought
	backups []backedUp
	raced   *raced
}

func run(ctx context.Context) (err error) {
	b := &bench{}
	if b.settings, err = env.ParseAs[settings](); err != nil {
		return err
	}
	binary, err := os.Stat(b.Server)
	if err != nil {
		return fmt.Errorf("%w; build the server first (make build), or name it in SERVER", err)
	}
	if b.folder, err = os.MkdirTemp("", "chautari-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.folder)) }()

	fmt.Printf("%d cores, load average %s, %s, %d clients, %d s each after %s of warming up, binary %.1f MB\n",
		runtime.NumCPU(), loadAverage(), runtime.Version(), b.Clients, b.Seconds, warmUp, float64(binary.Size())/1e6)
	err = b.everything(ctx)
	// What was measured is worth reading even if something failed.
	printSpeeds(os.Stdout, b.speeds)
	printBound(os.Stdout, bounds(b.speeds, b.parts.grievance, registerRows))
	printRace(os.Stdout, b.raced)
	printMemory(os.Stdout, b.memory)
	printImports(os.Stdout, b.imports)
	printParts(os.Stdout, b.parts)
	printBackups(os.Stdout, b.backups)
	return errors.Join(err, failures(b.speeds))
}

func (b *bench) everything(ctx context.Context) error {
	if b.Backup {
		for _, size := range b.sizes() {
			if err := b.backup(ctx, size); err != nil {
				return fmt.Errorf("backup, %d members: %w", size, err)
			}
		}
		return nil
	}
	if b.Works == "" {
		if err := b.inside(ctx); err != nil {
			return fmt.Errorf("parts: %w", err)
		}
		if err := b.race(ctx); err != nil {
			return fmt.Errorf("race: %w", err)
		}
	}
	for _, size := range b.sizes() {
		if err := b.thin(ctx, size); err != nil {
			return fmt.Errorf("thin, %d members: %w", size, err)
		}
		place, err := b.product(ctx, size)
		if err != nil {
			return fmt.Errorf("%d members: %w", size, err)
		}
		if size == registerRows && b.Works == "" {
			if err := b.registers(ctx, place); err != nil {
				return fmt.Errorf("register: %w", err)
			}
		}
	}
	return nil
}

// failures is what makes the run fail: any request that was not answered as it should be.
func failures(speeds []speed) error {
	var all []error
	for _, s := range speeds {
		if s.errors > 0 {
			all = append(all, fmt.Errorf("%s, %d members: %d failed: %w", s.work, s.size, s.errors, s.first))
		}
	}
	return errors.Join(all...)
}

func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if fields := strings.Fields(string(text)); err == nil && len(fields) > 3 {
		return strings.Join(fields[:3], " ")
	}
	return "unknown"
}

func progress(format string, values ...any) { fmt.Fprintf(os.Stderr, format+"\n", values...) }
