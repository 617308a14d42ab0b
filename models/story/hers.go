package story

import (
	"context"
	"errors"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// Hers are her stories with all that is kept of them but who read them.
type Hers struct {
	Stories []HersStory `json:"stories"`
}

// HersStory is one of them. Picture is a JPEG.
type HersStory struct {
	Language string        `json:"language"`
	Title    string        `json:"heading"`
	Text     string        `json:"told"`
	Named    bool          `json:"withName"`
	State    State         `json:"state"`
	On       calendar.Date `json:"on"`
	Note     string        `json:"toChange,omitempty"`
	Picture  []byte        `json:"photo,omitempty"`
}

// Holds names the collections that stories answer for before her rights.
func (s *Stories) Holds() []string { return []string{stories.Spec().Name, pictures.Spec().Name} }

// Hers is a *Hers.
func (s *Stories) Hers(ctx context.Context, v store.View, key *seal.Key, a access.Actor) (any, error) {
	h := &Hers{Stories: []HersStory{}}
	return h, stories.Each(ctx, v, store.Query{Index: "person", Equal: []any{a.Person}}, func(doc *Story) error {
		r, err := opened(key, doc)
		if err != nil {
			return err
		}
		one := HersStory{
			Language: doc.Language, Title: r.Title.Reveal(), Text: r.Text.Reveal(), Named: doc.Named(),
			State: doc.State, On: doc.On, Note: r.Note.Reveal(),
		}
		p, err := pictures.Get(ctx, v, doc.ID)
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			return err
		}
		if err == nil {
			image, err := key.Open(doc.ID, "picture", p.Image)
			if err != nil {
				return err
			}
			one.Picture = []byte(image.Reveal())
		}
		h.Stories = append(h.Stories, one)
		return nil
	})
}

// Leave has nothing to give back: a story is gone from the page with her yes.
func (s *Stories) Leave(context.Context, *store.Tx, access.Actor) error { return nil }

// Erase removes her stories with their pictures.
func (s *Stories) Erase(ctx context.Context, tx *store.Tx, a access.Actor, limit int) (int, error) {
	n, err := pictures.DeleteRange(ctx, tx, store.Query{Index: "person", Equal: []any{a.Person}}, limit)
	if err != nil || n > 0 {
		return n, err
	}
	return stories.DeleteRange(ctx, tx, store.Query{Index: "person", Equal: []any{a.Person}}, limit)
}

// Stays: nothing does.
func (s *Stories) Stays(context.Context, store.View, access.Actor) (map[string]calendar.Date, error) {
	return nil, nil
}

// Purge destroys stories to which her yes has ended, which nobody has read since
// it did, and pictures likewise; a restriction destroys nothing.
func (s *Stories) Purge(ctx context.Context, tx *store.Tx, _ *organisation.Settings, _ calendar.Date, limit int) (int, error) {
	now, gone := s.clock.Now(), 0
	for _, state := range []State{Offered, Accepted, Returned, Shown} {
		var over, bare []*Story
		err := stories.Each(ctx, tx, store.Query{Index: "state", Equal: []any{state}}, func(doc *Story) error {
			sheet, err := consent.Of(ctx, tx, doc.Person)
			if err != nil && !errors.Is(err, store.ErrAbsent) {
				return err
			}
			switch {
			case !sheet.GivenOne(doc.Consent, now):
				over = append(over, doc)
			case doc.PictureConsent != "" && !sheet.GivenOne(doc.PictureConsent, now):
				bare = append(bare, doc)
			}
			return nil
		})
		if err != nil {
			return gone, err
		}
		for _, doc := range over {
			if gone >= limit {
				return gone, nil
			}
			if err := remove(ctx, tx, doc); err != nil {
				return gone, err
			}
			gone++
		}
		for _, doc := range bare {
			if gone >= limit {
				return gone, nil
			}
			if err := s.endPicture(ctx, tx, doc); err != nil {
				return gone, err
			}
			if err := stories.Replace(ctx, tx, doc); err != nil {
				return gone, err
			}
			gone++
		}
	}
	return gone, nil
}
