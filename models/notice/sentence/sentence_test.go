package sentence

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the catalogue anew")

// The catalogue is read by people before it changes: each sentence in each
// language, its length, and as how many SMS it goes out.
func TestTheCatalogueIsWhatPeopleRead(t *testing.T) {
	var b strings.Builder
	for _, k := range Keys {
		for _, l := range Languages {
			text := Say(k, l)
			if k == Code {
				text = SayCode(Digits{"012345"}, l)
			}
			fmt.Fprintf(&b, "%s %s %d %d %s\n", k, l, utf8.RuneCountInString(text.Reveal()), text.Parts(), text.Reveal())
		}
	}
	const golden = "testdata/catalogue.golden.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the catalogue is another:\n%s", b.String())
	}
}

// Words of three languages that would tell whoever holds the phone what it is
// about: who is behind it, what kind of help, which kind of thing.
var telling = strings.Fields(`
	chautari चौतारी संस्था organis organiz office कार्यालय shakti शक्ति member सदस्य medlem group समूह gruppe
	support सहयोग साथी likeperson peer helper सहयोगी counsel परामर्श rådgiv help सहायता hjelp
	victim survivor पीडित उत्तरजीवी overlevende traffick बेचबिखन menneskehandel rescue उद्धार case केस मुद्दा sak
	violence हिंसा vold abuse दुर्व्यवहार safe सुरक्षा trygg police प्रहरी politi court अदालत
	grievance complaint गुनासो उजुरी klage report danger खतरा harm
	training course तालिम कोर्स kurs sewing सिलाई meeting भेट møte circle samtale session
	sign password passphrase login लगइन account खाता konto app एप name नाम navn sister दिदी बहिनी woman महिला kvinne
`)

func TestNoSentenceTellsWhatItIsAboutOrLeadsAnywhere(t *testing.T) {
	leads := regexp.MustCompile(`(?i)https?:|www\.|[@/\\<>]|\pL\.\pL`)
	for k, languages := range catalogue {
		if len(languages) != len(Languages) {
			t.Errorf("%s is said in %d languages", k, len(languages))
		}
		for l, text := range languages {
			for _, word := range telling {
				if strings.Contains(strings.ToLower(text), word) {
					t.Errorf("%s %s says %q", k, l, word)
				}
			}
			if leads.MatchString(text) || strings.ContainsAny(text, "0123456789०१२३४५६७८९") {
				t.Errorf("%s %s leads somewhere or has digits of its own: %s", k, l, text)
			}
			if has := strings.Contains(text, "{"); has != (k == Code) || has && strings.Count(text, place) != 1 {
				t.Errorf("%s %s has other places than the digits': %s", k, l, text)
			}
			if parts := (Text{text}).Parts(); parts != 1 {
				t.Errorf("%s %s goes out as %d", k, l, parts)
			}
		}
	}
}

// What somebody typed has no way into a Text: it has no exported field, and what
// makes one takes a key of the list, a language, and six digits.
func TestNothingTypedGetsIntoASentence(t *testing.T) {
	for _, what := range []any{Text{}, Digits{}} {
		typ := reflect.TypeOf(what)
		for i := range typ.NumField() {
			if typ.Field(i).IsExported() {
				t.Errorf("%s can be filled from outside", typ)
			}
		}
	}
	for _, typed := range []string{
		"https://evil.example/x", "Junkiri", "see evil.example", "<b>", "{code}", "12345", "1234567", "12345a", "१२३४५", "123456\n", "+97798", "",
	} {
		if d, ok := Read(typed); ok || !d.Empty() || !SayCode(d, "en").Empty() {
			t.Errorf("%q passed for six digits", typed)
		}
		if !Say(Key(typed), "en").Empty() {
			t.Errorf("%q passed for a sentence", typed)
		}
		if got := Say(Off, typed).Reveal(); got != catalogue[Off]["ne"] {
			t.Errorf("the language %q says %q", typed, got)
		}
	}
}

func TestDigitsAreTypedInEitherScriptAndComparedWhole(t *testing.T) {
	for _, typed := range []string{"012345", "०१२३४५", "012 345", "012-345", "०१२ ३४५"} {
		d, ok := Read(typed)
		if !ok || !d.Same(Digits{"012345"}) || d.Same(Digits{"012346"}) {
			t.Errorf("%q is %q", typed, d.Reveal())
		}
	}
	if (Digits{}).Same(Digits{}) {
		t.Error("none are the same as none")
	}
	seen := map[string]bool{}
	for range 200 {
		d := Draw()
		if again, ok := Read(d.Reveal()); !ok || !again.Same(d) {
			t.Fatalf("drew %q", d.Reveal())
		}
		seen[d.Reveal()] = true
	}
	if len(seen) < 190 {
		t.Errorf("of 200 drawn %d differ", len(seen))
	}
	if s := fmt.Sprintf("%v %s %+v %#v", Draw(), Draw(), SayCode(Draw(), "en"), Say(Off, "en")); strings.ContainsAny(s, "0123456789") || strings.Contains(s, "off") {
		t.Errorf("printed as %s", s)
	}
}

func TestDevanagariGoesInSeventiesAndLatinInHundredsAndSixty(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0},
		{strings.Repeat("क", 70), 1},
		{strings.Repeat("क", 71), 2},
		{strings.Repeat("क", 134), 2},
		{strings.Repeat("क", 135), 3},
		{strings.Repeat("a", 160), 1},
		{strings.Repeat("a", 161), 2},
		{strings.Repeat("a", 306), 2},
		{strings.Repeat("a", 307), 3},
		{strings.Repeat("€", 80), 1},
		{strings.Repeat("€", 81), 2},
		{strings.Repeat("å", 160), 1},
		{strings.Repeat("a", 69) + "क", 1},
		{strings.Repeat("a", 70) + "क", 2}, // one letter makes all of it UCS-2
		{strings.Repeat("😀", 35), 1},
		{strings.Repeat("😀", 36), 2},
	} {
		if got := (Text{c.text}).Parts(); got != c.want {
			t.Errorf("%d characters of %.3q go out as %d, want %d", utf8.RuneCountInString(c.text), c.text, got, c.want)
		}
	}
}
