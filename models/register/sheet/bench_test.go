package sheet

import (
	"runtime"
	"testing"

	"chautari/models/calendar"
)

// BenchmarkRegisterOf5000 opens and understands a workbook of 5,000 people; the
// heap it holds at the end is reported beside the time.
func BenchmarkRegisterOf5000(b *testing.B) {
	m := registerMake{seed: 1, language: "ne", xlsx: true, calendar: calendar.Bikram, says: "title", group: "district", titles: 2, others: true, tail: true}
	name, data := makeRegister(m, 5000).file(b)
	known := tenGroups()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	var r *Reading
	for b.Loop() {
		r = understand(b, name, data, known, Choices{})
	}
	var heap runtime.MemStats
	runtime.ReadMemStats(&heap)
	b.ReportMetric(float64(heap.HeapSys)/(1<<20), "heap-MiB")
	b.ReportMetric(float64(len(r.Rows)), "rows")
}
