package plain

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"chautari/models/access"
	"chautari/models/fault"
	"chautari/models/grievance"
)

// Talk is what the pages for speaking up stand on. They go step by step under
// one address, so that the browser's history holds one page with a neutral
// title; every answer is never kept, and Back finds an empty form.
type Talk struct {
	Grievances *grievance.Grievances
	// Numbers are those to call outside the organisation; nil for the usual ones.
	Numbers Numbers
	// Org finds the organisation at whose door a request stands.
	Org func(*fiber.Ctx) (string, error)
	// Form reads a form of at most limit bytes, if it comes from our own pages.
	Form func(c *fiber.Ctx, limit int) (url.Values, error)
	// Guess runs what may be a guess at a receipt. Whoever made many wrong ones
	// is told to wait instead.
	Guess func(c *fiber.Ctx, do func() error) error
	// Line waits for the turn of the network that a form comes from.
	Line func(*fiber.Ctx) (leave func(), err error)
	// Crowded counts something sent and tells whether very much comes from there.
	Crowded func(*fiber.Ctx) bool
}

const (
	talkTimeout = 10 * time.Second
	// Every character of a text takes nine bytes in a form.
	formLimit = 128 << 10
)

func (t *Talk) mount(app *fiber.App) {
	for _, method := range []string{fiber.MethodGet, fiber.MethodHead} {
		app.Add(method, "/say", t.at(before))
		app.Add(method, "/back", t.at(before))
	}
	app.Add(fiber.MethodPost, "/say", t.at(begun(t.choose, t.say)))
	app.Add(fiber.MethodPost, "/back", t.at(begun(t.enter, t.back)))
}

// before interrupts ahead of the first question.
func before(v *visitor) error {
	v.page.Here, v.page.Address = v.Path(), v.Hostname()
	return v.show("before", nil)
}

// begun goes on to the first question once she has read what comes before it.
func begun(first, then func(*visitor) error) func(*visitor) error {
	return func(v *visitor) error {
		if v.form.Get("begin") != "" {
			return first(v)
		}
		return then(v)
	}
}

// visitor is one request at one organisation's door, by nobody in particular.
type visitor struct {
	*fiber.Ctx
	ctx   context.Context
	actor access.Actor
	form  url.Values
	page  talkPage
}

// at meets the organisation, and of a POST reads the form.
func (t *Talk) at(do func(*visitor) error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(context.Background(), talkTimeout)
		defer cancel()
		org, err := t.Org(c)
		if err != nil {
			return err
		}
		v := &visitor{Ctx: c, ctx: ctx, actor: access.AnonymousIn(org)}
		if c.Method() == fiber.MethodPost {
			if v.form, err = t.Form(c, formLimit); err != nil {
				return err
			}
			leave, err := t.Line(c)
			if err != nil {
				return err
			}
			defer leave()
		}
		v.page = talkPage{page: newPage(c, v.form.Get("l"))}
		v.page.Talk = talkLanguages[v.page.Lang]
		v.page.Lines = t.Numbers.at(c, v.page.Lang)
		return do(v)
	}
}

// talkPage is what the templates of these pages show.
type talkPage struct {
	page
	Talk    talkWords
	Here    string // the address that the steps have
	Token   string
	Trouble string // what was wrong with what was sent
	Told    string // what was done

	Offers  []offer
	Readers []grievance.Reader // whom it might be about
	About   []string           // of these, the ones it is about
	Sending grievance.Sending
	Names   []string // who reads it, in order
	Receipt string
	Sent    *grievance.Sent
	Thread  *grievance.Thread
}

// offer is a category with its words.
type offer struct {
	Key    grievance.Category
	Words  string
	Reader string
	Chosen bool
}

// IsDanger tells that the number to call comes first.
func (p talkPage) IsDanger() bool { return p.Sending.Category == grievance.Danger }

// Ticked tells whether somebody was ticked as the one whom it is about.
func (p talkPage) Ticked(person string) bool { return slices.Contains(p.About, person) }

// Called is what a reader is called: by her name, or where that isn't known by what she is.
func (p talkPage) Called(r grievance.Reader) string {
	if name := r.Name.Reveal(); name != "" {
		return name
	}
	return p.own(string(r.Role))
}

// First is the sentence around the number to call in danger.
func (p talkPage) First() Around { return around(p.Talk.DangerFirst, "{phone}", urgent) }

// Who tells who reads it.
func (p talkPage) Who() string {
	return strings.ReplaceAll(p.Talk.Reads, "{names}", p.Names[0])
}

// Next tells to whom it goes on; empty when there is nobody.
func (p talkPage) Next() string {
	if len(p.Names) < 2 {
		return ""
	}
	return strings.ReplaceAll(p.Talk.Then, "{names}", strings.Join(p.Names[1:], ", "))
}

// Reader is the sentence that names a category's first reader.
func (p talkPage) Reader(o offer) string {
	return strings.ReplaceAll(p.Talk.Listed, "{names}", o.Reader)
}

// Groups are the receipt's digits, four by four, in the page's own digits.
func (p talkPage) Groups() []string {
	var groups []string
	for g := range slices.Chunk([]byte(p.Receipt), 4) {
		groups = append(groups, p.digits(string(g)))
	}
	return groups
}

// OtherDigits is the receipt once more in the digits of other languages.
func (p talkPage) OtherDigits() string {
	if p.Lang != "ne" {
		return ""
	}
	var groups []string
	for g := range slices.Chunk([]byte(p.Receipt), 4) {
		groups = append(groups, string(g))
	}
	return strings.Join(groups, " ")
}

// State says where it stands.
func (p talkPage) State() string {
	return map[grievance.State]string{
		grievance.Received: p.Talk.Received, grievance.Reading: p.Talk.Reading,
		grievance.Decided: p.Talk.Decided, grievance.Closed: p.Talk.Closed,
	}[p.Thread.State]
}

// Open tells whether more can be written.
func (p talkPage) Open() bool { return p.Thread.State != grievance.Closed }

// show renders a page; err is what was wrong with what was sent. A fault has
// words on the page; anything else is answered as everywhere.
func (v *visitor) show(name string, err error) error {
	if err == nil {
		return render(v.Ctx, http.StatusOK, name, v.page)
	}
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	words := v.page.Talk.trouble(f)
	if words == "" {
		return err
	}
	v.page.Trouble = words
	status := http.StatusUnprocessableEntity
	switch f.Kind {
	case fault.Conflict:
		status = http.StatusConflict
	case fault.TooMany:
		status = http.StatusTooManyRequests
		v.Set(fiber.HeaderRetryAfter, strconv.Itoa(int((f.Retry+time.Second-1)/time.Second)))
	}
	return render(v.Ctx, status, name, v.page)
}

// trouble says in words what a fault means; empty for one that these pages
// don't expect.
func (w talkWords) trouble(f *fault.Error) string {
	words := map[string]string{
		"grievance.form_old": w.Old, "grievance.form_too_fast": w.TooFast, "grievance.form_used": w.Used,
		"grievance.text_missing": w.NoText, "grievance.nobody_free": w.Nobody, "grievance.receipt_unknown": w.None,
		"grievance.receipt_slow": w.Slow, "grievance.full": w.Full, "grievance.closed": w.IsClosed,
		"field.too_long": w.TooLong, "field.required": w.WhatMissing,
	}
	if said := words[f.Code]; said != "" {
		return said
	}
	for _, field := range f.Fields {
		if said := words[field.Code]; said != "" {
			return said
		}
	}
	return ""
}
