package consent

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"chautari/models/access"
	"chautari/models/consent/sound"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/store"
)

// piece is one part of a recording, at most pieceBytes long. Its id is the
// recording's with the place of the part.
type piece struct {
	store.Meta `bson:",inline"`
	Sound      []byte `bson:"sound"`
}

const pieceBytes = 256 << 10

// pieces names the parts that a recording lies in.
func (r Recording) pieces() []string {
	ids := make([]string, (r.Bytes+pieceBytes-1)/pieceBytes)
	for i := range ids {
		ids[i] = fmt.Sprintf("%s.%d", r.ID, i)
	}
	return ids
}

var errLanguage = fault.Of("request.invalid", fault.At("language", "field.not_one_of"))

// Record lays a recording of a draft's words beside them, in place of an earlier
// one in the language. Faults as sound.Read; text.not_draft.
func (t *Texts) Record(ctx context.Context, a access.Actor, k once.Key, text, language string, content []byte) (*Version, error) {
	s, err := sound.Read(content)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(languages, language) {
		return nil, errLanguage
	}
	return t.onDraft(ctx, a, k, access.DraftText, text, func(tx *store.Tx, v *Version) ([]string, error) {
		if err := v.unrecord(ctx, tx, language); err != nil {
			return nil, err
		}
		r := Recording{ID: id.New("rec"), Language: language, Type: s.Type, Bytes: len(s.Content), Seconds: s.Seconds}
		ids := r.pieces()
		for part := range slices.Chunk(s.Content, pieceBytes) {
			if err := pieces.Insert(ctx, tx, &piece{Meta: store.Meta{ID: ids[0]}, Sound: part}); err != nil {
				return nil, err
			}
			ids = ids[1:]
		}
		v.Recordings = append(v.Recordings, r)
		v.touched(a)
		return []string{"recording"}, nil
	})
}

// Unrecord takes the recording in a language from a draft. Fault: text.not_draft.
func (t *Texts) Unrecord(ctx context.Context, a access.Actor, k once.Key, text, language string) (*Version, error) {
	return t.onDraft(ctx, a, k, access.DraftText, text, func(tx *store.Tx, v *Version) ([]string, error) {
		v.touched(a)
		return []string{"recording"}, v.unrecord(ctx, tx, language)
	})
}

// unrecord removes the recording in a language, if there is one.
func (v *Version) unrecord(ctx context.Context, tx *store.Tx, language string) error {
	r, ok := v.Recorded(language)
	if !ok {
		return nil
	}
	found, err := pieces.GetMany(ctx, tx, r.pieces())
	if err != nil {
		return err
	}
	for _, p := range found {
		if err := pieces.Delete(ctx, tx, p); err != nil {
			return err
		}
	}
	v.Recordings = slices.DeleteFunc(v.Recordings, func(r Recording) bool { return r.Language == language })
	return nil
}

// Heard is a recording as it is played.
type Heard struct {
	Type  string
	Sound []byte
}

// Hear hands out the recording of a released text to anybody; access.Refused
// where there is none.
func (t *Texts) Hear(ctx context.Context, org string, p Purpose, version, language string) (*Heard, error) {
	return t.hear(ctx, organisation.Shown(org), idOf(p, version), language, Released)
}

// HearDraft is Hear of a draft, for those who look after what is asked.
func (t *Texts) HearDraft(ctx context.Context, a access.Actor, text, language string) (*Heard, error) {
	err := access.Decide(a, access.ReadTexts, access.Facts{Org: a.Org})
	if err == nil {
		var h *Heard
		if h, err = t.hear(ctx, a.Org, text, language, Draft); err == nil {
			return h, nil
		}
	}
	return nil, t.audit.Refusal(ctx, t.store.Org(a.Org), a, access.ReadTexts, text, err)
}

func (t *Texts) hear(ctx context.Context, org, text, language string, standing Standing) (*Heard, error) {
	space := t.store.Org(org)
	v, err := versions.Get(ctx, space, text)
	if errors.Is(err, store.ErrAbsent) || err == nil && v.Standing != standing {
		return nil, access.Refused
	}
	if err != nil {
		return nil, err
	}
	r, ok := v.Recorded(language)
	if !ok {
		return nil, access.Refused
	}
	parts, err := pieces.GetMany(ctx, space, r.pieces())
	if err != nil {
		return nil, err
	}
	h := &Heard{Type: r.Type, Sound: make([]byte, 0, r.Bytes)}
	for _, p := range parts {
		h.Sound = append(h.Sound, p.Sound...)
	}
	if len(h.Sound) != r.Bytes { // it was replaced while it was read
		return nil, access.Refused
	}
	return h, nil
}
