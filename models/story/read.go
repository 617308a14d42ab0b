package story

import (
	"context"
	"errors"
	"slices"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/seal"
	"chautari/models/store"
)

// ShownTo is a page of what shows, the newest first, for whoever opens the page;
// a page may hold fewer than asked for, and none, before the last. What somebody
// has given for others to read leaves no entry when they do.
func (s *Stories) ShownTo(ctx context.Context, a access.Actor, limit int, after store.Cursor) (all []*Read, next store.Cursor, err error) {
	if err := access.Decide(a, access.ReadStories, access.Facts{Org: a.Org}); err != nil {
		return nil, "", s.refuse(ctx, a, access.ReadStories, "", err)
	}
	space := s.store.Org(a.Org)
	docs, next, err := stories.Find(ctx, space, store.Query{Index: "state", Equal: []any{Shown}, Down: true, Limit: limit, After: after})
	if err != nil {
		return nil, "", err
	}
	all, err = s.open(ctx, space, a, docs)
	return all, next, err
}

// PictureOf is the picture of a story as a JPEG: of one that shows for whoever
// isn't signed in, else of the actor's own, or of one that she reads before it
// shows; access.Refused where there is none to see.
func (s *Stories) PictureOf(ctx context.Context, a access.Actor, story string) ([]byte, error) {
	image, err := s.picture(ctx, a, story)
	if errors.Is(err, store.ErrAbsent) || errors.Is(err, seal.ErrNoKey) {
		err = access.Refused
	}
	return image, s.refuse(ctx, a, access.ReadStories, story, err)
}

func (s *Stories) picture(ctx context.Context, a access.Actor, story string) ([]byte, error) {
	space := s.store.Org(a.Org)
	doc, err := stories.Get(ctx, space, story)
	if err != nil {
		return nil, err
	}
	may, err := s.maySee(ctx, a, doc)
	if err != nil {
		return nil, err
	}
	if !may {
		return nil, access.Refused
	}
	p, err := pictures.Get(ctx, space, doc.ID)
	if err != nil {
		return nil, err
	}
	key, err := s.keys.Of(ctx, a.Org, doc.Person)
	if err != nil {
		return nil, err
	}
	image, err := key.Open(doc.ID, "picture", p.Image)
	return []byte(image.Reveal()), err
}

// maySee tells whether the actor sees the picture of a story.
func (s *Stories) maySee(ctx context.Context, a access.Actor, doc *Story) (bool, error) {
	if a.Person != "" && a.Person == doc.Person {
		return access.Decide(a, access.ReadOwn, access.Facts{Org: a.Org, Own: true}) == nil, nil
	}
	space := s.store.Org(a.Org)
	sheet, err := consent.Of(ctx, space, doc.Person)
	if err != nil {
		return false, err
	}
	if !sheet.LiveOne(doc.PictureConsent, s.clock.Now()) {
		return false, nil
	}
	if doc.State == Shown {
		// What anybody sees is asked for without a sign-in; with one it is nowhere.
		return a.Account == "" && sheet.LiveOne(doc.Consent, s.clock.Now()) && access.Decide(a, access.ReadStories, access.Facts{Org: a.Org}) == nil, nil
	}
	if doc.State == Returned {
		return false, nil
	}
	return s.mayReview(ctx, space, a, doc)
}

// Own are the actor's own stories, the newest first.
func (s *Stories) Own(ctx context.Context, a access.Actor) ([]*Read, error) {
	if err := access.Decide(a, access.ReadOwn, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, s.refuse(ctx, a, access.ReadOwn, "", err)
	}
	space := s.store.Org(a.Org)
	docs, _, err := stories.Find(ctx, space, store.Query{Index: "person", Equal: []any{a.Person}, Down: true, Limit: most})
	if err != nil {
		return nil, err
	}
	key, err := s.keys.Of(ctx, a.Org, a.Person)
	if err != nil {
		return nil, err
	}
	sheet, err := consent.Of(ctx, space, a.Person)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return nil, err
	}
	all := make([]*Read, len(docs))
	for i, doc := range docs {
		r, err := opened(key, doc)
		if err != nil {
			return nil, err
		}
		r.PictureGiven = sheet.LiveOne(doc.PictureConsent, s.clock.Now())
		all[i] = s.mine(r)
	}
	return all, nil
}

// open puts texts and names to stories whose yes holds; those of the others are
// left out, and so are those whose key was destroyed or whose text doesn't open.
func (s *Stories) open(ctx context.Context, v store.View, a access.Actor, docs []*Story) ([]*Read, error) {
	persons := make([]string, 0, len(docs))
	for _, d := range docs {
		persons = append(persons, d.Person)
	}
	slices.Sort(persons)
	persons = slices.Compact(persons)
	sheets, err := consent.OfMany(ctx, v, persons)
	if err != nil {
		return nil, err
	}
	keys, err := s.keys.Many(ctx, a.Org, persons)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	all := make([]*Read, 0, len(docs))
	for _, d := range docs {
		sheet, key := sheets[d.Person], keys[d.Person]
		if key == nil || !sheet.LiveOne(d.Consent, now) {
			continue
		}
		r, err := opened(key, d)
		if errors.Is(err, seal.ErrUnreadable) {
			continue
		}
		if err != nil {
			return nil, err
		}
		r.Picture = d.HasPicture && sheet.LiveOne(d.PictureConsent, now)
		r.Mine = a.Person != "" && a.Person == d.Person
		r.MayAccept = d.State != Shown && !d.acceptedBy(a)
		all = append(all, r)
	}
	return all, nil
}
