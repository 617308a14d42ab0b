package peersupport_test

import (
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/once"
	"chautari/models/peersupport"
	"chautari/models/stage"
)

// benchPlace has fourteen supporters with hours on every day, and members of
// whom each has a meeting.
func benchPlace(b *testing.B) (*place, []access.Actor) {
	p := newPlace(b, stage.New(b, peersupport.Specs()...))
	var days []peersupport.SpanInput
	for d := range 7 {
		days = append(days, span(d, "10:00", "16:00"))
	}
	var with, members []access.Actor
	for range 14 {
		with = append(with, p.supporter(p.First, "Maina", 60, 20, days...))
	}
	for i := range 200 {
		she := p.member("Junkiri")
		members = append(members, she)
		start := sunday.AddDate(0, 0, i/14%10).Add(time.Duration(i/140) * time.Hour)
		p.mustBook(she, with[i%14], start)
	}
	return p, members
}

func BenchmarkSlots(b *testing.B) {
	p, members := benchPlace(b)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			if _, err := p.Slots(ctx, members[i%len(members)], peersupport.SlotQuery{Days: 14}); err != nil {
				b.Error(err)
			}
		}
	})
}

func BenchmarkOwnSessions(b *testing.B) {
	p, members := benchPlace(b)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			if list, _, err := p.Sessions(ctx, members[i%len(members)], peersupport.SessionQuery{Limit: 25}); err != nil || len(list) != 1 {
				b.Error(list, err)
			}
		}
	})
}

func BenchmarkBookAndCancel(b *testing.B) {
	p, members := benchPlace(b)
	next := make(chan access.Actor, len(members))
	for _, m := range members {
		next <- m
	}
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			she := <-next
			s, err := p.Book(ctx, she, once.Key{}, peersupport.Booking{Start: sunday.AddDate(0, 0, 1).Add(5 * time.Hour)})
			if err == nil {
				_, err = p.Cancel(ctx, she, once.Key{}, s.ID)
			}
			if err != nil && code(err) != "support.slot_taken" {
				b.Error(err)
			}
			next <- she
		}
	})
}
