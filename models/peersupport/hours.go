package peersupport

import (
	"context"
	"errors"
	"slices"
	"time"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/store"
)

// Hours are when a supporter has time each week. Their id is hers.
type Hours struct {
	store.Meta `bson:",inline"`
	Spans      []Span   `bson:"spans"`
	Length     int      `bson:"length"` // of a meeting, in minutes
	Cap        int      `bson:"cap"`    // most meetings she takes in a week, Sunday to Saturday in Nepal
	Languages  []string `bson:"languages"`
	Paused     bool     `bson:"paused"`
}

// Languages are the languages that a supporter may say she speaks, by their
// codes (ISO 639-1 or 639-3): Nepali, Maithili, Bhojpuri, Dangaura Tharu, Eastern
// Tamang, Newar, Eastern Magar, Awadhi.
var Languages = []string{"ne", "mai", "bho", "thl", "taj", "new", "mgp", "awa"}

// begin is what a supporter has before she said anything.
func begin(person string) *Hours {
	return &Hours{Meta: store.Meta{ID: person}, Length: 60, Cap: 5}
}

// OwnHours are her hours as she sees them. Version is the one that a change
// must name: 1 before she ever set any, and then one more with each change.
type OwnHours struct {
	*Hours
	Agreed  bool // members may see that she is a supporter, and her name
	Version int64
}

// HoursChange is what she changes of her hours; what is left out stays.
type HoursChange struct {
	Spans     []SpanInput     `json:"spans,omitempty" validate:"max=42,dive"`
	Length    *int            `json:"length,omitempty" validate:"omitempty,oneof=30 45 60"`
	Cap       *int            `json:"cap,omitempty" validate:"omitempty,min=1,max=20"`
	Languages []string        `json:"languages,omitempty" validate:"max=8,unique,dive,oneof=ne mai bho thl taj new mgp awa"`
	Paused    *bool           `json:"paused,omitempty"`
	Consents  []consent.Given `json:"consents,omitempty" validate:"max=4,dive"`
}

// SpanInput is a span as it comes in, its times as "10:00".
type SpanInput struct {
	Weekday *int   `json:"weekday" validate:"required,min=0,max=6"`
	From    string `json:"from" validate:"required,max=5"`
	To      string `json:"to" validate:"required,max=5"`
}

// OwnHours shows a supporter her hours.
func (s *Support) OwnHours(ctx context.Context, a access.Actor) (*OwnHours, error) {
	if err := access.Decide(a, access.SetHours, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
		return nil, err
	}
	space := s.store.Org(a.Org)
	h, err := hoursOf(ctx, space, a.Person)
	if err != nil {
		return nil, err
	}
	sheet, err := consent.Of(ctx, space, a.Person)
	if err != nil {
		return nil, notFound(err)
	}
	return &OwnHours{Hours: h, Agreed: sheet.Given(consent.SupporterName, s.clock.Now()), Version: h.Version + 1}, nil
}

// SetHours changes a supporter's hours, if her page is still at the version she
// saw. Meetings that are booked stay as they are. Faults: support.span_invalid,
// support.span_overlap, support.name_needed, consent.text_unknown.
func (s *Support) SetHours(ctx context.Context, a access.Actor, version int64, in HoursChange) (*OwnHours, error) {
	spans, faults := readSpans(in.Spans)
	faults = append(faults, only(consent.SupporterName, in.Consents)...)
	if err := fault.Of("request.invalid", faults...); err != nil {
		return nil, err
	}
	now := s.clock.Now()
	err := s.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		if err := access.Decide(a, access.SetHours, access.Facts{Org: a.Org, Own: a.Person != ""}); err != nil {
			return err
		}
		if err := s.grown(ctx, tx, a); err != nil {
			return err
		}
		h, err := hoursOf(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		if h.Version+1 != version {
			return fault.StaleAt(h.Version + 1)
		}
		if len(in.Consents) > 0 {
			if _, err := consent.Add(ctx, tx, a.Person, consent.BySelf, in.Consents, now); err != nil {
				return notFound(err)
			}
		}
		if h.Version == 0 {
			// Hours that no member may see help nobody; later she may take the yes back and keep them.
			sheet, err := consent.Of(ctx, tx, a.Person)
			if err != nil {
				return notFound(err)
			}
			if !sheet.Given(consent.SupporterName, now) {
				return fault.Of("request.invalid", fault.At("consents", "support.name_needed"))
			}
		}
		fields := in.apply(h, spans)
		if err := save(ctx, tx, h); err != nil {
			return err
		}
		return s.audit.Did(ctx, tx, a, access.SetHours, []string{a.Person}, fields...)
	})
	if err != nil {
		return nil, s.refuse(ctx, a, access.SetHours, a.Person, err)
	}
	s.kept.forget(a.Org)
	return s.OwnHours(ctx, a)
}

// apply changes hours and names what was changed.
func (in HoursChange) apply(h *Hours, spans []Span) (fields []string) {
	if in.Spans != nil {
		h.Spans, fields = spans, append(fields, "spans")
	}
	if in.Length != nil {
		h.Length, fields = *in.Length, append(fields, "length")
	}
	if in.Cap != nil {
		h.Cap, fields = *in.Cap, append(fields, "cap")
	}
	if in.Languages != nil {
		h.Languages, fields = slices.Clone(in.Languages), append(fields, "languages")
	}
	if in.Paused != nil {
		h.Paused, fields = *in.Paused, append(fields, "paused")
	}
	if len(in.Consents) > 0 {
		fields = append(fields, "consents")
	}
	return fields
}

// readSpans reads spans and tells all that is wrong with them.
func readSpans(in []SpanInput) (spans []Span, faults []fault.Field) {
	for i, raw := range in {
		from, okFrom := readTimeOfDay(raw.From)
		to, okTo := readTimeOfDay(raw.To)
		if raw.Weekday == nil || !okFrom || !okTo {
			faults = append(faults, fault.At(at("spans", i), "support.span_invalid"))
			continue
		}
		span := Span{Weekday: time.Weekday(*raw.Weekday), From: from, To: to}
		switch {
		case !span.sound():
			faults = append(faults, fault.At(at("spans", i), "support.span_invalid"))
		case slices.ContainsFunc(spans, span.overlaps):
			faults = append(faults, fault.At(at("spans", i), "support.span_overlap"))
		default:
			spans = append(spans, span)
		}
	}
	return spans, faults
}

// hoursOf reads somebody's hours; who never set any has those that one begins with.
func hoursOf(ctx context.Context, v store.View, person string) (*Hours, error) {
	h, err := hours.Get(ctx, v, person)
	if errors.Is(err, store.ErrAbsent) {
		return begin(person), nil
	}
	return h, err
}

func save(ctx context.Context, tx *store.Tx, h *Hours) error {
	if h.Version > 0 {
		return hours.Replace(ctx, tx, h)
	}
	err := hours.Insert(ctx, tx, h)
	if store.IsDuplicate(err, "id") {
		return store.ErrConflict
	}
	return err
}

// refuse notes a refusal in the trail and passes it on; other errors pass through.
func (s *Support) refuse(ctx context.Context, a access.Actor, act access.Action, subject string, err error) error {
	return s.audit.Refusal(ctx, s.store.Org(a.Org), a, act, subject, err)
}
