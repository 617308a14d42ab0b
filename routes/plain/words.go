package plain

import "strings"

// Words are the pages' texts in one language. No digit stands in a text.
type Words struct {
	Lang, Title, Language string

	Exit, ExitFirst, ExitWhat, History, Unsent string
	Return                                     string // with {address}

	Safe, Private, Clear, ClearHow, Other, Watched, Icon string

	NotUrgent                               string // with {phone}
	Help, CallsStay                         string
	Women, Child, Missing, Police, NotThere string
	Broken, OverTLS, Back                   string
}

// languages in the order in which they are offered; the first is the default.
var languages = []Words{nepali, english, bokmal}

var nepali = Words{
	Lang: "ne", Title: "चौतारी", Language: "नेपाली",
	Exit:      "छिटो निस्कने",
	ExitFirst: "अहिले नै निस्कने",
	ExitWhat:  "“छिटो निस्कने” थिच्दा यो पाना तुरुन्त हट्छ। तपाईं यहाँबाट निस्कनुहुन्छ र अर्को साधारण पाना खुल्छ।",
	History:   "यो पाना खोलिएको थियो भन्ने फोनले सम्झिरहन्छ। त्यो आफैंले मेट्नुपर्छ।",
	Unsent:    "लेखेको तर नपठाएको कुरा हराउँछ।",
	Return:    "फेरि आउन यो ठेगाना आफैं लेख्नुहोस्: {address}",
	Safe:      "यो फोनमा सुरक्षा",
	Private:   "पहिले गोप्य झ्याल खोल्नुहोस्। त्यसमा खोलेको पाना फोनको सूचीमा बस्दैन।",
	Clear:     "खोलेका पानाको सूची मेट्ने तरिका",
	ClearHow:  "ब्राउजरको मेनु थिच्नुहोस्, अनि “इतिहास” (History) खोल्नुहोस्। यो पाना मात्र मेट्नुहोस्। सबै मेट्दा अरूले चाल पाउन सक्छन्।",
	Other:     "अर्को फोन, वा समूहको घरको फोन, बढी सुरक्षित हुन सक्छ।",
	Watched:   "फोनमा तपाईंले गरेको कुरा अरू कसैलाई सधैं थाहा हुन्छ भने, त्यो फोन हेरिएको हुन सक्छ। त्यसमा यो नखोल्नुहोस्।",
	Icon:      "फोनमा यसको चिन्ह राखे फोन समाउने जो कोहीले देख्छ।",
	NotUrgent: "यहाँबाट तुरुन्त मद्दत आउँदैन। अहिले नै खतरा छ भने {phone} मा फोन गर्नुहोस्।",
	Help:      "बाहिरको मद्दत",
	CallsStay: "फोन गरेको पनि फोनको सूचीमा बस्छ। त्यो त्यहीँबाट मेट्न मिल्छ।",
	Women:     "राष्ट्रिय महिला आयोग। दिनरात खुला, पैसा लाग्दैन।",
	Child:     "बालबालिकाका लागि मद्दत",
	Missing:   "बच्चा हराएमा",
	Police:    "प्रहरी",
	NotThere:  "यहाँ त्यस्तो पाना छैन।",
	Broken:    "हामीतिर केही बिग्रियो। एकछिनपछि फेरि खोल्नुहोस्।",
	OverTLS:   "यो ठेगाना अहिले सुरक्षित छैन: लेखिएको कुरा यही नेटवर्कका अरूले पढ्न सक्छन्। https:// बाट सुरु हुने ठेगाना खोल्नुहोस्।",
	Back:      "पछाडि जाने",
}

var english = Words{
	Lang: "en", Title: "Chautari", Language: "English",
	Exit:      "Quick exit",
	ExitFirst: "Leave right now",
	ExitWhat:  "Press “Quick exit” and this page goes away at once. You are signed out, and an ordinary page opens instead.",
	History:   "The phone still remembers that this page was opened. You have to clear that yourself.",
	Unsent:    "What you have written but not sent is lost.",
	Return:    "To come back, type this address yourself: {address}",
	Safe:      "Safety on this phone",
	Private:   "Open a private window first. Pages opened there do not stay in the phone’s list.",
	Clear:     "How to clear the list of pages",
	ClearHow:  "Open the browser’s menu, then History. Delete only this page: somebody may notice an empty list.",
	Other:     "Another phone, or the one at the group house, may be safer.",
	Watched:   "If someone always knows what you do on your phone, they may be watching it. Do not open this on that phone.",
	Icon:      "An icon on the phone can be seen by anyone who holds it.",
	NotUrgent: "Help does not come at once from here. In danger now? Call {phone}.",
	Help:      "Help outside",
	CallsStay: "A call stays in the phone’s list too. You can delete it there.",
	Women:     "National Women Commission. Free, day and night.",
	Child:     "Help for children",
	Missing:   "When a child is missing",
	Police:    "Police",
	NotThere:  "There is no such page here.",
	Broken:    "Something went wrong on our side. Try again a little later.",
	OverTLS:   "This address is not safe yet: others on the same network could read what is written. Open the address that begins with https://.",
	Back:      "Go back",
}

var bokmal = Words{
	Lang: "nb", Title: "Chautari", Language: "Norsk",
	Exit:      "Gå raskt ut",
	ExitFirst: "Gå ut nå",
	ExitWhat:  "Trykk «Gå raskt ut», så forsvinner siden med én gang. Du blir logget ut, og en helt vanlig side åpnes.",
	History:   "Telefonen husker fortsatt at siden var åpnet. Det må du slette selv.",
	Unsent:    "Det du har skrevet, men ikke sendt, blir borte.",
	Return:    "Vil du tilbake, skriv inn adressen selv: {address}",
	Safe:      "Trygg på denne telefonen",
	Private:   "Åpne et privat vindu først. Sider du åpner der, blir ikke stående i telefonens liste.",
	Clear:     "Slik sletter du listen over sider",
	ClearHow:  "Åpne menyen i nettleseren og velg Logg. Slett bare denne siden: Noen kan legge merke til en tom liste.",
	Other:     "En annen telefon, eller den i gruppehuset, kan være tryggere.",
	Watched:   "Hvis noen alltid vet hva du gjør på telefonen, kan den være overvåket. Ikke åpne dette på den.",
	Icon:      "Et ikon på telefonen kan ses av alle som holder den.",
	NotUrgent: "Herfra kommer det ikke hjelp med én gang. Er du i fare nå? Ring {phone}.",
	Help:      "Hjelp utenfra",
	CallsStay: "Samtalen blir også stående i telefonens liste. Du kan slette den der.",
	Women:     "Kvinnekommisjonen i Nepal. Gratis, døgnet rundt.",
	Child:     "Hjelp for barn",
	Missing:   "Når et barn er borte",
	Police:    "Politiet",
	NotThere:  "Det finnes ingen slik side her.",
	Broken:    "Noe gikk galt hos oss. Prøv igjen om litt.",
	OverTLS:   "Denne adressen er ikke trygg ennå: andre på samme nettverk kan lese det som skrives. Åpne adressen som begynner med https://.",
	Back:      "Gå tilbake",
}

// Whose says whose number a line is.
func (w Words) Whose(l Line) string {
	if l.Name != "" {
		return l.Name
	}
	return map[string]string{"women": w.Women, "child": w.Child, "missing": w.Missing, "police": w.Police}[l.Key]
}

// Around is a text cut at its placeholder, so that a link can stand there.
type Around struct{ Before, Middle, After string }

// Urgent is the sentence around the number to call in danger.
func (w Words) Urgent() Around { return around(w.NotUrgent, "{phone}", urgent) }

// ComeBack is the sentence around the address to type.
func (p page) ComeBack() Around { return around(p.Return, "{address}", p.Address) }

func around(text, placeholder, value string) Around {
	before, after, _ := strings.Cut(text, placeholder)
	return Around{before, value, after}
}
