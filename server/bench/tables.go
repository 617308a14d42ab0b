package main

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// memory is what one server held.
type memory struct {
	size    int
	startUp time.Duration
	fresh   resident // when it was ready
	idle    resident // signed in to, lists and search used once, then left alone
	peak    resident // after the load, with its peak
	after   resident // left alone after the load
}

func printSpeeds(w io.Writer, speeds []speed) {
	if len(speeds) == 0 {
		return
	}
	fewest := func(like speed) float64 {
		for _, s := range speeds {
			if s.work == like.work && s.thin == like.thin {
				return s.rate
			}
		}
		return 0
	}
	rows := [][]string{{"work", "members", "a second", "p50 ms", "p99 ms", "server CPU µs", "errors", "÷ fewest members"}}
	for _, s := range speeds {
		name := s.work
		if s.thin {
			name = "thin: " + name
		}
		rows = append(rows, []string{
			name, fmt.Sprint(s.size), fmt.Sprintf("%.0f", s.rate), ms(s.p50), ms(s.p99), micros(s.cpu), fmt.Sprint(s.errors), ratio(s.rate, fewest(s)),
		})
		for _, part := range s.parts {
			rows = append(rows, []string{"  of these, " + part.work, fmt.Sprint(s.size), fmt.Sprintf("%.0f", part.rate), ms(part.p50), ms(part.p99)})
		}
	}
	print(w, "Speed (both requests are one unit)", rows)
}

func printMemory(w io.Writer, list []memory) {
	if len(list) == 0 {
		return
	}
	rows := [][]string{{"members", "ready after ms", "MB when ready", "MB idle", "of it own", "MB peak under load", "MB idle after load", "of it own"}}
	for _, m := range list {
		rows = append(rows, []string{
			fmt.Sprint(m.size), ms(m.startUp), mb(m.fresh.all), mb(m.idle.all), mb(m.idle.own), mb(m.peak.peak), mb(m.after.all), mb(m.after.own),
		})
	}
	print(w, "Start-up and resident memory (own: without pages of the program's file and of the store's)", rows)
}

func printImports(w io.Writer, list []brought) {
	if len(list) == 0 {
		return
	}
	rows := [][]string{{"file", "KB", "dry run s", "MB before", "MB more at its peak", "MB at its peak", "created", "held", "failed", "commit s", "rows/s"}}
	for _, i := range list {
		row := []string{
			i.kind, fmt.Sprint(i.bytes >> 10), fmt.Sprintf("%.2f", i.dryRun.Seconds()), mb(i.before.all), mb(i.most.peak - i.before.all), mb(i.most.peak),
			fmt.Sprint(i.fates.Created), fmt.Sprint(i.fates.Held), fmt.Sprint(i.fates.Failed), "", "",
		}
		if i.commit > 0 {
			row[9], row[10] = fmt.Sprintf("%.2f", i.commit.Seconds()), fmt.Sprintf("%.0f", float64(i.fates.Created)/i.commit.Seconds())
		}
		rows = append(rows, row)
	}
	print(w, fmt.Sprintf("A register of %d rows, brought to an organisation of as many", registerRows), rows)
}

func printParts(w io.Writer, i insides) {
	if i.decision[0] == 0 {
		return
	}
	rows := [][]string{
		{"part", "a second", "p50 ms", "p99 ms"},
		{"a slow hash alone, of a passphrase or a receipt", fmt.Sprintf("%.0f", i.hash.rate), ms(i.hash.p50), ms(i.hash.p99)},
		{"a sign-in with the first passphrase, one at a time", fmt.Sprintf("%.0f", i.signIns[0].rate), ms(i.signIns[0].p50), ms(i.signIns[0].p99)},
		{"a sign-in with the second one", fmt.Sprintf("%.0f", i.signIns[1].rate), ms(i.signIns[1].p50), ms(i.signIns[1].p99)},
		{"a registration's writes without the hash", fmt.Sprintf("%.0f", i.writes.rate), ms(i.writes.p50), ms(i.writes.p99)},
		{grievanceWrites, fmt.Sprintf("%.0f", i.grievance.rate), ms(i.grievance.p50), ms(i.grievance.p99)},
		{"a decision of the policy, for the first time", each(i.decision[0]), fmt.Sprintf("%.4f", i.decision[0].Seconds()*1e3), ""},
		{"a decision of the policy, asked again", each(i.decision[1]), fmt.Sprintf("%.4f", i.decision[1].Seconds()*1e3), ""},
		{"transactions of a page of 25 sealed names", fmt.Sprint(i.page)},
		{"transactions of one person's record", fmt.Sprint(i.record)},
	}
	print(w, "Parts, called without HTTP (a registration and a grievance are bounded by their hash on purpose)", rows)
}

// each is how often a second something of this length is done.
func each(d time.Duration) string { return fmt.Sprintf("%.0f", 1/max(d.Seconds(), 1e-9)) }

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d)/1e6) }
func mb(bytes int64) string     { return fmt.Sprintf("%.0f", float64(bytes)/(1<<20)) }

func ratio(a, b float64) string {
	if b == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", a/b)
}

// print writes a Markdown table whose columns line up.
func print(w io.Writer, title string, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	fmt.Fprintf(w, "\n%s\n\n", title)
	for r, row := range rows {
		for i := range rows[0] {
			cell := ""
			if i < len(row) {
				cell = row[i]
			}
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				fmt.Fprintf(w, "| %s%s ", cell, space)
			} else {
				fmt.Fprintf(w, "| %s%s ", space, cell)
			}
		}
		fmt.Fprintln(w, "|")
		if r == 0 {
			for i, width := range widths {
				if i == 0 {
					fmt.Fprintf(w, "|%s", strings.Repeat("-", width+2))
				} else {
					fmt.Fprintf(w, "|%s:", strings.Repeat("-", width+1))
				}
			}
			fmt.Fprintln(w, "|")
		}
	}
}
