package consent_test

import (
	"testing"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/store"
)

func sheetOf(t *testing.T, space *store.Space) *consent.Sheet {
	t.Helper()
	sheet, err := consent.Of(ctx, space, "mem_1")
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

func add(space *store.Space, g consent.Given) error {
	return space.Tx(ctx, func(tx *store.Tx) error {
		_, err := consent.Add(ctx, tx, "mem_1", consent.BySelf, []consent.Given{g}, start)
		return err
	})
}

func withdraw(space *store.Space, id string) error {
	return space.Tx(ctx, func(tx *store.Tx) error {
		_, err := consent.Withdraw(ctx, tx, "mem_1", id, start)
		return err
	})
}

var uncounted = consent.Given{Purpose: consent.Figures, Version: "1", Language: "ne", Answer: "no"}

func TestSheIsCountedUntilSheSaysNoAndAgainWhenSheTakesItBack(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		if _, err := begin(space, "mem_1", consent.BySelf, given(consent.Membership)); err != nil {
			t.Fatal(err)
		}
		if !sheetOf(t, space).Counts(start) {
			t.Error("she isn't counted")
		}
		for range 2 { // a no that stands is not said twice
			if err := add(space, uncounted); err != nil {
				t.Fatal(err)
			}
		}
		sheet := sheetOf(t, space)
		if len(sheet.Consents) != 2 || sheet.Counts(start) || sheet.Counts(start.AddDate(2, 0, 0)) {
			t.Fatalf("%+v", sheet.Consents)
		}
		if !sheet.Live(consent.Membership, start) || sheet.Live(consent.Figures, start) || sheet.Given(consent.Figures, start) {
			t.Error("her no passes for a yes, or took another with it")
		}
		if err := withdraw(space, sheet.Consents[1].ID); err != nil {
			t.Fatal(err)
		}
		if !sheetOf(t, space).Counts(start) {
			t.Error("she isn't counted again")
		}
	})
}

func TestAYesAndANoEachAnswerTheirOwnQuestionOnly(t *testing.T) {
	for name, g := range map[string]consent.Given{
		"a yes to what is done anyhow":   {Purpose: consent.Figures, Version: "1", Language: "ne"},
		"a said yes to the same":         {Purpose: consent.Figures, Version: "1", Language: "ne", Answer: "yes"},
		"a no to what isn't done anyhow": {Purpose: consent.Membership, Version: "1", Language: "ne", Answer: "no"},
		"two purposes in one":            {Purpose: "membership,coordinator_phone", Version: "1", Language: "ne"},
		"two purposes in one, spaced":    {Purpose: "membership coordinator_phone", Version: "1", Language: "ne"},
	} {
		if err := fault.Of("request.invalid", consent.Check([]consent.Given{g})...); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnAnswerInPersonTellsWhoWasThere(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		g := given(consent.Membership)
		g.Heard = true
		if err := space.Tx(ctx, func(tx *store.Tx) error {
			_, err := consent.BeginBeside(ctx, tx, "mem_1", consent.Witness{Account: "acc_1", Role: access.Coordinator}, []consent.Given{g}, nil, start)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		c := sheetOf(t, space).Consents[0]
		if c.How != consent.InPerson || c.Witness != "acc_1" || c.WitnessRole != access.Coordinator || !c.Heard {
			t.Errorf("%+v", c)
		}
	})
}

// What no longer holds comes last, and its text stays the one that she read.
func TestHerSheetIsReadWithWhatHoldsFirst(t *testing.T) {
	each(t, func(t *testing.T, space *store.Space) {
		if _, err := begin(space, "mem_1", consent.BySelf, given(consent.CoordinatorPhone), given(consent.PeerName), given(consent.Membership)); err != nil {
			t.Fatal(err)
		}
		if err := withdraw(space, sheetOf(t, space).Consents[0].ID); err != nil {
			t.Fatal(err)
		}
		shown := consent.Wordings(nil).Shown(sheetOf(t, space).Consents, start)
		for i, want := range []consent.Purpose{consent.Membership, consent.PeerName, consent.CoordinatorPhone} {
			if shown[i].Purpose != want || shown[i].Stands != (i < 2) || shown[i].Text != consent.Words(want, "1", "ne") {
				t.Errorf("%d: %+v", i, shown[i])
			}
		}
	})
}
