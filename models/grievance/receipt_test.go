package grievance

import (
	"slices"
	"strings"
	"testing"
	"time"

	"chautari/models/clock"
	"chautari/models/id"
	"chautari/models/seal"
	"chautari/models/store/storetest"
)

func newTestForms(tb testing.TB) forms {
	tb.Helper()
	content, err := seal.NewKeyFile()
	if err != nil {
		tb.Fatal(err)
	}
	master, err := seal.OpenMaster(content)
	if err != nil {
		tb.Fatal(err)
	}
	keys := seal.NewKeys(storetest.New(tb, seal.KeySpecs(), clock.System{}), master)
	return newForms(master, keys)
}

// named is the id and the receipt that a form gives.
func named(tb testing.TB, f forms, of form) (name, receipt string) {
	tb.Helper()
	name, err := f.id(tb.Context(), "org_a", of)
	if err != nil {
		tb.Fatal(err)
	}
	if receipt, err = f.receipt(tb.Context(), "org_a", of); err != nil {
		tb.Fatal(err)
	}
	return name, receipt
}

// rest is what a number leaves when it is divided by 97.
func rest(digits string) int {
	n := 0
	for _, d := range digits {
		n = (n*10 + int(d-'0')) % 97
	}
	return n
}

// GRV-01.
func TestAThousandReceiptsHaveNoRepeatAndNoOrder(t *testing.T) {
	f := newTestForms(t)
	now := time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
	seen := map[string]bool{}
	var last string
	rising := 0
	for range 1000 {
		token, err := f.issue("org_a", now)
		if err != nil {
			t.Fatal(err)
		}
		of, err := f.open("org_a", token, now.Add(time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		name, receipt := named(t, f, of)
		if seen[name] || seen[receipt] || !id.Valid("grv", name) || len(receipt) != ReceiptLen || rest(receipt) != 1 {
			t.Fatalf("%s %s", name, receipt)
		}
		seen[name], seen[receipt] = true, true
		if receipt > last {
			rising++
		}
		last = receipt
		again, _ := f.open("org_a", token, now.Add(time.Hour))
		if n, r := named(t, f, again); n != name || r != receipt {
			t.Fatal("the same form has another receipt")
		}
		if strings.Contains(token, of.secret) {
			t.Fatal("the token shows its secret")
		}
	}
	if rising < 400 || rising > 600 {
		t.Errorf("%d of 1000 are higher than the one before", rising)
	}
}

func TestAFormIsOfThisOrganisationAndOfToday(t *testing.T) {
	f := newTestForms(t)
	now := time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
	token, err := f.issue("org_a", now)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		org, token string
		age        time.Duration
		code       string
	}{
		"of another organisation": {"org_b", token, time.Minute, "grievance.form_old"},
		"of nobody":               {"org_a", "AAAA", time.Minute, "grievance.form_old"},
		"empty":                   {"org_a", "", time.Minute, "grievance.form_old"},
		"from the future":         {"org_a", token, -time.Minute, "grievance.form_old"},
		"at once":                 {"org_a", token, 4999 * time.Millisecond, "grievance.form_too_fast"},
		"by hand":                 {"org_a", token, 5 * time.Second, ""},
		"after a day":             {"org_a", token, 24 * time.Hour, ""},
		"after more":              {"org_a", token, 24*time.Hour + time.Millisecond, "grievance.form_old"},
	} {
		_, err := f.open(c.org, c.token, now.Add(c.age))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != c.code {
			t.Errorf("%s: %q, want %q", name, got, c.code)
		}
	}
}

// hands are the ways in which people type the receipt 48271903556120741234.
var hands = []string{
	"48271903556120741234",
	"4827 1903 5561 2074 1234",
	"4827-1903-5561-2074-1234",
	"4827–1903—5561‑2074‐1234",
	"4827\u00a01903\u00a05561\u00a02074\u00a01234",
	"४८२७ १९०३ ५५६१ २०७४ १२३४",
	"４８２７１９０３５５６１２０７４１２３４",
	"\u200b4827\u200c1903\u200d5561\u20602074\ufeff1234",
	"4827 1903\r\n5561 2074\n1234\n",
	"\t4827\u20091903\u202f5561\u30002074\u20281234 ",
	"४८२७ 1903 ५५६१ 2074 १२३४",
	"4827.1903.5561.2074.1234.", "4827_1903_5561_2074_1234", "4827\u22121903\u22125561\u22122074\u22121234", "४८२७ १९०३ ५५६१ २०७४ १२३४।",
	"4\uFE0F827190355612074123\uFE0E4",
}

// GRV-11.
func TestAReceiptIsReadHoweverItIsTyped(t *testing.T) {
	for _, h := range hands {
		if got := Normal(h); got != "48271903556120741234" {
			t.Errorf("%q is read as %q", h, got)
		}
	}
}

func FuzzNormal(f *testing.F) {
	for _, h := range hands {
		f.Add(h)
	}
	f.Add("no receipt\xff")
	f.Fuzz(func(t *testing.T, typed string) {
		got := Normal(typed)
		if Normal(got) != got {
			t.Errorf("%q is read differently a second time", typed)
		}
		// Whatever blanks stand between the digits, they are the same digits.
		digits := "48271903556120741234"
		if Normal(strings.Join(strings.Split(digits, ""), " ")+typed) != digits+got {
			t.Errorf("%q changes what stands before it", typed)
		}
	})
}

func TestOneWrongOrSwappedDigitIsSeenByTheCheck(t *testing.T) {
	good := digitsOf(strings.Repeat("7d", 32))
	for i := range good {
		for d := '0'; d <= '9'; d++ {
			wrong := good[:i] + string(d) + good[i+1:]
			if wrong != good && rest(wrong) == 1 {
				t.Errorf("%s passes for %s", wrong, good)
			}
		}
		if i > 0 {
			swapped := []byte(good)
			slices.Reverse(swapped[i-1 : i+1])
			if string(swapped) != good && rest(string(swapped)) == 1 {
				t.Errorf("%s passes for %s", swapped, good)
			}
		}
	}
}
