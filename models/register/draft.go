package register

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/register/sheet"
	"chautari/models/seal"
	"chautari/models/store"
)

const chunkSize = 256 << 10

// Begin reads a file as a draft: nothing of it is anybody yet. The faults are
// those of sheet.Open and sheet.Understand.
func (r *Registers) Begin(ctx context.Context, a access.Actor, k once.Key, name string, content []byte) (*Import, error) {
	if err := access.Decide(a, access.ImportRegister, access.Facts{Org: a.Org, Group: len(a.Groups) > 0}); err != nil {
		return nil, err
	}
	space := r.store.Org(a.Org)
	if refs, done, err := once.Earlier(ctx, space, a, k); err != nil {
		return nil, err
	} else if done {
		return r.get(ctx, space, a, refs[0])
	}
	known, err := r.known(ctx, a)
	if err != nil {
		return nil, err
	}
	table, base, err := r.understand(ctx, name, content, known, settlement{})
	if err != nil {
		return nil, err
	}
	imp := &Import{
		Meta: store.Meta{ID: id.New("imp")}, By: a.Account, State: Draft, Created: r.clock.Now(), Since: r.clock.Now(),
		Kind: table.Kind, Rows: len(base.Rows),
	}
	made, err := r.keys.Create(ctx, a.Org, imp.ID)
	if err != nil {
		return nil, err
	}
	pieces, err := cut(imp.ID, made[0], content)
	if err != nil {
		return nil, err
	}
	imp.Chunks = len(pieces)
	var earlier []string
	err = space.Tx(ctx, func(tx *store.Tx) error {
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if earlier = refs; done || err != nil {
			return err
		}
		for _, c := range pieces {
			if err := chunks.Insert(ctx, tx, c); err != nil {
				return err
			}
		}
		if err := imports.Insert(ctx, tx, imp); err != nil {
			return err
		}
		if err := r.audit.Did(ctx, tx, a, access.ImportRegister, []string{imp.ID}, "draft"); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, r.clock.Now(), imp.ID)
	})
	if err != nil {
		return nil, err
	}
	if earlier != nil {
		return r.get(ctx, space, a, earlier[0])
	}
	r.readings.keep(imp.ID, &reading{table: table, base: base, said: fingerprint(sheet.Choices{}), used: r.clock.Now()})
	return imp, nil
}

// BeginSample begins with the invented register that a demo brings along;
// anywhere else there is none.
func (r *Registers) BeginSample(ctx context.Context, a access.Actor, k once.Key) (*Import, error) {
	org, err := r.orgs.Get(ctx, a.Org)
	if err != nil {
		return nil, err
	}
	if !org.Demo || len(r.Sample) == 0 {
		return nil, access.Refused
	}
	return r.Begin(ctx, a, k, "sample.xlsx", r.Sample)
}

// cut seals a file in pieces.
func cut(importID string, key *seal.Key, content []byte) ([]*chunk, error) {
	var pieces []*chunk
	for piece := range slices.Chunk(content, chunkSize) {
		c := &chunk{Meta: store.Meta{ID: fmt.Sprintf("%s.%03d", importID, len(pieces))}, Import: importID, Place: len(pieces)}
		var err error
		if c.Data, err = key.Seal(c.ID, "data", string(piece)); err != nil {
			return nil, err
		}
		pieces = append(pieces, c)
	}
	return pieces, nil
}

// Choosing is what a coordinator says of a whole draft; what is left out stays.
type Choosing struct {
	Calendar *calendar.Calendar `json:"calendar,omitempty" validate:"omitempty,oneof=bs ad"`
	Encoding *string            `json:"encoding,omitempty" validate:"omitempty,oneof=utf-8 utf-16le utf-16be windows-1252"`
	Columns  []ColumnChoice     `json:"columns,omitempty" validate:"max=100,dive"`
	Groups   []GroupChoice      `json:"groups,omitempty" validate:"max=500,dive"`
	Mode     *Mode              `json:"mode,omitempty" validate:"omitempty,oneof=add update"`
}

// ColumnChoice says what a column holds, by its index from 0.
type ColumnChoice struct {
	Index int         `json:"index" validate:"min=0,max=99"`
	Field sheet.Field `json:"field" validate:"required,oneof=name given_name family_name alias phone birth birth_other birth_year birth_month birth_day calendar group district serial consent ignored"`
}

// GroupChoice says which group a value of the file means; an empty value is
// for rows that name none.
type GroupChoice struct {
	Value string `json:"value" validate:"max=500"`
	Group string `json:"group" validate:"required,max=64"`
}

// Choose changes how a draft is read.
func (r *Registers) Choose(ctx context.Context, a access.Actor, importID string, version int64, in Choosing) (*Import, error) {
	for i, g := range in.Groups {
		if !a.Coordinates(g.Group) {
			return nil, fault.Of("request.invalid", fault.At(fmt.Sprintf("groups[%d].group", i), "registration.group_unknown"))
		}
	}
	apply := func(s *settlement) error {
		if in.Calendar != nil {
			s.Choices.Calendar = *in.Calendar
		}
		if in.Encoding != nil {
			s.Encoding = *in.Encoding
		}
		if in.Mode != nil {
			s.Mode = *in.Mode
		}
		for _, c := range in.Columns {
			if s.Choices.Columns == nil {
				s.Choices.Columns = map[int]sheet.Field{}
			}
			s.Choices.Columns[c.Index] = c.Field
		}
		for _, g := range in.Groups {
			if s.Choices.Groups == nil {
				s.Choices.Groups = map[string]string{}
			}
			s.Choices.Groups[g.Value] = g.Group
		}
		if len(s.Choices.Groups) > maxChoices {
			return fault.Of("request.invalid", fault.At("groups", "field.too_many", "max", strconv.Itoa(maxChoices)))
		}
		return nil
	}
	// A choice under which the file can't be read is told and not kept.
	imp, err := r.find(ctx, a, importID)
	if err != nil {
		return nil, err
	}
	said, key, err := r.settled(ctx, a.Org, imp)
	if err != nil {
		return nil, err
	}
	if err := apply(&said); err != nil {
		return nil, err
	}
	if err := r.try(ctx, a, imp, key, said); err != nil {
		return nil, err
	}
	return r.change(ctx, a, importID, version, apply)
}

// maxChoices bounds how many values of a file are mapped to groups.
const maxChoices = 500

// try reads a file as somebody chose, to see whether that works.
func (r *Registers) try(ctx context.Context, a access.Actor, imp *Import, key *seal.Key, said settlement) error {
	content, err := r.content(ctx, a.Org, imp, key)
	if err != nil {
		return err
	}
	known, err := r.known(ctx, a)
	if err != nil {
		return err
	}
	_, _, err = r.understand(ctx, "register."+imp.Kind, content, known, said)
	return err
}

// understand opens a file and reads it as was said. Files are read two at a
// time, since a big one takes tens of megabytes meanwhile.
func (r *Registers) understand(ctx context.Context, name string, content []byte, known sheet.Known, said settlement) (*sheet.Table, *sheet.Reading, error) {
	if err := r.turns.Acquire(ctx, 1); err != nil {
		return nil, nil, err
	}
	defer r.turns.Release(1)
	table, err := sheet.Open(name, content, sheet.Options{Encoding: said.Encoding})
	if err != nil {
		return nil, nil, err
	}
	base, err := sheet.Understand(table, known, said.Choices)
	return table, base, err
}

// Mending is what a coordinator says of one row: cells written anew by field,
// and what is to become of it.
type Mending struct {
	Cells    map[sheet.Field]string `json:"cells,omitempty" validate:"max=20,dive,max=500"`
	Decision *Decision              `json:"decision,omitempty" validate:"omitempty,oneof=auto skip create update drop_faulty"`
}

// Mend changes one row of a draft, found by its key.
func (r *Registers) Mend(ctx context.Context, a access.Actor, importID string, version int64, key int, in Mending) (*Import, error) {
	for f := range in.Cells {
		if !slices.Contains(mendable, f) {
			return nil, fault.Of("request.invalid", fault.At("cells", "field.unknown"))
		}
	}
	imp, err := r.find(ctx, a, importID)
	if err != nil {
		return nil, err
	}
	v, err := r.read(ctx, a, imp)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(v.rows, func(row sheet.Row) bool { return row.Key == key }) {
		return nil, access.Refused
	}
	return r.change(ctx, a, importID, version, func(s *settlement) error {
		if len(in.Cells) > 0 {
			if s.Mended == nil {
				s.Mended = map[int]map[sheet.Field]string{}
			}
			if s.Mended[key] == nil {
				s.Mended[key] = map[sheet.Field]string{}
			}
			maps.Copy(s.Mended[key], in.Cells)
		}
		if in.Decision != nil {
			if s.Decisions == nil {
				s.Decisions = map[int]Decision{}
			}
			s.Decisions[key] = *in.Decision
		}
		return nil
	})
}

// mendable are the cells that can be written anew.
var mendable = []sheet.Field{
	sheet.Name, sheet.GivenName, sheet.FamilyName, sheet.Alias, sheet.Phone, sheet.Birth,
	sheet.OtherBirth, sheet.BirthYear, sheet.BirthMonth, sheet.BirthDay, sheet.CalendarField,
	sheet.Group, sheet.District,
}

// change applies something to the settlement of a draft that is still at this version.
func (r *Registers) change(ctx context.Context, a access.Actor, importID string, version int64, fn func(*settlement) error) (*Import, error) {
	var changed *Import
	err := r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		imp, err := r.get(ctx, tx, a, importID)
		if err != nil {
			return err
		}
		switch {
		case imp.State != Draft:
			return errNotDraft
		case imp.Version != version:
			return fault.StaleAt(imp.Version)
		}
		said, key, err := r.settled(ctx, a.Org, imp)
		if err != nil {
			return err
		}
		if err := fn(&said); err != nil {
			return err
		}
		if imp.Settled, err = said.seal(key, imp.ID); err != nil {
			return err
		}
		imp.Since = r.clock.Now() // somebody works on it
		changed = imp
		return imports.Replace(ctx, tx, imp)
	})
	return changed, r.refuse(ctx, a, access.ReadRegister, importID, err)
}

// List returns the imports that the actor brought, newest first.
func (r *Registers) List(ctx context.Context, a access.Actor, limit int, after store.Cursor) ([]*Import, store.Cursor, error) {
	if err := access.Decide(a, access.ReadRegister, access.Facts{Org: a.Org, Own: true}); err != nil {
		return nil, "", err
	}
	return imports.Find(ctx, r.store.Org(a.Org), store.Query{
		Index: "by", Equal: []any{a.Account}, Down: true, Limit: limit, After: after,
	})
}

// Discard throws a draft away with all that was read of its file.
func (r *Registers) Discard(ctx context.Context, a access.Actor, importID string) error {
	err := r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		imp, err := r.get(ctx, tx, a, importID)
		if err != nil {
			return err
		}
		if imp.State != Draft {
			return errNotDraft
		}
		if err := r.audit.Did(ctx, tx, a, access.ImportRegister, []string{imp.ID}, "discarded"); err != nil {
			return err
		}
		return remove(ctx, tx, imp)
	})
	if err != nil {
		return r.refuse(ctx, a, access.ReadRegister, importID, err)
	}
	r.readings.drop(importID)
	return r.keys.Destroy(ctx, a.Org, importID)
}

// fingerprint tells two sets of choices apart.
func fingerprint(c sheet.Choices) string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings, numbers and maps of them always encode
	}
	return string(text)
}

// notFound makes what is absent look like what is refused.
func notFound(err error) error {
	if errors.Is(err, store.ErrAbsent) {
		return access.Refused
	}
	return err
}
