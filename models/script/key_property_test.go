package script

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

var pieces = []string{
	"a", "aa", "i", "ee", "y", "e", "o", "w", "v", "u", "h", "k", "s", "sh", "x", "c", "ch", "n", "g", "j", "b", "p", "m", "d", "t", "r", "l", "z", "q",
	"क", "ष", "ज", "ञ", "ङ", "ह", "य", "व", "र", "ड", "अ", "ई", "ऋ", "ा", "ि", "े", "ै", "ौ", "्", "ं", "ँ", "ः", "़", "\u095c", "ॐ",
	"\u200d", "\u200c", "\u200b", "\u00ad", "\ufeff", " ", "-", ".", "'", "é", "e\u0301", "ø", "7", "७", "王", "\xff",
}

func letters(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 14).Draw(t, "text"), "")
}

func TestTheKeyOfAKeyIsThatKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := NameKey(letters(t))
		if again := NameKey(k); again != k {
			t.Fatalf("%q became %q", k, again)
		}
	})
}

func TestComposingAndInvisibleCharactersMakeNoOtherKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ToValidUTF8(letters(t), "")
		k := NameKey(s)
		at := 0
		if s != "" {
			at = rapid.IntRange(0, len(s)-1).Draw(t, "at")
			for !utf8.RuneStart(s[at]) {
				at--
			}
		}
		hidden := rapid.SampledFrom([]string{"\u200b", "\u200c", "\u200d", "\u200e", "\u202a", "\u2066", "\ufeff", "\u00ad"}).Draw(t, "hidden")
		for _, other := range []string{norm.NFD.String(s), norm.NFC.String(s), s[:at] + hidden + s[at:], Clean(s), strings.ToUpper(s)} {
			if NameKey(other) != k {
				t.Fatalf("%q has %q, %q has %q", s, k, other, NameKey(other))
			}
		}
	})
}

func TestCleanedTextStaysAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Clean(letters(t))
		if Clean(s) != s || !norm.NFC.IsNormalString(s) || strings.TrimSpace(s) != s || strings.Contains(s, "  ") {
			t.Fatalf("%q became %q", s, Clean(s))
		}
	})
}

func TestCleanKeepsWhatIsReadAndDropsWhatIsNot(t *testing.T) {
	for in, want := range map[string]string{
		"  सीता \t तामाङ ": "सीता तामाङ", "A\u030ase\u00a0Pr\u00f8ve": "Åse Prøve", "\u095cाकिया": "ड\u093cाकिया",
		"\u200bRam\u200d\u200e Te\u00adst\ufeff": "Ram Test", "Ram\x00Test": "Ram Test", "\u2066Ram\u2069": "Ram",
		"गर्\u200dयौ": "गर्\u200dयौ", "गर्\u200d": "गर्", "र\u200dय": "रय", "-": "", " – ": "", "a-b": "a-b", "": "", "\u3000": "",
		"Ram\u2028Test\r\n": "Ram Test", "a\xffb": "a\ufffdb",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q became %q, not %q", in, got, want)
		}
	}
	if got := FoldDigits("९८४१ ０１ a"); got != "9841 01 a" {
		t.Error(got)
	}
}

func FuzzNameKey(f *testing.F) {
	for _, s := range []string{"सीता", "K.C.", "बि.क.", "Chowdhury", "Åse", "\xff\xfe", "क्\u200dष", "ॐ", strings.Repeat("aya", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k := NameKey(s)
		if NameKey(k) != k {
			t.Fatalf("%q: %q became %q", s, k, NameKey(k))
		}
		if NameKey(Clean(s)) != k {
			t.Fatalf("%q: %q, but cleaned %q", s, k, NameKey(Clean(s)))
		}
		LooseKey(s)
	})
}
