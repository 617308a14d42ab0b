package plain

import (
	"slices"

	"chautari/models/fault"
	"chautari/models/grievance"
)

// say takes the steps of speaking up: what it is about and whom, then the
// words, then the receipt.
func (t *Talk) say(v *visitor) error {
	form, err := t.Grievances.Form(v.ctx, v.actor)
	if err != nil {
		return err
	}
	v.fill(form)
	if v.page.Sending.Category == "" {
		return v.show("choose", fault.Of("request.invalid", fault.At("category", "field.required")))
	}
	if v.form.Get("step") != "send" {
		return v.show("write", nil)
	}
	in := v.page.Sending
	send := func() error {
		sent, err := t.Grievances.Send(v.ctx, v.actor, in, t.Crowded(v.Ctx))
		v.page.Sent = sent
		return err
	}
	if in.Earlier == "" {
		err = send()
	} else {
		err = t.Guess(v.Ctx, send)
	}
	if err != nil {
		if f, ok := fault.As(err); ok && (f.Code == "grievance.form_old" || f.Code == "grievance.form_used") {
			v.page.Token = form.Token // what she sends now goes under a new form
		}
		return v.show("write", err)
	}
	v.page.Receipt, v.page.Names = v.page.Sent.Receipt, v.page.namesOf(v.page.Sent.Readers)
	return v.show("receipt", nil)
}

// choose shows what it can be about and who reads it, with a fresh form.
func (t *Talk) choose(v *visitor) error {
	form, err := t.Grievances.Form(v.ctx, v.actor)
	if err != nil {
		return err
	}
	v.fill(form)
	return v.show("choose", nil)
}

// fill reads what was chosen so far. What no form of ours offers is left out.
func (v *visitor) fill(form *grievance.Form) {
	p := &v.page
	p.Token = form.Token
	if token := v.form.Get("token"); token != "" {
		p.Token = token
	}
	chosen := grievance.Category(v.form.Get("category"))
	for _, o := range form.Offers {
		one := offer{Key: o.Category, Words: p.Talk.category(o.Category), Chosen: o.Category == chosen}
		if one.Chosen {
			p.Sending.Category = chosen
		}
		if len(o.Readers) > 0 {
			one.Reader = p.Called(o.Readers[0])
		}
		p.Offers = append(p.Offers, one)
		for _, r := range o.Readers {
			if !slices.ContainsFunc(p.Readers, func(known grievance.Reader) bool { return known.Person == r.Person }) {
				p.Readers = append(p.Readers, r)
			}
		}
	}
	p.About = v.form["about"]
	p.Sending.Token, p.Sending.About, p.Sending.Described = p.Token, p.About, v.form.Get("described") != ""
	p.Sending.Text, p.Sending.Name, p.Sending.Earlier = v.form.Get("text"), v.form.Get("name"), v.form.Get("earlier")
	p.Names = p.namesOf(form.Readers(chosen, p.About, p.Sending.Described))
}

func (p talkPage) namesOf(readers []grievance.Reader) []string {
	names := make([]string, len(readers))
	for i, r := range readers {
		names[i] = p.Called(r)
	}
	return names
}

// category says what a category is about.
func (w talkWords) category(c grievance.Category) string {
	return map[grievance.Category]string{
		grievance.Danger: w.Danger, grievance.Harm: w.Harm, grievance.Retaliation: w.Retaliation, grievance.Privacy: w.Privacy,
		grievance.Money: w.Money, grievance.Discrimination: w.Discrimination, grievance.Service: w.Service, grievance.Idea: w.Idea,
	}[c]
}
