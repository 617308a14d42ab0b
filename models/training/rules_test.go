package training

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"chautari/models/calendar"
	"chautari/models/fault"
)

func day(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheDaysSayWhereAnIntakeStands(t *testing.T) {
	in := &Intake{Opens: day(t, "2026-11-20"), Closes: day(t, "2026-11-26"), Begins: day(t, "2026-12-01"), Ends: day(t, "2027-02-28")}
	for text, want := range map[string]State{
		"2026-11-19": Planned, "2026-11-20": Open, "2026-11-26": Open, "2026-11-27": Closed, "2026-11-30": Closed,
		"2026-12-01": Running, "2027-02-28": Running, "2027-03-01": Finished,
	} {
		if got := in.On(day(t, text)); got != want {
			t.Errorf("on %s it is %s, want %s", text, got, want)
		}
	}
	in.Cancelled = true
	if got := in.On(day(t, "2027-03-01")); got != Cancelled {
		t.Errorf("cancelled, and it is %s", got)
	}
}

func TestTimesOfAWeekEndAfterTheyBeginAndDontRunIntoEachOther(t *testing.T) {
	for name, c := range map[string]struct {
		times []ClassTime
		wrong []string
	}{
		"one":               {[]ClassTime{{0, "07:00", "09:00"}}, nil},
		"one after another": {[]ClassTime{{0, "07:00", "09:00"}, {0, "09:00", "10:00"}, {1, "07:00", "09:00"}}, nil},
		"backwards":         {[]ClassTime{{0, "09:00", "07:00"}}, []string{"times[0]"}},
		"without length":    {[]ClassTime{{0, "09:00", "09:00"}}, []string{"times[0]"}},
		"no time":           {[]ClassTime{{0, "09:00", "24:00"}, {0, "7 ..", "09:00"}}, []string{"times[0]", "times[1]"}},
		"into another":      {[]ClassTime{{3, "07:00", "09:00"}, {3, "08:59", "10:00"}}, []string{"times[1]"}},
	} {
		var got []string
		for _, f := range timesFit(c.times) {
			got = append(got, f.Field)
		}
		if !slices.Equal(got, c.wrong) {
			t.Errorf("%s: %v, want %v", name, got, c.wrong)
		}
	}
}

// model is what an intake should be, said in the plainest way: everybody in the
// order in which they came, of whom the first ones have the seats.
type model struct {
	seats int
	line  []string
}

func (m *model) enrolled() []string { return m.line[:min(m.seats, len(m.line))] }

func ids(places []Place) []string {
	out := make([]string, len(places))
	for i, p := range places {
		out[i] = p.Enrolment
	}
	return out
}

// TestSeatsGoToTheFirstInLineAndNeverToMoreThanThereAre tries sequences of
// applying, withdrawing and changing seats against the model (TRN-01, 02, 04, 06).
func TestSeatsGoToTheFirstInLineAndNeverToMoreThanThereAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seats := rapid.IntRange(1, 6).Draw(t, "seats")
		in, m, came := &Intake{Seats: seats}, &model{seats: seats}, 0
		t.Repeat(map[string]func(*rapid.T){
			"apply": func(t *rapid.T) {
				came++
				p := Place{Enrolment: fmt.Sprintf("enr_%d", came), Person: fmt.Sprintf("mem_%d", came)}
				standing, err := in.place(p)
				if err != nil {
					t.Fatal(err)
				}
				m.line = append(m.line, p.Enrolment)
				if (standing == Enrolled) != slices.Contains(m.enrolled(), p.Enrolment) {
					t.Fatalf("she is %s", standing)
				}
			},
			"apply again": func(t *rapid.T) {
				if len(m.line) == 0 {
					return
				}
				who := rapid.SampledFrom(m.line).Draw(t, "who")
				if _, err := in.place(Place{Enrolment: "enr_new", Person: "mem" + who[3:]}); err == nil {
					t.Fatal("she has two places")
				}
			},
			"withdraw": func(t *rapid.T) {
				if len(m.line) == 0 {
					return
				}
				who := rapid.SampledFrom(m.line).Draw(t, "who")
				before := slices.Clone(m.enrolled())
				m.line = slices.DeleteFunc(m.line, func(e string) bool { return e == who })
				want := slices.DeleteFunc(slices.Clone(m.enrolled()), func(e string) bool { return slices.Contains(before, e) })
				if moved := ids(in.leave(who)); !slices.Equal(moved, want) {
					t.Fatalf("%v moved up, want %v", moved, want)
				}
			},
			"seats": func(t *rapid.T) {
				n := rapid.IntRange(1, 9).Draw(t, "seats")
				before := slices.Clone(m.enrolled())
				moved, err := in.setSeats(n)
				if n < len(before) {
					if !fault.Is(err, fault.Conflict) || moved != nil {
						t.Fatalf("%d seats for %d enrolled: %v %v", n, len(before), moved, err)
					}
					return
				}
				m.seats = n
				if want := m.enrolled()[len(before):]; err != nil || !slices.Equal(ids(moved), want) {
					t.Fatalf("%v moved up, want %v; %v", moved, want, err)
				}
			},
			"": func(t *rapid.T) {
				if got := ids(in.Enrolled); !slices.Equal(got, m.enrolled()) {
					t.Fatalf("enrolled are %v, want %v", got, m.enrolled())
				}
				if got, want := ids(in.Waiting), m.line[len(m.enrolled()):]; !slices.Equal(got, want) {
					t.Fatalf("waiting are %v, want %v", got, want)
				}
				if len(in.Enrolled) > in.Seats || in.Left() < 0 || in.Left() > 0 && len(in.Waiting) > 0 {
					t.Fatalf("%d enrolled, %d waiting, %d seats", len(in.Enrolled), len(in.Waiting), in.Seats)
				}
				for i, e := range ids(in.Waiting) {
					if in.Position(e) != i+1 || in.Standing(e) != Waiting {
						t.Fatalf("%s is %s at %d", e, in.Standing(e), in.Position(e))
					}
				}
			},
		})
		all := len(in.Enrolled) + len(in.Waiting)
		if gone := in.cancel(); len(gone) != all || len(in.Enrolled)+len(in.Waiting) > 0 {
			t.Fatalf("cancelled, and %d of %d are told", len(gone), all)
		}
	})
}
