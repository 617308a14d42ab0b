package sheet

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"
)

// readStyles notes which cell styles show a number as a day.
func (b *workbook) readStyles(part string) error {
	custom := map[int]string{}
	inCellStyles := false
	return b.each(part, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil {
				custom[id] = attribute(e, "formatCode")
			}
		case "cellXfs":
			inCellStyles = true
		case "cellStyles", "dxfs":
			inCellStyles = false
		case "xf":
			if inCellStyles {
				id, _ := strconv.Atoi(attribute(e, "numFmtId"))
				code, own := custom[id]
				b.dates = append(b.dates, own && showsDay(code) || !own && builtInDay(id))
			}
		}
		return nil
	})
}

// builtInDay lists the number formats without a code of their own that show a
// day: 14-17 and 22 everywhere, the others in East Asian and Thai editions
// (ECMA-376 part 1, 18.8.30).
func builtInDay(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58
}

// showsDay finds a year or a day among the letters of a format code, outside of
// quoted text, escaped letters and what stands in brackets.
func showsDay(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := map[byte]string{'"': `"`, '[': "]"}[code[i]]
			n := strings.Index(code[i+1:], end)
			if n < 0 {
				return false
			}
			i += n + 1
		case 'y', 'Y', 'd', 'D':
			return true
		}
	}
	return false
}

// dayOf turns a spreadsheet's day count into a Gregorian day, 2006-01-02. In the
// usual count day 60 is a 29 February 1900 that never was.
func dayOf(count float64, from04 bool) (string, bool) {
	if math.IsNaN(count) || count < 1 || count >= 2_958_466 {
		return "", false
	}
	days := int(count)
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from04:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 60:
		return "", false
	case days < 60:
		start = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	day := start.AddDate(0, 0, days)
	return day.Format("2006-01-02"), day.Year() <= 9999
}
