package story_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/stage"
	"chautari/models/store"
	"chautari/models/story"
)

var ctx = context.Background()

// desk is a stage with a woman who writes and those who read before it shows.
type desk struct {
	*stage.Stage
	t                              testing.TB
	stories                        *story.Stories
	writer, focal, deputy, reading access.Actor
}

func each(t *testing.T, fn func(t *testing.T, d *desk)) {
	stage.Each(t, stage.Specs(story.Specs()...), func(t *testing.T, s *stage.Stage) {
		fn(t, &desk{
			Stage: s, t: t, stories: story.New(s.Store, s.Keys, s.Members, s.Clock),
			writer:  s.Person(access.Member, s.First, "Junkiri"),
			focal:   s.Person(access.FocalPoint, s.Root, "Sarita"),
			deputy:  s.Person(access.Deputy, s.Root, "Urmi"),
			reading: s.Person(access.Board, s.Root, "Binu"),
		})
	})
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) refused(err error, code string) {
	d.t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code && !slices.ContainsFunc(f.Fields, func(f fault.Field) bool { return f.Code == code }) {
		d.t.Fatalf("got %v, want %s", err, code)
	}
}

var telling = story.Telling{Language: "ne", Title: "मेरो पसल", Text: "म सिलाइ सिकेँ।\n\nअहिले आफ्नै पसल छ।"}

func yes(p consent.Purpose) consent.Given {
	return consent.Given{Purpose: p, Version: "1", Language: "ne"}
}

func (d *desk) offer() *story.Read {
	d.t.Helper()
	r, err := d.stories.Offer(ctx, d.writer, once.Key{}, telling, yes(consent.Story))
	d.must(err)
	return r
}

func (d *desk) accept(by access.Actor, id string, version int64) {
	d.t.Helper()
	d.must(d.stories.Accept(ctx, by, once.Key{}, id, version))
}

// show brings a story of the writer's to where anybody reads it.
func (d *desk) show() *story.Read {
	d.t.Helper()
	r := d.offer()
	d.accept(d.focal, r.ID, 1)
	d.accept(d.reading, r.ID, 2)
	return r
}

// seen is what somebody who isn't signed in reads.
func (d *desk) seen() []*story.Read {
	d.t.Helper()
	all, _, err := d.stories.ShownTo(ctx, access.AnonymousIn(d.Org), 25, "")
	d.must(err)
	return all
}

func (d *desk) waiting(a access.Actor) []*story.Read {
	d.t.Helper()
	all, err := d.stories.Waiting(ctx, a, 25)
	d.must(err)
	return all
}

func (d *desk) own() []*story.Read {
	d.t.Helper()
	all, err := d.stories.Own(ctx, d.writer)
	d.must(err)
	return all
}

func TestAStoryShowsOnceTwoOthersHaveAcceptedItAndNotBefore(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		r := d.offer()
		if len(d.seen()) != 0 {
			t.Fatal("nobody has read it yet and it shows")
		}
		d.accept(d.focal, r.ID, 1)
		if len(d.seen()) != 0 {
			t.Fatal("one has accepted it and it shows")
		}
		d.refused(d.stories.Accept(ctx, d.focal, once.Key{}, r.ID, 2), "story.accepted_before")
		d.accept(d.reading, r.ID, 2)
		all := d.seen()
		if len(all) != 1 || all[0].Title.Reveal() != telling.Title || all[0].Text.Reveal() != telling.Text {
			t.Fatalf("what shows is %+v", all)
		}
		if !all[0].By.Empty() {
			t.Error("a name stands under it, and she chose none")
		}
	})
}

func TestTheNameSheGoesByStandsUnderItOnlyByHerChoice(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		in := telling
		in.Named = true
		r, err := d.stories.Offer(ctx, d.writer, once.Key{}, in, yes(consent.Story))
		d.must(err)
		d.accept(d.deputy, r.ID, 1)
		d.accept(d.focal, r.ID, 2)
		// Another name that she takes since stands under nothing that was read before.
		mine, err := d.Members.Mine(ctx, d.writer)
		d.must(err)
		other := "Sita of Kaski"
		_, err = d.Members.ChangeOwn(ctx, d.writer, mine.Version, member.OwnChange{Alias: &other})
		d.must(err)
		if all := d.seen(); len(all) != 1 || all[0].By.Reveal() != "Junkiri" {
			t.Errorf("what shows is %+v", all)
		}
	})
}

// With her yes to something else, to an older text, or to nothing, there is no story.
func TestNoStoryIsOfferedWithoutItsOwnYes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for _, g := range []consent.Given{{}, yes(consent.Membership), yes(consent.Picture)} {
			_, err := d.stories.Offer(ctx, d.writer, once.Key{}, telling, g)
			d.refused(err, "consent.text_unknown")
		}
		_, err := d.stories.Offer(ctx, d.writer, once.Key{}, telling, consent.Given{Purpose: consent.Story, Version: "0", Language: "ne"})
		d.refused(err, "consent.text_old")
		if len(d.own()) != 0 {
			t.Error("it is there all the same")
		}
	})
}

func TestNobodyAcceptsHerOwnStoryOrThatOfSomebodyTooClose(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		r, err := d.stories.Offer(ctx, d.reading, once.Key{}, telling, yes(consent.Story))
		d.must(err)
		d.refused(d.stories.Accept(ctx, d.reading, once.Key{}, r.ID, 1), "request.absent")
		if len(d.waiting(d.reading)) != 0 {
			t.Error("her own story waits for her")
		}
		d.Declare(d.focal, conflict.Relative, d.reading)
		d.refused(d.stories.Accept(ctx, d.focal, once.Key{}, r.ID, 1), "request.absent")
		d.refused(d.stories.Return(ctx, d.focal, once.Key{}, r.ID, "leave it out"), "request.absent")
		if len(d.waiting(d.focal)) != 0 || len(d.waiting(d.deputy)) != 1 {
			t.Error("it waits for her sister, or not for the deputy")
		}
		for _, a := range []access.Actor{d.Coordinator, d.writer, access.AnonymousIn(d.Org)} {
			d.refused(d.stories.Accept(ctx, a, once.Key{}, r.ID, 1), "request.absent")
			_, err := d.stories.Waiting(ctx, a, 25)
			d.refused(err, "request.absent")
		}
	})
}

func TestGivingAStoryAndAcceptingOneAreProvedAfreshAndTakingBackIsNot(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		r := d.offer()
		_, err := d.stories.Offer(ctx, d.Stale(d.writer), once.Key{}, telling, yes(consent.Story))
		d.refused(err, "session.proof_needed")
		d.refused(d.stories.Accept(ctx, d.Stale(d.focal), once.Key{}, r.ID, 1), "session.proof_needed")
		d.must(d.stories.Withdraw(ctx, d.Stale(d.writer), once.Key{}, r.ID))
	})
}

func TestWhatSheTakesBackIsGoneAtTheNextReading(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		r := d.show()
		d.must(d.stories.Withdraw(ctx, d.writer, once.Key{}, r.ID))
		if len(d.seen()) != 0 || len(d.own()) != 0 {
			t.Error("it is there")
		}
		sheet, err := consent.Of(ctx, d.Store.Org(d.Org), d.writer.Person)
		d.must(err)
		if sheet.LiveOne(r.Consent, d.Clock.Now()) {
			t.Error("her yes to it holds")
		}
		d.refused(d.stories.Withdraw(ctx, d.writer, once.Key{}, r.ID), "request.absent")
	})
}

func TestAYesThatIsWithdrawnOnItsOwnHidesTheStoryAtOnceAndThePurgeDestroysIt(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		kept, gone := d.show(), d.show()
		_, err := d.Members.WithdrawConsent(ctx, d.writer, once.Key{}, gone.Consent)
		d.must(err)
		if all := d.seen(); len(all) != 1 || all[0].ID != kept.ID {
			t.Errorf("%d stories show", len(all))
		}
		purge := func() (n int) {
			d.must(d.Store.Org(d.Org).Tx(ctx, purging(d, &n)))
			return n
		}
		if purge() != 1 || purge() != 0 {
			t.Error("the purge destroyed another number")
		}
		if all := d.own(); len(all) != 1 || all[0].ID != kept.ID {
			t.Errorf("%d of hers are kept", len(all))
		}
	})
}

func TestARestrictionHidesAndDestroysNothing(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.show()
		_, err := d.Members.RestrictOwn(ctx, d.writer, once.Key{}, true)
		d.must(err)
		if len(d.seen()) != 0 {
			t.Error("it shows")
		}
		var n int
		d.must(d.Store.Org(d.Org).Tx(ctx, purging(d, &n)))
		_, err = d.Members.RestrictOwn(ctx, d.writer, once.Key{}, false)
		d.must(err)
		if n != 0 || len(d.seen()) != 1 {
			t.Error("it is gone")
		}
	})
}

func TestAChangedStoryIsReadAnewByTwo(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		r := d.show()
		in := telling
		in.Text = "म सिलाइ सिकाउँछु।"
		_, err := d.stories.Change(ctx, d.writer, r.ID, 1, in)
		d.refused(err, "request.stale")
		now, err := d.stories.Change(ctx, d.writer, r.ID, 3, in)
		d.must(err)
		if now.State != story.Offered || len(d.seen()) != 0 {
			t.Fatalf("changed it is %s", now.State)
		}
		d.refused(d.stories.Accept(ctx, d.focal, once.Key{}, r.ID, 3), "story.over")
		d.accept(d.focal, r.ID, 4)
		d.accept(d.reading, r.ID, 5)
		if all := d.seen(); len(all) != 1 || all[0].Text.Reveal() != in.Text {
			t.Errorf("what shows is %+v", all)
		}
		_, err = d.stories.Change(ctx, d.focal, r.ID, 6, in)
		d.refused(err, "request.absent")
	})
}

func TestOneReaderAloneTakesAStoryOffAndItsWriterSeesWhy(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		r := d.show()
		d.must(d.stories.Return(ctx, d.deputy, once.Key{}, r.ID, "गाउँको नाम हटाउनुहोस्।"))
		if len(d.seen()) != 0 || len(d.waiting(d.focal)) != 0 {
			t.Error("it shows, or waits")
		}
		if all := d.own(); len(all) != 1 || all[0].State != story.Returned || all[0].Note.Reveal() != "गाउँको नाम हटाउनुहोस्।" {
			t.Errorf("she sees %+v", all)
		}
		d.refused(d.stories.Accept(ctx, d.focal, once.Key{}, r.ID, 4), "story.over")
	})
}

func purging(d *desk, n *int) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		by, err := d.Orgs.Settings(ctx, d.Org)
		if err != nil {
			return err
		}
		*n, err = d.stories.Purge(ctx, tx, by, calendar.Of(d.Clock.Now()), 100)
		return err
	}
}

// While readers accept, she takes it back: once that is acknowledged nobody
// reads it, whoever was first.
func TestNoStoryShowsAfterItWasTakenBackWhateverHappensMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for range 8 {
			r := d.offer()
			d.accept(d.focal, r.ID, 1)
			var done atomic.Bool
			var all sync.WaitGroup
			for _, by := range []access.Actor{d.deputy, d.reading} {
				all.Go(func() { _ = d.stories.Accept(ctx, by, once.Key{}, r.ID, 2) })
			}
			for range 4 {
				all.Go(func() {
					was := done.Load()
					shown, _, err := d.stories.ShownTo(ctx, access.AnonymousIn(d.Org), 25, "")
					if err != nil {
						t.Error(err)
					}
					if was && len(shown) != 0 {
						t.Error("it shows after it was taken back")
					}
				})
			}
			d.must(d.stories.Withdraw(ctx, d.writer, once.Key{}, r.ID))
			done.Store(true)
			all.Wait()
			if len(d.seen()) != 0 || len(d.own()) != 0 {
				t.Fatal("it is there")
			}
		}
	})
}

func drawing(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	return m
}

// taken is a JPEG with what a phone adds to it, here the place as a marker.
func taken(t *testing.T, w, h int, marker string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, drawing(w, h), nil); err != nil {
		t.Fatal(err)
	}
	seg := append([]byte{0xFF, 0xE1, 0, byte(2 + 6 + len(marker))}, "Exif\x00\x00"+marker...)
	return slices.Concat(b.Bytes()[:2], seg, b.Bytes()[2:], []byte(marker))
}

func TestAPictureIsDrawnAnewWithoutWhatItsFileCarries(t *testing.T) {
	const marker = "27.7172N 85.3240E"
	drawn, err := story.Draw(taken(t, 40, 30, marker))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(drawn, []byte(marker)) || bytes.Contains(drawn, []byte("Exif")) {
		t.Error("it says where it was taken")
	}
	if size, _, err := image.DecodeConfig(bytes.NewReader(drawn)); err != nil || size.Width != 40 || size.Height != 30 {
		t.Errorf("it is %v by %v: %v", size.Width, size.Height, err)
	}
	var wide bytes.Buffer
	if err := png.Encode(&wide, image.NewGray(image.Rect(0, 0, 20000, 20))); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string][]byte{
		"nothing": nil, "a drawing with script": []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
		"a page": []byte("<!doctype html><script>1</script>"), "half a picture": taken(t, 40, 30, marker)[:60],
		"too wide": wide.Bytes(), "too heavy": make([]byte, story.MaxPicture+1),
	} {
		if _, err := story.Draw(f); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPictureShowsOnlyWithItsOwnYes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		anybody := access.AnonymousIn(d.Org)
		r := d.show()
		r, err := d.stories.SetPicture(ctx, d.writer, once.Key{}, r.ID, taken(t, 40, 30, "x"))
		d.must(err)
		if r.State != story.Offered {
			t.Fatalf("with a picture it is %s", r.State)
		}
		if _, err := d.stories.PictureOf(ctx, d.writer, r.ID); err != nil {
			t.Errorf("she doesn't see her own: %v", err)
		}
		d.accept(d.focal, r.ID, r.Version)
		d.accept(d.reading, r.ID, r.Version+1)
		if all := d.seen(); len(all) != 1 || all[0].Picture {
			t.Fatalf("a picture shows without a yes: %+v", all)
		}
		for _, a := range []access.Actor{anybody, d.focal, d.Coordinator} {
			_, err := d.stories.PictureOf(ctx, a, r.ID)
			d.refused(err, "request.absent")
		}
		r, err = d.stories.GivePicture(ctx, d.writer, once.Key{}, r.ID, yes(consent.Picture))
		d.must(err)
		if _, err := d.stories.PictureOf(ctx, d.focal, r.ID); err != nil {
			t.Errorf("who reads it before it shows doesn't see the picture: %v", err)
		}
		_, err = d.stories.PictureOf(ctx, anybody, r.ID)
		d.refused(err, "request.absent")
		d.accept(d.focal, r.ID, r.Version)
		d.accept(d.reading, r.ID, r.Version+1)
		drawn, err := d.stories.PictureOf(ctx, anybody, r.ID)
		if err != nil || len(drawn) == 0 {
			t.Fatalf("it doesn't show: %v", err)
		}
		_, err = d.Members.WithdrawConsent(ctx, d.writer, once.Key{}, r.PictureConsent)
		d.must(err)
		_, err = d.stories.PictureOf(ctx, anybody, r.ID)
		d.refused(err, "request.absent")
		if all := d.seen(); len(all) != 1 || all[0].Picture {
			t.Error("without its picture the story is gone, or with it it shows")
		}
		var n int
		d.must(d.Store.Org(d.Org).Tx(ctx, purging(d, &n)))
		if all := d.own(); n != 1 || len(all) != 1 || all[0].HasPicture {
			t.Errorf("the purge touched %d, and she has %+v", n, all)
		}
	})
}

func TestNothingOfAStoryIsLeftAfterItsWriterWasErased(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		r := d.show()
		_, err := d.stories.SetPicture(ctx, d.writer, once.Key{}, r.ID, taken(t, 40, 30, "x"))
		d.must(err)
		for done := false; !done; {
			d.must(d.Store.Org(d.Org).Tx(ctx, func(tx *store.Tx) error {
				n, err := d.stories.Erase(ctx, tx, access.Actor{Org: d.Org, Account: d.writer.Account, Person: d.writer.Person}, 1)
				done = n == 0
				return err
			}))
		}
		if len(d.own()) != 0 || len(d.seen()) != 0 {
			t.Error("something is left")
		}
		_, err = d.stories.PictureOf(ctx, d.writer, r.ID)
		d.refused(err, "request.absent")
	})
}

func TestAStorySentTwiceIsThereOnceAndTooMuchIsToldWithItsPlace(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		k := once.Key{Value: "4f0e6b1c-7d1e-4a57-9b0e-0c9c6b1f7a11", Digest: "d"}
		first, err := d.stories.Offer(ctx, d.writer, k, telling, yes(consent.Story))
		d.must(err)
		again, err := d.stories.Offer(ctx, d.writer, k, telling, yes(consent.Story))
		d.must(err)
		if first.ID != again.ID || len(d.own()) != 1 {
			t.Error("it is there twice")
		}
		for _, in := range []story.Telling{
			{Language: "ne", Title: "-", Text: "a"},
			{Language: "ne", Title: "a", Text: " \n "},
			{Language: "ne", Title: strings.Repeat("अ", story.MaxTitle+1), Text: "a"},
			{Language: "ne", Title: "a", Text: strings.Repeat("अ", story.MaxText+1)},
		} {
			_, err := d.stories.Offer(ctx, d.writer, once.Key{}, in, yes(consent.Story))
			if f, ok := fault.As(err); !ok || len(f.Fields) != 1 {
				t.Errorf("%.9s: %v", in.Title, err)
			}
		}
	})
}

func TestAStoryThatDoesNotOpenKeepsNoOtherAway(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		broken, whole := d.show(), d.show()
		d.Damage(story.Specs(), "stories", broken.ID, "text")
		if all := d.seen(); len(all) != 1 || all[0].ID != whole.ID {
			t.Errorf("%d stories show", len(all))
		}
		d.offer()
		if all := d.waiting(d.focal); len(all) != 1 {
			t.Errorf("%d stories wait", len(all))
		}
	})
}

func TestNothingOfWhoeverIsUnderEighteenIsShown(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		mayTell := func(want bool) {
			t.Helper()
			if may, err := d.stories.MayTell(ctx, d.writer); err != nil || may != want {
				t.Errorf("she may tell: %v, %v", may, err)
			}
		}
		mayTell(true)
		r := d.offer()
		mine, err := d.Members.Mine(ctx, d.writer)
		d.must(err)
		day, err := calendar.Parse("2010-05-17")
		d.must(err)
		born := calendar.OnDay(day)
		_, err = d.Members.ChangeOwn(ctx, d.writer, mine.Version, member.OwnChange{Birth: &born})
		d.must(err)
		mayTell(false)
		_, err = d.stories.Offer(ctx, d.writer, once.Key{}, telling, yes(consent.Story))
		d.refused(err, "story.too_young")
		d.refused(d.stories.Accept(ctx, d.focal, once.Key{}, r.ID, 1), "story.too_young")
		if len(d.seen()) != 0 {
			t.Error("it shows")
		}
	})
}

func TestAllThatIsKeptOfHerStoriesIsAmongWhatSheTakesAway(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		r := d.offer()
		_, err := d.stories.SetPicture(ctx, d.writer, once.Key{}, r.ID, taken(t, 40, 30, "x"))
		d.must(err)
		d.must(d.stories.Return(ctx, d.focal, once.Key{}, r.ID, "the village"))
		key, err := d.Keys.Of(ctx, d.Org, d.writer.Person)
		d.must(err)
		kept, err := d.stories.Hers(ctx, d.Store.Org(d.Org), key, d.writer)
		d.must(err)
		all := kept.(*story.Hers).Stories
		if len(all) != 1 || all[0].Title != telling.Title || all[0].Text != telling.Text || all[0].Note != "the village" || len(all[0].Picture) == 0 {
			t.Errorf("it is %+v", all)
		}
	})
}
