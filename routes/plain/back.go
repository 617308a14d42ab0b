package plain

import (
	"slices"

	"chautari/models/fault"
	"chautari/models/grievance"
)

// enter asks for the receipt.
func (t *Talk) enter(v *visitor) error { return t.ask(v, nil) }

func (t *Talk) ask(v *visitor, wrong error) error {
	var err error
	if v.page.Token, err = t.Grievances.Token(v.actor); err != nil {
		return err
	}
	return v.show("enter", wrong)
}

// back shows what is new behind a receipt, and does there what she asks for.
// The receipt goes along in the page, never in the address.
func (t *Talk) back(v *visitor) error {
	token, receipt, text := v.form.Get("token"), v.form.Get("receipt"), v.form.Get("text")
	if err := t.Grievances.Genuine(v.actor, token); err != nil {
		return t.ask(v, err)
	}
	p := &v.page
	var thread *grievance.Thread
	err := t.Guess(v.Ctx, func() (err error) {
		switch v.form.Get("do") {
		case "earlier":
			thread, err = t.Grievances.Open(v.ctx, v.actor, receipt, true)
		case "reply":
			thread, err = t.Grievances.Write(v.ctx, v.actor, receipt, text, token)
			p.Told = p.Talk.IsSent
		case "forget":
			thread, err = t.Grievances.Forget(v.ctx, v.actor, receipt)
			p.Told = p.Talk.Forgotten
		default:
			thread, err = t.Grievances.Open(v.ctx, v.actor, receipt, false)
		}
		return err
	})
	if err != nil {
		p.Told = ""
		if v.form.Get("do") != "reply" || guessed(err) {
			return t.ask(v, err)
		}
		// What was wrong is with her words: they stay before her, if it is hers.
		p.Sending.Text = text
		none := t.Guess(v.Ctx, func() (none error) {
			thread, none = t.Grievances.Open(v.ctx, v.actor, receipt, false)
			return none
		})
		if none != nil {
			return t.ask(v, none)
		}
	}
	p.Thread, p.Receipt = thread, grievance.Normal(receipt)
	fresh, broken := t.Grievances.Token(v.actor)
	if broken != nil {
		return broken
	}
	p.Token = fresh
	return v.show("thread", err)
}

// guessed tells that the receipt itself was wrong, or was not looked at.
func guessed(err error) bool {
	f, ok := fault.As(err)
	return !ok || f.Kind == fault.TooMany || slices.ContainsFunc(f.Fields, func(f fault.Field) bool { return f.Field == "receipt" })
}
