package training

import (
	"context"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/script"
	"chautari/models/store"
)

// NewCourse is what a coordinator says of a course.
type NewCourse struct {
	Name    organisation.Name `json:"name"`
	About   organisation.Name `json:"about,omitzero"`
	Picture Picture           `json:"picture" validate:"required,oneof=sewing phone food computer farming beauty reading driving other"`
}

// CreateCourse adds a course to the catalogue. Faults: name.missing; access.Refused.
func (c *Courses) CreateCourse(ctx context.Context, a access.Actor, k once.Key, in NewCourse) (*Course, error) {
	doc := &Course{Meta: store.Meta{ID: id.New("crs")}, Name: cleaned(in.Name), About: cleaned(in.About), Picture: in.Picture}
	made := doc.ID
	err := c.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		made = doc.ID
		if err := access.Decide(a, access.CreateCourse, hasGroups(a)); err != nil {
			return err
		}
		if len(doc.Name.All()) == 0 {
			return fault.Of("request.invalid", fault.At("name", "name.missing"))
		}
		refs, done, err := once.Earlier(ctx, tx, a, k)
		if done {
			made = refs[0]
		}
		if done || err != nil {
			return err
		}
		if err := account.Still(ctx, tx, a); err != nil {
			return err
		}
		doc.Created = c.clock.Now()
		if err := courses.Insert(ctx, tx, doc); err != nil {
			return err
		}
		if err := c.audit.Did(ctx, tx, a, access.CreateCourse, []string{doc.ID}); err != nil {
			return err
		}
		return once.Remember(ctx, tx, a, k, c.clock.Now(), doc.ID)
	})
	if err != nil {
		return nil, c.refuse(ctx, a, access.CreateCourse, "", err)
	}
	course, err := courses.Get(ctx, c.store.Org(a.Org), made)
	return course, notFound(err)
}

func cleaned(n organisation.Name) organisation.Name {
	return organisation.Name{NE: script.Clean(n.NE), EN: script.Clean(n.EN), NB: script.Clean(n.NB)}
}

// hasGroups are the facts of an act that takes a group, whichever it is.
func hasGroups(a access.Actor) access.Facts {
	return access.Facts{Org: a.Org, Group: len(a.Groups) > 0}
}
