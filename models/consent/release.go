package consent

import (
	"context"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/store"
)

// Release puts a draft in force: from then on a yes is asked with it, and none to
// the text before is taken. What was said to that one keeps its words and holds
// until its end. It is done by somebody who had no hand in the draft, as it
// stood when she read it (version). Faults: text.not_draft,
// request.stale where it was changed since; access.Refused.
func (t *Texts) Release(ctx context.Context, a access.Actor, k once.Key, id string, version int64) (*Version, error) {
	return t.onDraft(ctx, a, k, access.ReleaseText, id, func(tx *store.Tx, v *Version) ([]string, error) {
		if v.Revision() != version {
			return nil, fault.StaleAt(v.Revision())
		}
		v.Standing, v.Released, v.On = Released, handOf(a), t.today()
		f, err := readForce(ctx, tx)
		if err != nil {
			return nil, err
		}
		f.set(v.Purpose, v.Name())
		return []string{"released"}, f.save(ctx, tx)
	})
}

// Side is one purpose before those who look after what is asked: the text in
// force and the draft that may take its place.
type Side struct {
	Text                // in no language
	Words      Wording  // in force
	Since      *Version // nil for the text that comes with the product
	Draft      *Version // nil for none
	MayRelease bool     // the actor may release the draft, with a fresh proof
}

// List shows every purpose that is asked, with both texts side by side.
func (t *Texts) List(ctx context.Context, a access.Actor) ([]Side, error) {
	if err := access.Decide(a, access.ReadTexts, access.Facts{Org: a.Org}); err != nil {
		return nil, t.audit.Refusal(ctx, t.store.Org(a.Org), a, access.ReadTexts, "", err)
	}
	space := t.store.Org(a.Org)
	f, err := readForce(ctx, space)
	if err != nil {
		return nil, err
	}
	own, err := wordings(ctx, space, f.own())
	if err != nil {
		return nil, err
	}
	drafts := map[Purpose]*Version{}
	err = versions.Each(ctx, space, store.Query{Index: "standing", Equal: []any{Draft}}, func(v *Version) error {
		drafts[v.Purpose] = v
		return nil
	})
	if err != nil {
		return nil, err
	}
	a.Fresh = true
	var sides []Side
	for _, text := range textsOf(f, own, "en") {
		s := Side{Text: text, Since: own[idOf(text.Purpose, text.Version)], Draft: drafts[text.Purpose]}
		s.Words = Wording{
			NE: own.Words(text.Purpose, text.Version, "ne"), EN: text.Text, NB: own.Words(text.Purpose, text.Version, "nb"),
		}
		if s.Draft != nil {
			s.MayRelease = access.Decide(a, access.ReleaseText, access.Facts{Org: a.Org, Own: s.Draft.by(a)}) == nil
		}
		sides = append(sides, s)
	}
	return sides, nil
}
