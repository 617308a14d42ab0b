package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"
	"time"
)

// sheet reads one sheet's cells.
func (b *workbook) sheet(entry sheetEntry) (Sheet, error) {
	g := gather{sheet: Sheet{Name: entry.name, Hidden: entry.hidden}}
	line, column, hidden := 0, -1, false
	err := b.each(entry.part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			if err := g.endLine(line, hidden); err != nil {
				return err
			}
			line, column, hidden = line+1, -1, isTrue(attribute(e, "hidden"))
			if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n >= line {
				line = n
			}
		case "c":
			column++
			if c, _, ok := reference(attribute(e, "r")); ok && c >= column {
				column = c
			}
			c, err := b.cell(d, e)
			if err != nil {
				return err
			}
			return g.cell(column, c)
		case "mergeCell":
			if m, ok := mergeOf(attribute(e, "ref")); ok && len(g.sheet.Merges) < maxLines {
				g.sheet.Merges = append(g.sheet.Merges, m)
			}
		}
		return nil
	})
	if err != nil {
		return Sheet{}, err
	}
	return g.sheet, g.endLine(line, hidden)
}

func mergeOf(area string) (Merge, bool) {
	from, to, _ := strings.Cut(area, ":")
	c1, l1, ok1 := reference(from)
	c2, l2, ok2 := reference(to)
	return Merge{FirstLine: l1, LastLine: l2, FirstColumn: c1, LastColumn: c2}, ok1 && ok2 && l2 >= l1 && c2 >= c1
}

// cell reads a <c> to its end. Of a formula its last result is taken.
func (b *workbook) cell(d *xml.Decoder, e xml.StartElement) (Cell, error) {
	var value, inline, formula string
	for depth := 1; depth > 0; {
		token, err := d.RawToken()
		if err != nil {
			return Cell{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				value, err = plainText(d, "v")
			case "f":
				formula, err = plainText(d, "f")
			case "is":
				inline, err = plainText(d, "is")
			default:
				depth++
			}
			if err != nil {
				return Cell{}, err
			}
		case xml.EndElement:
			depth--
		}
	}
	style, _ := strconv.Atoi(attribute(e, "s"))
	switch attribute(e, "t") {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && i >= 0 && i < len(b.texts) {
			return Cell{Text: b.texts[i]}, nil
		}
		return Cell{}, nil
	case "inlineStr":
		return Cell{Text: inline + value}, nil
	case "str":
		return Cell{Text: unescape(value)}, nil
	case "e":
		return Cell{Text: value, Kind: Error}, nil
	case "b":
		return Cell{Text: map[bool]string{true: "yes", false: "no"}[isTrue(value)]}, nil
	case "d":
		if day, err := time.Parse("2006-01-02", value[:min(len(value), 10)]); err == nil {
			return Cell{Text: day.Format("2006-01-02"), Kind: Date}, nil
		}
		return Cell{Text: value}, nil
	}
	if value == "" && formula != "" {
		return Cell{Text: "=" + formula, Kind: Error}, nil
	}
	return b.number(value, style), nil
}

// number reads a numeric cell: a day where its style shows one, else the whole
// digits behind a form such as 9.841100028E9.
func (b *workbook) number(value string, style int) Cell {
	x, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return Cell{Text: value}
	}
	if style >= 0 && style < len(b.dates) && b.dates[style] {
		if day, ok := dayOf(x, b.from04); ok {
			return Cell{Text: day, Kind: Date}
		}
	}
	if x == float64(int64(x)) && x > -1e15 && x < 1e15 {
		value = strconv.FormatInt(int64(x), 10)
	}
	return Cell{Text: value, Kind: Number}
}

// plainText gathers the text up to the end of an element. Readings in another
// script that stand beside a word (rPh) are left out.
func plainText(d *xml.Decoder, element string) (string, error) {
	var text strings.Builder
	aside := 0
	for depth := 1; ; {
		token, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if aside > 0 || t.Name.Local == "rPh" {
				aside++
			}
		case xml.EndElement:
			if depth--; depth == 0 {
				return unescape(text.String()), nil
			}
			if aside > 0 {
				aside--
			}
		case xml.CharData:
			// Between elements stands layout, inside <t>, <v> and <f> the value.
			if aside == 0 && (depth > 1 || element == "v" || element == "f") {
				text.Write(t)
			}
		}
	}
}

// unescape resolves _x000D_ and its like, by which the format writes characters
// that XML can't hold.
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var out strings.Builder
	for {
		i := strings.Index(text, "_x")
		if i < 0 || i+7 > len(text) {
			break
		}
		code, err := strconv.ParseUint(text[i+2:i+6], 16, 16)
		if err != nil || text[i+6] != '_' {
			out.WriteString(text[:i+2])
			text = text[i+2:]
			continue
		}
		out.WriteString(text[:i])
		if code >= 0x20 || code == '\n' || code == '\t' {
			out.WriteRune(rune(code))
		}
		text = text[i+7:]
	}
	return out.String() + text
}
