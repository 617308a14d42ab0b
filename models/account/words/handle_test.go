package words

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestHandleMayBeTypedInManyWays(t *testing.T) {
	for _, typed := range []string{
		"river-lamp-seven", "River-Lamp-Seven", "RIVER LAMP SEVEN", " river  lamp\tseven \n",
		"river.lamp.seven", "river_lamp_seven", "river, lamp, seven.", "river – lamp — seven",
		"river‐lamp‑seven", "river−lamp－seven", "river--lamp--seven", "-river-lamp-seven-",
		"ri\u200Bver-la\u200Dmp-\uFEFFseven", "\u202Ariver-lamp-seven\u202C", "ri\u00ADver-lamp-seven",
		"river\u00A0lamp\u3000seven", "ｒｉｖｅｒ－ｌａｍｐ－ｓｅｖｅｎ", "river · lamp · seven", "river।lamp।seven",
	} {
		if got, ok := FoldHandle(typed); !ok || got != "river-lamp-seven" {
			t.Errorf("%q: %q, %v", typed, got, ok)
		}
	}
	if got, ok := FoldHandle("unlisted-word-४२"); !ok || got != "unlisted-word-42" {
		t.Errorf("digits and words outside the list: %q, %v", got, ok)
	}
}

func TestWhatCannotBeAHandleIsRefused(t *testing.T) {
	for _, typed := range []string{
		"", " ", "-", "river", "river-lamp", "riverlampseven", "river-lamp-seven-moon",
		"river-lamp-नदी", "rivér-lamp-seven", "rive\u0301r-lamp-seven", "river-lamp-s\u0435ven",
		"river@lamp@seven", "a-b-" + strings.Repeat("c", 17), strings.Repeat("a ", 5000), "river-lamp-\xff",
	} {
		if got, ok := FoldHandle(typed); ok || got != "" {
			t.Errorf("%q was taken as %q", typed, got)
		}
	}
}

func FuzzFoldHandle(f *testing.F) {
	for _, s := range []string{"river-lamp-seven", "River Lamp Seven", "a\u200Bb.c_d–é", "४२ ४३ ४४", "\xff-\u0130-K", ""} {
		f.Add(s)
	}
	shape := regexp.MustCompile(`^[a-z0-9]{1,16}(-[a-z0-9]{1,16}){2}$`)
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := FoldHandle(s)
		if !ok {
			if got != "" {
				t.Fatalf("refused, but %q", got)
			}
			return
		}
		if !shape.MatchString(got) {
			t.Fatalf("%q has not the shape of a sign-in name", got)
		}
		if again, ok := FoldHandle(got); !ok || again != got {
			t.Fatalf("%q became %q", got, again)
		}
		if nfd := norm.NFD.String(s); len(nfd) <= longestTyped {
			if decomposed, ok := FoldHandle(nfd); !ok || decomposed != got {
				t.Fatalf("decomposed: %q, %v", decomposed, ok)
			}
		}
	})
}
