package main

import (
	"context"
	"os"
	"time"
)

type doctorCommand struct{}

// Help is shown by --help.
func (doctorCommand) Help() string {
	return `Looks and changes nothing. Each line begins with ok, warn or bad. It ends with 1
when a line is bad, and with 0 otherwise. With an embedded store it sees most
while the server is stopped; beside a running one it asks that one.

Examples:
  server doctor
  DATA_DIR=/srv/chautari BACKUP_DIR=/mnt/backups PUBLIC_URL=https://sathi.example server doctor`
}

// Run looks at everything an installation stands on.
func (doctorCommand) Run(ctx context.Context) error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := s.places(); err != nil {
		return err
	}
	return say(os.Stdout, examineAll(ctx, s, time.Now()))
}

// examineAll makes every check that the settings give something to look at.
func examineAll(ctx context.Context, s settings, now time.Time) []finding {
	findings := lookAtDisk(s)
	findings = append(findings, lookAtFiles(s)...)
	findings = append(findings, lookAtStore(ctx, s, now)...)
	findings = append(findings, lookAtBackups(s, now)...)
	return append(findings, lookAtCertificate(ctx, s, now)...)
}
