package consent_test

import (
	"slices"
	"strings"
	"testing"

	"chautari/models/consent"
)

var languages = []string{"ne", "en", "nb"}

func TestEveryPurposeHasItsTextInEachLanguage(t *testing.T) {
	for _, p := range consent.Purposes() {
		seen := map[string]bool{}
		for _, language := range languages {
			words := consent.Words(p, "1", language)
			if words == "" || seen[words] || strings.ContainsAny(words, "{}0123456789०१२३४५६७८९\n") {
				t.Errorf("%s in %s is %q", p, language, words)
			}
			seen[words] = true
		}
	}
}

func TestWhatIsAskedHasOneRecipientAnEndAndMayBeRefused(t *testing.T) {
	if consent.Shipped("xx") != nil {
		t.Error("a language nobody wrote has texts")
	}
	for _, language := range languages {
		asked := consent.Shipped(language)
		for _, text := range asked {
			if text.Recipient == "" || text.Asked == consent.Nowhere || (text.Months == 0) != text.OptOut {
				t.Errorf("%+v", text)
			}
			if text.Optional != (text.Purpose != consent.Membership) {
				t.Errorf("%s: optional is %v", text.Purpose, text.Optional)
			}
		}
	}
}

// A question whose answer nothing uses is a dead one.
func TestWhatNothingUsesIsAskedNowhereAndTaken(t *testing.T) {
	for _, p := range []consent.Purpose{consent.History, consent.Health, consent.Referral, consent.Police} {
		if slices.ContainsFunc(consent.Shipped("en"), func(x consent.Text) bool { return x.Purpose == p }) {
			t.Errorf("%s is asked", p)
		}
		if len(consent.Check([]consent.Given{given(p)})) == 0 {
			t.Errorf("a yes to %s is taken", p)
		}
	}
}
