package words

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chautari/models/fault"
)

func TestPassphrasesThatLookTheSameAreTheSame(t *testing.T) {
	for _, pair := range [][2]string{
		{"घाम पानी बादल", "घाम  पानी\tबादल"},
		{"घाम पानी बादल", " घाम\u00A0पानी\u3000बादल\n"},
		{"\u095C ढुङ्गा", "\u0921\u093C ढुङ्गा"}, // ड़ as one and as two code points
		{"\u0929", "\u0928\u093C"},         // ऩ, which NFC composes
		{"गर\u094D\u200Dयो", "गर\u094Dयो"}, // with and without the joiner
		{"माटो खोलो", "माटा\u0947 खाेलो"},  // ो in two strokes
		{"आकाश औँठी ओखर", "अ\u093Eकाश अ\u093E\u0948ँठी अ\u094Bखर"},
		{"sol og m\u00E5ne", "sol og ma\u030Ane"},
		{"sun\u200B moon", "\uFEFFsun moon\u200F"},
		{"a\x00b", "a b"},
	} {
		if a, b := Prepare(pair[0]), Prepare(pair[1]); a != b {
			t.Errorf("%+q and %+q differ", a, b)
		}
	}
}

func TestWhatSheChoseIsKept(t *testing.T) {
	for _, pair := range [][2]string{
		{"Sun moon", "sun moon"}, {"sunmoon", "sun moon"}, {"मिठो", "मीठो"}, {"५", "5"}, {"ﬁg", "fig"}, {"²", "2"},
	} {
		if Prepare(pair[0]) == Prepare(pair[1]) {
			t.Errorf("%q and %q became one", pair[0], pair[1])
		}
	}
	if got := Prepare(""); got != "" {
		t.Errorf("%q", got)
	}
}

func TestCheckCountsCodePointsOfThePreparedForm(t *testing.T) {
	for _, c := range []struct {
		passphrase, code, have string
	}{
		{"", "passphrase.too_short", "0"},
		{"ढुङ्गा माटो", "passphrase.too_short", "11"},
		{"   rain \u200B\u200B\u200B  hat   ", "passphrase.too_short", "8"},
		{strings.Repeat("rain hats ", 26), "passphrase.too_long", ""},
		{"kathmandu2081", "passphrase.too_common", ""},
		{"my green umbrella", "", ""},
		{"ढुङ्गा माटो खोला", "", ""},
		{"खोलाको पानी चिसो छ", "", ""},
		{"regnet faller på taket", "", ""},
	} {
		err := Check(c.passphrase, 12)
		if c.code == "" {
			if err != nil {
				t.Errorf("%q: %v", c.passphrase, err)
			}
			continue
		}
		e, ok := fault.As(err)
		if !ok || e.Kind != fault.Invalid || len(e.Fields) != 1 || e.Fields[0].Field != "passphrase" || e.Fields[0].Code != c.code {
			t.Errorf("%q: %v, want %s", c.passphrase, err, c.code)
			continue
		}
		if p := e.Fields[0].Params; c.have != "" && (p["have"] != c.have || p["min"] != "12") {
			t.Errorf("%q: %v", c.passphrase, p)
		}
	}
	if err := Check(strings.Repeat("rainy hatbox ", 20)[:256], 12); err != nil && strings.Contains(err.Error(), "too_long") {
		t.Error("256 characters are not taken")
	}
}

func TestEasilyGuessedPassphrasesAreRefused(t *testing.T) {
	for _, p := range []string{
		"password1234", "Password!2081", "P@ssw0rd12345", "qwertyuiop12", "QWERTY-asdf-zxcv", "poiuytrewq987",
		"123456789012", "9841234567 9", "+977 9841234567", "ram9841234567", "२०८१ बैशाख १", "1990-01-01-1990",
		"aaaaaaaaaaaa", "abababababab", "abcabcabcabc", "nepal123456", "Nepal@123456", "nepalnepal12", "kathmandu1234",
		"shaktisamuha", "Shakti Samuha 2053", "JayNepal2080!", "iloveyou1234", "i love my mother", "mero naam sita",
		"मेरो नाम सीता हो", "मेरोनाम१२३४", "नेपाल नेपाल", "नेपाल१२३४५६", "जय नेपाल २०८१", "म तिमीलाई माया गर्छु", "कखगघङचछजझञ",
		"riverlamp riverlamp", "ढुङ्गा माटो ढुङ्गा माटो", "----------------", "!!! ... ??? ,,,", "Ｐａｓｓｗｏｒｄ１２３４", "mitt passord 1",
	} {
		if !common(p) {
			t.Errorf("%q was taken", p)
		}
	}
	for line := range strings.Lines(commonText) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") && !common(line+" 2081!") {
			t.Errorf("%q is in the list and was taken", line)
		}
	}
}

func TestWhatOthersKnowHerByCountsForNothing(t *testing.T) {
	const p = "River Lamp Seven 81"
	if err := Check(p, 12); err != nil {
		t.Errorf("%q: %v", p, err)
	}
	for _, own := range []string{"river-lamp-seven", "seven river lamp"} {
		if Check(p, 12, own) == nil {
			t.Errorf("%q was taken for %q", p, own)
		}
	}
	if err := Check("my green umbrella", 12, "", "-", "my", "x"); err != nil {
		t.Errorf("pieces too short to mean anything were counted: %v", err)
	}
}

func TestComposedAndDecomposedCheckTheSame(t *testing.T) {
	for _, p := range []string{"\u095Cेरा माटो खोला पानी", "\u095Cेरा", "måne og sol på havet", "नेपाल नेपाल", "må må må må"} {
		a, b := Check(norm.NFC.String(p), 12), Check(norm.NFD.String(p), 12)
		if (a == nil) != (b == nil) || a != nil && a.Error() != b.Error() {
			t.Errorf("%q: %v and %v", p, a, b)
		}
	}
}

func FuzzPrepare(f *testing.F) {
	for _, s := range []string{"घाम पानी", "\u095C\u200D ", "अ\u093E\u0947ा", "a\u030A\u200Bb", "\xff\xfe", "e\u034F\u0301", "  ", "가"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := Prepare(s)
		if !utf8.ValidString(p) || !norm.NFC.IsNormalString(p) {
			t.Fatalf("%+q is not NFC", p)
		}
		if again := Prepare(p); again != p {
			t.Fatalf("%+q became %+q", p, again)
		}
		if strings.ContainsFunc(p, func(r rune) bool { return invisible(r) || unicode.IsControl(r) || unicode.IsSpace(r) && r != ' ' }) ||
			strings.TrimSpace(p) != p || strings.Contains(p, "  ") {
			t.Fatalf("%+q has something unseen", p)
		}
		valid := strings.ToValidUTF8(s, "\uFFFD")
		if d := Prepare(norm.NFD.String(valid)); d != p {
			t.Fatalf("decomposed %+q, composed %+q", d, p)
		}
		a, b := Check(valid, 12, "river-lamp-seven"), Check(norm.NFD.String(valid), 12, "river-lamp-seven")
		if (a == nil) != (b == nil) {
			t.Fatalf("%v and %v", a, b)
		}
	})
}
