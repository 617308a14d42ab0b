package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chautari/models/grievance"
)

// booking, applying and sending are what is posted; the thin server reads them too.
type booking struct {
	Start     time.Time `json:"start"`
	Supporter string    `json:"supporter"`
}

type applying struct {
	Needs []string `json:"needs"`
	Note  string   `json:"note"`
}

type sending struct {
	Token    string `json:"token"`
	Category string `json:"category"`
	Text     string `json:"text"`
}

// made is what is looked at of an answer.
type made struct {
	ID string `json:"id"`
}

// jobs are the works that change something.
func (s *site) jobs() []kind {
	send := kind{name: sendGrievance, prepare: s.sending}
	if !s.thin {
		send.ripen = time.Duration(grievance.WaitSeconds)*time.Second + time.Second/2
	}
	return []kind{
		{name: bookAndCancel, prepare: together(s.meeting)},
		{name: bookOrCancel, steps: []string{"book", "cancel"}, prepare: inTurn(s.meeting)}, // leaves some booked
		{name: applyOrLeave, steps: []string{"apply", "withdraw"}, prepare: inTurn(s.place)},
		send,
	}
}

// pair is something that a client does and takes back.
type pair func(c *connection, i int) (do, undo work, err error)

// inTurn does it at one time and takes it back the next.
func inTurn(of pair) func(*connection, int) (work, error) {
	return func(c *connection, i int) (work, error) {
		do, undo, err := of(c, i)
		done := false
		return func() error {
			next := do
			if done {
				next = undo
			}
			done = !done
			return next()
		}, err
	}
}

// together does it and takes it back at once.
func together(of pair) func(*connection, int) (work, error) {
	return func(c *connection, i int) (work, error) {
		do, undo, err := of(c, i)
		return func() error {
			if err := do(); err != nil {
				return err
			}
			return undo()
		}, err
	}
}

func (s *site) post(path, session string, body any) ([]byte, error) {
	content, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return post(s.process.address, path, session, "application/json", content), nil
}

// act posts something and notes the id of what it made.
func (s *site) act(c *connection, path, session string, body any, want int, into *made) error {
	request, err := s.post(path, session, body)
	if err != nil {
		return err
	}
	if err := c.do(request, want); err != nil {
		return err
	}
	return c.decode(into)
}

// offer is what is looked at of open slots.
type offer struct {
	Supporters []made `json:"supporters"`
	Days       []struct {
		Slots []struct {
			Start time.Time `json:"start"`
			Free  bool      `json:"free"`
		} `json:"slots"`
	} `json:"days"`
}

func (s *site) offer(c *connection, session, supporter string) (offer, error) {
	var o offer
	path := "/api/support/slots"
	if supporter != "" {
		path += "?supporter=" + supporter
	}
	if err := c.do(get(s.process.address, path, session), 200); err != nil {
		return o, err
	}
	err := c.decode(&o)
	slices.SortFunc(o.Supporters, func(a, b made) int { return strings.Compare(a.ID, b.ID) })
	return o, err
}

// free are the starts that are free, from tomorrow on: none begins too soon while it is measured.
func (o offer) free() []time.Time {
	var free []time.Time
	for i, d := range o.Days {
		for _, slot := range d.Slots {
			if i > 0 && slot.Free {
				free = append(free, slot.Start)
			}
		}
	}
	return free
}

// meeting books a slot that is this client's alone, and cancels it.
func (s *site) meeting(c *connection, i int) (book, cancel work, err error) {
	session := s.member(i)
	all, err := s.offer(c, session, "")
	if err != nil {
		return nil, nil, err
	}
	if len(all.Supporters) == 0 {
		return nil, nil, errors.New("nobody offers a slot")
	}
	supporter := all.Supporters[i%len(all.Supporters)].ID
	hers, err := s.offer(c, session, supporter)
	if err != nil {
		return nil, nil, err
	}
	free := hers.free()
	if len(free) <= i/len(all.Supporters) {
		return nil, nil, fmt.Errorf("%d free slots", len(free))
	}
	wanted := booking{free[i/len(all.Supporters)], supporter}
	var booked made
	book = func() error { return s.act(c, "/api/support/sessions", session, wanted, 201, &booked) }
	cancel = func() error {
		return s.act(c, "/api/support/sessions/"+booked.ID+"/cancel", session, struct{}{}, 200, &booked)
	}
	return book, cancel, nil
}

// place applies to an intake, with needs and a note, and withdraws.
func (s *site) place(c *connection, i int) (apply, withdraw work, err error) {
	session := s.member(i)
	var catalogue struct {
		Items []struct {
			Intakes []struct {
				ID    string `json:"id"`
				State string `json:"state"`
			} `json:"intakes"`
		} `json:"items"`
	}
	if err := c.do(get(s.process.address, "/api/courses", session), 200); err != nil {
		return nil, nil, err
	}
	if err := c.decode(&catalogue); err != nil {
		return nil, nil, err
	}
	var open []string
	for _, course := range catalogue.Items {
		for _, intake := range course.Intakes {
			if intake.State == "open" {
				open = append(open, intake.ID)
			}
		}
	}
	if len(open) == 0 {
		return nil, nil, errors.New("no intake is open")
	}
	path := "/api/intakes/" + open[i%len(open)] + "/apply"
	asks := applying{[]string{"childcare", "travel"}, "I can't come on Fridays."}
	var enrolled made
	apply = func() error { return s.act(c, path, session, asks, 201, &enrolled) }
	withdraw = func() error {
		return s.act(c, "/api/enrolments/"+enrolled.ID+"/withdraw", session, struct{}{}, 200, &enrolled)
	}
	return apply, withdraw, nil
}

// formsEach is how many forms a client has ready for each second: more than the
// slow hash lets through.
const formsEach = 20

// sending sends a grievance without an account, each with a form of its own
// that was fetched before: a form can't be sent at once.
func (s *site) sending(c *connection, _ int) (work, error) {
	forms := formsEach * s.seconds
	if s.thin {
		forms = 1 // which it takes again and again
	}
	tokens := make([]string, forms)
	for i := range tokens {
		if err := c.do(get(s.process.address, "/api/talk", ""), 200); err != nil {
			return nil, err
		}
		var form struct {
			Token string `json:"token"`
		}
		if err := c.decode(&form); err != nil {
			return nil, err
		}
		tokens[i] = form.Token
	}
	sent := 0
	return func() error {
		if sent == forms && !s.thin {
			return errors.New("out of forms")
		}
		request, err := s.post("/api/talk", "", sending{tokens[sent%forms], string(grievance.Service), saidText})
		if err != nil {
			return err
		}
		sent++
		return c.do(request, 201)
	}, nil
}
