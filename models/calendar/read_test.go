package calendar

import (
	"testing"

	"chautari/models/fault"
)

// code gives the code of a fault, "" for none.
func code(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	f, ok := fault.As(err)
	if !ok {
		t.Fatalf("not a fault: %v", err)
	}
	return f.Code
}

func TestDatesAreReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		text string
		cal  Calendar
		want string // Birth.String or the code
	}{
		{"2050/08/08", Bikram, "1993-11-23"},
		{"2042-5-27", Bikram, "1985-09-12"},
		{"२०६१/०३/०३", Bikram, "2004-06-17"},
		{"२०३३ साल", AnyCalendar, "BS 2033"},
		{"२०२८ पुस २३", Bikram, "1972-01-07"},
		{"2055.9.30", Bikram, "1999-01-14"},
		{"२०५०।०५।१२", Bikram, "1993-08-28"},
		{"२०५०-०५-१२ गते", AnyCalendar, "1993-08-28"},
		{"12 Bhadra 2050", AnyCalendar, "1993-08-28"},
		{"Bhadra 12, 2050", Bikram, "1993-08-28"},
		{"१२ भदौ २०५०", AnyCalendar, "1993-08-28"},
		{"भदौ १२ गते २०५०", AnyCalendar, "1993-08-28"},
		{"२०५० साल भदौ १२ गते", AnyCalendar, "1993-08-28"},
		{"वि.सं. २०५० भाद्र १२", AnyCalendar, "1993-08-28"},
		{"15/02/2045", Bikram, "1988-05-28"},
		{"15-2-2045 B.S.", AnyCalendar, "1988-05-28"},
		{"2045", Bikram, "BS 2045"},
		{"2045 BS", AnyCalendar, "BS 2045"},
		{"2045BS", AnyCalendar, "BS 2045"},
		{"वि.सं. २०४५", AnyCalendar, "BS 2045"},
		{"वि. सं. २०४५", AnyCalendar, "BS 2045"},
		{"वि॰सं॰ २०४५", AnyCalendar, "BS 2045"},
		{"बि.सं. २०४५/२/१५", AnyCalendar, "1988-05-28"},
		{"विक्रम संवत् २०४५", AnyCalendar, "BS 2045"},
		{"B.S. 2045-2-15", AnyCalendar, "1988-05-28"},
		{"(BS) 2045.2.15.", AnyCalendar, "1988-05-28"},
		{"2045/02", Bikram, "BS 2045"},
		{"2045 Magh", AnyCalendar, "BS 2045"},
		{"1995 साल", AnyCalendar, "BS 1995"},
		{"1988 BS", AnyCalendar, "BS 1988"},
		{"1988-05-28 AD", AnyCalendar, "1988-05-28"},
		{"AD 1988-05-28", Gregorian, "1988-05-28"},
		{"ई.सं. १९८८", AnyCalendar, "BS 2045"},
		{"सन् १९८८", AnyCalendar, "BS 2045"},
		{"1988", Gregorian, "BS 2045"},
		{"Feb 1988", AnyCalendar, "BS 2044"},
		{"28 May 1988", AnyCalendar, "1988-05-28"},
		{"May 28, 1988", AnyCalendar, "1988-05-28"},
		{"28th of May, 1988", AnyCalendar, "1988-05-28"},
		{"28-May-1988", Gregorian, "1988-05-28"},
		{"२८ मे १९८८", AnyCalendar, "1988-05-28"},
		{"1988 मे 28", AnyCalendar, "1988-05-28"},
		{"१९८८-०५-२८", Gregorian, "1988-05-28"},
		{"1988-05-28 00:00:00", Gregorian, "1988-05-28"},
		{"1988-05-28T00:00:00Z", Gregorian, "1988-05-28"},
		{"28/05/1988", Gregorian, "1988-05-28"},
		{"03/04/1990", Gregorian, "1990-04-03"},
		{"'2045/2/15", Bikram, "1988-05-28"},
		{" 2045 /\u00a02 / 15 ", Bikram, "1988-05-28"},
		{"２０４５/２/１５", Bikram, "1988-05-28"},
		{"20\u200b45-02-15", Bikram, "1988-05-28"},
		{"2000-01-01", Bikram, "1943-04-14"},
		{"1938-05-28", Gregorian, "1938-05-28"},
		{"", Bikram, "unknown"},
		{" - ", AnyCalendar, "unknown"},
		{"थाहा छैन", Bikram, "unknown"},

		{"05/28/1988", Gregorian, "birth.no_such_day"},
		{"2076-12-31", Bikram, "birth.no_such_day"},
		{"2083-02-33", Bikram, "birth.no_such_day"},
		{"2075-04-32", Bikram, "birth.no_such_day"},
		{"2082-12-31", Bikram, "birth.no_such_day"},
		{"2060/03/33", Bikram, "birth.no_such_day"},
		{"2060/13/03", Bikram, "birth.no_such_day"},
		{"2060/00/03", Bikram, "birth.no_such_day"},
		{"2060/01/00", Bikram, "birth.no_such_day"},
		{"2007-02-29", Gregorian, "birth.no_such_day"},
		{"31 April 1988", AnyCalendar, "birth.no_such_day"},
		{"2099-12-30", Bikram, "birth.out_of_table"},
		{"1988-05-28", Bikram, "birth.out_of_table"},
		{"1999-12-30", Bikram, "birth.out_of_table"},
		{"1888 साल", Bikram, "birth.out_of_table"},
		{"1800-01-01", Gregorian, "birth.out_of_table"},
		{"2045-02-15", AnyCalendar, "birth.calendar_unknown"},
		{"2045", AnyCalendar, "birth.calendar_unknown"},
		{"28 May 1988", Bikram, "birth.calendar_unknown"},
		{"2045-02-15 BS", Gregorian, "birth.calendar_unknown"},
		{"12 Bhadra 2050 AD", AnyCalendar, "birth.calendar_unknown"},
		{"45-02-15", Bikram, "birth.two_digit_year"},
		{"15/02/45", Bikram, "birth.two_digit_year"},
		{"28 May 88", AnyCalendar, "birth.two_digit_year"},
		{"45", Bikram, "birth.two_digit_year"},
		{"32904", AnyCalendar, "birth.serial_number"},
		{"32904.0", Bikram, "birth.serial_number"},
		{"32904.5", Gregorian, "birth.serial_number"},
		{"May 28", AnyCalendar, "birth.unreadable"},
		{"2045-2046", Bikram, "birth.unreadable"},
		{"2045-02-15 (1988-05-28)", Bikram, "birth.unreadable"},
		{"20450215", Bikram, "birth.unreadable"},
		{"15 Foo 2045", Bikram, "birth.unreadable"},
		{"Jan Feb 2045", Bikram, "birth.unreadable"},
		{"???", Bikram, "birth.unreadable"},
		{"साल", Bikram, "birth.unreadable"},
		{"2045+02=15", Bikram, "birth.unreadable"},
		{"02-2045-15", Bikram, "birth.unreadable"},
		{"=1+1", Bikram, "birth.unreadable"},
	} {
		b, err := ReadDate(c.text, c.cal)
		got := b.String()
		if err != nil {
			got = code(t, err)
			if !b.IsZero() {
				t.Errorf("%q: a fault and a birth too: %v", c.text, b)
			}
		}
		if got != c.want {
			t.Errorf("%q in %s: got %s, want %s", c.text, c.cal, got, c.want)
		}
	}
}
