package grievance

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"chautari/models/fault"
	"chautari/models/id"
	"chautari/models/script"
)

// Limits of what is kept, in characters.
const (
	maxText  = 8000
	maxName  = 200
	maxAbout = 20
	maxApart = 200 // with those of the earlier ones; no organisation has so many readers
)

// clean gives the texts the form they are stored in and tells all that is wrong.
func (in *Sending) clean() error {
	var faults []fault.Field
	if !in.Category.known() {
		faults = append(faults, fault.At("category", "field.not_one_of", "allowed", joined(Categories)))
	}
	in.Text = script.CleanLines(in.Text)
	faults = append(faults, checkText("text", in.Text)...)
	in.Name = script.Clean(in.Name)
	if utf8.RuneCountInString(in.Name) > maxName {
		faults = append(faults, tooLong("name", maxName))
	}
	if len(in.About) > maxAbout {
		faults = append(faults, fault.At("about", "field.too_many", "max", strconv.Itoa(maxAbout)))
	}
	for i, person := range in.About {
		if !id.Valid("mem", person) {
			faults = append(faults, fault.At("about."+strconv.Itoa(i), "field.not_an_id"))
		}
	}
	return fault.Of("request.invalid", faults...)
}

func joined[T ~string](all []T) string {
	texts := make([]string, len(all))
	for i, t := range all {
		texts[i] = string(t)
	}
	return strings.Join(texts, " ")
}

func tooLong(field string, limit int) fault.Field {
	return fault.At(field, "field.too_long", "max", strconv.Itoa(limit))
}

// checkText tells what is wrong with a cleaned text that is needed.
func checkText(field, text string) []fault.Field {
	switch {
	case text == "":
		return []fault.Field{fault.At(field, "grievance.text_missing")}
	case utf8.RuneCountInString(text) > maxText:
		return []fault.Field{tooLong(field, maxText)}
	}
	return nil
}
