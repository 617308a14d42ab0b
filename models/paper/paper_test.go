package paper_test

import (
	"strings"
	"testing"

	"chautari/models/paper"
)

func TestACodeIsReadBackHoweverItIsTyped(t *testing.T) {
	for range 200 {
		code := paper.Draw()
		printed := paper.Spelt(code)
		if len(code) != paper.Len || len(printed) != paper.Len+3 || strings.ContainsAny(code, "IO01") {
			t.Fatal(code, printed)
		}
		nepali := strings.NewReplacer("2", "२", "3", "३", "4", "४", "5", "५", "6", "६", "7", "७", "8", "८", "9", "९").Replace(printed)
		for _, typed := range []string{
			code, printed, strings.ToLower(printed), "  " + printed + "\n", strings.ReplaceAll(printed, "-", " "),
			strings.ReplaceAll(printed, "-", " – "), nepali, "\u200b" + printed,
		} {
			if paper.Fold(typed) != code {
				t.Errorf("%q is read as %q, it is %q", typed, paper.Fold(typed), code)
			}
		}
	}
}

func TestCodesDifferAndThoseOfAHashDont(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		seen[paper.Draw()] = true
	}
	if len(seen) != 1000 {
		t.Errorf("%d codes of 1000", len(seen))
	}
	if paper.Of([]byte("0123456789")) != paper.Of([]byte("0123456789abc")) {
		t.Error("one hash makes two codes")
	}
}
