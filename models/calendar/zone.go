package calendar

import (
	"time"
	_ "time/tzdata" // the host may have no zone data, and an old one may lack +05:45
)

// Kathmandu is Nepal's zone: +05:45 since 1986-01-01, +05:30 before.
var Kathmandu = mustZone("Asia/Kathmandu")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the data is in the binary
	}
	return zone
}
