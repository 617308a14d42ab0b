package conflict_test

import (
	"testing"

	"chautari/models/access"
	"chautari/models/conflict"
	"chautari/models/id"
	"chautari/models/once"
)

var noGround = conflict.Dismissing{Reason: "Markerground: they have met once"}

// A declaration about all who decide doesn't stand for ever: who reads it ends it,
// and she who made it is told why.
func TestOneWithoutGroundIsEndedByWhoReadsItAndTold(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		tie := o.Declare(o.supporter, conflict.Line, o.board)
		words, err := o.Conflicts.Declare(ctx, o.supporter, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Words: "Markerwords"})
		o.must(err)
		if o.apart(o.supporter, o.board) {
			t.Fatal("it counts for nothing")
		}
		for _, a := range []access.Actor{o.supporter, o.board, o.OfFirst} { // hers, about her, no reader
			_, err := o.Conflicts.Dismiss(ctx, a, once.Key{}, tie, noGround)
			o.refused(err, access.Refused.Code)
		}
		_, err = o.Conflicts.Dismiss(ctx, o.focal, once.Key{}, tie, conflict.Dismissing{Reason: " \u200b"})
		o.refused(err, "field.required")
		k := once.Key{Value: id.New("k"), Digest: "d"}
		for range 2 {
			r, err := o.Conflicts.Dismiss(ctx, o.focal, k, tie, noGround)
			o.must(err)
			if r.State() != conflict.Ended || r.Why.Reveal() != noGround.Reason || r.MayEnd || r.MaySettle {
				t.Errorf("%+v", r)
			}
		}
		if !o.apart(o.supporter, o.board) {
			t.Error("it counts still")
		}
		_, err = o.Conflicts.Dismiss(ctx, o.deputy, once.Key{}, tie, noGround)
		o.refused(err, "conflict.ended")
		_, err = o.Conflicts.End(ctx, o.supporter, once.Key{}, tie)
		o.refused(err, "conflict.ended")
		// One in words only as well.
		_, err = o.Conflicts.Dismiss(ctx, o.deputy, once.Key{}, words.ID, noGround)
		o.must(err)
		own, _ := o.own(o.supporter)
		for _, r := range own {
			if r.State() != conflict.Ended || r.Why.Reveal() != noGround.Reason {
				t.Errorf("she is told %+v", r)
			}
		}
		o.WantsNowhere("Markerground")
	})
}

// The focal point's are ended by the board; nobody ends one that is about herself,
// and hers whom she said that she is close to stay out of her hands.
func TestWhoEndsWhose(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		second := o.Person(access.Board, o.Root, "Gita")
		tie := o.Declare(o.focal, conflict.Line, o.board)
		_, err := o.Conflicts.Dismiss(ctx, o.board, once.Key{}, tie, noGround)
		o.refused(err, access.Refused.Code)
		_, err = o.Conflicts.Dismiss(ctx, second, once.Key{}, tie, noGround)
		o.must(err)
		about := o.Declare(o.supporter, conflict.Line, o.focal)
		o.Declare(o.deputy, conflict.Relative, o.supporter)
		for _, a := range []access.Actor{o.focal, o.deputy, second} {
			_, err = o.Conflicts.Dismiss(ctx, a, once.Key{}, about, noGround)
			o.refused(err, access.Refused.Code)
		}
	})
}

// One about the focal point or her deputy can be declared without their ever
// reading it: they are chosen from those who are named to everybody.
func TestOneAboutWhoReadsIsNeverInHerHands(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for _, about := range []access.Actor{o.focal, o.deputy} {
			in := conflict.Declaring{Kind: conflict.Household, Reader: about.Person, Words: "Markerwords"}
			r, err := o.Conflicts.Declare(ctx, o.supporter, once.Key{}, in)
			o.must(err)
			if r.State() != conflict.Settled || !r.Picked || r.About != about.Person || o.apart(o.supporter, about) {
				t.Errorf("%+v", r)
			}
			for _, id := range o.others(about) {
				if id == r.ID {
					t.Error("she reads it")
				}
			}
		}
		if len(o.others(o.focal)) != 1 || len(o.others(o.deputy)) != 1 {
			t.Error("the other doesn't read it")
		}
	})
}

// An id tells nothing of anybody who isn't named to everybody.
func TestOnlyWhoIsNamedToEverybodyCanBeChosen(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for _, person := range []string{o.OfFirst.Person, o.supporter.Person, id.New("mem")} {
			_, err := o.Conflicts.Declare(ctx, o.deputy, once.Key{}, conflict.Declaring{Kind: conflict.Line, Reader: person})
			o.refused(err, "account.unknown")
		}
		_, err := o.Conflicts.Declare(ctx, o.focal, once.Key{}, conflict.Declaring{Kind: conflict.Line, Reader: o.focal.Person})
		o.refused(err, "conflict.self")
		_, err = o.Conflicts.Declare(ctx, o.deputy, once.Key{}, conflict.Declaring{Kind: conflict.Line, Reader: o.focal.Person, Handle: o.Handle(o.board)})
		o.refused(err, "conflict.one_person")
	})
}

func TestWhoMadeADeclarationTakesAwayWhyItWasEnded(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		made := o.Declare(o.supporter, conflict.Line, o.Coordinator)
		_, err := o.Conflicts.Dismiss(ctx, o.focal, once.Key{}, made, conflict.Dismissing{Reason: "they work in two towns"})
		o.must(err)
		key, err := o.Keys.Of(ctx, o.Org, o.supporter.Person)
		o.must(err)
		kept, err := o.Conflicts.Hers(ctx, o.Store.Org(o.Org), key, o.supporter)
		o.must(err)
		all, ok := kept.(*conflict.Hers)
		if !ok || len(all.Declared) != 1 || all.Declared[0].Why != "they work in two towns" {
			t.Errorf("it is %+v", kept)
		}
	})
}
