package story

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	_ "image/png" // what a phone's browser may send beside JPEG

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/once"
	"chautari/models/seal"
	"chautari/models/store"
)

// MaxPicture is the most bytes of a picture that comes in, and maxSide the most
// points of each side: her browser draws it smaller before it sends it.
const (
	MaxPicture = 1 << 20
	maxSide    = 1600
	quality    = 82
)

var (
	errNoPicture  = fault.Of("request.invalid", fault.At("file", "picture.unreadable"))
	errBigPicture = fault.Of("request.invalid", fault.At("file", "picture.too_large"))
)

// Draw draws a JPEG or PNG anew as a JPEG: what else a file carries, as where
// and with which phone it was taken, isn't in what comes out. Its size is looked
// at before its points are read. Faults: picture.unreadable, picture.too_large.
func Draw(content []byte) ([]byte, error) {
	if len(content) > MaxPicture {
		return nil, errBigPicture
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || size.Width < 1 || size.Height < 1 {
		return nil, errNoPicture
	}
	if size.Width > maxSide || size.Height > maxSide {
		return nil, errBigPicture
	}
	drawn, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, errNoPicture
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, drawn, &jpeg.Options{Quality: quality}); err != nil {
		return nil, errNoPicture
	}
	return out.Bytes(), nil
}

// SetPicture lays a picture beside a story of hers, in place of the one that was
// there. The story is read anew, and the picture shows only once she said yes to
// showing it (GivePicture). Faults as Draw.
func (s *Stories) SetPicture(ctx context.Context, a access.Actor, k once.Key, story string, content []byte) (*Read, error) {
	drawn, err := Draw(content)
	if err != nil {
		return nil, err
	}
	return s.hers(ctx, a, k, access.OfferStory, story, func(ctx context.Context, tx *store.Tx, key *seal.Key, doc *Story) (*Story, error) {
		if err := s.endPicture(ctx, tx, doc); err != nil {
			return nil, err
		}
		p := &Picture{Meta: store.Meta{ID: doc.ID}, Person: a.Person}
		if p.Image, err = key.Seal(doc.ID, "picture", string(drawn)); err != nil {
			return nil, err
		}
		if err := pictures.Insert(ctx, tx, p); err != nil {
			return nil, err
		}
		doc.HasPicture = true
		s.again(doc)
		return doc, stories.Replace(ctx, tx, doc)
	})
}

// GivePicture is her yes to showing the picture that lies beside a story of hers.
// Faults: consent.text_unknown, story.no_picture.
func (s *Stories) GivePicture(ctx context.Context, a access.Actor, k once.Key, story string, yes consent.Given) (*Read, error) {
	if yes.Purpose != consent.Picture {
		return nil, errPurpose
	}
	return s.hers(ctx, a, k, access.OfferStory, story, func(ctx context.Context, tx *store.Tx, _ *seal.Key, doc *Story) (*Story, error) {
		if !doc.HasPicture {
			return nil, fault.New(fault.Conflict, "story.no_picture")
		}
		now := s.clock.Now()
		if doc.PictureConsent != "" && consent.ProveOne(ctx, tx, a.Person, doc.PictureConsent, now) == nil {
			return doc, nil
		}
		var err error
		if doc.PictureConsent, err = consent.GiveFor(ctx, tx, a.Person, consent.BySelf, yes, now); err != nil {
			return nil, err
		}
		s.again(doc)
		return doc, stories.Replace(ctx, tx, doc)
	})
}

// RemovePicture takes the picture from a story of hers; the words stay as they are.
func (s *Stories) RemovePicture(ctx context.Context, a access.Actor, k once.Key, story string) (*Read, error) {
	return s.hers(ctx, a, k, access.WithdrawStory, story, func(ctx context.Context, tx *store.Tx, _ *seal.Key, doc *Story) (*Story, error) {
		if err := s.endPicture(ctx, tx, doc); err != nil {
			return nil, err
		}
		return doc, stories.Replace(ctx, tx, doc)
	})
}

// endPicture destroys the picture of a story, and her yes to it ends.
func (s *Stories) endPicture(ctx context.Context, tx *store.Tx, doc *Story) error {
	if doc.PictureConsent != "" {
		_, err := consent.Withdraw(ctx, tx, doc.Person, doc.PictureConsent, s.clock.Now())
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			return err
		}
	}
	doc.HasPicture, doc.PictureConsent = false, ""
	return removePicture(ctx, tx, doc.ID)
}

func removePicture(ctx context.Context, tx *store.Tx, story string) error {
	p, err := pictures.Get(ctx, tx, story)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	return pictures.Delete(ctx, tx, p)
}
