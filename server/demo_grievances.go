//go:build !production

package main

import (
	"context"
	"time"

	"chautari/models/access"
	"chautari/models/grievance"
	"chautari/models/once"
)

// demoTexts are what invented people have to say.
var demoTexts = []struct {
	category grievance.Category
	text     string
}{
	{"service", "तालिमको समय बिहानै पर्छ, बच्चा छोड्ने ठाउँ हुँदैन।"},
	{"discrimination", "नयाँ मेसिन छुन दिँदैनन्। कारण सोध्दा हाँस्छन्।"},
	{"idea", "भेट हुने कोठामा पर्दा राख्न पाए हुन्थ्यो।"},
	{"privacy", "मैले साथीलाई भनेको कुरा चिया पसलमा सुनेँ।"},
	{"idea", "धेरै धन्यवाद। बोल्ने ठाउँ पाइयो।"},
	{"money", "बाटो खर्च भनेर सही गराइयो, पैसा आधा मात्र आयो।"},
	{"service", "दुई पटक भेटको समय सारियो, खबर आएन।"},
	{"harm", "एक जनाले मन नपर्ने गरी नजिक आउनुभयो। फेरि भेट्न डर लाग्छ।"},
	{"idea", "शनिबार पनि भेट हुन सक्छ?"},
	{"retaliation", "बोलेपछि मलाई समूहको काममा बोलाउन छाडियो।"},
}

// demoGrievances is how many are sent over the year. The last few come in its
// last days, so that one stands at each step.
const demoGrievances = 40

// demoLate is the one that has been decided and whose end is overdue.
const demoLate = 27

// sentOn is the day of the demo's year on which the n-th is sent.
func sentOn(n int) int {
	last := (demoWeeks - 1) * 7
	if left := demoGrievances - 1 - n; left < 4 {
		return last - left
	}
	return n * (last - 9) / demoGrievances
}

// grievances lets people speak up through the days of a week, and readers do
// each day what is due.
func (d *demo) grievances(ctx context.Context, week int) error {
	begin := d.clock.past.Now()
	for day := range 7 {
		if week == demoWeeks-1 && day > 0 {
			break // the rest of this week is still to come
		}
		d.clock.past.Set(begin.Add(time.Duration(day) * 24 * time.Hour))
		for n := range demoGrievances {
			if sentOn(n) == 7*week+day {
				if err := d.speakUp(ctx, n, n%9 == 5); err != nil {
					return err
				}
			}
		}
		if err := d.handle(ctx); err != nil {
			return err
		}
	}
	d.clock.past.Set(begin)
	return nil
}

// speakUp sends one. Every few name the focal point, so the deputy reads them.
func (d *demo) speakUp(ctx context.Context, n int, about bool) error {
	nobody := access.AnonymousIn(d.main.org)
	form, err := d.nouns.Grievances.Form(ctx, nobody)
	if err != nil {
		return err
	}
	d.clock.past.Advance(time.Minute) // a person types
	said := demoTexts[n%len(demoTexts)]
	sending := grievance.Sending{Token: form.Token, Category: said.category, Text: said.text}
	if about {
		sending.About = []string{d.main.focal.Person}
	}
	if n%7 == 3 {
		sending.Name = "समूहकी एक जना"
	}
	_, err = d.nouns.Grievances.Send(ctx, nobody, sending, false)
	return err
}

// handle lets each reader do what is due in her hands.
func (d *demo) handle(ctx context.Context) error {
	p := d.main
	for _, reader := range []access.Actor{p.focal, p.deputy, p.board, p.coordinator} {
		list, _, err := d.nouns.Grievances.List(ctx, reader, 100, "")
		if err != nil {
			return err
		}
		for _, g := range list {
			if err := d.step(ctx, reader, g); err != nil {
				return err
			}
		}
	}
	return nil
}

// step does what is due with one grievance: it is answered the day after it
// came, decided on the third day, and closed when the sender has had time.
func (d *demo) step(ctx context.Context, reader access.Actor, g *grievance.Grievance) error {
	age := grievance.DaysBetween(g.Sent, d.today())
	late := grievance.DaysBetween(d.began, g.Sent) == sentOn(demoLate)
	var err error
	switch {
	case g.State == grievance.Received && age >= 1:
		_, err = d.nouns.Grievances.Answer(ctx, reader, once.Key{}, g.ID, grievance.Answer{Text: "भन्नुभएकोमा धन्यवाद। पढेँ। तपाईंलाई नसोधी कसैसँग कुरा गर्दिनँ।"})
	case g.State == grievance.Reading && age >= 3:
		_, err = d.nouns.Grievances.Answer(ctx, reader, once.Key{}, g.ID, grievance.Answer{Text: "समूहमा कुरा भयो, अब यसरी मिलाउँछौं। चित्त नबुझे यहीँ लेख्नुहोस्।", Decision: true})
	case g.State == grievance.Decided && age >= 21 && !late:
		_, err = d.nouns.Grievances.Close(ctx, reader, once.Key{}, g.ID, grievance.Closing{
			Outcome: "समय र नियम मिलाइयो।", Wishes: "met", Told: true,
		})
	}
	return err
}
