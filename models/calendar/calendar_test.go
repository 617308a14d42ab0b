package calendar

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"
	"pgregory.net/rapid"

	"chautari/models/script"
)

func rowsOf(t testing.TB, name string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.NotEmpty(t, rows)
	return rows[1:]
}

func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := Parse(s)
	require.NoError(t, err, s)
	return d
}

// bikramDay reads "2083-08-10" without any checking.
func bikramDay(t testing.TB, s string) BS {
	t.Helper()
	part := strings.Split(s, "-")
	require.Len(t, part, 3)
	return BS{number(part[0]), number(part[1]), number(part[2])}
}

func TestEveryPublishedMonthStartsOnItsDay(t *testing.T) {
	checked := 0
	for _, row := range rowsOf(t, "bs_vectors.csv") {
		if strings.HasPrefix(row[4], "forecast") {
			continue
		}
		d, b := day(t, row[0]), bikramDay(t, row[1])
		gotBS, err := ToBS(d)
		require.NoError(t, err)
		require.Equal(t, b, gotBS, row[0])
		gotDate, err := b.Date()
		require.NoError(t, err)
		require.Equal(t, d, gotDate, row[1])
		require.False(t, Forecast(b.Year))
		checked++
	}
	require.GreaterOrEqual(t, checked, 1000)
}

func TestTheDayInNepalIsItsOwn(t *testing.T) {
	for _, row := range rowsOf(t, "tz_vectors.csv") {
		at, err := time.Parse(time.RFC3339, row[0])
		require.NoError(t, err)
		require.Equal(t, row[3], Of(at).String(), row[6])
		_, offset := at.In(Kathmandu).Zone()
		require.Equal(t, row[2], time.Unix(0, 0).In(time.FixedZone("", offset)).Format("-07:00"), row[6])
		if b, forecast := strings.CutSuffix(row[4], " (forecast)"); !forecast {
			got, err := ToBS(Of(at))
			require.NoError(t, err)
			require.Equal(t, b, got.String(), row[6])
		}
	}
	for utc, want := range map[string]string{
		"2026-07-07T12:29:00Z": "2083-03-23", "2026-07-07T12:31:00Z": "2083-03-23",
		"2026-07-07T18:14:59Z": "2083-03-23", "2026-07-07T18:15:00Z": "2083-03-24",
		"1985-12-30T18:30:00Z": "2042-09-16", "1985-12-31T18:29:59Z": "2042-09-16", "1985-12-31T18:30:00Z": "2042-09-17",
	} {
		at, err := time.Parse(time.RFC3339, utc)
		require.NoError(t, err)
		b, err := ToBS(Of(at))
		require.NoError(t, err)
		require.Equal(t, want, b.String(), utc)
	}
}

func TestEveryDayOfTheTableGoesThereAndBack(t *testing.T) {
	d := Date{1943, time.April, 14}
	before := BS{FirstBSYear - 1, 12, 30}
	for {
		b, err := ToBS(d)
		if err != nil {
			break
		}
		follows := b == BS{before.Year, before.Month, before.Day + 1} ||
			b == BS{before.Year, before.Month + 1, 1} || b == BS{before.Year + 1, 1, 1} && before.Month == 12
		require.True(t, follows, "%v after %v", b, before)
		back, err := b.Date()
		require.NoError(t, err)
		require.Equal(t, d, back)
		before, d = b, d.AddDays(1)
	}
	require.Equal(t, LastBSYear, before.Year)
	require.Equal(t, 12, before.Month)
	require.True(t, Forecast(before.Year))
}

func TestImpossibleDaysAreRefusedAndNeverRolledOver(t *testing.T) {
	for s, want := range map[string]string{
		"2076-12-31": "birth.no_such_day", "2075-04-32": "birth.no_such_day", "2082-12-31": "birth.no_such_day",
		"2083-02-33": "birth.no_such_day", "2083-13-01": "birth.no_such_day", "2083-00-01": "birth.no_such_day",
		"2083-01-00": "birth.no_such_day", "2099-12-30": "birth.out_of_table", "1999-12-30": "birth.out_of_table",
	} {
		_, err := bikramDay(t, s).Date()
		require.Equal(t, want, code(t, err), s)
	}
	for _, s := range []string{"1943-04-13", "2034-04-14"} {
		_, err := ToBS(day(t, s))
		require.Equal(t, "birth.out_of_table", code(t, err), s)
	}
	for s, want := range map[string]string{
		"2007-02-29": "birth.no_such_day", "2007-13-01": "birth.no_such_day", "0000-01-01": "birth.no_such_day",
		"2007-2-9": "birth.unreadable", "2007-02-09 ": "birth.unreadable", "": "birth.unreadable", "x": "birth.unreadable",
	} {
		_, err := Parse(s)
		require.Equal(t, want, code(t, err), s)
	}
	_, err := NewDate(2007, time.February, 29)
	require.Equal(t, "birth.no_such_day", code(t, err))
	for ad, bs := range map[string]string{"2020-04-13": "2077-01-01", "2020-04-12": "2076-12-30", "1988-05-28": "2045-02-15", "1986-01-01": "2042-09-17"} {
		b, err := ToBS(day(t, ad))
		require.NoError(t, err)
		require.Equal(t, bs, b.String())
	}
}

func TestAgeTurnsAtMidnightInNepal(t *testing.T) {
	born := OnDay(Date{2008, time.December, 31})
	for utc, want := range map[string]int{"2026-12-30T18:14:00Z": 17, "2026-12-30T18:20:00Z": 18} {
		at, err := time.Parse(time.RFC3339, utc)
		require.NoError(t, err)
		age, approximate, known := born.AgeAt(Of(at))
		require.Equal(t, want, age, utc)
		require.False(t, approximate)
		require.True(t, known)
	}
	leap := Date{2008, time.February, 29}
	require.Equal(t, 17, leap.Age(Date{2026, time.February, 28}))
	require.Equal(t, 18, leap.Age(Date{2026, time.March, 1}))
}

func TestAnUnknownBirthHasNoAgeAndAYearAnApproximateOne(t *testing.T) {
	today := Date{2026, time.November, 26}
	_, _, known := Birth{}.AgeAt(today)
	require.False(t, known)
	age, approximate, known := InYear(2045).AgeAt(today)
	require.Equal(t, 38, age)
	require.True(t, approximate)
	require.True(t, known)
	_, _, known = InYear(2084).AgeAt(today)
	require.False(t, known)
	require.Equal(t, 1938, ADYear(1995))
	require.Equal(t, 1994, bsYearOf(Date{1938, time.April, 13}))
	require.Equal(t, 1995, bsYearOf(Date{1938, time.April, 14}))
}

func TestABirthIsCheckedAgainstToday(t *testing.T) {
	today := Date{2026, time.November, 26}
	for _, c := range []struct {
		birth Birth
		want  string
		old   bool
	}{
		{Birth{}, "", false},
		{OnDay(today), "", false},
		{OnDay(today.AddDays(1)), "birth.future", false},
		{OnDay(Date{2045, time.February, 15}), "birth.future", false},
		{InYear(2083), "", false},
		{InYear(2084), "birth.future", false},
		{InYear(2102), "birth.future", false},
		{InYear(1995), "", false},
		{InYear(1988), "", true},
		{OnDay(Date{1931, time.September, 13}), "", true},
		{OnDay(Date{1905, time.January, 1}), "", true},
		{OnDay(Date{1700, time.January, 1}), "birth.out_of_table", true},
		{InYear(1700), "birth.out_of_table", true},
		{OnDay(Date{2007, time.February, 29}), "birth.no_such_day", false},
		{Birth{Precision: ToDay}, "birth.unreadable", false},
		{Birth{Precision: ToDay, Day: today, BSYear: 2083}, "birth.unreadable", false},
		{Birth{Precision: ToYear, Day: today, BSYear: 2083}, "birth.unreadable", false},
		{Birth{BSYear: 2083}, "birth.unreadable", false},
		{Birth{Precision: "month"}, "birth.unreadable", false},
	} {
		require.Equal(t, c.want, code(t, c.birth.Check(today)), "%+v", c.birth)
		if c.want == "" || c.old {
			require.Equal(t, c.old, c.birth.LooksOld(today), "%+v", c.birth)
		}
	}
}

func TestABirthIsTheSameOnTheWireAndInTheStore(t *testing.T) {
	for want, b := range map[string]Birth{
		`{"precision":"unknown"}`:                {},
		`{"precision":"year","bsYear":2045}`:     InYear(2045),
		`{"precision":"day","day":"1988-05-28"}`: OnDay(Date{1988, time.May, 28}),
	} {
		got, err := json.Marshal(b)
		require.NoError(t, err)
		require.Equal(t, want, string(got))
		var back Birth
		require.NoError(t, json.Unmarshal(got, &back))
		require.Equal(t, b, back)

		type stored struct {
			Birth Birth `bson:"birth"`
			Since Date  `bson:"since"`
		}
		kept, err := bson.Marshal(stored{Birth: b})
		require.NoError(t, err)
		var read stored
		require.NoError(t, bson.Unmarshal(kept, &read))
		require.Equal(t, stored{Birth: b}, read)
		if b.Precision == ToDay {
			require.Equal(t, "1988-05-28", bson.Raw(kept).Lookup("birth", "day").StringValue())
		}
	}
	var b Birth
	require.Error(t, json.Unmarshal([]byte(`{"precision":"month"}`), &b))
	require.Error(t, json.Unmarshal([]byte(`{"precision":"day","day":"2007-02-29"}`), &b))
	require.Error(t, json.Unmarshal([]byte(`{"precision":"day","day":"1988-05-28T00:00:00Z"}`), &b))
	var d Date
	require.NoError(t, json.Unmarshal([]byte(`""`), &d))
	require.True(t, d.IsZero())
}

func TestDaysKeepTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date{1970, time.January, 1}.AddDays(rapid.IntRange(-30000, 60000).Draw(t, "day"))
		n := rapid.IntRange(-40000, 40000).Draw(t, "days")
		e := d.AddDays(n)
		if d.Before(e) != (n > 0) || d.After(e) != (n < 0) || e.number()-d.number() != n || (d.String() < e.String()) != (n > 0) {
			t.Fatalf("%v and %v", d, e)
		}
		if back, err := Parse(d.String()); err != nil || back != d {
			t.Fatalf("%v read back as %v, %v", d, back, err)
		}
	})
}

func TestNoTwoMonthsShareAName(t *testing.T) {
	seen := map[string]month{}
	for calendar, months := range monthSpellings {
		for i, spellings := range months {
			for _, s := range strings.Fields(spellings) {
				m := month{calendar, i + 1}
				if at, ok := seen[script.NameKey(s)]; ok && at != m {
					t.Errorf("%s is %v and %v", s, at, m)
				}
				seen[script.NameKey(s)] = m
			}
		}
	}
}

func TestBirthWritingsFromTheField(t *testing.T) {
	want := map[string]string{
		"valid 32-day month,2081-02-32": "2024-06-14", "valid 32-day month,2077-02-32": "2020-06-14",
		"invalid 31 in 30-day month": "birth.no_such_day", "invalid 32 in 31-day month": "birth.no_such_day",
		"Devanagari digits": "1988-05-28", "BS typed as AD: in the future": "birth.future",
		"AD typed as BS: out of table": "birth.out_of_table", "no calendar given": "birth.calendar_unknown",
		"two-digit year": "birth.two_digit_year", "slashes": "1988-05-28", "day first": "1988-05-28",
		"leap day": "2008-02-29", "not a leap day": "birth.no_such_day", "year only": "BS 2045",
		"beyond table": "birth.out_of_table", "clock-change day": "1986-01-01",
	}
	for _, row := range rowsOf(t, "birth_writings.csv") {
		cal := Calendar(strings.ToLower(row[2]))
		b, err := ReadDate(row[1], cal)
		if err == nil {
			err = b.Check(Date{2026, time.November, 26})
		}
		got := b.String()
		if err != nil {
			got = code(t, err)
		}
		expected, ok := want[row[0]]
		if !ok {
			expected, ok = want[row[0]+","+row[1]]
		}
		require.True(t, ok, row[0])
		require.Equal(t, expected, got, row[0]+" "+row[1])
	}
}

func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"2050/08/08", "२०२८ पुस २३", "वि.सं. २०४५", "28 May 1988", "32904.5", "2045-02-15 AD", "भदौ १२ गते २०५०", "15/02/45", "\xff", "\u200d"} {
		f.Add(s, "bs")
		f.Add(s, "ad")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, text, cal string) {
		b, err := ReadDate(text, Calendar(cal))
		if err != nil {
			if code(t, err) == "" || !b.IsZero() {
				t.Fatalf("%q: %v with %v", text, err, b)
			}
			return
		}
		switch b.Precision {
		case ToDay:
			if back, err := Parse(b.Day.String()); err != nil || back != b.Day {
				t.Fatalf("%q: %v is no day", text, b)
			}
			if bikram, err := ToBS(b.Day); err == nil {
				if back, err := bikram.Date(); err != nil || back != b.Day {
					t.Fatalf("%q: %v does not go there and back", text, b)
				}
			}
		case ToYear:
			if b.BSYear < oldestBSYear || b.BSYear > 10100 {
				t.Fatalf("%q: %v", text, b)
			}
		}
	})
}

func BenchmarkToBS(b *testing.B) {
	d := Date{2026, time.November, 26}
	for b.Loop() {
		if _, err := ToBS(d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBSDate(b *testing.B) {
	d := BS{2083, 8, 10}
	for b.Loop() {
		if _, err := d.Date(); err != nil {
			b.Fatal(err)
		}
	}
}
