package sheet

// typedForFont recognises Nepali that was typed for Preeti and its like, fonts
// in which Latin letters look Devanagari: its headings read gfd and lhNnf. What
// stands in such a file is no text that could be stored.
func typedForFont(t *Table) bool {
	found := 0
	for _, s := range t.Sheets {
		for _, l := range s.Lines[:min(len(s.Lines), 30)] {
			for _, c := range l.Cells {
				if preetiHeadings[c.Text] {
					found++
				}
			}
		}
	}
	return found >= 2
}

// preetiHeadings are नाम, नाम थर, नाम, थर, थर, जिल्ला, ठेगाना, फोन, फोन नं.,
// सम्पर्क नं., मोबाइल नं., जन्म मिति, उमेर, क्र.सं., सि.नं., समूह, कैफियत as
// they come out in ASCII.
var preetiHeadings = map[string]bool{
	"gfd": true, "gfd y/": true, "gfd, y/": true, "gfdy/": true, "y/": true, "lhNnf": true, "7]ufgf": true,
	"kmf]g": true, "kmf]g g+=": true, "kmf]g g+": true, ";Dks{ g+=": true, ";Dks{ g+": true, "df]afOn g+=": true, "df]afOn": true,
	"hGd ldlt": true, "hGdldlt": true, "pd]/": true, "qm=;+=": true, "qm=;": true, "l;=g+=": true, "l;=g=": true, ";d\"x": true, "s}lkmot": true,
}
