package main

import (
	"fmt"
	"io"
	"time"
)

// pocketBase is what a ready-made backend (PocketBase 0.39, synchronous=NORMAL,
// 16 clients, 5,000 members) reached on another machine, in units a second, and
// how many times that a thin server reached there. With the thin server measured
// here, the second gives the ratio to it on this machine. Its first row was
// "session + my record": the sign-in is looked at in each request, so one
// request for her record is that work too, and both readings are shown. What it
// did of a grievance had no slow hash.
var pocketBase = map[string]struct{ rate, thin float64 }{
	sessionAndMine:  {2250, 6.4},
	mineAlone:       {2250, 6.4},
	ownSessions:     {1700, 9.8},
	openSlots:       {1090, 5.8},
	firstPage:       {200, 25},
	bookOrCancel:    {1170, 5.6},
	sendGrievance:   {1550, 3.7},
	grievanceWrites: {1550, 3.7},
}

// grievanceWrites is a grievance without its slow hash, measured without HTTP.
const grievanceWrites = sendGrievance + ", its writes alone"

// bounded is one work of the product beside the thin server's.
type bounded struct{ product, thin speed }

// bounds pairs the speeds at one number of members, in the order of the product's.
func bounds(speeds []speed, writes speed, size int) []bounded {
	thin := map[string]speed{}
	for _, s := range speeds {
		if s.thin && s.size == size {
			thin[s.work] = s
		}
	}
	var all []bounded
	for _, s := range speeds {
		bound, known := thin[s.work]
		if s.thin || s.size != size || !known {
			continue
		}
		all = append(all, bounded{s, bound})
		if s.work == sendGrievance && writes.rate > 0 {
			writes.work = grievanceWrites
			all = append(all, bounded{writes, bound})
		}
	}
	return all
}

// printBound shows what the checks cost: policy, audit, sealing, idempotency,
// validation and full fsync.
func printBound(w io.Writer, all []bounded) {
	if len(all) == 0 {
		return
	}
	rows := [][]string{{"work", "product/s", "thin/s", "product ÷ thin", "CPU µs", "thin CPU µs", "thin ÷ PocketBase", "≈ ÷ PocketBase", "its figure/s"}}
	for _, b := range all {
		row := []string{
			b.product.work, fmt.Sprintf("%.0f", b.product.rate), fmt.Sprintf("%.0f", b.thin.rate), ratio(b.product.rate, b.thin.rate),
			micros(b.product.cpu), micros(b.thin.cpu),
		}
		if known, ok := pocketBase[b.product.work]; ok {
			row = append(row, fmt.Sprintf("%.1f", known.thin), ratio(b.product.rate*known.thin, b.thin.rate), fmt.Sprintf("%.0f", known.rate))
		}
		rows = append(rows, row)
	}
	print(w, fmt.Sprintf("What the checks cost: product ÷ thin bound, %d members (PocketBase by way of the thin server, elsewhere)", all[0].product.size), rows)
}

func micros(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprint(d.Microseconds())
}
