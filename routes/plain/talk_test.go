package plain

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/grievance"
	"chautari/models/seal"
)

func TestNoWordForSpeakingUpIsMissing(t *testing.T) {
	for _, w := range languages {
		talk, ok := talkLanguages[w.Lang]
		if !ok {
			t.Fatalf("there is nothing in %s", w.Lang)
		}
		v := reflect.ValueOf(talk)
		for i := range v.NumField() {
			text := v.Field(i).String()
			if text == "" || strings.ContainsAny(text, "0123456789०१२३४५६७८९\u200b\u200c\u200d") {
				t.Errorf("%s.%s is %q", w.Lang, v.Type().Field(i).Name, text)
			}
		}
		for text, placeholder := range map[string]string{talk.Reads: "{names}", talk.Then: "{names}", talk.Listed: "{names}", talk.DangerFirst: "{phone}"} {
			if strings.Count(text, placeholder) != 1 {
				t.Errorf("%s: %q lacks %s", w.Lang, text, placeholder)
			}
		}
		for _, c := range grievance.Categories {
			if talk.category(c) == "" {
				t.Errorf("%s doesn't say what %s is", w.Lang, c)
			}
		}
	}
}

func TestDaysAreWrittenAsPeopleCountThem(t *testing.T) {
	d := calendar.Date{Year: 2026, Month: time.November, Day: 26}
	for lang, want := range map[string]string{
		"ne": "मंसिर १० (नोभेम्बर २६)", "en": "10 Mangsir (26 November)", "nb": "26. november",
	} {
		for _, w := range languages {
			if w.Lang == lang && w.Day(d) != want {
				t.Errorf("%s writes %q, want %q", lang, w.Day(d), want)
			}
		}
	}
}

// A name that isn't known leaves no empty box to tick, and no reader unsaid.
func TestAReaderWhoseNameIsNotKnownIsCalledByWhatSheIs(t *testing.T) {
	for _, w := range languages {
		p := talkPage{page: page{Words: w}}
		for _, role := range []access.Role{access.Coordinator, access.FocalPoint, access.Deputy, access.Board} {
			if got := p.Called(grievance.Reader{Role: role}); got == "" || got == string(role) {
				t.Errorf("%s: a %s is called %q", w.Lang, role, got)
			}
		}
		if got := p.Called(grievance.Reader{Name: seal.Open("Sarita"), Role: access.Board}); got != "Sarita" {
			t.Errorf("%s: she is called %q", w.Lang, got)
		}
	}
}
