package member

import (
	"context"
	"unicode/utf8"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/phone"
	"chautari/models/script"
	"chautari/models/store"
)

// Correction is what a coordinator mends of a carried-over person.
type Correction struct {
	Name  *string         `json:"name,omitempty" validate:"omitempty,max=120"`
	Phone *string         `json:"phone,omitempty" validate:"omitempty,max=40"`
	Birth *calendar.Birth `json:"birth,omitempty"`
	Group *string         `json:"group,omitempty" validate:"omitempty,max=64"`
}

// Correct mends what the old register had wrong. Once she has an account of her
// own only she changes what is hers: then it is member.not_carried_over.
func (m *Members) Correct(ctx context.Context, a access.Actor, person string, version int64, in Correction) (*Opened, error) {
	change, err := in.check(a, m.today())
	if err != nil {
		return nil, err
	}
	key, err := m.keys.Of(ctx, a.Org, person)
	if err != nil {
		return nil, m.refuse(ctx, a, access.CorrectMember, person, notFound(err))
	}
	var changed *Member
	err = m.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		var fields []string
		var err error
		changed, _, fields, err = m.ChangeCarried(ctx, tx, a, key, person, version, change)
		if err != nil {
			return notFound(err)
		}
		return m.audit.Did(ctx, tx, a, access.CorrectMember, []string{person}, fields...)
	})
	if err != nil {
		return nil, m.refuse(ctx, a, access.CorrectMember, person, err)
	}
	o, err := open(key, changed)
	if err == nil {
		m.names.changed(a.Org, o)
	}
	return o, err
}

// check cleans a correction and tells everything that is wrong with it.
func (in Correction) check(a access.Actor, today calendar.Date) (Change, error) {
	var faults []fault.Field
	c := Change{Birth: in.Birth, Group: in.Group}
	if in.Name != nil {
		name := script.Clean(*in.Name)
		c.Name = &name
		switch {
		case name == "":
			faults = append(faults, fault.At("name", "name.missing"))
		case utf8.RuneCountInString(name) > maxName:
			faults = append(faults, fault.At("name", "field.too_long", "max", "120"))
		}
	}
	if in.Phone != nil {
		number, wrong := readNumber(*in.Phone)
		faults = append(faults, wrong...)
		c.Phone = &number
	}
	if in.Birth != nil {
		if err := in.Birth.Check(today); err != nil {
			faults = append(faults, fault.At("birth", codeOf(err, "birth.unreadable")))
		}
	}
	if in.Group != nil && !a.Coordinates(*in.Group) {
		faults = append(faults, fault.At("group", "registration.group_unknown"))
	}
	return c, fault.Of("request.invalid", faults...)
}

// readNumber reads a phone number as a person writes it; nothing is no number.
func readNumber(written string) (string, []fault.Field) {
	if script.Clean(written) == "" {
		return "", nil
	}
	number, err := phone.Read(written)
	if err != nil {
		return "", []fault.Field{fault.At("phone", codeOf(err, "phone.invalid"))}
	}
	return number, nil
}
