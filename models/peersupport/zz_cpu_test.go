package peersupport_test

import (
	"syscall"
	"testing"
	"time"

	"chautari/models/member"
	"chautari/models/peersupport"
	"chautari/models/access"
	"chautari/models/stage"
	"chautari/models/once"
)

func cpu() time.Duration {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func BenchmarkCPU(b *testing.B) {
	p, members := benchPlace(b)
	for i := range 25 { _ = i; p.Carry(p.Second, member.Details{PaperName: "Sita", Phone: "+9779841000001"}) }
	second := p.Person(access.Coordinator, p.Second, "Asha")
	_ = stage.Start
	for name, fn := range map[string]func(i int) error{
		"slots": func(i int) error { _, err := p.Slots(ctx, members[i%200], peersupport.SlotQuery{Days: 14}); return err },
		"own": func(i int) error { _, _, err := p.Sessions(ctx, members[i%200], peersupport.SessionQuery{Limit: 25}); return err },
		"list25": func(i int) error { _, _, err := p.Members.List(ctx, second, member.Filter{Limit: 25}); return err },
		"book+cancel": func(i int) error { s, err := p.Book(ctx, members[i%200], once.Key{Value: "0123456789abcdef"+time.Duration(i).String(), Digest: "d"}, peersupport.Booking{Start: sunday.AddDate(0, 0, i%5).Add(5*time.Hour)}); if err == nil { _, err = p.Cancel(ctx, members[i%200], once.Key{Value: "0123456789abcdef"+time.Duration(i).String()+"c", Digest: "d"}, s.ID) }; return err },
	} {
		b.Run(name, func(b *testing.B) {
			start := cpu()
			done := make(chan bool)
			for w := range 16 {
				go func() {
					for i := w; i < b.N; i += 16 {
						if err := fn(i); err != nil && name != "book+cancel" { b.Error(err) }
					}
					done <- true
				}()
			}
			for range 16 { <-done }
			b.ReportMetric(float64((cpu()-start).Microseconds())/float64(b.N), "cpu-us/op")
		})
	}
}
