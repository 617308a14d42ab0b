package member

import (
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/fault"
	"chautari/models/place"
	"chautari/models/script"
	"chautari/models/seal"
)

// check cleans what she changes of herself and tells everything that is wrong
// with it, by the rules that hold for old registers and for registering.
func (in OwnChange) check(today calendar.Date) (OwnChange, error) {
	var faults []fault.Field
	if in.Alias != nil {
		alias, wrong := readAlias(*in.Alias)
		in.Alias, faults = &alias, append(faults, wrong...)
	}
	if in.PaperName != nil {
		name := script.Clean(*in.PaperName)
		if utf8.RuneCountInString(name) > maxName {
			faults = append(faults, fault.At("paperName", "field.too_long", "max", strconv.Itoa(maxName)))
		}
		in.PaperName = &name
	}
	if in.Phone != nil {
		number, wrong := readNumber(*in.Phone)
		faults = append(faults, wrong...)
		in.Phone = &number
	}
	if in.Birth != nil {
		if err := in.Birth.Check(today); err != nil {
			faults = append(faults, fault.At("birth", codeOf(err, "birth.unreadable")))
		}
	}
	if in.District != nil {
		name := script.Clean(*in.District)
		if name != "" {
			d, ok := place.FindDistrict(name)
			if !ok {
				faults = append(faults, fault.At("district", "field.district_unknown"))
			}
			name = d.EN
		}
		in.District = &name
	}
	return in, fault.Of("request.invalid", faults...)
}

// write seals what she changes into her document, and names the fields.
func (in OwnChange) write(key *seal.Key, doc *Member, was *Opened, today calendar.Date) (fields []string, err error) {
	var birth *string
	if in.Birth != nil {
		if err := keepAge(key, doc, was, *in.Birth, today); err != nil {
			return nil, err
		}
		text := ""
		if !in.Birth.IsZero() {
			b, err := json.Marshal(in.Birth)
			if err != nil {
				return nil, err
			}
			text = string(b)
		}
		birth = &text
	}
	for _, f := range []struct {
		name string
		text *string
		to   *seal.Sealed
	}{
		{"alias", in.Alias, &doc.Alias},
		{"paper_name", in.PaperName, &doc.PaperName},
		{"phone", in.Phone, &doc.Phone},
		{"birth", birth, &doc.Birth},
		{"district", in.District, &doc.District},
	} {
		if f.text == nil {
			continue
		}
		fields = append(fields, f.name)
		if *f.to, err = key.Seal(doc.ID, f.name, *f.text); err != nil {
			return nil, err
		}
	}
	if in.Language != nil {
		fields, doc.Language = append(fields, "language"), *in.Language
	}
	return fields, nil
}

// listedBy says what of a person may be looked for in memory, by what she agreed
// to and what was decided on her: nothing while she has it restricted, and her number
// only where others may see it.
func (o *Opened) listedBy(sheet *consent.Sheet, now time.Time, today calendar.Date) {
	o.Restricted = sheet != nil && sheet.Restricted
	o.phoneUnseen = !sheet.Live(consent.CoordinatorPhone, now) && !o.carried(today)
	o.decided(nil)
	if sheet != nil {
		o.decided(sheet.Guardian)
	}
}

// othersSee takes away what she wrote of herself for herself alone: her birth,
// and without a yes to it her name on paper and her district. What an old register
// brought is there for her coordinators until she was asked.
func (o *Opened) othersSee(sheet *consent.Sheet, now time.Time, today calendar.Date) {
	if o.carried(today) {
		return
	}
	o.Birth = calendar.Birth{}
	if !sheet.Live(consent.CoordinatorDistrict, now) {
		o.District = seal.Clear{}
	}
	if o.chose() && !sheet.Live(consent.CoordinatorName, now) {
		o.PaperName = seal.Clear{}
	}
}
