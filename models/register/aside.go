package register

import (
	"context"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/fault"
	"chautari/models/member"
	"chautari/models/phone"
	"chautari/models/script"
	"chautari/models/store"
)

// Asking is what a list says of somebody whose row was set aside: her name with
// her phone or her year of birth, in Bikram Sambat.
type Asking struct {
	Name  string `json:"name" validate:"required,max=200"`
	Phone string `json:"phone,omitempty" validate:"max=40"`
	Year  int    `json:"year,omitempty" validate:"omitempty,min=1970,max=2100"`
}

// WasErased tells whoever protects whether somebody of a list had herself erased
// here, when the coordinator who brought the list asks. She is not told herself:
// that somebody was here, and wished to be gone, is not hers to know. That it was
// looked at stands in the trail, and what was asked for doesn't. Faults:
// field.required, phone.*, birth.*, access.Refused.
func (r *Registers) WasErased(ctx context.Context, a access.Actor, in Asking) (bool, error) {
	texts, err := in.likeness()
	if err != nil {
		return false, err
	}
	err = r.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		if err := access.Decide(a, access.SeeWhyAside, access.Facts{Org: a.Org}); err != nil {
			return err
		}
		return r.audit.Did(ctx, tx, a, access.SeeWhyAside, nil)
	})
	if err != nil {
		return false, r.audit.Refusal(ctx, r.store.Org(a.Org), a, access.SeeWhyAside, "", err)
	}
	were, err := r.members.WereErased(ctx, a.Org, [][]string{texts})
	return err == nil && were[0], err
}

// likeness is by what she would be known again.
func (in Asking) likeness() ([]string, error) {
	var faults []fault.Field
	name, number, birth := script.Clean(in.Name), "", calendar.Birth{}
	if name == "" {
		faults = append(faults, fault.At("name", "field.required"))
	}
	if script.Clean(in.Phone) == "" && in.Year == 0 {
		faults = append(faults, fault.At("phone", "field.required"))
	}
	if script.Clean(in.Phone) != "" {
		read, err := phone.Read(in.Phone)
		if err != nil {
			faults = append(faults, fault.At("phone", "phone.invalid"))
		}
		number = read
	}
	if in.Year != 0 {
		birth = calendar.InYear(in.Year)
	}
	return member.Likeness([]string{name}, number, birth), fault.Of("request.invalid", faults...)
}
