package plain

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"chautari/models/calendar"
	"chautari/models/organisation"
)

// The page on which somebody reads, or prints, all that is kept of her: plain
// words, no script, no address, and a title that tells nothing.

//go:embed own.gohtml
var ownText string

var ownPage = template.Must(template.New("own").Parse(ownText))

// ownItem is a line of the page, with a text or with lines under it.
type ownItem struct {
	Label string
	Text  string
	Items []ownItem
}

// Own writes the page in a language from the same JSON that is taken away. Each
// name and code in it has words in ownWords.
func Own(language string, content []byte) ([]byte, error) {
	w := wordsOf(language)
	d := json.NewDecoder(bytes.NewReader(content))
	d.UseNumber()
	all, err := w.read(d, "")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = ownPage.Execute(&out, struct {
		Words
		Heading string
		Items   []ownItem
	}{w, w.own("everything"), all.Items})
	return out.Bytes(), err
}

// OwnKnown tells whether there are words for a name or a code.
func OwnKnown(key string) bool { _, ok := ownWords[key]; return ok }

// wordsOf are those of a language, or of the first.
func wordsOf(language string) Words {
	for _, w := range languages {
		if w.Lang == language {
			return w
		}
	}
	return languages[0]
}

// own is what a name or a code is called; what has no words stands as it is.
func (w Words) own(key string) string {
	texts, ok := ownWords[key]
	if !ok {
		return key
	}
	for i, l := range languages {
		if l.Lang == w.Lang {
			return texts[i]
		}
	}
	return texts[0]
}

// read makes lines of one JSON value, in its own order.
func (w Words) read(d *json.Decoder, under string) (ownItem, error) {
	t, err := d.Token()
	if err != nil {
		return ownItem{}, err
	}
	switch v := t.(type) {
	case json.Delim:
		if v == '{' {
			return w.readObject(d, under)
		}
		return w.readList(d, under)
	case bool:
		return ownItem{Text: w.own(strconv.FormatBool(v))}, nil
	case json.Number:
		if under == "weekday" {
			return ownItem{Text: w.own("weekday." + v.String())}, nil
		}
		return ownItem{Text: w.digits(v.String())}, nil
	case string:
		return ownItem{Text: w.text(under, v)}, nil
	}
	return ownItem{}, nil
}

func (w Words) readObject(d *json.Decoder, under string) (ownItem, error) {
	var it ownItem
	names := organisation.Name{}
	named := true
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return it, err
		}
		key, _ := t.(string)
		inner, err := w.read(d, key)
		if err != nil {
			return it, err
		}
		switch key {
		case "ne":
			names.NE = inner.Text
		case "en":
			names.EN = inner.Text
		case "nb":
			names.NB = inner.Text
		default:
			named = false
		}
		inner.Label = w.own(key)
		if inner.Text != "" || len(inner.Items) > 0 {
			it.Items = append(it.Items, inner)
		}
	}
	if _, err := d.Token(); err != nil {
		return it, err
	}
	if named && len(names.All()) > 0 {
		return ownItem{Text: w.nameOf(names)}, nil
	}
	return it, nil
}

func (w Words) readList(d *json.Decoder, under string) (ownItem, error) {
	var it ownItem
	var texts []string
	for d.More() {
		inner, err := w.read(d, under)
		if err != nil {
			return it, err
		}
		if len(inner.Items) == 0 {
			texts = append(texts, inner.Text)
			continue
		}
		it.Items = append(it.Items, inner)
	}
	_, err := d.Token()
	it.Text = strings.Join(texts, ", ")
	if it.Text == "" && len(it.Items) == 0 {
		it.Text = w.own("nothing")
	}
	return it, err
}

func (w Words) nameOf(n organisation.Name) string {
	byLanguage := map[string]string{"ne": n.NE, "en": n.EN, "nb": n.NB}
	if name := byLanguage[w.Lang]; name != "" {
		return name
	}
	return n.All()[0]
}

// codes are the members whose texts are codes, not what somebody wrote.
var codes = map[string]bool{
	"action": true, "as": true, "cancelledBy": true, "how": true, "kind": true, "language": true, "languages": true,
	"membership": true, "needs": true, "purpose": true, "reason": true, "recipient": true, "role": true, "roles": true,
	"standing": true, "state": true,
}

// counted are the members whose texts are digits that nobody dials: the version of a
// text, and times of a day.
var counted = map[string]bool{"version": true, "from": true, "to": true, "until": true}

// text writes a text: days and instants as they are said, codes in words, and
// what somebody wrote as she wrote it.
func (w Words) text(under, text string) string {
	if codes[under] {
		return w.own(text)
	}
	if under == "photo" { // no page to print: the file with everything holds it
		return w.own("inFile")
	}
	if day, err := calendar.Parse(text); err == nil {
		return w.fullDay(day)
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		at = at.In(calendar.Kathmandu)
		return w.fullDay(calendar.Of(at)) + " " + w.digits(at.Format("15:04"))
	}
	if counted[under] {
		return w.digits(text)
	}
	return text
}

// fullDay is a day with its year: in Nepali and English in both calendars.
func (w Words) fullDay(d calendar.Date) string {
	gregorian := w.digits(d.String())
	b, err := calendar.ToBS(d)
	if err != nil || w.Lang == "nb" {
		return gregorian
	}
	bs := fmt.Sprintf("%d %s %d", b.Year, monthNames[w.Lang].bikram[b.Month-1], b.Day)
	return w.digits(bs) + " (" + gregorian + ")"
}
