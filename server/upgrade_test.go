package main

import (
	"context"
	"io"
	"testing"
	"time"
)

func TestAnUpgradeWantsAFreshBackupAndAKnownSchema(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		change func(*settings)
		about  string
		level  level
	}{
		"all is there":         {func(*settings) {}, "data", well},
		"no backup of today":   {func(s *settings) { backedUp(t, *s, now.Add(-25*time.Hour)) }, "backup", wrong},
		"nobody knows":         {func(s *settings) { s.BackupDir = "" }, "backup", warn},
		"no data yet":          {func(s *settings) { s.DataDir = t.TempDir() }, "data", warn},
		"data of a later time": {func(s *settings) { newerSchema(t, s.dataFile()) }, "data", wrong},
	} {
		t.Run(name, func(t *testing.T) {
			s := stopped(t)
			backedUp(t, s, now.Add(-time.Hour))
			c.change(&s)
			wantLevel(t, beforeUpgrade(context.Background(), s, now), c.about, c.level)
		})
	}
}

func TestAnUpgradeIsRefusedBesideARunningServer(t *testing.T) {
	h := newHouse(t, io.Discard, nil)
	ending(t, h)
	wantLevel(t, beforeUpgrade(context.Background(), h.settings, time.Now()), "data", wrong)
}
