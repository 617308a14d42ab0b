package consent_test

import (
	"bytes"
	"strings"
	"testing"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/consent/sound"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/organisation"
)

// silence is some frames of MPEG 1 layer III, of 144 bytes each.
func silence(frames int) []byte {
	frame := make([]byte, 144)
	copy(frame, "\xFF\xFB\x18\xC0")
	return bytes.Repeat(frame, frames)
}

var recording = append(silence(60), "TAG Sunita's phone"...)

func TestARecordingIsHeardOnceItsTextIsReleasedAndHoldsTheSoundAlone(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		v := d.drafts(t, d.admin, consent.CoordinatorPhone, "pipal")
		large := append(silence(5000), "TAG Sunita's phone"...) // three pieces
		for _, content := range [][]byte{recording, large} {    // the second in place of the first
			var err error
			if v, err = d.texts.Record(ctx, d.admin, once.Key{}, v.ID, "ne", content); err != nil {
				t.Fatal(err)
			}
		}
		if r, ok := v.Recorded("ne"); !ok || len(v.Recordings) != 1 || r.Type != sound.MPEG || r.Bytes != 5000*144 || r.Seconds != 180 {
			t.Errorf("%+v", v.Recordings)
		}
		hear := func(org, version, language string) (*consent.Heard, error) {
			return d.texts.Hear(ctx, org, consent.CoordinatorPhone, version, language)
		}
		_, err := hear(d.Org, "1.1", "ne")
		wantsRefused(t, "a draft, to anybody", err)
		for _, a := range []access.Actor{d.focal, d.admin, d.board} {
			h, err := d.texts.HearDraft(ctx, a, v.ID, "ne")
			if err != nil || !bytes.Equal(h.Sound, silence(5000)) {
				t.Errorf("%v: %v", a.Roles, err)
			}
		}
		_, err = d.texts.HearDraft(ctx, d.Coordinator, v.ID, "ne")
		wantsRefused(t, "a coordinator", err)
		if err := d.releases(d.board, v); err != nil {
			t.Fatal(err)
		}
		for _, org := range []string{d.Org, organisation.Decoy(d.Org)} {
			h, err := hear(org, "1.1", "ne")
			if err != nil || h.Type != sound.MPEG || !bytes.Equal(h.Sound, silence(5000)) {
				t.Errorf("%s: %v", org, err)
			}
		}
		for _, c := range [][2]string{{"1.1", "en"}, {"1", "ne"}, {"1.2", "ne"}, {"1.1", "../ne"}} {
			_, err := hear(d.Org, c[0], c[1])
			wantsRefused(t, c[0]+" "+c[1], err)
		}
		if got := d.asked(t, d.Org, consent.CoordinatorPhone, "en").Heard; strings.Join(got, " ") != "ne" {
			t.Errorf("it can be heard in %v", got)
		}
		_, err = d.texts.Record(ctx, d.admin, once.Key{}, v.ID, "en", recording)
		wantsCode(t, "once it is released", "text.not_draft", err)
	})
}

func TestARecordingOfOtherWordsGoesWithThem(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		v := d.drafts(t, d.admin, consent.CoordinatorPhone, "pipal")
		for _, language := range []string{"ne", "en"} {
			var err error
			if v, err = d.texts.Record(ctx, d.admin, once.Key{}, v.ID, language, recording); err != nil {
				t.Fatal(err)
			}
		}
		kept, _ := v.Recorded("en")
		other := v.Words
		other.NE += " बर"
		v, err := d.texts.Change(ctx, d.admin, v.ID, v.Revision(), other)
		if err != nil {
			t.Fatal(err)
		}
		if now, ok := v.Recorded("en"); len(v.Recordings) != 1 || !ok || now != kept {
			t.Errorf("%+v", v.Recordings)
		}
		if _, err := d.texts.Drop(ctx, d.focal, once.Key{}, v.ID); err != nil {
			t.Fatal(err)
		}
		_, err = d.texts.HearDraft(ctx, d.focal, v.ID, "en")
		wantsRefused(t, "of a draft that was given up", err)
		d.WantsNowhere("pipal")
		// Its number is never another's: nobody releases one for the other.
		if next := d.drafts(t, d.admin, consent.CoordinatorPhone, "bar"); next.ID == v.ID {
			t.Error("its name is given again")
		}
		wantsCode(t, "what was given up", "text.not_draft", d.releases(d.board, v))
	})
}

func TestWhatIsNoRecordingIsRefusedAndChangesNothing(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		v := d.drafts(t, d.admin, consent.CoordinatorPhone, "pipal")
		for what, content := range map[string][]byte{
			"words": []byte("no recording"), "too much": silence(sound.Most/144 + 2), "nothing": {},
		} {
			if _, err := d.texts.Record(ctx, d.admin, once.Key{}, v.ID, "ne", content); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := d.texts.Record(ctx, d.admin, once.Key{}, v.ID, "xx", recording); !fault.Is(err, fault.Invalid) {
			t.Errorf("another language: %v", err)
		}
		_, err := d.texts.Record(ctx, d.board, once.Key{}, v.ID, "ne", recording)
		wantsRefused(t, "who may only release", err)
		if err := d.releases(d.board, v); err != nil {
			t.Errorf("the draft is another: %v", err)
		}
	})
}
